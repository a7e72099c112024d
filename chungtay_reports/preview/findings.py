"""Problems as the preview shows them: the sentence, the line that it is about, and two links that open it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

from chungtay_reports.errors import Place, Problem, Severity
from chungtay_reports.preview.editor import Editor
from chungtay_reports.source.files import MAX_YAML, read_text

SHOWN = 100  # findings on one page; the others are counted
BEFORE, AFTER = 48, 120  # characters of a line on either side of the place
_THING = re.compile(r"\{\{.*?\}\}|\{%.*?%\}|'[^']*'|\"[^\"]*\"|[\w.,%/-]*[\w%]|.")  # what a place points at


@dataclass(frozen=True, slots=True)
class Finding:
    """One problem. `before`, `at` and `after` are the line: what stands at the place, and what is beside it."""

    place: str
    source: str  # the page that shows the line, or empty
    editor: str  # the address that opens it in the author's editor, or empty
    severity: str
    error: bool
    code: str
    message: str
    hint: str
    before: str
    at: str
    after: str


@dataclass(frozen=True, slots=True)
class Sources:
    """The texts that pages may show, by path, and the author's editor."""

    texts: Mapping[str, str]
    editor: Editor

    def findings(self, problems: Iterable[Problem]) -> tuple[Finding, ...]:
        """Show problems, errors first, then by place."""
        ordered = sorted(problems, key=lambda problem: (problem.severity is not Severity.ERROR, problem))
        return tuple(self._finding(problem) for problem in ordered)

    def href(self, place: Place) -> str:
        """Give the address of the page that shows a place, or nothing when no page may."""
        return source_address(place) if place.file in self.texts else ""

    def _finding(self, problem: Problem) -> Finding:
        before, at, after = self._excerpt(problem.place)
        stop = "" if problem.message.endswith((".", "…", "?", "!")) else "."
        return Finding(
            place=str(problem.place),
            source=self.href(problem.place),
            editor=self.editor.link(problem.place),
            severity=str(problem.severity),
            error=problem.severity is Severity.ERROR,
            code=problem.code,
            message=problem.message + stop,
            hint=problem.hint or "",
            before=before,
            at=at,
            after=after,
        )

    def _excerpt(self, place: Place) -> tuple[str, str, str]:
        lines = self.texts.get(place.file, "").split("\n")
        if not 0 < place.line <= len(lines):
            return "", "", ""
        line, column = lines[place.line - 1].rstrip("\r"), max(place.column - 1, 0)
        before, rest = line[:column], line[column : column + AFTER]
        before = "…" + before[-BEFORE:] if len(before) > BEFORE else before.lstrip()
        thing = _THING.match(rest)
        end = thing.end() if thing else 0
        return before, rest[:end], rest[end:] + ("…" if len(line) > column + AFTER else "")


def source_address(place: Place) -> str:
    """Give the address of a line of a file of the workspace."""
    return f"/nguon/{quote(place.file)}#dong-{place.line}"


def read_sources(root: Path, files: Iterable[str]) -> dict[str, str]:
    """Read the texts of files; one that is not a plain text file of the workspace is left out."""
    texts = {}
    for file in sorted(set(files)):
        text = read_text(root, file, MAX_YAML)
        if isinstance(text, str):
            texts[file] = text
    return texts
