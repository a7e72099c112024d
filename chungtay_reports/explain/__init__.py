"""What a problem code means, why it matters, how to mend it, with a broken and a corrected example.

The texts are data, one YAML file per family of codes beside this module: `họ` names the family, `mã` holds an entry per
code. `tệp` is the file in which the example stands; an example that is a path alone is about where a file lies.
Characters that no one can see are written, and shown, as backslash, u and four hexadecimal digits.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import yaml
from pydantic import Field

from chungtay_reports.archive.ocfl.checking.codes import SENTENCES
from chungtay_reports.errors import UsageError, did_you_mean, shown
from chungtay_reports.meant import closest
from chungtay_reports.settings import Strict

FOLDER = Path(__file__).parent


@dataclass(frozen=True, slots=True)
class Explanation:
    """One code in a clerk's words; `wrong` and `right` are excerpts of `file` (empty: of no file in particular)."""

    code: str
    family: str
    meaning: str
    reason: str
    remedy: str
    file: str
    wrong: str
    right: str


class _Entry(Strict):
    meaning: str = Field(alias="nghĩa", min_length=10)
    reason: str = Field(alias="vì sao", min_length=10)
    remedy: str = Field(alias="sửa thế nào", min_length=10)
    file: str = Field(alias="tệp", default="")
    wrong: str = Field(alias="sai", min_length=1)
    right: str = Field(alias="đúng", min_length=1)


class _Family(Strict):
    title: str = Field(alias="họ")
    entries: dict[str, _Entry] = Field(alias="mã")


@cache
def explanations() -> Mapping[str, Explanation]:
    """Read every explanation, by code, in the order of codes."""
    return {code: found for letter in families() for code, found in _family(letter).items()}


@cache
def families() -> tuple[str, ...]:
    """List the letters of the families, in order."""
    return tuple(sorted(path.stem for path in FOLDER.glob("*.yaml")))


def explain(name: str) -> tuple[Explanation, ...]:
    """Explain a code, or all codes of a family when only its letter is given; capitals do not matter."""
    wanted = name.strip().upper()
    if wanted in families():
        return tuple(_family(wanted).values())
    if wanted in SENTENCES:
        return (_of_archive(wanted),)
    if wanted[:1] in families() and (found := _family(wanted[:1]).get(wanted)):
        return (found,)
    offer = did_you_mean(closest(wanted, explanations()))
    raise UsageError(f"Không có mã “{shown(name, 20)}”.{offer} Gõ “chungtay explain” để xem mọi mã.")


# why, and what to do, by the first letter of a code of the archive
_ARCHIVE = {
    "A": "Kho lưu trữ do chungtay lập chứa đúng những gì chungtay đã ghi; khác đi là có người hoặc ổ đĩa đã động vào.",
    "E": "Chuẩn OCFL 1.1 bắt buộc như vậy; kho không còn đúng chuẩn thì không ai bảo đảm được các tệp trong đó.",
    "W": "Chuẩn OCFL 1.1 khuyên nên như vậy; kho vẫn đọc được, nhưng phần mềm khác có thể gặp khó.",
}
_RESTORE = (
    "Đừng sửa tay. Lấy lại đúng tệp ấy từ bản sao lưu rồi chạy lại “chungtay archive verify”; xem docs/luu-tru.md."
)


def _of_archive(code: str) -> Explanation:
    """Explain a code of `archive verify`, all of which are mended alike; what is wrong stands in no file that people write."""
    return Explanation(code, "Kho lưu trữ", f"{SENTENCES[code]}.", _ARCHIVE[code[0]], _RESTORE, "", "", "")


@cache
def _family(letter: str) -> Mapping[str, Explanation]:
    read = _Family.model_validate(yaml.safe_load((FOLDER / f"{letter}.yaml").read_text("utf-8")))
    return {
        code: Explanation(
            code,
            read.title,
            entry.meaning.strip(),
            entry.reason.strip(),
            entry.remedy.strip(),
            entry.file,
            entry.wrong.rstrip("\n"),
            entry.right.rstrip("\n"),
        )
        for code, entry in sorted(read.entries.items())
    }
