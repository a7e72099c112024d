"""Questions answered from the index of a table: the same value, the same records, the same order as from the whole table."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from measured import ALL, days, random_worlds
from worlds import AS_OF, DISTRICTS, LEVELS, REGISTRY, SCHOOLS, YEAR, activity, agreement, metric, only, query

from chungtay_reports.figures import asking
from chungtay_reports.figures.columns import TABLES
from chungtay_reports.figures.concordance import count, count_by
from chungtay_reports.figures.derived import Refused
from chungtay_reports.figures.tables import tabulate
from chungtay_reports.figures.tally import Tally, select, tally
from chungtay_reports.model import Filter, Metric, Period, Query

WORDS = (*SCHOOLS, *DISTRICTS, *LEVELS, "chuyen-de", "truong", "huyen", "true", "false", "done", "late", "2023-03")
FIELDS = {name: [field for field, column in table.items() if not column.number] for name, table in TABLES.items()}
SUMS = {name: [field for field, column in table.items() if column.number] for name, table in TABLES.items()}


def vocabulary(table, field):
    column = TABLES[table][field]
    return st.sampled_from((*(column.values or ()), *WORDS))


@st.composite
def questions(draw):
    """A metric of any table, counted in any way, with filters on any fields, in any window."""
    table = draw(st.sampled_from(sorted(TABLES)))
    op = draw(st.sampled_from(["count", "count_distinct", *(["sum"] if SUMS[table] else [])]))
    field = draw(st.sampled_from(SUMS[table] if op == "sum" else FIELDS[table]))
    tests = []
    for name in draw(st.lists(st.sampled_from(FIELDS[table]), max_size=3)):
        values = draw(st.lists(vocabulary(table, name), min_size=1, max_size=3))
        tests.append(Filter(name, tuple(values), draw(st.booleans())))
    first, last = sorted((draw(days), draw(days)))
    cut = draw(st.integers(0, len(tests)))
    asked = metric("hoi", table, op, field, where=tuple(tests[:cut]))
    return asked, query("hoi", *tests[cut:], period=Period(first, last), as_of=draw(days))


def same(one: Tally, other: Tally) -> bool:
    return (one.value, one.statistical, one.rec.tolist()) == (other.value, other.statistical, other.rec.tolist())


def alone(about: Query, one: Metric, tables) -> Tally:
    return tally(select(one, about.where, about.period, about.as_of, tables), one, tables)


def within(about: Query, test: Filter) -> Query:
    return replace(about, where=(*about.where, test))


@settings(max_examples=100, deadline=None)
@given(random_worlds(), st.lists(questions(), min_size=1, max_size=6))
def test_an_answer_from_the_index_is_the_answer_of_the_whole_table(entries, asked):
    tables, singly = tabulate(entries, REGISTRY), tabulate(entries, REGISTRY)
    for one, about in asked:
        assert same(count(about, one, tables), alone(about, one, singly)), (about, one)
    assert tables.asked == singly.asked


@settings(max_examples=70, deadline=None)
@given(random_worlds(), questions(), st.data())
def test_the_answers_of_all_groups_at_once_are_those_of_each_alone(entries, asked, data):
    one, about = asked
    name = data.draw(st.sampled_from(FIELDS[one.table]))
    tables = tabulate(entries, REGISTRY)
    groups = list(count_by(about, one, name, tables))
    keys = [key for key, _ in groups]
    assert len(set(keys)) == len(keys)
    for key, found in groups:
        assert same(found, alone(within(about, Filter(name, (key,))), one, tables)), (about, one, key)
    rest = within(about, Filter(name, tuple(keys), negate=True))
    others = select(one, rest.where, rest.period, rest.as_of, tables)
    assert others.index.isin(without(name, one, tables, rest.as_of)).all()


def without(name: str, one: Metric, tables, as_of: date) -> np.ndarray:
    """Find the rows that do not say what the groups are made by."""
    sheet = tables.sheets[one.table]
    if name in sheet.many:
        return np.setdiff1d(sheet.rows.index, sheet.many[name]["row"])
    frame = tables.frame(one.table, as_of)
    return frame.index[frame[name].isna()]


@settings(max_examples=30, deadline=None)
@given(random_worlds(), questions())
def test_what_nobody_lists_is_no_part_of_what_is_left(entries, asked):
    one, about = asked
    tables = tabulate(entries, REGISTRY)
    proof = count(about, one, tables).rec.tolist()
    ids = [tables.unit_ids[number] if one.table == "units" else tables.ids[number] for number in proof]
    listed = tables.only(() if one.table == "units" else ids, ids if one.table == "units" else ())
    assert same(count(about, one, listed), count(about, one, tables))


def test_a_filter_that_the_table_does_not_have_is_refused():
    tables = tabulate((activity("HD-1"),), REGISTRY)
    with pytest.raises(Refused, match="không lọc hay chia theo “party”"):
        count(query("chuyen_de", only("party", "thcs-cau-giay")), ALL["chuyen_de"], tables)


def test_a_question_is_noted_also_when_nothing_answers_it():
    tables = tabulate((), REGISTRY)
    count(query("chuyen_de"), ALL["chuyen_de"], tables)
    fields = (ALL["chuyen_de"].measure.field,)
    assert tables.asked == {asking.selection("activities", (only("kind", "chuyen-de"),), YEAR, AS_OF, fields)}


def test_a_task_is_late_on_one_day_and_was_open_on_another():
    plan = [{"task": "Một đầu việc", "due": date(2023, 4, 1), "done_on": None}]
    tables = tabulate((agreement(plan=plan),), REGISTRY)
    found = {
        day: [key for key, _ in count_by(query("dau_viec", as_of=day), ALL["dau_viec"], "status", tables)]
        for day in (date(2023, 3, 1), date(2023, 5, 1))
    }
    assert found == {date(2023, 3, 1): ["open"], date(2023, 5, 1): ["late"]}
