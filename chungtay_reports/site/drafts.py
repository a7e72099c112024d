"""The editions of a workspace as they would be published now, each with the draft mark; those under embargo are left out."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

from chungtay_reports import documents, pipeline
from chungtay_reports.edition import Document, Edition, Format
from chungtay_reports.formats import FORMATS, PAPER_FORMATS
from chungtay_reports.formats.metadata import plain
from chungtay_reports.formats.paper_data import issued
from chungtay_reports.official.paper import Paper
from chungtay_reports.settings import Settings
from chungtay_reports.site.shown import BULLETIN, DRAFT, REPORT, Facts, Issue, Shown, shown
from chungtay_reports.vietnamese import school_year, sentence_start
from chungtay_reports.workspace.library import Library

# A draft is for reading on a screen: setting its PDF would take longer than everything else together.
# The fragment and the plain text are for newsrooms, not for the site.
LEFT_OUT = {Format.PDF.value, Format.FRAGMENT.value, Format.TEXT.value}


def drafts(root: Path, now: datetime) -> tuple[Library, tuple[Shown, ...]]:
    """Compose every edition that is not under embargo at `now`; ContentError with every problem when there are errors."""
    library, works, _ = pipeline.works(root, pipeline.Request(draft=True), now.date())
    settings = _on_screen(library.settings)
    overrides = root / "templates" if (root / "templates").is_dir() else None
    free = (work for work in works if not _embargoed(work, library, now))
    return library, tuple(_draft(work, settings, overrides) for work in free)


def _embargoed(work: documents.Work, library: Library, now: datetime) -> bool:
    """Say whether an edition may not be shown yet."""
    specification = library.reports[work.slug] if isinstance(work, Paper) else library.bulletins[work.slug]
    embargo = specification.front.embargo
    return embargo is not None and embargo > now


def _on_screen(settings: Settings) -> Settings:
    formats = [name for name in settings.publishing.formats if name not in LEFT_OUT]
    publishing = settings.publishing.model_copy(update={"formats": formats})
    return settings.model_copy(update={"publishing": publishing})


def _draft(work: documents.Work, settings: Settings, overrides: Path | None) -> Shown:
    if isinstance(work, Paper):
        facts = _paper_facts(work)
        as_of = work.dated
    else:
        facts, as_of = _edition_facts(work, settings), work.ledger.as_of
    files = {
        document.path.removeprefix(f"{facts.key}/"): document.data for document in _documents(work, settings, overrides)
    }
    return shown(facts, files, as_of)


def _documents(work: documents.Work, settings: Settings, overrides: Path | None) -> Iterator[Document]:
    publishing = settings.publishing
    if isinstance(work, Paper):
        for name in publishing.report_formats:
            if name in PAPER_FORMATS and name not in LEFT_OUT:
                yield from PAPER_FORMATS[name](work, settings, overrides)
        return
    for name in dict.fromkeys((Format.HTML.value, *publishing.formats)):
        if name in FORMATS and name not in LEFT_OUT:
            yield from FORMATS[name](work, settings, overrides)


def _edition_facts(edition: Edition, settings: Settings) -> Facts:
    return Facts(
        key=edition.slug,
        kind=BULLETIN,
        title=plain(edition.headline),
        number=edition.issue,
        unit="",
        year=school_year(edition.ledger.period.end, settings.calendar.school_year_start).removeprefix("năm học "),
        issued=edition.issued,
        issues=(Issue("v1", edition.issued, DRAFT),),
    )


def _paper_facts(paper: Paper) -> Facts:
    moment = issued(paper)
    return Facts(
        key=paper.folder,
        kind=REPORT,
        title=sentence_start(" ".join(paper.title.split())),
        number="",
        unit=paper.unit,
        year=paper.year,
        issued=moment,
        issues=(Issue("v1", moment, DRAFT),),
    )
