"""Pages where things are looked up: a file of the workspace line by line, the meaning of a problem code."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import partial

from chungtay_reports import theme
from chungtay_reports.errors import Place, Problem, UsageError
from chungtay_reports.explain import explain
from chungtay_reports.preview.findings import Finding, Sources
from chungtay_reports.preview.server import POLICY
from chungtay_reports.preview.stage import HTML, Page, digest_of


@dataclass(frozen=True, slots=True)
class SourceLine:
    text: str
    marked: bool


@dataclass(frozen=True, slots=True)
class SourceView:
    """A file as it is; `lines` with problems are marked."""

    file: str
    editor: str
    findings: tuple[Finding, ...]
    lines: tuple[SourceLine, ...]


def lookups(problems: tuple[Problem, ...], sources: Sources) -> dict[str, Page]:
    """Give a page for every text that may be looked at and for every code among the problems."""
    codes = {f"/giai-thich/{code}": _code_page(code) for code in {problem.code for problem in problems}}
    return codes | dict(_source_pages(problems, sources))


def _source_pages(problems: Iterable[Problem], sources: Sources) -> Iterator[tuple[str, Page]]:
    by_file: dict[str, list[Problem]] = {}
    for problem in problems:
        by_file.setdefault(problem.place.file, []).append(problem)
    for file, text in sources.texts.items():
        own = by_file.get(file, [])
        digest = digest_of(text.encode(), repr(own).encode())
        yield f"/nguon/{file}", Page(HTML, partial(_source_page, file, text, own, sources, digest), digest)


def _source_page(file: str, text: str, problems: list[Problem], sources: Sources, digest: str) -> bytes:
    lines = {problem.place.line for problem in problems}
    view = SourceView(
        file,
        sources.editor.link(Place(file)),
        sources.findings(problems),
        tuple(SourceLine(line, at in lines) for at, line in enumerate(text.split("\n"), start=1)),
    )
    return theme.fill("preview/source.html.j2", None, source=view, policy=POLICY, mark=digest).encode()


def _code_page(code: str) -> Page:
    def make() -> bytes:
        try:
            explanation = explain(code)[0]
        except UsageError:
            explanation = None
        page_ = theme.fill("preview/code.html.j2", None, code=code, explanation=explanation, policy=POLICY, mark=code)
        return page_.encode()

    return Page(HTML, make, code)
