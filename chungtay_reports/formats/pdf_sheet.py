"""How far the pages of a bulletin are filled: a simulation of two balanced columns, page after page, in millimetres."""

from __future__ import annotations

from dataclasses import dataclass, replace

# A page without its margins; the first one has more room, and less text.
PAGE, FIRST_PAGE = 257.0, 266.0


@dataclass(frozen=True, slots=True)
class Sheet:
    """The current page: `base` is filled above its two columns, `filled` in the current `column`; `holes` so far.

    A hole in the page weighs `weight`: the front page must look full before any other.
    """

    room: float
    base: float
    column: int = 0
    filled: float = 0.0
    holes: float = 0.0
    weight: float = 1.0

    @property
    def left(self) -> float:
        return self.room - self.base - self.filled

    @property
    def balanced(self) -> float:
        """Where the columns end once they are balanced."""
        return self.base + (self.column * (self.room - self.base) + self.filled) / 2

    def with_text(self, height: float, start: float) -> Sheet:
        """Set text, of which `start` must stay together at the foot of a column; the rest flows on."""
        sheet = self if self.left >= min(height, start) else self.turned()
        while height > sheet.left:
            height -= sheet.left
            sheet = replace(sheet, filled=sheet.room - sheet.base).turned()
        return replace(sheet, filled=sheet.filled + height)

    def with_frame(self, height: float) -> Sheet:
        """Set an unbreakable block in a column."""
        sheet = self if self.left >= height else self.turned()
        if sheet.left < height and sheet.base:
            # WeasyPrint gives up both columns of a page when the second one can hold nothing of what comes.
            lost = 2 * (sheet.room - sheet.base) if sheet.column else 2 * sheet.left
            sheet = Sheet(PAGE, 0.0, holes=self.holes + self.weight * lost)
        return replace(sheet, filled=sheet.filled + height)

    def with_spread(self, height: float, *, breakable: bool) -> Sheet:
        """Set a block across both columns, below what the columns hold, which is balanced above it."""
        above = self.balanced
        left = self.room - above
        if height <= left:
            return Sheet(self.room, above + height, holes=self.holes, weight=self.weight)
        if breakable:
            return Sheet(PAGE, min(height - left, PAGE), holes=self.holes)
        return Sheet(PAGE, min(height, PAGE), holes=self.holes + self.weight * 2 * left)

    def turned(self) -> Sheet:
        """Go on at the top of the next column; what is left of this one is a hole."""
        holes = self.holes + self.weight * max(0.0, self.left)
        if self.column == 0:
            return replace(self, column=1, filled=0.0, holes=holes)
        return Sheet(PAGE, 0.0, holes=holes)
