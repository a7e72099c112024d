"""Which figure an author meant who typed a number: the metric of that value, or of one close to it."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from chungtay_reports.prose.counted import counted_noun, names
from chungtay_reports.prose.number_words import Found
from chungtay_reports.vietnamese import number, percent
from chungtay_reports.vietnamese.hedges import RULES, verifies

NAMED = "nếu là số của văn bản hay tên gọi thì khai ở allow_numbers, kèm lý do"
CLOSE = Fraction(1, 10)
NEAR = Fraction(1, 4)  # when it counts what the text names
TELLING, SMALLEST = 100, 10  # a small number says little about which figure was meant when no noun tells
_YEARS = range(1900, 2101)
_DAY_MONTH = re.compile(r"(?:3[01]|[12]?\d|0[1-9])[/.-](?:1[0-2]|0?[1-9])")
_DAY_WORD = re.compile(r"(?<!\w)(?:ngày|sáng|trưa|chiều|tối|đêm|hôm)\s+$", re.IGNORECASE)
_SPAN = re.compile(r"\s*(?:ngày|tuần|tháng|năm)(?!\w)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Candidate:
    """A figure of the edition: its metric, the placeholder that prints it (so, ty_le, ti_so), its value, what it counts."""

    metric: str
    form: str
    value: int | Fraction
    unit: str
    label: str = ""

    @property
    def placeholder(self) -> str:
        return f"{{{{ {self.form}('{self.metric}') }}}}"


@dataclass(frozen=True, slots=True)
class Advice:
    """What to write instead: a sentence, and the placeholder when there is one."""

    sentence: str
    placeholder: str | None = None


def advise(found: Found, before: str, after: str, candidates: Iterable[Candidate]) -> Advice:
    """Say what to write instead of a typed number; `before` and `after` are the text around it."""
    candidates = tuple(candidates)
    counts = bool(counted_noun(after, {one.unit for one in candidates}))
    known = (not (counts and found.text.isdecimal()) and _dated(found.text)) or _no_figure(found.text, before, after)
    if known:
        return known
    form = "ty_le" if found.text.endswith("%") else "ti_so" if "/" in found.text else "so"
    value = _typed(found, form)
    if value is None:
        return Advice(f"Lấy số từ một chỉ tiêu, ví dụ {{{{ {form}('truong_ky_ket') }}}}; {NAMED}.")
    same = _counting([one for one in candidates if one.form == form], after)
    ranked = sorted(same, key=lambda one: (abs(one.value - value), not _counts(one, after), one.metric))
    if not any(_counts(one, after) for one in ranked) and form == "so":
        ranked = [one for one in ranked if value >= TELLING or (value >= SMALLEST and one.value == value)]
    if ranked and ranked[0].value == value:
        offer = ranked[0].placeholder
        return Advice(f"Số này đúng bằng {offer}: viết chỗ điền ấy thay cho con số.", offer)
    same_noun = [one for one in ranked if _counts(one, after)]
    return (
        _hedged(before, value, ranked)
        or (_close(value, same_noun, NEAR) if same_noun else None)
        or _close(value, ranked, CLOSE)
        or Advice(f"Không chỉ tiêu nào của kỳ này gần số ấy; {NAMED}.")
    )


def _no_figure(text: str, before: str, after: str) -> Advice | None:
    """Advise on what is not a count: a span of time, the article “một”, a word in a name."""
    if _SPAN.match(after) and not text.endswith("%"):
        return Advice("Khoảng thời gian của kỳ viết bằng chỗ điền {{ thoi_gian() }}.", "{{ thoi_gian() }}")
    if _DAY_MONTH.fullmatch(text) and _DAY_WORD.search(before):
        month, day = (f"{int(part):02d}" for part in reversed(re.split(r"[/.-]", text)))
        return Advice(
            f"Ngày viết bằng chỗ điền, thay NĂM bằng năm ấy: {{{{ ngay('NĂM-{month}-{day}', kieu='khong_nam') }}}}."
        )
    if text.casefold() == "một":
        return Advice("Nếu không đếm gì thì bỏ chữ ấy hoặc viết cách khác; nếu đếm thì lấy từ chỉ tiêu, thêm chu=True.")
    if _like_a_name(text, before):
        return Advice("Nếu là tên riêng thì khai trong danh mục đơn vị, content/people.yaml hoặc allow_numbers.")
    return None


def _like_a_name(text: str, before: str) -> bool:
    """Tell whether a number word has a capital right after another word with one, as in “Lê Văn Tám”."""
    last = before.rsplit(maxsplit=1)[-1] if before[-1:].isspace() and before.strip() else ""
    return text[:1].isupper() and not text.isupper() and last[:1].isupper() and last[-1:].isalpha()


def _typed(found: Found, form: str) -> Fraction | None:
    if form == "ti_so":
        match = re.fullmatch(r"(\d{1,9})/(\d{1,9})", found.text)
        return Fraction(int(match[1]), int(match[2])) if match and int(match[2]) else None
    return found.value / 100 if found.value is not None and form == "ty_le" else found.value


_HEDGE = re.compile(rf"(?<!\w)({'|'.join(rule.word for rule in RULES.values())})\s+$", re.IGNORECASE)


def _hedged(before: str, value: Fraction, ranked: list[Candidate]) -> Advice | None:
    """“gần 700” typed by hand: find the metric of which it is true."""
    match = _HEDGE.search(before)
    if not match or value.denominator != 1:
        return None
    kind, word = next((kind, rule.word) for kind, rule in RULES.items() if rule.word == match[1].lower())
    text = f"{word} {number(int(value))}"
    true = (one for one in ranked if isinstance(one.value, int) and verifies(text, one.value))
    offer = next((f"{{{{ {kind}('{one.metric}') }}}}" for one in true), None)
    return Advice(f"“{text}” đúng với {offer}: viết chỗ điền ấy thay cho cả hai.", offer) if offer else None


def _close(value: Fraction, ranked: list[Candidate], limit: Fraction) -> Advice | None:
    nearest = ranked[0] if ranked else None
    if nearest is None or abs(nearest.value - value) > limit * max(abs(value), abs(Fraction(nearest.value))):
        return None
    shown = number(nearest.value) if isinstance(nearest.value, int) else percent(nearest.value)
    return Advice(f"Chỉ tiêu gần nhất là {nearest.placeholder}, đang bằng {shown}.", nearest.placeholder)


def _counting(candidates: list[Candidate], after: str) -> list[Candidate]:
    """Keep those that count what the text goes on to name: “gần 700 chuyên đề” is never a number of schools."""
    noun = counted_noun(after, {one.unit for one in candidates})
    return [one for one in candidates if names(noun, one.unit, one.label)] if noun else candidates


def _counts(candidate: Candidate, after: str) -> bool:
    return bool(candidate.unit) and after.lstrip().casefold().startswith(candidate.unit.casefold())


_DATES = (
    (re.compile(r"(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})"), (3, 2, 1)),
    (re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})"), (1, 2, 3)),
    (re.compile(r"(\d{1,2})[/.-](\d{4})"), (2, 1, 0)),
    (re.compile(r"(\d{4})"), (1, 0, 0)),
)


def _dated(text: str) -> Advice | None:
    """Offer `ngay` for a day, a month or a year, and `ky` for a school year."""
    match = re.fullmatch(r"(\d{4}) ?[-–] ?(\d{4})", text)
    if match and int(match[2]) == int(match[1]) + 1:
        placeholder = f"{{{{ ky('{match[1]}-{match[2]}') }}}}"
        return Advice(f"Kỳ viết bằng chỗ điền {placeholder}, đã gồm chữ “năm học”.", placeholder)
    for pattern, order in _DATES:
        match = pattern.fullmatch(text)
        iso = _iso(*(int(match[group]) if group else 0 for group in order)) if match else None
        if iso:
            placeholder = f"{{{{ ngay('{iso}') }}}}"
            noun = {4: ", đã gồm chữ “năm”", 7: ", đã gồm chữ “tháng”"}.get(len(iso), "")
            return Advice(f"Ngày, tháng, năm viết bằng chỗ điền, ví dụ {placeholder}{noun}.", placeholder)
    return None


def _iso(year: int, month: int, day: int) -> str | None:
    if year not in _YEARS:
        return None
    try:
        whole = date(year, month or 1, day or 1).isoformat()
    except ValueError:
        return None
    return whole if day else whole[:7] if month else whole[:4]
