"""The pages of one edition as readers will see it, with a bar above that says what is wrong with it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial
from pathlib import PurePosixPath

from chungtay_reports.edition import Edition, Format
from chungtay_reports.errors import MachineError
from chungtay_reports.formats import FORMATS, pdf
from chungtay_reports.formats.html import LEDGER_PAGE, Dress, documents
from chungtay_reports.preview.findings import Finding
from chungtay_reports.preview.notices import Notice, notice_page
from chungtay_reports.preview.review import reviewed
from chungtay_reports.preview.risks import Case
from chungtay_reports.preview.room import Room
from chungtay_reports.preview.server import POLICY
from chungtay_reports.preview.stage import MARK, Page, digest_of, lazy, marked, page
from chungtay_reports.preview.workshop import Desk
from chungtay_reports.settings import Settings

EDITIONS = "/an-pham/"
REVIEWS = "/duyet/"
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
    warned: int


def edition_pages(desk: Desk, room: Room) -> dict[str, Page]:
    """Make everything that can be seen of an edition; without a whole one, a page that says why."""
    if desk.good is None or room.settings is None:
        notice = marked(notice_page(_waiting(desk, room)))
        return {f"{folder}{desk.slug}/index.html": notice for folder in (EDITIONS, REVIEWS)}
    edition, settings = desk.good, room.settings
    above = {"bar": bar(desk, room), "mark": MARK, "source_of": room.sources.href}
    dress = Dress("preview/index.html.j2", "preview/ledger.html.j2", POLICY, above)
    found: dict[str, Page] = {}
    for document in documents(edition, settings, room.overrides, dress):
        name, data = document.path.removeprefix(f"{desk.slug}/"), document.data
        found[name] = marked(data.decode()) if name.endswith(".html") else page(name, data)
    found |= _beside(edition, settings, room, found["index.html"].digest)
    review = digest_of(found["index.html"].digest.encode(), b"duyet")
    pages = {f"{folder}{desk.slug}/{name}": one for folder in (EDITIONS, REVIEWS) for name, one in found.items()}
    pages[f"{REVIEWS}{desk.slug}/index.html"] = lazy("index.html", review, partial(_review, desk, room, above, review))
    return pages


def _review(desk: Desk, room: Room, above: Mapping[str, object], digest: str) -> bytes:
    """Make the page that marks every number; of an edition that cannot be made now, the last whole one."""
    state, edition, settings = room.state, desk.good, room.settings
    bulletin, library, tables = desk.bulletin, state.library, state.tables
    if edition is None or settings is None or bulletin is None or library is None or tables is None:
        raise MachineError("Phần khai báo của bản tin đang có lỗi nên chưa soát được; xem các lỗi ở trang của bài.")
    others = (other.good for other in state.desks.values() if other.good is not None)
    earlier = tuple(other for other in others if other.issued < edition.issued)
    with room.turn:
        publication = state.archived.publications.get(desk.slug)
        case = Case(
            edition,
            library,
            tables,
            bulletin.previous,
            earlier,
            state.archived.ledgers.get(desk.slug),
            publication.published.date() if publication else None,
        )
        shown, review = reviewed(edition, bulletin, case)
    dress = Dress("preview/review.html.j2", policy=POLICY, extra={**above, "mark": digest, "review": review})
    made = documents(shown, settings, room.overrides, dress)
    return next(one.data for one in made if one.path.endswith("/index.html"))


def bar(desk: Desk, room: Room) -> Bar:
    """Say above an edition what else there is to see and what is wrong."""
    address = f"{EDITIONS}{desk.slug}/"
    ways = (
        Way("Bài", f"{address}index.html", "bai"),
        Way("Soát số", f"{REVIEWS}{desk.slug}/index.html", "duyet"),
        Way("Sổ số liệu", f"{address}{LEDGER_PAGE}", "so"),
        Way("PDF", f"{address}{desk.slug}.pdf"),
    )
    findings = room.sources.findings(desk.problems)
    errors = (*(one for one in findings if one.error), *room.shared)
    reason = FAULTY if desk.fault else BROKEN if any(one.error for one in findings) else ELSEWHERE
    warnings = tuple(one for one in findings if not one.error)
    more = max(len(errors) - LISTED, 0)
    return Bar(ways, desk.old, reason, desk.fault, errors[:LISTED], more, warnings[:LISTED], len(warnings))


def _waiting(desk: Desk, room: Room) -> Notice:
    found = tuple(one for one in room.sources.findings(desk.problems) if one.error)
    why = FAULTY if desk.fault else BROKEN if found else ELSEWHERE
    return Notice("Chưa dựng được bản tin này", desk.slug, (why,), (*found, *room.shared)[:LISTED], desk.fault)


def _beside(edition: Edition, settings: Settings, room: Room, digest: str) -> dict[str, Page]:
    """Give the files beside a page, made when somebody takes one."""

    def data(format_: str, name: str) -> bytes:
        made = FORMATS[format_](edition, settings, room.overrides)
        return next(one.data for one in made if PurePosixPath(one.path).name == name)

    def printed() -> bytes:
        with room.turn:
            job = pdf.print_job(edition, settings, room.overrides)
        return room.printer.set(job)

    offers = {"figures.json": Format.JSON, "figures.csv": Format.CSV, "records.csv": Format.CSV}
    pages = {name: lazy(name, digest, partial(data, format_.value, name)) for name, format_ in offers.items()}
    return pages | {f"{edition.slug}.pdf": lazy(".pdf", digest, printed)}
