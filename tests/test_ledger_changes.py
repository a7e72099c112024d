"""Two ledgers, row by row: what is printed otherwise, what is new, what is gone."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

from worlds import AS_OF, NEXT_YEAR, REGISTRY, YEAR, activity, library, metric, metrics, only

from chungtay_reports.difference import ledger_changes
from chungtay_reports.figures.desk import Desk
from chungtay_reports.figures.tables import tabulate

DEFINITIONS = metrics(metric("chuyen_de", label="Chuyên đề"), metric("hoi_thao", where=(only("kind", "hoi-thao"),)))


def desk(*entries, period=YEAR, as_of=AS_OF, previous=None):
    return Desk(library(entries, DEFINITIONS), tabulate(entries, REGISTRY), period, as_of, previous)


def told(where="đoạn 1", text=None, hedge="", **fields):
    """The ledger of an edition that prints the number of chuyên đề once."""
    one = desk(*(activity(f"HD-{n}") for n in range(fields.pop("count", 3))), **fields)
    figure = one.figure("chuyen_de")
    with one.location(where):
        one.print(figure, text or str(figure.value), hedge)
    return one.ledger()


def values(change):
    return tuple(row and row.figure.value for row in (change.old, change.new))


def test_a_ledger_does_not_differ_from_itself() -> None:
    assert ledger_changes(told(), told()) == ()


def test_a_changed_value_is_told_with_both_texts_and_the_place() -> None:
    (change,) = ledger_changes(told(count=3), told(count=4))
    assert values(change) == (3, 4)
    assert (change.old_text, change.new_text, change.where) == ("3", "4", ("đoạn 1",))
    assert [(one.where, one.old, one.new) for one in change.prints] == [("đoạn 1", "3", "4")]


def test_a_value_that_moves_behind_the_same_words_is_a_change() -> None:
    (change,) = ledger_changes(told(text="gần 5", hedge="gần"), told(text="gần 5", hedge="gần", count=4))
    assert (values(change), change.prints) == ((3, 4), ())


def test_other_words_for_the_same_value_are_a_change() -> None:
    (change,) = ledger_changes(told(text="3"), told(text="ba"))
    assert values(change) == (3, 3)
    assert (change.old_text, change.new_text) == ("3", "ba")


def test_a_number_in_another_paragraph_is_not_a_change() -> None:
    assert ledger_changes(told("đoạn 1"), told("đoạn 2")) == ()


def test_numbers_that_only_one_side_prints_are_new_or_gone() -> None:
    one = desk(activity())
    one.print(one.figure("hoi_thao"), "0")
    new, gone = ledger_changes(told(), one.ledger())
    assert values(new) == (None, 0)
    assert values(gone) == (3, None)


def test_issues_of_a_bulletin_compare_their_own_periods() -> None:
    later = desk(activity("HD-9", on=date(2023, 9, 5)), period=NEXT_YEAR, as_of=date(2024, 8, 1))
    later.print(later.figure("chuyen_de"), "1")
    (change,) = ledger_changes(told(), later.ledger())
    assert values(change) == (3, 1)


def test_a_comparison_is_matched_by_what_it_compares() -> None:
    def compared(*groups):
        one = desk(activity("HD-1"), activity("HD-2", level="huyen"), activity("HD-3", level="huyen"))
        whole = one.figure("chuyen_de")
        for group in groups:
            part = one.figure("chuyen_de", (only("cap", group),))
            one.print(one.share(part, whole), group)
        return one.ledger()

    (gone,) = ledger_changes(compared("truong", "huyen"), compared("huyen"))
    assert values(gone) == (Fraction(1, 3), None)
