"""How the form looks: fonts, colours, borders, and what may be changed in it."""

from __future__ import annotations

from openpyxl.styles import Alignment, Border, Font, PatternFill, Protection, Side

FONT = "Arial"
INK, RED, TEAL = "1B2430", "9B1C1F", "0F5C6E"
_LINE = Side(style="thin", color="B8C4CC")

TITLE = Font(name=FONT, size=14, bold=True, color=TEAL)
ABOUT = Font(name=FONT, size=10, italic=True, color=INK)
HEADING = Font(name=FONT, size=10, bold=True, color=INK)
NEEDED = Font(name=FONT, size=10, bold=True, color=RED)
BODY = Font(name=FONT, size=10, color=INK)
STRONG = Font(name=FONT, size=10, bold=True, color=INK)
ID = Font(name=FONT, size=10, color=TEAL)

HEADING_FILL = PatternFill("solid", start_color="E1ECEF", end_color="E1ECEF")
WRONG_FILL = PatternFill("solid", start_color="F4B6B6", end_color="F4B6B6")
DOUBT_FILL = PatternFill("solid", start_color="FFF0B3", end_color="FFF0B3")
NO_FILL = PatternFill()
BOX = Border(left=_LINE, right=_LINE, top=_LINE, bottom=_LINE)

WRAP = Alignment(wrap_text=True, vertical="top")
CENTRE = Alignment(wrap_text=True, vertical="center", horizontal="center")
RIGHT = Alignment(vertical="top", horizontal="right")
OPEN = Protection(locked=False)

DAY_FORMAT = "dd/mm/yyyy"
NUMBER_FORMAT = "#,##0"
TEXT_FORMAT = "@"
FORMATS = {"day": DAY_FORMAT, "count": NUMBER_FORMAT, "money": NUMBER_FORMAT}
