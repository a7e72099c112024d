"""Where the program's own templates and fonts are, in a wheel and in a checkout, and which faces are bundled."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path

from chungtay_reports.errors import ReportsError

FONT_SCHEME = "chungtay://fonts/"  # the PDF engine answers these addresses from `font_folder()`


@dataclass(frozen=True, slots=True)
class FontFace:
    """One bundled face; `file` is the stem of its TTF and its WOFF2 in `font_folder()`."""

    family: str
    weight: int
    style: str  # normal | italic
    file: str

    @property
    def ttf(self) -> Path:
        return font_folder() / f"{self.file}.ttf"

    @property
    def woff2(self) -> Path:
        return font_folder() / f"{self.file}.woff2"


DISPLAY = "Be Vietnam Pro"
READING = "Chung Tay Serif"
OFFICIAL = "Tinos"

FACES = (
    FontFace(DISPLAY, 400, "normal", "BeVietnamPro-Regular"),
    FontFace(DISPLAY, 400, "italic", "BeVietnamPro-Italic"),
    FontFace(DISPLAY, 500, "normal", "BeVietnamPro-Medium"),
    FontFace(DISPLAY, 600, "normal", "BeVietnamPro-SemiBold"),
    FontFace(DISPLAY, 700, "normal", "BeVietnamPro-Bold"),
    FontFace(READING, 400, "normal", "ChungTaySerif-Regular"),
    FontFace(READING, 400, "italic", "ChungTaySerif-Italic"),
    FontFace(READING, 600, "normal", "ChungTaySerif-SemiBold"),
    FontFace(READING, 700, "normal", "ChungTaySerif-Bold"),
    FontFace(READING, 700, "italic", "ChungTaySerif-BoldItalic"),
    FontFace(OFFICIAL, 400, "normal", "Tinos-Regular"),
    FontFace(OFFICIAL, 400, "italic", "Tinos-Italic"),
    FontFace(OFFICIAL, 700, "normal", "Tinos-Bold"),
    FontFace(OFFICIAL, 700, "italic", "Tinos-BoldItalic"),
)


@cache
def template_folder() -> Path:
    """Find the templates: inside the installed package, or beside the package in a checkout."""
    package = Path(__file__).resolve().parent
    for folder in (package / "templates", package.parent / "templates"):
        if (folder / "fonts").is_dir():
            return folder
    raise ReportsError("Bản cài đặt thiếu thư mục “templates”; hãy cài lại chungtay-reports.")


def starter_files() -> tuple[tuple[str, Path], ...]:
    """List what a new workspace starts with, each as its place there and its source here.

    In a checkout the registry and the metrics of the checkout's own workspace are shared; a wheel holds copies.
    """
    starter = template_folder() / "starter"
    own = starter.parent.parent / "content"
    shared = [*sorted((own / "units").glob("*.yaml")), *sorted((own / "metrics").glob("*.yaml"))]
    files = {f"content/{path.relative_to(own).as_posix()}": path for path in shared}
    files |= {path.relative_to(starter).as_posix(): path for path in sorted(starter.rglob("*")) if path.is_file()}
    return tuple(sorted(files.items()))


def report_files() -> tuple[Path, Path]:
    """Find what a new report starts from: a specification, and how offices stand on paper."""
    copies = template_folder() / "reports"
    if copies.is_dir():
        return copies / "bao-cao-nam-hoc.md", copies / "offices.yaml"
    own = template_folder().parent / "content"
    return own / "reports" / "bao-cao-nam-hoc.md", own / "offices.yaml"


def font_folder() -> Path:
    """Find the bundled fonts."""
    return template_folder() / "fonts"


def font_css(prefix: str = FONT_SCHEME, suffix: str = ".ttf", families: tuple[str, ...] = ()) -> str:
    """Write the @font-face rules of the bundled faces, of some families or of all.

    The press takes them as they stand (`chungtay://fonts/X.ttf`), a page `font_css("fonts/", ".woff2")`. With these rules nothing is
    looked up among the machine's own fonts, and nothing is written.
    """
    kind = {".ttf": "truetype", ".woff2": "woff2"}[suffix]
    return "".join(
        f'@font-face {{ font-family: "{face.family}"; font-weight: {face.weight}; font-style: {face.style}; '
        f'font-display: swap; src: url("{prefix}{face.file}{suffix}") format("{kind}"); }}\n'
        for face in FACES
        if not families or face.family in families
    )
