"""Read and check a whole workspace: a `Library`, and every reason why it is not in order."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

from chungtay_reports.census import program_digest
from chungtay_reports.errors import Problem
from chungtay_reports.figures.metrics import read_metrics
from chungtay_reports.official.reading import read_papers
from chungtay_reports.source.files import Parsed, read_yaml
from chungtay_reports.standing.marks import as_corrected
from chungtay_reports.standing.rules import read_sheets, standing_problems
from chungtay_reports.workspace.ground import Laid, lay
from chungtay_reports.workspace.layout import survey
from chungtay_reports.workspace.library import Library
from chungtay_reports.workspace.newsroom import read_newsroom
from chungtay_reports.workspace.privacy import movement_name
from chungtay_reports.workspace.stock import Stock, open_stock

# What `reload_newsroom` reads; nothing that is measured stands there.
NEWSROOM = (
    *("content/bulletins/", "content/people.yaml", "content/quotes/", "content/media/"),
    *("content/approvals/", "content/notices/"),
)


def load(root: Path, today: date, stock: Stock | None = None) -> tuple[Library | None, tuple[Problem, ...]]:
    """Read the workspace at `root` as of `today`; the library holds all that could be read, beside every problem.

    None only without readable settings. Problems are sorted by file and line. Records come from the stock where it has
    them; without one given, from that of the last build.
    """
    kept = open_stock(root, program_digest()) if stock is None else stock
    laid = lay(root, today, kept, {})
    if not isinstance(laid, Laid):
        return None, in_order(laid)
    library, found = complete(root, laid, today)
    return library, in_order((*laid.problems, *found))


def complete(root: Path, laid: Laid, today: date) -> tuple[Library, tuple[Problem, ...]]:
    """Read everything else of a workspace; the problems are those of the rest alone, and no record has a part in them."""
    ground, files = laid.ground, laid.files
    definitions, problems_of_metrics = _documents(root, files.metrics)
    metrics, found_metrics = read_metrics(definitions, ground.registry)
    newsroom, found_newsroom = read_newsroom(root, files, movement_name(ground.settings.movement), today)
    papers, found_papers = read_papers(root, files, ground.registry, metrics)
    sheets = read_sheets(root, files)
    library = Library(
        settings=ground.settings,
        registry=ground.registry,
        entries=ground.entries,
        metrics=metrics,
        people=newsroom.people,
        quotes=newsroom.quotes,
        media=newsroom.media,
        bulletins=as_corrected(newsroom.bulletins, sheets.notices),
        reports=papers.reports,
        offices=papers.offices,
        narratives=papers.narratives,
        approvals=sheets.approvals,
        notices=sheets.notices,
        sources=ground.sources,
        judged=ground.judged,
        related=ground.related,
    )
    of_life = (*sheets.problems, *standing_problems(library, files, today))
    return library, (*problems_of_metrics, *found_metrics, *found_newsroom, *found_papers, *of_life)


def reload_newsroom(
    root: Path, library: Library, problems: tuple[Problem, ...], today: date
) -> tuple[Library, tuple[Problem, ...]]:
    """Read again what the press office writes, and keep the rest: bulletins, people, quotations, pictures, approvals, notices.

    `problems` are those of the library; those of the files that are read again are replaced.
    """
    files = survey(root)
    newsroom, found = read_newsroom(root, files, movement_name(library.settings.movement), today)
    sheets = read_sheets(root, files)
    renewed = replace(
        library,
        people=newsroom.people,
        quotes=newsroom.quotes,
        media=newsroom.media,
        bulletins=as_corrected(newsroom.bulletins, sheets.notices),
        approvals=sheets.approvals,
        notices=sheets.notices,
    )
    of_life = (*sheets.problems, *standing_problems(renewed, files, today))
    kept = tuple(problem for problem in problems if not problem.place.file.startswith(NEWSROOM))
    return renewed, in_order((*kept, *files.problems, *found, *of_life))


def in_order(problems: tuple[Problem, ...]) -> tuple[Problem, ...]:
    """Sort problems by file and line, each once."""
    unique = dict.fromkeys(problems)
    return tuple(sorted(unique, key=lambda problem: (problem.place, problem.code, problem.message)))


def _documents(root: Path, files: tuple[str, ...]) -> tuple[tuple[Parsed, ...], tuple[Problem, ...]]:
    read = [read_yaml(root, file) for file in files]
    problems = tuple(problem for _, found in read for problem in found)
    return tuple(parsed for parsed, _ in read if parsed is not None), problems
