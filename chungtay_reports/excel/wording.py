"""Findings about records in the words of the form: headings for names of fields, labels for keys."""

from __future__ import annotations

import re
from dataclasses import replace

from chungtay_reports.errors import Problem
from chungtay_reports.excel.sheets import SHEETS, Sheet
from chungtay_reports.records import KIND_LABELS
from chungtay_reports.records.fields import LEVELS, MODES

_PARTS = {"support": "Hỗ trợ", "plan": "Đầu việc", "goods": "Hiện vật", "parties": "Bên ký", "topics": "Nhóm nội dung"}
# Names that no Vietnamese sentence would contain by chance, so that they are replaced also outside quotes.
_WORDS = {
    "same_as": "cột “Trùng với bản ghi”",
    "money": "tiền mặt",
    "goods": "hiện vật",
    "sponsored": "số học sinh nhận đỡ đầu",
    "pupils": "số học sinh được hỗ trợ",
    "complete: true": "đã đủ số liệu: Có",
    **LEVELS,
    **MODES,
    "ra-ngoai-thanh": "ra ngoại thành",
    "vao-noi-thanh": "vào nội thành",
}
_PLAIN = {key: label for key, label in _WORDS.items() if key not in ("huyen", "truong")}
_PLAIN_PATTERN = re.compile(
    r"(?<![\w-])(?:" + "|".join(sorted(map(re.escape, _PLAIN), key=len, reverse=True)) + r")(?![\w-])"
)
_QUOTED = re.compile(r"“([a-z_.-]+)”")
_LEVELS = re.compile(r"thanh-pho, huyen hay truong")


def in_words(problem: Problem, sheet: Sheet) -> Problem:
    """Say a problem of a record as the form would: “level” becomes “Cấp tổ chức”."""
    headings = _headings(sheet)
    message = _QUOTED.sub(lambda match: f"“{_name(match[1], headings)}”", problem.message)
    message = _LEVELS.sub("cấp thành phố, cấp quận, huyện hay cấp trường", message)
    message = message.replace("trường “", "cột “") if message != problem.message else message
    message = _PLAIN_PATTERN.sub(lambda match: _PLAIN[match[0]], message)
    return replace(problem, message=message)


def _name(word: str, headings: dict[str, str]) -> str:
    return headings.get(word) or _PARTS.get(word) or KIND_LABELS.get(word) or word


def _headings(sheet: Sheet) -> dict[str, str]:
    named: dict[str, str] = {}
    for one in (sheet, *SHEETS):
        for column in one.columns:
            path = [str(part) for part in column.path if isinstance(part, str)]
            for key in (".".join((*map(str, one.part), *path)), ".".join(path), path[-1]):
                named.setdefault(key, column.heading)
    return named
