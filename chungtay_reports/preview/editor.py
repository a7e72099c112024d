"""Open a file at its line in the author's own editor: addresses that the editor has registered with the system."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

from chungtay_reports.errors import Place, UsageError

VARIABLE = "CHUNGTAY_EDITOR"
DEFAULT = "vscode"
NONE = "khong"
EDITORS = {
    "vscode": "vscode://file{file}:{line}:{column}",
    "vscodium": "vscodium://file{file}:{line}:{column}",
    "cursor": "cursor://file{file}:{line}:{column}",
    "zed": "zed://file{file}:{line}:{column}",
    "idea": "idea://open?file={file}&line={line}&column={column}",
    "sublime": "subl://open?url=file://{file}&line={line}&column={column}",
    "textmate": "txmt://open?url=file://{file}&line={line}&column={column}",
    NONE: "",
}
# A link of these would be fetched or run by the browser itself.
_REFUSED = ("http", "https", "javascript", "data", "blob", "file", "about", "view-source", "vbscript")


@dataclass(frozen=True, slots=True)
class Editor:
    """How to open a place of the workspace at `root`; an empty `pattern` opens nothing."""

    pattern: str
    root: Path

    def link(self, place: Place) -> str:
        """Write the address that opens a place, or nothing."""
        file = quote((self.root / place.file).as_posix())
        return self.pattern.format(file=file, line=place.line, column=place.column) if self.pattern else ""


def editor(chosen: str, root: Path) -> Editor:
    """Find the editor by its name, or take a pattern such as `myedit://{file}:{line}`; UsageError when it is neither."""
    name = chosen.strip() or DEFAULT
    pattern = EDITORS.get(name.lower(), name)
    scheme, colon, _ = pattern.partition(":")
    wrong = pattern and (not colon or "{file}" not in pattern or scheme.lower() in _REFUSED or not scheme.isascii())
    try:
        pattern.format(file="", line=1, column=1)
    except (KeyError, IndexError, ValueError, AttributeError):
        wrong = True
    if wrong:
        raise UsageError(
            f"{VARIABLE} là “{chosen}”: cần tên một trình soạn thảo ({', '.join(EDITORS)}) "
            "hoặc một mẫu địa chỉ có {file}, {line}, {column}, ví dụ vscode://file{file}:{line}:{column}."
        )
    return Editor(pattern, root)
