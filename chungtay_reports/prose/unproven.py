"""Refuse claims typed by hand that only a proof can carry: hedges before a number, “toàn bộ”, “dẫn đầu” and the like."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from chungtay_reports.errors import Code, Problem, Severity
from chungtay_reports.prose.allow import Allowed
from chungtay_reports.prose.calls import Call
from chungtay_reports.prose.lines import HOLE, Line
from chungtay_reports.prose.number_lint import within

HEDGE = Code("P211", "“{text}” trước một con số là lời ước lượng chưa chứng minh; viết {use} thay cho cả hai.")
AFTER = Code("P212", "“{text}” sau một con số là lời ước lượng chưa chứng minh; bỏ đi, hoặc dùng {{{{ hon('…') }}}}.")
CLAIM = Code("P213", "“{text}” là khẳng định phải chứng minh bằng số liệu; viết {use}, hoặc bỏ.")
SOFT_CLAIM = Code(
    "P214", "“{text}” nghe như một khẳng định xếp hạng; chỉ giữ khi không nói về số liệu.", Severity.WARNING
)

NUMERIC = frozenset({"so", "gan", "duoi", "hon", "tren", "khoang", "hang", "ty_le", "ti_so", "ca", "phan"})
LEADERS = frozenset({"dan_dau", "nhieu_nhat", "xep_hang"})

# typed before a number → the placeholder that proves it
HEDGES = {
    "gần": "gan", "gần tới": "gan", "ngót": "gan", "ngót nghét": "gan", "suýt soát": "gan", "dưới": "duoi",
    "hơn": "hon", "trên": "tren", "quá": "hon", "không dưới": "hon", "ít nhất": "hon", "tối thiểu": "hon",
    "khoảng": "khoang", "chừng": "khoang", "xấp xỉ": "khoang", "ước": "khoang", "độ": "khoang", "tầm": "khoang",
    "tối đa": "gan", "hàng": "hang", "cả": "ca", "tất cả": "ca", "toàn bộ": "ca", "đủ": "ca",
    "tăng": "tang_giam", "tăng thêm": "tang_giam", "giảm": "tang_giam", "gấp": "tang_giam",
}  # fmt: skip
_ALL, _PART, _CHANGE = "{{ ca('…') }}", "{{ phan('…') }}", "{{ tang_giam('…') }}"
_FIRST = "{{ dan_dau('…', theo='…') }} hoặc {{ xep_hang('…', theo='…') }}"
_LISTED = "{{ liet_ke('…', theo='…') }} để nêu từng số"
# What a leader in the same sentence proves: it is first, and nothing is proven of the last, the only, or the second.
MOST = ("nhiều nhất", "dẫn đầu", "đứng đầu", "cao nhất", "lớn nhất", "đông nhất", "nhất thành phố")
CLAIMS = {
    "toàn bộ": _ALL, "tất cả": _ALL, "trăm phần trăm": _ALL, "không sót": _ALL, "không thiếu": _ALL,
    "hầu hết": _PART, "đa số": _PART, "phần lớn": _PART, "đại đa số": _PART, "quá nửa": _PART, "quá bán": _PART,
    "phần đông": _PART, "hầu khắp": _PART, "thiểu số": _PART,
    **dict.fromkeys(MOST, _FIRST), "ít nhất": _LISTED, "thấp nhất": _LISTED, "nhỏ nhất": _LISTED, "duy nhất": _LISTED,
    "vượt trội": _LISTED, "kỷ lục": _LISTED, "kỉ lục": _LISTED, "xếp thứ": _LISTED, "đứng thứ": _LISTED,
    "gấp nhiều lần": _CHANGE, "gấp bội": _CHANGE, "tăng mạnh": _CHANGE, "tăng vọt": _CHANGE, "giảm mạnh": _CHANGE,
}  # fmt: skip
SOFT = ("đầu tiên", "sớm nhất", "muộn nhất", "mạnh nhất", "nổi bật nhất", "tiêu biểu nhất")


def _choices(words: Iterable[str]) -> str:
    return "|".join(word.replace(" ", r"\s+") for word in sorted(words, key=lambda word: (-len(word), word)))


_WORDS = re.compile(rf"(?<!\w)(?:{_choices((*CLAIMS, *SOFT))})(?!\w)", re.IGNORECASE)
_BEFORE = re.compile(rf"(?<!\w)({_choices(HEDGES)})(?:\s+(?:là|tới|đến))?\s*{HOLE}", re.IGNORECASE)
_AFTER = re.compile(rf"{HOLE}\s*(trở lên|trở xuống|có lẻ|có dư|đổ lại|đổ lên)(?!\w)", re.IGNORECASE)
_SENTENCE_END = re.compile(r"[.!?…](?=\s|$)")


def unproven(line: Line, allowed: Allowed) -> Iterator[Problem]:
    """Find every claim of a line that no placeholder beside it proves."""
    spans = allowed.spans(line.text)
    hedged: set[int] = set()
    for match in _BEFORE.finditer(line.text):
        call = line.calls[match.end() - 1]
        if call.name in NUMERIC and not within(match.span(1), spans):
            hedged.add(match.start(1))
            yield HEDGE.at(line.place(match.start(1)), text=match[1], use=_use(HEDGES[_plain(match[1])], call))
    for match in _AFTER.finditer(line.text):
        if line.calls[match.start()].name in NUMERIC:
            yield AFTER.at(line.place(match.start(1)), text=match[1])
    for match in _WORDS.finditer(line.text):
        use = CLAIMS.get(_plain(match.group()))
        if match.start() in hedged or within(match.span(), spans) or (use is _FIRST and _led(line, match.start())):
            continue
        place = line.place(match.start())
        yield CLAIM.at(place, text=match.group(), use=use) if use else SOFT_CLAIM.at(place, text=match.group())


def _plain(text: str) -> str:
    return " ".join(text.lower().split())


def _use(name: str, call: Call) -> str:
    values = [argument.value for argument in call.arguments if argument.name in {"", "chi_tieu"}]
    metric = values[0] if values and isinstance(values[0], str) else "…"
    return f"{{{{ {name}('{metric}') }}}}"


def _led(line: Line, at: int) -> bool:
    """Tell whether a placeholder of the same sentence names the proven leader."""
    start = max((match.end() for match in _SENTENCE_END.finditer(line.text, 0, at)), default=0)
    end = next((match.start() for match in _SENTENCE_END.finditer(line.text, at)), len(line.text))
    return any(start <= position < end and call.name in LEADERS for position, call in line.calls.items())
