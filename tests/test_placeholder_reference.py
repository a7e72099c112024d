"""The table of placeholders is what authors read of them, and every example in it can be written."""

from __future__ import annotations

from datetime import date

import newsroom
import pytest
from builds import REPO
from saying import said
from worlds import statistic

from chungtay_reports import check
from chungtay_reports.figures.desk import Desk
from chungtay_reports.figures.tables import tabulate
from chungtay_reports.prose.placeholders import PLACEHOLDERS
from chungtay_reports.prose.placeholders.parameters import KINDS
from chungtay_reports.prose.placeholders.reference import reference
from chungtay_reports.prose.reader import read_prose


def test_every_parameter_is_of_a_known_kind_and_explained() -> None:
    for name, placeholder in PLACEHOLDERS.items():
        names = [parameter.name for parameter in placeholder.parameters]
        assert len(names) == len(set(names)), name
        assert all(parameter.kind in KINDS and parameter.help for parameter in placeholder.parameters), name
        assert placeholder.write or placeholder.block, name


def test_the_authors_reference_is_what_the_table_says() -> None:
    assert (REPO / "docs" / "cau-chen.md").read_text(encoding="utf-8") == reference()


@pytest.fixture(scope="module")
def published() -> tuple[Desk, ...]:
    """The desks of the workspace's own bulletins."""
    library, problems = check.load(REPO, date(2026, 11, 22))
    assert library is not None, problems
    tables = tabulate(library.entries, library.registry)
    return tuple(Desk.of(bulletin, library, tables) for bulletin in library.bulletins.values())


@pytest.mark.parametrize("name", PLACEHOLDERS)
def test_every_example_of_the_reference_can_be_written_in_the_workspace(name: str, published: tuple[Desk, ...]) -> None:
    """Each needs its own figures: a bulletin that can print it is enough."""
    results = [read_prose(PLACEHOLDERS[name].example, "b.md", 1, desk) for desk in published]
    assert any(found and not problems for found, problems in results), [problems for _, problems in results]


def test_statistical_rows_count_in_prose_too() -> None:
    desk = newsroom.desk(statistic("TK-Z", count=3, level="truong"))
    assert said("{{ so('chuyen_de_truong') }}", desk) == "631"
