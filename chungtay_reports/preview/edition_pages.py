"""The pages of one edition as readers will see it, with a bar above that says what is wrong with it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from chungtay_reports.edition import Edition, Format
from chungtay_reports.formats import FORMATS
from chungtay_reports.formats.html import LEDGER_PAGE, Dress, documents
from chungtay_reports.preview.findings import Finding, Sources
from chungtay_reports.preview.notices import Notice, notice_page
from chungtay_reports.preview.server import POLICY
from chungtay_reports.preview.stage import MARK, Page, digest_of, lazy, marked, page
from chungtay_reports.preview.workshop import Desk
from chungtay_reports.settings import Settings

EDITIONS = "/an-pham/"
LISTED = 20  # problems above an edition; the desk has all
ELSEWHERE = "Tệp dùng chung của kho đang có lỗi, nên chưa bản tin nào dựng lại được."
BROKEN = "Bản mới chưa dựng được vì có lỗi sau."
FAULTY = "Chương trình gặp lỗi khi dựng bản mới; đây không phải lỗi của bạn."


@dataclass(frozen=True, slots=True)
class Way:
    """A link to another view of the same edition."""

    label: str
    href: str
    name: str = ""


@dataclass(frozen=True, slots=True)
class Bar:
    """What stands above an edition; `old` says that the page below is older than the files, for this `reason`."""

    ways: tuple[Way, ...]
    old: bool
    reason: str
    fault: str
    errors: tuple[Finding, ...]
    more: int  # problems that are not listed
    warnings: tuple[Finding, ...]


@dataclass(frozen=True, slots=True)
class Room:
    """What all pages of a moment are made with."""

    settings: Settings | None
    overrides: Path | None
    sources: Sources
    shared: tuple[Finding, ...]  # errors of files that all editions share


def edition_pages(desk: Desk, room: Room) -> dict[str, Page]:
    """Make everything that can be seen of an edition; without a whole one, a page that says why."""
    address = f"{EDITIONS}{desk.slug}/"
    if desk.good is None or room.settings is None:
        return {f"{address}index.html": marked(notice_page(_waiting(desk, room), room.overrides))}
    edition, settings = desk.good, room.settings
    pages: dict[str, Page] = {}
    dress = Dress(
        "preview/index.html.j2",
        "preview/ledger.html.j2",
        POLICY,
        {"bar": bar(desk, room), "mark": MARK},
    )
    for document in documents(edition, settings, room.overrides, dress):
        name = document.path.removeprefix(f"{desk.slug}/")
        data = document.data
        pages[address + name] = marked(data.decode()) if name.endswith(".html") else page(name, data)
    for name, make in _data(edition, settings, room.overrides).items():
        pages[address + name] = lazy(name, digest_of(name.encode()), make)
    return pages


def bar(desk: Desk, room: Room) -> Bar:
    """Say above an edition what else there is to see and what is wrong."""
    address = f"{EDITIONS}{desk.slug}/"
    ways = (
        Way("Bài", f"{address}index.html", "bai"),
        Way("Sổ số liệu", f"{address}{LEDGER_PAGE}", "so"),
    )
    findings = room.sources.findings(desk.problems)
    errors = (*(one for one in findings if one.error), *room.shared)
    reason = FAULTY if desk.fault else BROKEN if any(one.error for one in findings) else ELSEWHERE
    warnings = tuple(one for one in findings if not one.error)
    more = max(len(errors) - LISTED, 0)
    return Bar(ways, desk.old, reason, desk.fault, errors[:LISTED], more, warnings[:LISTED])


def _waiting(desk: Desk, room: Room) -> Notice:
    found = tuple(one for one in room.sources.findings(desk.problems) if one.error)
    why = FAULTY if desk.fault else BROKEN if found else ELSEWHERE
    return Notice("Chưa dựng được bản tin này", desk.slug, (why,), (*found, *room.shared)[:LISTED], desk.fault)


def _data(edition: Edition, settings: Settings, overrides: Path | None) -> dict[str, Callable[[], bytes]]:
    """Give the data files beside a page, made when somebody takes one."""

    def maker(format_: str, name: str) -> Callable[[], bytes]:
        def make() -> bytes:
            made = FORMATS[format_](edition, settings, overrides)
            return next(one.data for one in made if PurePosixPath(one.path).name == name)

        return make

    offers = {"figures.json": Format.JSON, "figures.csv": Format.CSV, "records.csv": Format.CSV}
    return {name: maker(format_.value, name) for name, format_ in offers.items()}
