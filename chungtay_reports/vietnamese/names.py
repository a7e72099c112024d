"""How names of units and people stand in running text: capitals, abbreviations, initials."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Sequence

from chungtay_reports.vietnamese.collation import TONES

# Decree 30/2020, Appendix II: the common noun of an administrative unit is small (“quận Cầu Giấy”), but for
# “Thủ đô Hà Nội” and a noun with a number (“Quận 1”); names of bodies (“Sở …”, “Phòng …”, “Trường …”) keep their capital
COMMON_NOUNS = ("Thành phố", "Tỉnh", "Quận", "Huyện", "Thị xã", "Thị trấn", "Phường", "Xã")
_COMMON_NOUN = re.compile(rf"(?:{'|'.join(COMMON_NOUNS)})(?= [^\W\d_])")

EDUCATION = ("Giáo dục và Đào tạo", "GD&ĐT")


def unit_in_text(name: str, *, keep: Collection[str] = ()) -> str:
    """Write a unit's official name as it stands inside a sentence: “Quận Cầu Giấy” → “quận Cầu Giấy”.

    “Quận 1”, “Thủ đô Hà Nội”, schools and offices keep their capital, and so do the names in `keep` (official papers
    may write “Quận Hai Bà Trưng”, a unit called after persons).
    """
    noun = _COMMON_NOUN.match(name)
    return name if noun is None or name in keep else name[0].lower() + name[1:]


def sentence_start(text: str) -> str:
    """Give a sentence its capital, past opening quotes and brackets; one that starts with a figure stays."""
    first = next((at for at, char in enumerate(text) if char.isalnum()), 0)
    return text[:first] + text[first : first + 1].upper() + text[first + 1 :]


def abbreviate(texts: Sequence[str], full: str = EDUCATION[0], short: str = EDUCATION[1]) -> tuple[str, ...]:
    """Write a term in full at its first mention and short from then on, over texts in reading order.

    “Giáo dục và Đào tạo (GD&ĐT)”, then “GD&ĐT”. The texts may hold either form; a term that is mentioned only once is
    written in full without the abbreviation.
    """
    spaced = re.escape(full).replace(r"\ ", r"\s+")
    mention = re.compile(rf"{spaced}(?:\s*\({re.escape(short)}\))?|(?<![\w&]){re.escape(short)}(?![\w&])")
    count = sum(len(mention.findall(text)) for text in texts)
    forms = iter((full if count == 1 else f"{full} ({short})", *[short] * (count - 1)))
    return tuple(mention.sub(lambda _: next(forms), text) for text in texts)


def initials(name: str) -> str:
    """Reduce a name to initials: “Nguyễn Văn Ánh” → “N.V.A.”; Đ, Ă, Â, Ê, Ô, Ơ, Ư stay, tones go."""
    return "".join(f"{_without_tone(word[0]).upper()}." for word in unicodedata.normalize("NFC", name).split())


def pupil(name: str) -> str:
    """Name a pupil who must not be recognised: “em N.V.A.”."""
    return f"em {initials(name)}"


def _without_tone(letter: str) -> str:
    bare = "".join(mark for mark in unicodedata.normalize("NFD", letter) if mark not in TONES)
    return unicodedata.normalize("NFC", bare)
