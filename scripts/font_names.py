"""Which faces are bundled, how they are called, and under which licence."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from fontTools.ttLib import TTFont

COPYRIGHT_ID = 0
STYLES = {400: "Regular", 500: "Medium", 600: "SemiBold", 700: "Bold"}
RIBBI = {"Regular", "Italic", "Bold", "Bold Italic"}


@dataclass(frozen=True, slots=True)
class Face:
    """One face: the package that it comes from, and the family that it is called here."""

    package: str
    family: str
    weight: int
    italic: bool = False
    needs_tabular: bool = False

    @property
    def style(self) -> str:
        upright = STYLES[self.weight]
        if not self.italic:
            return upright
        return "Italic" if upright == "Regular" else f"{upright} Italic"

    @property
    def postscript(self) -> str:
        return f"{self.family}-{self.style}".replace(" ", "")

    def source(self, packages: Path, tag: str) -> Path:
        """Find the package's file of one slice."""
        slope = "italic" if self.italic else "normal"
        return packages / self.package / "files" / f"{self.package}-{tag}-{self.weight}-{slope}.woff2"


def _display(weight: int, *, italic: bool = False) -> Face:
    return Face("be-vietnam-pro", "Be Vietnam Pro", weight, italic, needs_tabular=True)


FACES = (
    _display(400),
    _display(400, italic=True),
    _display(500),
    _display(600),
    _display(700),
    # “Source” is a Reserved Font Name: a modified version must not carry it (OFL 1.1, condition 3).
    Face("source-serif-4", "Chung Tay Serif", 400),
    Face("source-serif-4", "Chung Tay Serif", 400, italic=True),
    Face("source-serif-4", "Chung Tay Serif", 600),
    Face("source-serif-4", "Chung Tay Serif", 700),
    Face("source-serif-4", "Chung Tay Serif", 700, italic=True),
    Face("tinos", "Tinos", 400),
    Face("tinos", "Tinos", 400, italic=True),
    Face("tinos", "Tinos", 700),
    Face("tinos", "Tinos", 700, italic=True),
)
LICENCE_FILES = {
    "be-vietnam-pro": "OFL-BeVietnamPro.txt",
    "source-serif-4": "OFL-ChungTaySerif.txt",
    "tinos": "OFL-Tinos.txt",
}


def write_names(font: TTFont, face: Face) -> None:
    """Replace a font's name table by the few names that programs read, and set the style bits to match."""
    name = font["name"]
    copyright_notice = str(name.getDebugName(COPYRIGHT_ID))
    version = f"{font['head'].fontRevision:.3f}"
    ribbi = face.style in RIBBI
    family = face.family if ribbi else f"{face.family} {STYLES[face.weight]}"
    names = {
        0: copyright_notice,
        1: family,
        2: face.style if ribbi else ("Italic" if face.italic else "Regular"),
        3: f"{version};{face.postscript};merged",
        4: f"{face.family} {face.style}",
        5: f"Version {version}; merged",
        6: face.postscript,
        13: "This Font Software is licensed under the SIL Open Font License, Version 1.1.",
        14: "https://openfontlicense.org",
    }
    if not ribbi:
        names |= {16: face.family, 17: face.style}
    name.names = []
    for name_id, text in sorted(names.items()):
        name.setName(text, name_id, 3, 1, 0x409)
    os2 = font["OS/2"]
    os2.usWeightClass = face.weight
    bold = face.weight >= 700
    kept = os2.fsSelection & ~0b1100001
    os2.fsSelection = kept | (0b1 if face.italic else 0) | (0b100000 if bold else 0)
    if not face.italic and not bold:
        os2.fsSelection |= 0b1000000
    font["head"].macStyle = (1 if bold else 0) | (2 if face.italic else 0)


def write_licences(packages: Path, target: Path, notices: dict[str, str]) -> None:
    """Write one licence per family: the fonts' own copyright notice, then the text of the OFL from the package."""
    marker = "This Font Software is licensed under the SIL Open Font License"
    for package, file in sorted(LICENCE_FILES.items()):
        text = (packages / package / "LICENSE").read_text("utf-8")
        body = "\n".join(line.rstrip() for line in text[text.index(marker) :].splitlines())
        (target / file).write_text(f"{notices[package]}\n\n{body}\n", "utf-8", newline="\n")
