"""The bundled fonts hold every Vietnamese letter, well drawn, and give the text back."""

from __future__ import annotations

import subprocess
import sys
import unicodedata
from pathlib import Path

import pytest
import weasyprint
from fontTools.pens.boundsPen import BoundsPen
from fontTools.ttLib import TTFont

from chungtay_reports.resources import DISPLAY, FACES, FontFace, font_css, font_folder, template_folder

sys.path.insert(0, str(Path(__file__).parent.parent / "scripts"))
from font_kerning import parents, read_pairs
from merge_fonts import common_order

TONES = ("", "\u0300", "\u0301", "\u0309", "\u0303", "\u0323")
LOWER = (
    "".join(unicodedata.normalize("NFC", vowel + tone) for vowel in "aăâeêioôơuưy" for tone in TONES)
    + "bcdđghklmnpqrstvx"
)
LETTERS = LOWER + LOWER.upper()
SIGNS = "“”‘’–—…\u00a0\u202f\u2011≥≤×·•→←↑↓▲▼½%&§☐☑✓■□−°²"
faces = pytest.mark.parametrize("face", FACES, ids=lambda face: face.file)


def bounds(font: TTFont, character: str) -> tuple[float, float, float, float]:
    glyphs = font.getGlyphSet()
    pen = BoundsPen(glyphs)
    glyphs[font.getBestCmap()[ord(character)]].draw(pen)
    return pen.bounds


def test_the_vietnamese_alphabet_with_its_tones_has_89_letters_in_each_case() -> None:
    assert len(set(LOWER)) == 89
    assert len(set(LETTERS)) == 178


@faces
def test_a_face_has_every_vietnamese_letter_and_sign_in_print_and_on_the_web(face: FontFace) -> None:
    for path in (face.ttf, face.woff2):
        known = TTFont(path).getBestCmap()
        missing = [character for character in LETTERS + SIGNS + "0123456789" if ord(character) not in known]
        assert not missing, path.name


@faces
def test_marks_stand_above_and_below_the_letters_that_they_belong_to(face: FontFace) -> None:
    font = TTFont(face.ttf)
    for character in LETTERS:
        decomposed = unicodedata.normalize("NFD", character)
        _, bottom, _, top = bounds(font, character)
        _, base_bottom, _, base_top = bounds(font, decomposed[0])
        if "\u0323" in decomposed and decomposed[0] != "y":  # the dot of ỵ stands beside its tail
            assert bottom < base_bottom - 40, character
        if set(decomposed) & set("\u0300\u0301\u0302\u0303\u0306\u0309") and decomposed[0] not in "iI":
            assert top > base_top + 80, character


@faces
def test_figures_of_a_table_have_one_width(face: FontFace) -> None:
    font = TTFont(face.ttf)
    cmap, widths = font.getBestCmap(), font["hmtx"]
    names = [cmap[ord(digit)] for digit in "0123456789"]
    if face.family == DISPLAY:
        lookups = {
            index
            for record in font["GSUB"].table.FeatureList.FeatureRecord
            if record.FeatureTag == "tnum"
            for index in record.Feature.LookupListIndex
        }
        mapping = font["GSUB"].table.LookupList.Lookup[min(lookups)].SubTable[0].mapping
        names = [mapping[name] for name in names]
    assert len({widths[name][0] for name in names}) == 1


@faces
def test_kerning_knows_pairs_that_no_slice_holds(face: FontFace) -> None:
    font = TTFont(face.ttf)
    pairs, cmap = read_pairs(font["GPOS"].table, tuple(font.getGlyphOrder())), font.getBestCmap()
    name = {character: cmap[ord(character)] for character in "TêếVâậAY"}
    assert pairs.get((name["A"], name["V"]), 0) < 0
    assert pairs.get((name["T"], name["ế"]), 0) == pairs.get((name["T"], name["ê"]), 0)
    assert pairs.get((name["V"], name["ậ"]), 0) == pairs.get((name["V"], name["â"]), 0)


@faces
def test_a_face_carries_its_own_name_and_no_reserved_one(face: FontFace) -> None:
    font = TTFont(face.ttf)
    names = font["name"]
    assert (names.getDebugName(16) or names.getDebugName(1)) == face.family
    assert not any("Source" in str(names.getDebugName(number)) for number in (1, 3, 4, 6, 16))
    assert "SIL Open Font License" in names.getDebugName(13)
    assert font["OS/2"].usWeightClass == face.weight
    assert bool(font["OS/2"].fsSelection & 1) == (face.style == "italic")
    assert font["OS/2"].fsType == 0
    assert font["head"].modified == font["head"].created


def test_all_faces_together_are_small() -> None:
    assert sum(face.ttf.stat().st_size for face in FACES) < 4_000_000
    assert max(face.woff2.stat().st_size for face in FACES) < 40_000


def test_every_font_file_has_a_row_in_the_table_of_faces_and_every_family_a_licence() -> None:
    files = {path.name for path in font_folder().iterdir() if path.suffix in {".ttf", ".woff2"}}
    assert files == {f"{face.file}{suffix}" for face in FACES for suffix in (".ttf", ".woff2")}
    readme = (font_folder() / "README.md").read_text("utf-8")
    for family in {face.family for face in FACES}:
        licence = font_folder() / f"OFL-{family.replace(' ', '')}.txt"
        assert "SIL OPEN FONT LICENSE Version 1.1" in licence.read_text("utf-8")
        assert f"| {family} |" in readme
        assert licence.name in readme


def test_templates_are_found_in_a_checkout() -> None:
    assert template_folder() == Path(__file__).resolve().parent.parent / "templates"


def test_the_rules_for_the_web_name_every_file_of_the_wanted_families() -> None:
    rules = font_css("fonts/", ".woff2", ("Tinos",))
    assert rules.count("@font-face") == 4
    assert 'url("fonts/Tinos-BoldItalic.woff2") format("woff2")' in rules


def test_a_pdf_gives_back_every_letter_in_every_face_and_uses_no_other_font(tmp_path: Path) -> None:
    """One family per face here, so that no face can stand in for another."""
    rules = "".join(f'@font-face {{ font-family: "{f.file}"; src: url("{f.ttf.as_uri()}") }}' for f in FACES)
    lines = (
        LOWER[:45],
        LOWER[45:],
        LOWER.upper()[:45],
        LOWER.upper()[45:],
        SIGNS.replace("\u00a0", "").replace("\u202f", ""),
    )
    body = "".join(
        f'<section style="font-family: {f.file!r}">'
        + "".join(f"<p>{line.replace('&', '&amp;')}</p>" for line in lines)
        + "</section>"
        for f in FACES
    )
    target = tmp_path / "specimen.pdf"
    html = (
        f'<html lang="vi"><style>{rules} @page {{ size: A3 }} p {{ font-size: 11pt; margin: 0 }}</style>{body}</html>'
    )
    weasyprint.HTML(string=html).write_pdf(target)
    text = subprocess.run(["pdftotext", "-raw", target, "-"], capture_output=True, check=True).stdout.decode()
    assert [line for line in text.replace("\f", "").splitlines() if line] == list(lines) * len(FACES)
    fonts = subprocess.run(["pdffonts", target], capture_output=True, check=True, text=True).stdout.splitlines()[2:]
    assert len(fonts) == len(FACES)


def test_a_letter_shares_the_sides_of_its_parents() -> None:
    assert parents("ế") == ("ế", "ê", "e")
    assert parents("ợ") == ("ợ", "ơ", "o")
    assert parents("Đ") == ("Đ", "D")
    assert parents("T") == ("T",)


def test_joined_glyph_orders_keep_the_order_of_each_slice() -> None:
    orders = [[".notdef", "A", "B", "C"], [".notdef", "A", "Abreve", "C"], [".notdef", "Abreve", "D"]]
    joined = common_order(orders)
    assert joined[0] == ".notdef"
    for order in orders:
        assert [name for name in joined if name in order] == order
