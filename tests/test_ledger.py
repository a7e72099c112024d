"""The ledger as files: a documented schema, a round trip, one line per printed number, nothing that a spreadsheet runs."""

from __future__ import annotations

import csv
import io
import json
from datetime import datetime
from fractions import Fraction
from importlib.resources import files

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator
from worlds import (
    AS_OF,
    NEXT_YEAR,
    REGISTRY,
    YEAR,
    activity,
    agreement,
    library,
    metric,
    metrics,
    only,
    statistic,
    submission,
)

from chungtay_reports.edition import Edition, Number, Strong, Text
from chungtay_reports.figures.derived import decimal
from chungtay_reports.figures.desk import Desk
from chungtay_reports.figures.ledger import LedgerUnreadableError, plain, read_json, records_csv, to_csv, to_json
from chungtay_reports.figures.ledger_sheets import safe
from chungtay_reports.figures.measure import recompute
from chungtay_reports.figures.tables import tabulate
from chungtay_reports.model import HANOI, Measure, MetricTest

DEFINITIONS = metrics(
    metric("chuyen_de", label="Chuyên đề", tests=(MetricTest("max_jump", "3"),)),
    metric("truong", "agreements", "count_distinct", "party", label="Trường ký ghi nhớ", unit="trường"),
    metric(
        "ty_le",
        "",
        label="Tỷ lệ trường ký",
        unit="%",
        measure=Measure("ratio", terms=("truong",), registry=(only("level", "thcs"),)),
    ),
)
ENTRIES = (
    agreement(),
    activity("HD-1", title="=HYPERLINK(1)", illustration=True),
    activity("HD-2", host="thcs-ba-vi"),
    statistic(count=3),
    submission(),
)
SCHEMA = json.loads(files("chungtay_reports").joinpath("schemas/figures-1.schema.json").read_text(encoding="utf-8"))


def desk(entries=ENTRIES):
    return Desk(library(entries, DEFINITIONS), tabulate(entries, REGISTRY), YEAR, AS_OF, NEXT_YEAR)


def written(one: Desk) -> Desk:
    """Print a bit of everything."""
    with one.location("tít"):
        one.print(one.figure("truong"), "hơn 1", "hơn")
    with one.location("đoạn 1"):
        one.print(one.figure("ty_le"), "40%")
        district = one.figure("chuyen_de", (only("don_vi", "quan-cau-giay"),))
        one.print(one.share(district, one.figure("chuyen_de")), "80%")
        one.print(one.figure("truong"), "2")
        one.print(one.reporting(), "1/4")
        old = one.figure("chuyen_de", period=one.previous)
        one.print(one.difference(old, one.figure("chuyen_de"), unequal=True), "-5")
        one.print(one.rank("chuyen_de", "don_vi", "huyen-ba-vi"), "thứ hai")
    return one


def edition(one: Desk) -> Edition:
    return Edition(
        slug="2023-08-tong-ket",
        kind="ban-tin",
        headline=(Strong((Number("672", "s1"),)), Text(" trường ký ghi nhớ")),
        sapo=(),
        issued=datetime(2023, 8, 20, 9, tzinfo=HANOI),
        issue="02/2023",
        category="Tin tức",
        source_tag="",
        byline="",
        key_figures=(),
        blocks=(),
        ledger=one.ledger(),
        related=(),
        keywords=(),
        assets=(),
        lead_photo=None,
        illustration="",
        data_note=(),
    )


EDITION = edition(written(desk()))


def read_csv(text):
    assert text.startswith("\ufeff")
    return list(csv.DictReader(io.StringIO(text.removeprefix("\ufeff"))))


# --------------------------------------------------------------------------- figures.json


def test_figures_json_follows_its_published_schema():
    Draft202012Validator.check_schema(SCHEMA)
    errors = list(Draft202012Validator(SCHEMA).iter_errors(json.loads(to_json(EDITION))))
    assert errors == []


def test_the_ledger_comes_back_from_figures_json_as_it_was():
    back = read_json(to_json(EDITION))
    assert back == EDITION.ledger
    assert [row.figure for row in back.rows] == [row.figure for row in EDITION.ledger.rows]
    assert back.period.name == EDITION.ledger.period.name


def test_what_came_back_still_recomputes_to_every_value():
    back = read_json(to_json(EDITION))
    for row in back.rows:
        assert recompute(row, back, tabulate(ENTRIES, REGISTRY), back.metrics) == row.figure.value


def test_the_file_names_the_edition_and_the_day_of_its_data():
    data = json.loads(to_json(EDITION))
    assert data["edition"] == {
        "slug": "2023-08-tong-ket",
        "kind": "ban-tin",
        "headline": "672 trường ký ghi nhớ",
        "issue": "02/2023",
        "issued": "2023-08-20T09:00:00+07:00",
    }
    assert (data["version"], data["as_of"]) == ("1.0", "2023-08-10")


def test_a_row_says_what_was_printed_where_and_from_which_records():
    row = json.loads(to_json(EDITION))["figures"][0]
    assert row["prints"] == [
        {"text": "hơn 1", "hedge": "hơn", "where": "tít"},
        {"text": "2", "hedge": "", "where": "đoạn 1"},
    ]
    assert (row["value"], row["records"], row["reported"], row["expected"]) == (2, ["GU-1"], 1, 4)
    assert row["label"] == "Trường ký ghi nhớ, 12/2022–7/2023"


def test_a_ratio_is_written_exactly_and_as_a_decimal():
    row = json.loads(to_json(EDITION))["figures"][1]
    assert row["value"] == {"numerator": 2, "denominator": 5, "decimal": "0.4"}
    assert row["op"] == "ratio"


def test_a_record_says_where_it_stands_and_whether_it_is_made_up():
    records = json.loads(to_json(EDITION))["records"]
    assert list(records) == sorted(records)
    assert records["HD-1"]["illustration"] is True
    assert records["TK-1"]["statistical"] is True
    assert (records["HD-2"]["file"], records["HD-2"]["line"]) == ("content/records/2022-2023/quan-cau-giay/a.yaml", 1)


def test_the_text_is_the_same_every_time_in_plain_utf8_with_one_figure_to_a_line():
    text = to_json(EDITION)
    assert text == to_json(edition(written(desk(tuple(reversed(ENTRIES))))))
    assert text.endswith("}\n")
    assert "\\u" not in text
    assert sum(line.startswith('{"id": "s') for line in text.splitlines()) == len(EDITION.ledger.rows)


def test_an_empty_ledger_is_a_valid_file():
    empty = edition(desk())
    assert not list(Draft202012Validator(SCHEMA).iter_errors(json.loads(to_json(empty))))
    assert read_json(to_json(empty)) == empty.ledger


@pytest.mark.parametrize(
    "text",
    [
        "",
        "[]",
        "{}",
        '{"version": "2.0"}',
        '{"version": "1.0"}',
        "[" * 100_000,
        to_json(EDITION).replace('["s1", ', '["s99", ', 1),
    ],
)
def test_a_file_that_is_no_ledger_is_refused_as_such(text):
    with pytest.raises(LedgerUnreadableError):
        read_json(text)


def test_a_repeated_key_is_refused():
    text = to_json(EDITION).replace('"version": "1.0"', '"version": "1.0", "version": "1.0"')
    with pytest.raises(LedgerUnreadableError, match="khóa lặp lại"):
        read_json(text)


def test_a_figure_that_stands_on_itself_is_refused():
    data = json.loads(to_json(EDITION))
    data["figures"][1]["operands"] = ["s2"]
    with pytest.raises(LedgerUnreadableError):
        read_json(json.dumps(data))


# --------------------------------------------------------------------------- spreadsheets


def test_figures_csv_has_one_line_for_each_printed_number():
    lines = read_csv(to_csv(EDITION))
    assert [line["Chữ in"] for line in lines] == [print_.text for row in EDITION.ledger.rows for print_ in row.prints]
    assert lines[0]["Vị trí"] == "tít"
    assert (lines[0]["Giá trị"], lines[0]["Bản ghi"], lines[0]["Đã báo cáo"]) == ("2", "GU-1", "1")


def test_records_csv_says_which_figures_a_record_proves():
    lines = {line["Bản ghi"]: line for line in read_csv(records_csv(EDITION))}
    assert set(lines) == set(EDITION.ledger.records)
    proven = {row.id for row in EDITION.ledger.rows if "HD-2" in row.figure.records}
    assert set(lines["HD-2"]["Chứng minh cho"].split()) == proven
    assert lines["HD-1"]["Minh họa"] == "có"


def test_a_cell_that_would_be_a_formula_is_a_text():
    lines = {line["Bản ghi"]: line for line in read_csv(records_csv(EDITION))}
    assert lines["HD-1"]["Nội dung"].startswith("'=HYPERLINK(1)")


@pytest.mark.parametrize("text", ["=1+1", "+cmd", "-2+3", "@SUM(A1)", "\t=1", "\r=1", "＝1", "-", "+84 (0)24"])
def test_formulas_in_all_their_guises_get_an_apostrophe(text):
    assert safe(text) == f"'{text}"


@pytest.mark.parametrize("text", ["672", "-5", "+12,5%", "-1.234", "", "hơn 200", "'quoted"])
def test_numbers_and_words_stay_as_they_are(text):
    assert safe(text) == text


def test_a_list_of_ids_too_long_for_a_cell_says_where_the_rest_is():
    entries = tuple(activity(f"HD-{number:05d}-{'x' * 30}") for number in range(1200))
    one = desk(entries)
    one.print(one.figure("chuyen_de"), "1.200")
    (line,) = read_csv(to_csv(edition(one)))
    assert len(line["Bản ghi"]) < 32_767
    assert line["Bản ghi"].endswith("x … (đủ trong figures.json)")
    assert line["Số bản ghi"] == "1200"


# --------------------------------------------------------------------------- words and numbers


def test_running_text_is_plain_without_its_marks():
    assert plain((Text("Đã có "), Strong((Number("672", "s1"), Text(" trường"))))) == "Đã có 672 trường"


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (Fraction(271, 672), "0.403274"),
        (Fraction(1), "1"),
        (Fraction(-1, 4), "-0.25"),
        (Fraction(1, 3), "0.333333"),
        (Fraction(1, 2_000_000), "0.000001"),
        (Fraction(-1, 3_000_000), "0"),
        (30, "30"),
    ],
)
def test_a_decimal_is_rounded_half_up_and_has_a_point(value, text):
    assert decimal(value) == text


@settings(deadline=None)
@given(st.fractions())
def test_a_decimal_is_within_half_of_its_last_digit(value):
    assert abs(Fraction(decimal(value)) - value) <= Fraction(1, 2 * 10**6)


def test_the_row_in_the_documentation_follows_the_schema(request):
    text = (request.config.rootpath / "docs" / "figures-json.md").read_text(encoding="utf-8")
    row = json.loads(text.split("```json\n")[1].split("```")[0])
    schema = {"$ref": "#/$defs/figure", "$defs": SCHEMA["$defs"]}
    assert not list(Draft202012Validator(schema).iter_errors(row))
    value = row["value"]
    assert value["decimal"] == decimal(Fraction(value["numerator"], value["denominator"]))
