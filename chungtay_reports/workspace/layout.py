"""Where things lie in a workspace: which files are read as what, and what lies in the wrong place."""

from __future__ import annotations

import os
import re
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path

from chungtay_reports.at_rest import hidden
from chungtay_reports.errors import Code, Place, Problem, Severity, why
from chungtay_reports.model import Period
from chungtay_reports.settings import Calendar

NO_SETTINGS = Code(
    "W101", "thư mục này không phải kho Chung tay: thiếu chungtay.yaml; tạo kho mới bằng lệnh chungtay init"
)
NO_UNITS = Code("W102", "thiếu danh mục đơn vị: cần ít nhất một tệp content/units/*.yaml")
YEAR = Code("W103", "tên thư mục “{name}” không phải năm học; hãy đặt như 2022-2023")
STRAY = Code("W104", "tệp không nằm đúng chỗ nên không được đọc; {expected}", Severity.WARNING)
SUFFIX = Code("W105", "tệp có đuôi “{suffix}” nên không được đọc; hãy đổi thành {expected}")
UNLISTED = Code("W106", "không mở được thư mục: {reason}")
LINKED = Code("W107", "mẫu trang không được là liên kết (symlink); hãy chép tệp hoặc thư mục thật vào templates/")

_YEAR = re.compile(r"(\d{4})-(\d{4})", re.ASCII)
_WRONG_SUFFIX = {".yml": ".yaml", ".YAML": ".yaml", ".YML": ".yaml", ".json": ".yaml", ".markdown": ".md", ".MD": ".md"}
_MAX_DEPTH = 8
_ONE_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class RecordFile:
    """A file of records and the two folders that it lies in."""

    path: str
    year: str
    unit: str


@dataclass(frozen=True, slots=True)
class Files:
    """Every file to read, as POSIX paths relative to the root, sorted."""

    records: tuple[RecordFile, ...] = ()
    units: tuple[str, ...] = ()
    metrics: tuple[str, ...] = ()
    people: tuple[str, ...] = ()
    quotes: tuple[str, ...] = ()
    media: tuple[str, ...] = ()
    bulletins: tuple[str, ...] = ()
    reports: tuple[str, ...] = ()
    narratives: tuple[str, ...] = ()
    offices: tuple[str, ...] = ()
    approvals: tuple[str, ...] = ()
    notices: tuple[str, ...] = ()
    problems: tuple[Problem, ...] = field(default=())


def survey(root: Path) -> Files:
    """List what the workspace holds; files that nothing reads are reported, hidden ones are ignored."""
    problems: list[Problem] = []
    found = {name: _below(root, f"content/{name}", problems) for name in ("units", "metrics", "quotes", "media")}
    yaml = {
        name: _with_suffix(files, ".yaml", problems, ignore_others=name == "media") for name, files in found.items()
    }
    bulletins = _with_suffix(_below(root, "content/bulletins", problems), ".md", problems)
    if not yaml["units"]:
        problems.append(NO_UNITS.at(Place("content/units")))
    reports, narratives = (
        _with_suffix(_below(root, f"content/{name}", problems), ".md", problems) for name in ("reports", "narratives")
    )
    approvals, notices = (
        _with_suffix(_below(root, f"content/{name}", problems), ".yaml", problems) for name in ("approvals", "notices")
    )
    problems += [LINKED.at(Place(path)) for path in _linked(root, "templates")]
    people, offices = "content/people.yaml", "content/offices.yaml"
    return Files(
        records=_records(_below(root, "content/records", problems), problems),
        units=yaml["units"],
        metrics=yaml["metrics"],
        people=(people,) if os.path.lexists(root / people) else (),
        quotes=yaml["quotes"],
        media=yaml["media"],
        bulletins=bulletins,
        reports=reports,
        narratives=narratives,
        offices=(offices,) if os.path.lexists(root / offices) else (),
        approvals=approvals,
        notices=notices,
        problems=tuple(problems),
    )


def _below(root: Path, folder: str, problems: list[Problem], depth: int = 0) -> list[str]:
    """List the files below `folder`, sorted; symlinks count as files, so that reading refuses them."""
    try:
        with os.scandir(root / folder) as scan:
            entries = sorted(scan, key=lambda entry: entry.name)
    except FileNotFoundError:
        return []
    except OSError as error:
        problems.append(UNLISTED.at(Place(folder), reason=why(error)))
        return []
    files: list[str] = []
    for entry in entries:
        path = f"{folder}/{entry.name}"
        if hidden(entry.name):
            continue
        if not entry.is_dir(follow_symlinks=False):
            files.append(path)
        elif depth < _MAX_DEPTH:
            files += _below(root, path, problems, depth + 1)
    return files


def _linked(root: Path, folder: str) -> list[str]:
    """List the links in a folder of templates, or the folder itself: what they lead to could change unseen."""
    if (root / folder).is_symlink():
        return [folder]
    return [
        (Path(above) / name).relative_to(root).as_posix()
        for above, folders, files in os.walk(root / folder)
        for name in sorted((*folders, *files))
        if not hidden(name) and (Path(above) / name).is_symlink()
    ]


def _with_suffix(
    files: list[str], suffix: str, problems: list[Problem], *, ignore_others: bool = False
) -> tuple[str, ...]:
    wanted = tuple(path for path in files if path.endswith(suffix))
    if not ignore_others:
        problems += [_not_read(path, suffix) for path in files if not path.endswith(suffix)]
    return wanted


def _not_read(path: str, suffix: str) -> Problem:
    own = os.path.splitext(path)[1]  # noqa: PTH122 - a POSIX path inside the workspace, not a file of this machine
    if _WRONG_SUFFIX.get(own) == suffix:
        return SUFFIX.at(Place(path), suffix=own, expected=suffix)
    return STRAY.at(Place(path), expected=f"ở đây chỉ đọc tệp {suffix}")


def _records(files: list[str], problems: list[Problem]) -> tuple[RecordFile, ...]:
    records: list[RecordFile] = []
    wrong_years: set[str] = set()
    for path in _with_suffix(files, ".yaml", problems):
        parts = path.split("/")
        if len(parts) != 5:
            problems.append(STRAY.at(Place(path), expected="tệp bản ghi nằm ở content/records/<năm học>/<đơn vị>/"))
        elif not is_school_year(parts[2]):
            wrong_years.add(parts[2])
        else:
            records.append(RecordFile(path, parts[2], parts[3]))
    problems += [YEAR.at(Place(f"content/records/{name}"), name=name) for name in sorted(wrong_years)]
    return tuple(records)


def is_school_year(name: str) -> bool:
    """Say whether a name is that of a school year: two years, the second right after the first (“2022-2023”)."""
    match = _YEAR.fullmatch(name)
    return match is not None and int(match[2]) == int(match[1]) + 1


def school_year(name: str, calendar: Calendar) -> Period:
    """Return the days of a school year that `survey` accepted (“2022-2023”)."""
    month, day = (int(part) for part in calendar.school_year_start.split("-"))
    first, second = (int(part) for part in name.split("-"))
    return Period(date(first, month, day), date(second, month, day) - _ONE_DAY, f"năm học {name}")


def school_year_of(day: date, calendar: Calendar) -> str:
    """Return the name of the school year that `day` falls in (“2022-2023”)."""
    month, first_day = (int(part) for part in calendar.school_year_start.split("-"))
    start = day.year if (day.month, day.day) >= (month, first_day) else day.year - 1
    return f"{start}-{start + 1}"
