"""The review of an edition: every number marked by what proves it, and beside it what deserves a second look."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from chungtay_reports.edition import Edition
from chungtay_reports.figures.desk import Desk as WritingDesk
from chungtay_reports.formats.anchors import numbers_in
from chungtay_reports.preview.risks import Case, Risk, risks
from chungtay_reports.prose.reader import lint_rules
from chungtay_reports.prose.testimony import ZONES, Ground, Marked, Statute, attest, marks
from chungtay_reports.vietnamese import number
from chungtay_reports.workspace.bulletin import Bulletin

LISTED = 12  # points of one kind that lie open; the others are folded away


@dataclass(frozen=True, slots=True)
class Spot:
    """A point in the panel: where it leads on the page, or nowhere."""

    text: str
    href: str
    number: str


@dataclass(frozen=True, slots=True)
class Group:
    """A kind of risk in the panel; `more` are folded away under the words `folded`."""

    name: str
    why: str
    count: str
    spots: tuple[Spot, ...]
    more: tuple[Spot, ...]
    folded: str


@dataclass(frozen=True, slots=True)
class Legend:
    """How a kind of number looks on the page, and how many there are."""

    ground: str
    words: str
    count: str


@dataclass(frozen=True, slots=True)
class Exempt:
    """A number outside the figures and why it may stand."""

    text: str
    ground: str
    reason: str


@dataclass(frozen=True, slots=True)
class Review:
    """The panel of a review."""

    legends: tuple[Legend, ...]
    groups: tuple[Group, ...]
    exempt: tuple[Exempt, ...]
    exempt_count: str


LEGENDS = (
    ("so", "số liệu, có bản ghi"),
    (Ground.DAY.value, "ngày, kỳ"),
    (Ground.NAME.value, "tên riêng"),
    (Ground.QUOTED.value, "trong lời trích"),
    (Ground.RECORD.value, "trong tên việc"),
    (Ground.ALLOWED.value, "được phép gõ"),
    (Ground.UNKNOWN.value, "không rõ"),
)


def reviewed(edition: Edition, bulletin: Bulletin, case: Case) -> tuple[Edition, Review]:
    """Mark an edition for review and fill the panel beside it."""
    if edition.notices and edition.notices[0].withdraws:
        return edition, Review((), (), (), "")  # only the notice is left, in the program's own words
    library = case.library
    desk = WritingDesk.of(bulletin, library, case.tables)
    allowed = (*bulletin.front.allow_numbers, *library.settings.allow_numbers)
    shown = attest(edition, Statute(lint_rules(desk, bulletin.front.allow_numbers), allowed))
    zones = tuple(getattr(shown, zone) for zone in ZONES)
    found = tuple(marks(zones))
    counts = Counter(mark.ground.value for mark in found)
    counts["so"] = sum(1 for _ in numbers_in(zones))
    legends = tuple(Legend(name, words, number(counts[name])) for name, words in LEGENDS if counts[name])
    on_page = {node.figure for node in numbers_in(zones)}
    groups = tuple(_group(risk, on_page) for risk in risks(case))
    exempt = tuple(_exempt(found))
    return shown, Review(legends, groups, exempt, number(len(exempt)))


def _group(risk: Risk, on_page: set[str]) -> Group:
    spots = tuple(Spot(point.text, _href(point.figure, on_page), point.number) for point in risk.points)
    more = spots[LISTED:]
    return Group(
        risk.name, risk.why, number(len(spots)), spots[:LISTED], more, f"{number(len(more))} mục nữa" if more else ""
    )


def _href(figure: str, on_page: set[str]) -> str:
    """Lead to the first place of a figure on the page, or, of one that only a drawing shows, to its row in the ledger."""
    if not figure:
        return ""
    return f"#so-{figure}-1" if figure in on_page else f"so-lieu.html#{figure}"


def _exempt(found: Iterable[Marked]) -> Iterable[Exempt]:
    """List each number outside the figures once."""
    once = dict.fromkeys((mark.text, mark.ground.value, mark.reason) for mark in found)
    return (Exempt(*one) for one in once)
