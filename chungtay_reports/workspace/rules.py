"""What must hold inside one record: its days, its parties, and the fields that its kind needs or does not know."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise

from chungtay_reports.errors import Code, Problem, Severity
from chungtay_reports.records import KIND_LABELS, Activity, Agreement, Record, Statistic, Submission
from chungtay_reports.settings import Calendar, Settings
from chungtay_reports.workspace.corrections import BEFORE, turns
from chungtay_reports.workspace.layout import school_year, school_year_of
from chungtay_reports.workspace.reading import Loaded

NO_DAY = Code("R203", "cần “date” (một ngày), hoặc cả “from” và “to” (nhiều ngày)")
TWO_DAYS = Code("R204", "đã có “date” thì không ghi “from”, “to”; hãy giữ một cách")
END_FIRST = Code("R205", "ngày kết thúc {end} sớm hơn ngày bắt đầu {start}")
REPEATED = Code("R206", "“{value}” đã có trong bản ghi này; mỗi bên ghi một lần")
TOPIC_REPEATED = Code("R207", "nhóm nội dung “{value}” ghi hai lần")
NEEDED = Code("R208", "loại “{kind}” phải có trường “{field}” ({why})")
NOT_FOR_KIND = Code("R209", "trường “{field}” chỉ dùng cho {kinds}, không dùng cho {kind}")
TOO_EARLY = Code("R210", "ngày {day} sớm hơn khi phong trào bắt đầu ({start})")
TOO_LATE = Code("R211", "ngày {day} còn xa hơn {limit}; hãy kiểm tra lại năm")
RECORDED_FIRST = Code("R212", "vào sổ ngày {recorded}, trước khi việc diễn ra ({day})")
RECORDED_LATER = Code("R213", "ngày {day} ở sau hôm nay; chỉ ghi việc đã xảy ra")
DONE_FIRST = Code("R214", "đầu việc xong ngày {day}, trước khi ký ({signed})")
DUE_FIRST = Code("R215", "hạn của đầu việc ({day}) sớm hơn ngày ký ({signed})", Severity.WARNING)
CONTRADICTION = Code("R216", "ghi không phát sinh hoạt động thì báo cáo phải là đủ (complete: true)")
WRONG_YEAR = Code(
    "R217",
    "ngày {day} không thuộc năm học của thư mục ({start} đến {end}); hãy chuyển tệp sang content/records/{year}/",
)
NO_SUPPORT = Code(
    "R218",
    "bản ghi hỗ trợ chưa ghi hỗ trợ gì: cần money, goods, sponsored hoặc pupils trong “support”",
    Severity.WARNING,
)
NOT_OVER = Code(
    "R234",
    "báo cáo đủ cho kỳ đến hết {end} mà nộp ngày {on}, khi kỳ chưa hết; ghi complete: false, hoặc nộp lại sau ngày ấy",
)
RESERVED = Code("R219", "mã “{id}” trùng tên mà hệ điều hành hoặc trang mạng dùng riêng; hãy đặt mã khác")

_RESERVED = frozenset(
    {"con", "prn", "aux", "nul", "index", *(f"{port}{n}" for port in ("com", "lpt") for n in range(10))}
)
_YEAR_LENGTH = timedelta(days=366)
_PLAN_YEARS = 10
_LEVEL_WHY = "thanh-pho, huyen hay truong; chuyên đề các cấp được đếm riêng"
_MODE_WHY = "truc-tiep, truc-tuyen hay ket-hop; hai hình thức được đếm riêng"
_DIRECTION_WHY = "ra-ngoai-thanh hay vao-noi-thanh; hai chiều được đếm riêng"
FIELDS_NEEDED: dict[str, tuple[tuple[str, str], ...]] = {
    "chuyen-de": (("level", _LEVEL_WHY),),
    "giao-luu-chuyen-mon": (("mode", _MODE_WHY),),
    "tham-quan": (("direction", _DIRECTION_WHY),),
}
_SUPPORTING = ("ho-tro-hoc-sinh", "ho-tro-co-so-vat-chat")
_LESSONS = ("day-truc-tuyen", "chuyen-de", "giao-luu-chuyen-mon")
ONLY_FOR: dict[str, tuple[str, ...]] = {
    "direction": ("tham-quan",),
    "counts.accounts": ("chia-se-hoc-lieu",),
    "counts.periods": _LESSONS,
    "counts.classes": (*_LESSONS, "tham-quan", "van-hoa-van-nghe", "the-thao", "nhan-rong-mo-hinh"),
    "support.sponsored": ("ho-tro-hoc-sinh",),
}


@dataclass(frozen=True, slots=True)
class Bounds:
    """The days that records may name."""

    first: date  # the first day of the month in which the movement began
    today: date
    calendar: Calendar

    @property
    def last(self) -> date:
        """The last day of an event that is already planned."""
        return self.today + _YEAR_LENGTH

    @property
    def last_of_plans(self) -> date:
        """The last day that an agreement or a task may run to."""
        return self.today + _PLAN_YEARS * _YEAR_LENGTH


def bounds(settings: Settings, today: date) -> Bounds:
    """Return the days that records of a workspace may name."""
    return Bounds(settings.movement.start.replace(day=1), today, settings.calendar)


def own_problems(loaded: Loaded, limits: Bounds) -> Iterator[Problem]:
    """Find everything that is wrong with a record in itself."""
    if loaded.record.id.casefold() in _RESERVED:
        yield RESERVED.at(loaded.at("id"), id=loaded.record.id)
    yield from _RULES[type(loaded.record)](loaded, loaded.record, limits)
    yield from _history(loaded, limits)


def event_day(record: Record) -> date | None:
    """Return the day by which a record belongs to a school year: of the event, the signing, or the period's end."""
    return _EVENT_DAY[type(record)](record)


_EVENT_DAY: dict[type, Callable[..., date | None]] = {
    Activity: lambda record: record.day or record.start,
    Agreement: lambda record: record.signed_on,
    Statistic: lambda record: record.period.end,
    Submission: lambda record: record.period.end,
}
_EVENT_FIELD: dict[type, tuple[tuple[str, ...], ...]] = {
    Activity: (("date",), ("from",)),
    Agreement: (("signed_on",),),
    Statistic: (("period", "to"),),
    Submission: (("period", "to"),),
}


def event_path(record: Record) -> tuple[str, ...]:
    """Return the path of the field that holds `event_day`."""
    paths = _EVENT_FIELD[type(record)]
    return paths[-1] if isinstance(record, Activity) and record.day is None else paths[0]


# --------------------------------------------------------------------------- one function per record type


def _activity(loaded: Loaded, record: Activity, limits: Bounds) -> Iterator[Problem]:
    spans = record.start is not None or record.end is not None
    if record.day is not None and spans:
        yield TWO_DAYS.at(loaded.at("from" if record.start else "to"))
    elif record.day is None and (record.start is None or record.end is None):
        yield NO_DAY.at(loaded.at("from" if record.start else "to") if spans else loaded.at())
    yield from _ordered(loaded, record.start, record.end, ("to",))
    yield from _within(loaded, limits, (("date",), record.day), (("from",), record.start), (("to",), record.end))
    yield from _repeats(loaded, "partners", record.partners, REPEATED, record.host)
    yield from _repeats(loaded, "topics", record.topics, TOPIC_REPEATED)
    yield from _fields_of_kind(loaded, record, record.kind)
    support = record.support
    if record.kind in _SUPPORTING and not (
        support and (support.money or support.goods or support.sponsored or support.pupils)
    ):
        yield NO_SUPPORT.at(loaded.at("support"))
    yield from _in_folder_year(loaded, limits)


def _agreement(loaded: Loaded, record: Agreement, limits: Bounds) -> Iterator[Problem]:
    yield from _within(loaded, limits, (("signed_on",), record.signed_on))
    yield from _repeats(loaded, "parties", record.parties, REPEATED)
    if record.valid:
        yield from _ordered(loaded, record.valid.start, record.valid.end, ("valid", "to"))
        yield from _planned(
            loaded, limits, (("valid", "from"), record.valid.start), (("valid", "to"), record.valid.end)
        )
    for index, task in enumerate(record.plan):
        yield from _planned(loaded, limits, (("plan", index, "due"), task.due))
        if task.due < record.signed_on:
            yield DUE_FIRST.at(loaded.at("plan", index, "due"), day=task.due, signed=record.signed_on)
        if task.done_on and task.done_on < record.signed_on:
            yield DONE_FIRST.at(loaded.at("plan", index, "done_on"), day=task.done_on, signed=record.signed_on)
        if task.done_on and task.done_on > limits.today:
            yield RECORDED_LATER.at(loaded.at("plan", index, "done_on"), day=task.done_on)
    yield from _in_folder_year(loaded, limits)


def _statistic(loaded: Loaded, record: Statistic, limits: Bounds) -> Iterator[Problem]:
    yield from _period(loaded, record, limits)
    yield from _fields_of_kind(loaded, record, record.of)
    if record.period.start <= record.period.end:
        yield from _in_folder_year(loaded, limits, record.period.start, ("period", "from"))


def _submission(loaded: Loaded, record: Submission, limits: Bounds) -> Iterator[Problem]:
    yield from _period(loaded, record, limits)
    yield from _within(loaded, limits, (("on",), record.on))
    if record.on > limits.today:
        yield RECORDED_LATER.at(loaded.at("on"), day=record.on)
    if record.complete and record.on < record.period.end:
        yield NOT_OVER.at(loaded.at("on"), on=record.on, end=record.period.end)
    if record.nothing_to_report and not record.complete:
        yield CONTRADICTION.at(loaded.at("complete"))


_RULES: dict[type, Callable[..., Iterator[Problem]]] = {
    Activity: _activity,
    Agreement: _agreement,
    Statistic: _statistic,
    Submission: _submission,
}


# --------------------------------------------------------------------------- rules that types share

Path = tuple[str | int, ...]


def _history(loaded: Loaded, limits: Bounds) -> Iterator[Problem]:
    """A record enters the books, is corrected and removed in this order; what was corrected had to be in order too."""
    days = turns(loaded.record)
    for path, turn in days:
        if turn > limits.today:
            yield RECORDED_LATER.at(loaded.at(*path), day=turn)
    for (_, before), (path, turn) in pairwise(days):
        if turn < before:
            yield BEFORE.at(loaded.at(*path), day=turn, other=before)
    told = (*reversed(loaded.past), loaded)
    for version, (path, since) in zip(told, days, strict=False):  # a removal says nothing
        day = event_day(version.record) if isinstance(version.record, Activity | Agreement) else None
        if day and since < day and since <= limits.today:
            yield RECORDED_FIRST.at(loaded.at(*path), recorded=since, day=day)
    for earlier in loaded.past:
        found = _RULES[type(earlier.record)](earlier, earlier.record, limits)
        yield from (problem for problem in found if problem.code != WRONG_YEAR.code)  # it lies elsewhere now


def _ordered(loaded: Loaded, start: date | None, end: date | None, path: Path) -> Iterator[Problem]:
    if start and end and end < start:
        yield END_FIRST.at(loaded.at(*path), start=start, end=end)


def _period(loaded: Loaded, record: Statistic | Submission, limits: Bounds) -> Iterator[Problem]:
    span = record.period
    yield from _ordered(loaded, span.start, span.end, ("period", "to"))
    yield from _within(loaded, limits, (("period", "from"), span.start), (("period", "to"), span.end))
    yield from _in_folder_year(loaded, limits)


def _within(loaded: Loaded, limits: Bounds, *days: tuple[Path, date | None]) -> Iterator[Problem]:
    yield from _between(loaded, limits.first, limits.last, days)


def _planned(loaded: Loaded, limits: Bounds, *days: tuple[Path, date | None]) -> Iterator[Problem]:
    yield from _between(loaded, limits.first, limits.last_of_plans, days)


def _between(loaded: Loaded, first: date, last: date, days: Iterable[tuple[Path, date | None]]) -> Iterator[Problem]:
    for path, day in days:
        if day and day < first:
            yield TOO_EARLY.at(loaded.at(*path), day=day, start=f"{first.month}/{first.year}")
        elif day and day > last:
            yield TOO_LATE.at(loaded.at(*path), day=day, limit=last)


def _repeats(loaded: Loaded, name: str, values: list[str], code: Code, *before: str) -> Iterator[Problem]:
    seen = set(before)
    for index, value in enumerate(values):
        if value in seen:
            yield code.at(loaded.at(name, index), value=value)
        seen.add(value)


def _fields_of_kind(loaded: Loaded, record: Activity | Statistic, kind: str) -> Iterator[Problem]:
    label = KIND_LABELS[kind]
    for name, why in FIELDS_NEEDED.get(kind, ()):
        if getattr(record, name, why) is None:
            yield NEEDED.at(loaded.at(), kind=label, field=name, why=why)
    for path, kinds in ONLY_FOR.items():
        value: object = record
        for part in path.split("."):
            value = getattr(value, part, None)
        if value is not None and kind not in kinds:
            allowed = ", ".join(KIND_LABELS[one] for one in kinds)
            yield NOT_FOR_KIND.at(loaded.at(*path.split(".")), field=path, kinds=allowed, kind=label)


def _in_folder_year(
    loaded: Loaded, limits: Bounds, day: date | None = None, path: tuple[str, ...] = ()
) -> Iterator[Problem]:
    day, path = (day, path) if day else (event_day(loaded.record), event_path(loaded.record))
    year = school_year(loaded.entry.year, limits.calendar)
    if day and day not in year:
        own = school_year_of(day, limits.calendar)
        yield WRONG_YEAR.at(loaded.at(*path), day=day, start=year.start, end=year.end, year=own)
