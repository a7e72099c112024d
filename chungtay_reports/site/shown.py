"""What the site shows: an edition as the files that were made of it, and what can be read from those files alone."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from html import unescape
from typing import Any

from chungtay_reports.figures.periods import label
from chungtay_reports.model import Period
from chungtay_reports.site.plain import Passage, docx_passages, html_passages, html_summary

DRAFT, PUBLISHED, CORRECTED, WITHDRAWN = "draft", "published", "corrected", "withdrawn"
BULLETIN, REPORT = "ban-tin", "bao-cao"
# Where a number stands when it speaks of a unit in passing: a row of a table, a tile of a map.
IN_PASSING = ("bảng", "biểu đồ", "phụ lục")
_PICTURE = re.compile(r'<img src="(images/[^"]+)" alt="([^"]*)" width="(\d+)" height="(\d+)"')


@dataclass(frozen=True, slots=True)
class Change:
    """One figure that a correction changed."""

    label: str
    old: str
    new: str
    where: str


@dataclass(frozen=True, slots=True)
class Issue:
    """One version of an edition that was put before readers; `state` is what became of the edition with it."""

    number: str
    moment: datetime
    state: str
    reason: str = ""
    changes: tuple[Change, ...] = ()


@dataclass(frozen=True, slots=True)
class Printed:
    """A number as the edition prints it; `figure` is its row of the ledger, `name` the label of its metric."""

    text: str
    figure: str
    metric: str
    name: str
    days: str  # of its period, when that has no name
    unit: str
    where: str


@dataclass(frozen=True, slots=True)
class Picture:
    """The picture at the head of a bulletin; `file` is relative to the edition's folder."""

    file: str
    alt: str
    width: int
    height: int


@dataclass(frozen=True, slots=True, eq=False)
class Shown:
    """An edition on the site. `key` is its folder below build/ and on the site; `files` are named from there.

    `about` are the units that its text speaks about, `listed` those that stand only in its tables and charts.
    """

    key: str
    kind: str
    title: str
    summary: str
    number: str  # “02/2023”, or empty
    unit: str  # of a report
    year: str  # school year
    issued: datetime
    as_of: date
    issues: tuple[Issue, ...]  # oldest first, at least one
    files: Mapping[str, bytes]
    prints: tuple[Printed, ...]
    passages: tuple[Passage, ...]
    about: tuple[str, ...]
    listed: tuple[str, ...]
    picture: Picture | None
    older: tuple[Shown, ...] = ()  # the versions before, oldest first, each with a key of its own
    replaced: str = ""  # of an older version: the key of the edition

    @property
    def state(self) -> str:
        return self.issues[-1].state

    @property
    def published(self) -> datetime:
        return self.issues[0].moment

    @property
    def updated(self) -> datetime:
        return self.issues[-1].moment

    @property
    def readable(self) -> bool:
        """Say whether readers get its text; of a withdrawn edition only the notice stays."""
        return self.state != WITHDRAWN


@dataclass(frozen=True, slots=True)
class Facts:
    """What is known about an edition besides its files."""

    key: str
    kind: str
    title: str
    number: str
    unit: str
    year: str
    issued: datetime
    issues: tuple[Issue, ...]


def shown(facts: Facts, files: Mapping[str, bytes], as_of: date) -> Shown:
    """Read an edition's files: its summary, text, picture, printed numbers and the units that it speaks about."""
    ledger = json.loads(files["figures.json"]) if "figures.json" in files else {"figures": [], "metrics": {}}
    page = files.get("index.html", b"").decode()
    letter = next((data for name, data in sorted(files.items()) if name.endswith(".docx")), None)
    passages = html_passages(page) if page else docx_passages(letter) if letter else ()
    about, listed = _units(ledger["figures"])
    return Shown(
        key=facts.key,
        kind=facts.kind,
        title=facts.title,
        summary=html_summary(page),
        number=facts.number,
        unit=facts.unit,
        year=facts.year,
        issued=facts.issued,
        as_of=date.fromisoformat(ledger["as_of"]) if "as_of" in ledger else as_of,
        issues=facts.issues,
        files=files,
        prints=tuple(_prints(ledger)),
        passages=passages,
        about=about,
        listed=listed,
        picture=_picture(page),
    )


def _prints(ledger: Mapping[str, Any]) -> list[Printed]:
    return [
        Printed(
            one["text"], row["id"], row["metric"], _name(row, ledger), _days(row["period"]), row["unit"], one["where"]
        )
        for row in ledger["figures"]
        for one in row["prints"]
    ]


def _name(row: Mapping[str, Any], ledger: Mapping[str, Any]) -> str:
    metric = ledger["metrics"].get(row["metric"])
    return str(metric["label"] if metric and row["op"] in {"", "ratio", "sum_of"} else row["label"])


def _days(period: Mapping[str, str]) -> str:
    if period["name"]:
        return ""
    return label(Period(date.fromisoformat(period["from"]), date.fromisoformat(period["to"])))


def _units(figures: list[dict[str, Any]]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Part the units that figures are narrowed to: spoken about in the text, and merely listed."""
    about, listed = dict[str, None](), dict[str, None]()
    for row in figures:
        fields = row["filters"]["fields"]
        units = [unit for test in fields if _of_units(test) and not test["negate"] for unit in test["values"]]
        places = [one["where"] for one in row["prints"]]
        spoken = any(not place.startswith(IN_PASSING) for place in places)
        (about if spoken else listed).update(dict.fromkeys(units) if places else {})
    return tuple(about), tuple(unit for unit in listed if unit not in about)


def _of_units(test: Mapping[str, Any]) -> bool:
    return bool(test["field"] == "don_vi" or test["field"].endswith("unit"))


def _picture(page: str) -> Picture | None:
    found = _PICTURE.search(page)
    return Picture(unescape(found[1]), unescape(found[2]), int(found[3]), int(found[4])) if found else None
