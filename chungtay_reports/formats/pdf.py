"""The PDF of an edition: the bulletin as a printed newspaper, with its ledger as an appendix and its data inside."""

from __future__ import annotations

from pathlib import Path

from chungtay_reports import __version__, theme
from chungtay_reports.edition import Block, Chart, Document, Edition, Format
from chungtay_reports.formats.addresses import with_whole_links
from chungtay_reports.formats.anchors import anchored
from chungtay_reports.formats.certificate import attachments, mark
from chungtay_reports.formats.data import csv_documents, json_documents
from chungtay_reports.formats.metadata import plain
from chungtay_reports.formats.notices import told
from chungtay_reports.formats.pdf_flow import flow, note_room
from chungtay_reports.formats.pdf_heights import notice_height
from chungtay_reports.formats.pdf_ledger import Appendix, Line, appendix, chart_anchor, chart_lines
from chungtay_reports.formats.pdf_lines import with_good_lines
from chungtay_reports.model import Period
from chungtay_reports.press import Attached, Imprint, Press, PrintJob
from chungtay_reports.press.job import Fetched
from chungtay_reports.settings import Footer, Settings

STYLE = "bulletin/print.css"
TEMPLATE = "bulletin/print.html.j2"
IMAGES = "chungtay://images/"

ABOUT_DATA = (
    "Số in đậm dẫn tới dòng của nó trong Sổ số liệu ở cuối bản tin; bản ghi đính kèm trong tệp PDF này "
    "(records.json, records.csv)."
)


def documents(edition: Edition, settings: Settings, overrides: Path | None = None) -> tuple[Document, ...]:
    """Make the PDF of one edition; for several, give `print_job`s to one `Press`."""
    with Press() as press:
        return (document(edition, press.typeset(print_job(edition, settings, overrides))),)


def document(edition: Edition, pdf: bytes) -> Document:
    """File the finished PDF of an edition."""
    return Document(edition.slug, "", Format.PDF.value, f"{edition.slug}/{edition.slug}.pdf", pdf)


def print_job(edition: Edition, settings: Settings, overrides: Path | None = None) -> PrintJob:
    """Lay out an edition for the press: the whole page, all that it shows, and the files to embed."""
    base = settings.publishing.base_url  # without one a file that stays beside its page still finds its neighbours
    shown = anchored(with_whole_links(edition, base, places=True) if base else edition, _line_of)
    ledger = appendix(shown)
    imprint = _colophon(settings.publishing.footer)
    room = note_room(ABOUT_DATA + plain(edition.data_note), imprint)
    corrections = told(edition, settings.publishing.masthead)
    html = theme.page(
        TEMPLATE,
        shown,
        settings,
        overrides=overrides,
        images=IMAGES,
        body=flow(shown, room + sum(map(notice_height, corrections)), _name),
        corrections=corrections,
        note_room=round(room, 1),
        about_data=ABOUT_DATA,
        chart_lines=chart_lines(shown),
        appendix=ledger,
        title=plain(edition.headline),
        issue_period=_issue_period(edition.ledger.period),
        notice=_notice(edition, settings),
        mark=mark(edition, settings),
        imprint=imprint,
    )
    return PrintJob(
        name=edition.slug,
        html=with_good_lines(html),
        imprint=_imprint(edition, settings),
        assets=_assets(edition, overrides),
        attachments=_attachments(edition, settings),
        destinations=_destinations(ledger),
    )


def _line_of(zone: str, block: Block | None, figure: str) -> str:
    """Open, from any number on the page, its line in the ledger."""
    del zone, block
    return f"#{figure}"


def _name(index: int, block: Block) -> str:
    return chart_anchor(block) if isinstance(block, Chart) else f"muc-{index}"


def _issue_period(period: Period) -> str:
    """Write the months that an issue covers: “12/2022 - 7/2023”, one alone when it is one."""
    months = [f"{day.month}/{day.year}" for day in (period.start, period.end)]
    return " - ".join(dict.fromkeys(months))


def _notice(edition: Edition, settings: Settings) -> str:
    """Choose what marks made-up data at the foot of every page: the workspace's words, or the edition's own."""
    return edition.illustration and (settings.publishing.illustration or edition.illustration)


def _colophon(footer: Footer) -> str:
    """Join what the law wants to be told about the publisher; empty settings leave nothing behind."""
    contact = ", ".join(filter(None, (footer.address, footer.phone, footer.email)))
    owner = f"Cơ quan chủ quản: {footer.owner}" if footer.owner else ""
    responsible = f"Chịu trách nhiệm nội dung: {footer.responsible}" if footer.responsible else ""
    parts = (owner, responsible, footer.licence, contact, footer.reuse)
    return " ".join(f"{part.rstrip('.')}." for part in parts if part)


def _imprint(edition: Edition, settings: Settings) -> Imprint:
    return Imprint(
        title=plain(edition.headline),
        author=settings.organisation.name,
        subject=plain(edition.sapo),
        keywords=edition.keywords,
        issued=edition.issued,
        generator=f"Chung tay Reports {__version__}",
    )


def _assets(edition: Edition, overrides: Path | None) -> dict[str, Fetched]:
    images = {f"images/{asset.name}": Fetched(asset.media_type, asset.data) for asset in edition.assets}
    return images | {STYLE: Fetched("text/css", theme.asset(STYLE, overrides))}


def _attachments(edition: Edition, settings: Settings) -> tuple[Attached, ...]:
    made = {
        Path(item.path).name: item.data
        for item in (*json_documents(edition, settings), *csv_documents(edition, settings))
    }
    return attachments(edition, made)


def _destinations(ledger: Appendix) -> dict[str, str]:
    """Say in words where each anchor of the page is: lines of the ledger, and the numbers that they prove."""
    lines: list[Line] = [*ledger.lines, *(line for group in ledger.groups for line in group.lines)]
    rows = {line.id: f"Sổ số liệu, dòng {line.id}: {line.value}" for line in lines}
    places = {
        place.anchor: f"Số “{place.text}” ở {place.where}"
        for line in lines
        for _, found in line.texts
        for place in found
    }
    charts = {group.drawn.anchor: group.drawn.said.capitalize() for group in ledger.groups if group.drawn}
    return rows | places | charts
