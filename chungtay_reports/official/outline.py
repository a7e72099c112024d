"""The outline of a report: its sections, sentences, tables and annexes, which are data in templates/official/*.yaml."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from pathlib import Path

import yaml
from pydantic import Field, TypeAdapter

from chungtay_reports import resources
from chungtay_reports.prose.telling import Sentence
from chungtay_reports.settings import Strict

FOLDER = "official"
PREFIX = "outline-"


class ColumnRow(Strict):
    """A column of figures: one metric, filtered; `compare` adds a column with the change from the year before."""

    metric: str
    title: str
    where: dict[str, str] = Field(default={})
    compare: bool = False
    share: int = 3  # part of the table's width


class TableRow(Strict):
    """A table of figures, one row per group of a dimension, with a row of totals."""

    title: str
    by: str
    head: str  # what a row is: “Cấp học”
    columns: list[ColumnRow] = Field(min_length=1)
    rest: str = ""  # the row of what belongs to no group: “Phòng, Sở chủ trì”; none when empty
    all_units: bool = False  # also the rows of units that have nothing
    where: dict[str, list[str]] = Field(default={})  # which groups at all: {cap_hoc: [mam-non, tieu-hoc, thcs]}


class Passage(Strict):
    """A paragraph of sentences, a table, or a list of one item per thing (`each`: ke_hoach, doi_tac)."""

    sentences: list[Sentence] = Field(default=[])
    each: str = ""
    table: TableRow | None = None


class Section(Strict):
    """A section with its heading; one without words of its own, tables or subsections is left out, or says `empty`."""

    heading: str
    empty: str = ""  # what it says when there is nothing; “*” is the report's own sentence
    passages: list[Passage | list[Sentence]] = Field(default=[])
    sections: list[Section] = Field(default=[])


class AnnexRow(Strict):
    """An annex of figures: a table, or `sentences` that tell or draw them; those that list records are in `annexes.py`."""

    title: str
    landscape: bool = False
    table: TableRow | None = None
    sentences: list[Sentence] = Field(default=[])


class Outline(Strict):
    sections: list[Section]
    annexes: dict[str, AnnexRow] = Field(default={})
    skip_empty_annexes: bool = False  # leave out annexes that would list nothing; those that stay count without a gap

    def headings(self) -> Iterator[str]:
        """List all headings, which a unit's own words may name."""
        return _headings(self.sections)

    def metrics(self) -> Iterator[str]:
        """List the metrics that tables within the text print."""
        return _metrics(self.sections)


def _metrics(sections: list[Section]) -> Iterator[str]:
    for section in sections:
        for passage in section.passages:
            if isinstance(passage, Passage) and passage.table:
                yield from (column.metric for column in passage.table.columns)
        yield from _metrics(section.sections)


def _headings(sections: list[Section]) -> Iterator[str]:
    for section in sections:
        yield section.heading
        yield from _headings(section.sections)


def names() -> tuple[str, ...]:
    """List the outlines that there are."""
    folder = resources.template_folder() / FOLDER
    return tuple(sorted(path.stem for path in Path(folder).glob(f"{PREFIX}*.yaml")))


@cache
def outline(name: str) -> Outline:
    """Read one of the outlines that the program brings with it."""
    text = (resources.template_folder() / FOLDER / f"{name}.yaml").read_text("utf-8")
    return TypeAdapter(Outline).validate_python(yaml.safe_load(text))
