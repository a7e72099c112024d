"""The text that a PDF shows, in the order in which it is drawn, and the words that stand for its pictures."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping

import pikepdf

DEEPEST = 12  # drawings within drawings
_CHARACTER = re.compile(rb"<([0-9A-Fa-f]+)>\s*<([0-9A-Fa-f]*)>")
_BLOCK = re.compile(rb"beginbfchar(.*?)endbfchar", re.DOTALL)
# What typesetting may add or take without changing a word: spaces, line breaks, hyphens, joiners.
_UNSEEN = re.compile(r"[\s\u00ad\u200b\u2011\u2060-]+")

Glyphs = Mapping[int, str]


def letters(text: str) -> str:
    """Reduce a text to what must be the same on the page: no spaces, no hyphens, one Unicode form, one case."""
    return _UNSEEN.sub("", unicodedata.normalize("NFC", text)).casefold()


def page_text(page: pikepdf.Page, fonts: dict[tuple[int, int], Glyphs]) -> tuple[str, str]:
    """Read a page: its text, and what runs along its head and foot; `fonts` remembers what was read of them."""
    body: list[str] = []
    running: list[str] = []
    for text, artifact in _shown(page, page.obj.get("/Resources", pikepdf.Dictionary()), fonts, 0):
        (running if artifact else body).append(text)
    return "".join(body), "".join(running)


def picture_words(document: pikepdf.Pdf) -> str:
    """Join the alternative texts of all pictures."""
    found = (str(item["/Alt"]) for item in document.objects if isinstance(item, pikepdf.Dictionary) and "/Alt" in item)
    return "\n".join(found)


def _shown(
    source: pikepdf.Page | pikepdf.Object, resources: pikepdf.Object, fonts: dict[tuple[int, int], Glyphs], depth: int
) -> Iterator[tuple[str, bool]]:
    glyphs: Glyphs = {}
    inside: list[bool] = []
    for instruction in pikepdf.parse_content_stream(source):
        operands, operator = instruction.operands, str(instruction.operator)
        if operator in {"BDC", "BMC"}:
            inside.append(str(operands[0]) == "/Artifact")
        elif operator == "EMC":
            inside[-1:] = []
        elif operator == "Tf":
            glyphs = _glyphs(resources, str(operands[0]), fonts)
        elif operator in {"Tj", "TJ", "'", '"'}:
            yield _decoded(operands[-1], glyphs), any(inside)
        elif operator == "Do" and depth < DEEPEST:
            drawn = resources.get("/XObject", pikepdf.Dictionary()).get(str(operands[0]))
            if drawn is not None and drawn.get("/Subtype") == "/Form":
                for text, artifact in _shown(drawn, drawn.get("/Resources", resources), fonts, depth + 1):
                    yield text, artifact or any(inside)


def _decoded(shown: pikepdf.Object, glyphs: Glyphs) -> str:
    strings = [shown] if isinstance(shown, pikepdf.String) else [s for s in shown if isinstance(s, pikepdf.String)]
    codes = (bytes(string) for string in strings)
    return "".join(
        glyphs.get(high << 8 | low, "\ufffd")
        for code in codes
        for high, low in zip(code[::2], code[1::2], strict=False)
    )


def _glyphs(resources: pikepdf.Object, name: str, fonts: dict[tuple[int, int], Glyphs]) -> Glyphs:
    font = resources.get("/Font", pikepdf.Dictionary()).get(name)
    if font is None or "/ToUnicode" not in font:
        return {}
    if font.objgen not in fonts:
        blocks = _BLOCK.findall(font["/ToUnicode"].read_bytes())
        pairs = (pair for block in blocks for pair in _CHARACTER.findall(block))
        fonts[font.objgen] = {int(code, 16): _text(value) for code, value in pairs}
    return fonts[font.objgen]


def _text(digits: bytes) -> str:
    return bytes.fromhex(digits.decode().zfill(len(digits) + len(digits) % 2)).decode("utf-16-be", "replace")
