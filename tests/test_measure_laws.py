"""Laws of figures: whatever the records are, the records that a figure lists give its value again."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st
from measured import ALL, days, random_worlds
from worlds import AS_OF, REGISTRY, YEAR, activity, library, query

from chungtay_reports.figures.columns import DIMENSIONS
from chungtay_reports.figures.derived import Refused, rank
from chungtay_reports.figures.desk import Desk
from chungtay_reports.figures.measure import measure, measure_by, recompute
from chungtay_reports.figures.tables import tabulate

NAMES = sorted(ALL)
ASKED = [(name, dimension) for name in NAMES for dimension in DIMENSIONS]


def asked(tables, name, dimension, as_of):
    try:
        return measure_by(query(name, as_of=as_of), dimension, tables, ALL, zeros=True)
    except Refused:
        return ()


@settings(max_examples=15, deadline=None)
@given(random_worlds(), days, st.sampled_from(["don_vi", "chu_de", "cap_hoc", "thang"]))
def test_every_row_of_a_ledger_is_computed_again_from_the_records_that_it_lists(entries, as_of, dimension):
    desk = Desk(library(entries, ALL), tabulate(entries, REGISTRY), YEAR, as_of)
    for name in NAMES:
        try:
            desk.print(desk.figure(name), name)
        except Refused:
            continue
        groups = asked(desk.tables, name, dimension, as_of)
        for _, one in groups:
            desk.print(one, "số")
        if groups:
            desk.print(rank(groups[0][1], tuple(other for _, other in groups[1:])), "hạng")
    desk.print(desk.reporting(), "báo cáo")
    ledger = desk.ledger()
    for row in ledger.rows:
        assert recompute(row, ledger, desk.tables, ALL) == row.figure.value, row.label


@settings(max_examples=25, deadline=None)
@given(random_worlds(), days, st.sampled_from(ASKED))
def test_the_figure_of_a_group_is_the_figure_of_the_query_with_that_filter(entries, as_of, question):
    tables = tabulate(entries, REGISTRY)
    name, dimension = question
    for _, one in asked(tables, name, dimension, as_of):
        assert measure(one.query, tables, ALL) == one


@settings(max_examples=20, deadline=None)
@given(random_worlds(), days)
def test_groups_of_a_field_with_one_value_add_up_to_the_whole(entries, as_of):
    tables = tabulate(entries, REGISTRY)
    for name, dimension in (("chuyen_de", "thang"), ("chuyen_de", "don_vi"), ("giao_vien", "loai"), ("tien", "thang")):
        whole = measure(query(name, as_of=as_of), tables, ALL)
        groups = measure_by(query(name, as_of=as_of), dimension, tables, ALL)
        assert sum(one.value for _, one in groups) == whole.value
        assert sorted(id_ for _, one in groups for id_ in one.records) == list(whole.records)


@settings(max_examples=20, deadline=None)
@given(random_worlds(), days, st.randoms())
def test_the_order_of_records_changes_nothing(entries, as_of, chance):
    shuffled = list(entries)
    chance.shuffle(shuffled)
    one, other = tabulate(entries, REGISTRY), tabulate(tuple(shuffled), REGISTRY)
    for name in ("chuyen_de", "truong", "giao_vien", "dau_viec_xong"):
        assert measure(query(name, as_of=as_of), one, ALL) == measure(query(name, as_of=as_of), other, ALL)


def test_a_value_that_stands_on_more_than_it_lists_does_not_recompute():
    from dataclasses import replace  # noqa: PLC0415

    entries = (activity("HD-1"), activity("HD-2"))
    desk = Desk(library(entries, ALL), tabulate(entries, REGISTRY), YEAR, AS_OF)
    honest = desk.figure("chuyen_de")
    desk.print(replace(honest, records=("HD-1",)), "2")
    ledger = desk.ledger()
    assert recompute(ledger.rows[0], ledger, desk.tables, ALL) == 1
