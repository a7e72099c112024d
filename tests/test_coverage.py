"""Who has reported: complete, in time, up to the last day of the period, without a gap."""

from __future__ import annotations

from datetime import date

from worlds import AS_OF, DISTRICTS, REGISTRY, YEAR, activity, submission, unit
from worlds import registry as build_registry

from chungtay_reports.figures.coverage import coverage
from chungtay_reports.figures.tables import tabulate
from chungtay_reports.model import Period
from chungtay_reports.units.registry import Registry

AUTUMN = Period(date(2022, 12, 1), date(2023, 1, 31))
SPRING = Period(date(2023, 2, 1), date(2023, 7, 31))
SCHOOL_YEAR = Period(date(2022, 9, 1), date(2023, 5, 31))
NEXT_SCHOOL_YEAR = Period(date(2023, 9, 1), date(2024, 5, 31))
OTHERS = tuple(district for district in sorted(DISTRICTS) if district != "quan-cau-giay")


def missing(*entries, period=YEAR, as_of=AS_OF, units=REGISTRY):
    return coverage(period, as_of, tabulate(entries, units)).missing


def late(*entries, **options):
    """Is quận Cầu Giấy missing while all others have reported for the whole year?"""
    everybody_else = [submission(f"X-{district}", district) for district in OTHERS]
    found = missing(*everybody_else, *entries, **options)
    assert set(found) <= {"quan-cau-giay"}
    return bool(found)


def test_twenty_eight_of_thirty_districts_are_counted_and_the_other_two_are_named():
    districts = [unit(f"quan-{number:02}", "quan", f"Quận {number:02}") for number in range(30)]
    units = Registry(REGISTRY.tiers, {one.id: one for one in districts})
    entries = [submission(f"NB-{one.id}", one.id) for one in districts if one.id not in {"quan-07", "quan-23"}]
    found = coverage(YEAR, AS_OF, tabulate(tuple(entries), units))
    assert (found.reported, len(found.expected), found.missing) == (28, 30, ("quan-07", "quan-23"))
    assert not found.complete


def test_nobody_has_reported_when_there_is_no_submission():
    assert missing(activity()) == ("quan-ba-dinh", "quan-cau-giay", "huyen-ba-vi", "huyen-phuc-tho")


def test_a_complete_submission_for_the_period_counts():
    assert not late(submission())


def test_a_unit_with_nothing_to_report_has_reported():
    assert not late(submission(nothing_to_report=True))


def test_a_partial_submission_does_not_count():
    assert late(submission(complete=False))


def test_a_submission_handed_in_after_the_day_does_not_count():
    assert late(submission(on=date(2023, 8, 11)))
    assert not late(submission(on=date(2023, 8, 11)), as_of=date(2023, 8, 11))


def test_a_submission_that_stops_before_the_period_ends_does_not_count():
    assert late(submission(period=Period(YEAR.start, date(2023, 7, 30))))


def test_a_submission_for_a_longer_period_counts():
    assert not late(submission(period=Period(date(2022, 8, 1), date(2023, 8, 1))))


def test_two_submissions_that_meet_cover_the_period():
    assert not late(submission("NB-1", period=AUTUMN), submission("NB-2", period=SPRING))


def test_the_last_term_alone_is_not_the_whole_period():
    assert late(submission(period=SPRING))


def test_an_office_reports_for_its_district():
    assert not late(submission(unit_="pgd-cau-giay"))


def test_days_before_the_first_event_need_no_report():
    early = submission("NB-0", "quan-ba-dinh", period=Period(date(2022, 9, 1), YEAR.end))
    later = [submission(f"NB-{district}", district) for district in sorted(DISTRICTS)]
    period = Period(date(2022, 8, 1), YEAR.end)
    assert len(missing(early, *later, period=period)) == 3
    assert missing(activity(on=date(2022, 12, 5)), early, *later, period=period) == ()


def test_a_summer_that_nobody_reports_on_is_no_gap():
    period = Period(date(2022, 12, 1), NEXT_SCHOOL_YEAR.end)
    as_of = date(2024, 6, 20)
    entries = [
        submission(f"{number}-{district}", district, period=span, on=as_of)
        for number, span in enumerate((SCHOOL_YEAR, NEXT_SCHOOL_YEAR))
        for district in sorted(DISTRICTS)
    ]
    assert missing(*entries, period=period, as_of=as_of) == ()
    assert missing(*entries[1:], period=period, as_of=as_of) == (min(DISTRICTS),)


def test_a_unit_that_came_later_reports_from_its_first_day_on():
    new = unit("quan-moi", "quan", "Quận Mới", area="noi-thanh", valid_from=SPRING.start)
    entries = [submission(f"NB-{district}", district) for district in sorted(DISTRICTS)]
    units = build_registry(new)
    assert missing(*entries, units=units) == ("quan-moi",)
    assert missing(*entries, submission("NB-9", "quan-moi", period=SPRING), units=units) == ()


def test_only_units_of_the_last_day_are_expected():
    gone = unit("quan-cu", "quan", "Quận Cũ", valid_to=SPRING.start)
    assert "quan-cu" not in coverage(YEAR, AS_OF, tabulate((), build_registry(gone))).expected
