"""Metric definitions: every shape that authors may write, every mistake named where it stands."""

from __future__ import annotations

import pytest
from worlds import REGISTRY

from chungtay_reports.figures.metrics import read_metrics
from chungtay_reports.model import Filter, Measure, MetricTest
from chungtay_reports.source.files import parse_yaml

BASE = """
- name: chuyen_de
  label: Chuyên đề
  unit: chuyên đề
  from: activities
  where: {kind: chuyen-de}
  measure: count
"""
SCHOOLS = """
- name: truong
  label: Trường ký ghi nhớ
  unit: trường
  from: agreements
  measure: {count_distinct: party}
"""


def read(*texts):
    documents = []
    for number, text in enumerate(texts):
        parsed, problems = parse_yaml(text, f"content/metrics/{number}.yaml")
        assert not problems
        documents.append(parsed)
    return read_metrics(tuple(documents))


def one(text):
    metrics, problems = read(text)
    assert not problems, "\n".join(map(str, problems))
    return next(iter(metrics.values()))


def problems_of(*texts):
    return [(problem.code, problem.place.line, problem.hint) for problem in read(*texts)[1]]


def with_measure(measure, **fields):
    lines = {"name": "a", "label": "A", "unit": "đơn vị", "from": "activities", "measure": measure, **fields}
    return "- " + "\n  ".join(f"{key}: {value}" for key, value in lines.items() if value is not None) + "\n"


def test_a_definition_keeps_its_label_unit_table_and_place():
    metric = one(BASE)
    assert (metric.name, metric.label, metric.unit, metric.table) == (
        "chuyen_de",
        "Chuyên đề",
        "chuyên đề",
        "activities",
    )
    assert str(metric.place) == "content/metrics/0.yaml:2:9"


@pytest.mark.parametrize(
    ("written", "read_as"),
    [
        ("{kind: chuyen-de}", Filter("kind", ("chuyen-de",))),
        ("{level: [huyen, truong]}", Filter("level", ("huyen", "truong"))),
        ("{mode: {not: truc-tuyen}}", Filter("mode", ("truc-tuyen",), negate=True)),
        ("{topics: {not: [on-thi-hoc-sinh-gioi]}}", Filter("topics", ("on-thi-hoc-sinh-gioi",), negate=True)),
        ("{statistical: false}", Filter("statistical", ("false",))),
        ("{host: thcs-khanh-thuong}", Filter("host", ("thcs-khanh-thuong",))),
    ],
)
def test_a_filter_is_a_value_a_list_or_not(written, read_as):
    assert one(with_measure("count", where=written)).where == (read_as,)


@pytest.mark.parametrize(
    ("written", "read_as"),
    [
        ("count", Measure("count", "id")),
        ("{count: id}", Measure("count", "id")),
        ("{count_distinct: partner}", Measure("count_distinct", "partner")),
        ("{sum: counts.periods}", Measure("sum", "counts.periods")),
    ],
)
def test_a_measure_counts_records_values_or_adds_a_field(written, read_as):
    assert one(with_measure(written)).measure == read_as


@pytest.mark.parametrize(
    ("written", "terms", "registry"),
    [
        ("{ratio: [chuyen_de, truong]}", ("chuyen_de", "truong"), ()),
        ("{ratio: {of: chuyen_de, to: truong}}", ("chuyen_de", "truong"), ()),
        ("{ratio: truong, registry: {group: cap-huyen}}", ("truong",), (Filter("group", ("cap-huyen",)),)),
        ("{ratio: {of: truong, registry: {level: thcs}}}", ("truong",), (Filter("level", ("thcs",)),)),
    ],
)
def test_a_ratio_stands_on_two_metrics_or_on_the_registry(written, terms, registry):
    metrics, problems = read(BASE, SCHOOLS, with_measure(written, **{"from": None, "unit": None}))
    assert not problems
    assert (metrics["a"].measure, metrics["a"].unit) == (Measure("ratio", terms=terms, registry=registry), "%")


def test_tests_are_a_mapping_or_a_list_of_mappings():
    mapping = one(with_measure("{sum: counts.teachers}", tests="{one_per: host, max_jump: 2.5}"))
    listed = one(with_measure("{sum: counts.teachers}", tests="[{one_per: host}, {max_jump: 2.5}]"))
    assert mapping.tests == listed.tests == (MetricTest("one_per", "host"), MetricTest("max_jump", "2.5"))


def test_metrics_come_sorted_by_name_from_files_that_refer_to_each_other():
    total = with_measure("{sum_of: [chuyen_de, chuyen_de]}", unit="chuyên đề", **{"from": None})
    assert list(read(total, BASE, SCHOOLS)[0]) == ["a", "chuyen_de", "truong"]


BROKEN = {
    "M101": "name: chuyen_de\n",
    "M102": "- name: a\n  label: A\n  from: activities\n  measure: count\n",
    "M103": with_measure("count", lable="A"),
    "M104": with_measure("count", money="có"),
    "M105": with_measure("count", name="Chuyên-đề"),
    "M107": with_measure("count", **{"from": "activites"}),
    "M108": with_measure("count", where="{knd: chuyen-de}"),
    "M109": with_measure("count", where="{kind: chuyen_de}"),
    "M110": with_measure("{count_distnct: host}"),
    "M111": with_measure("{sum: host}"),
    "M112": with_measure("{count: host}"),
    "M113": BASE + with_measure("{ratio: [chuyen_de, chuyen_de]}"),
    "M114": with_measure("{ratio: [chuyen_de, truong]}", **{"from": None}),
    "M115": with_measure("{sum_of: [b, b]}", **{"from": None})
    + with_measure("{sum_of: [a, a]}", name="b", **{"from": None}),
    "M116": BASE + SCHOOLS + with_measure("{sum_of: [chuyen_de, truong]}", unit="chuyên đề", **{"from": None}),
    "M117": BASE
    + with_measure("{ratio: [chuyen_de, chuyen_de]}", **{"from": None})
    + with_measure("{sum_of: [a, chuyen_de]}", name="b", unit="chuyên đề", adds="cả hai", **{"from": None}),
    "M118": BASE
    + with_measure("{sum: support.money}", money="true", unit="đồng")
    + with_measure("{sum_of: [a, chuyen_de]}", name="b", unit="đồng", money="true", adds="cả hai", **{"from": None}),
    "M120": with_measure("count", tests="{not_over: a}"),
    "M121": with_measure("count", tests="{max_jump: 1}"),
}


@pytest.mark.parametrize("code", BROKEN)
def test_every_mistake_has_its_code(code):
    assert code in {found for found, _, _ in problems_of(BROKEN[code])}


def test_the_same_name_in_two_files_is_reported_with_the_first_place():
    metrics, problems = read(BASE, BASE)
    assert [problem.code for problem in problems] == ["M106"]
    assert "content/metrics/0.yaml:2:9" in problems[0].message
    assert metrics["chuyen_de"].place.file == "content/metrics/0.yaml"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (with_measure("count", where="{kind: chuyen_de}"), ("M109", 6, "chuyen-de")),
        (with_measure("count", where="{cap_hoc: thcs}"), ("M108", 6, "host.level")),
        (with_measure("{sum: counts.teacher}"), ("M108", 5, "counts.teachers")),
        (with_measure("{sum: host}"), ("M111", 5, None)),
        (
            BASE + with_measure("{ratio: chuyende, registry: {group: cap-huyen}}", **{"from": None}),
            ("M114", 8, "chuyen_de"),
        ),
        (with_measure("{ratio: a, registry: {gruop: cap-huyen}}", **{"from": None}), ("M108", 4, "group")),
        (with_measure("count", tests="{max_jmp: 3}"), ("M120", 6, "max_jump")),
    ],
)
def test_a_mistake_is_shown_where_it_stands_with_the_word_that_was_meant(text, expected):
    assert expected in problems_of(text)


def test_all_mistakes_of_all_files_come_in_one_run():
    wrong = with_measure("count", where="{knd: x, level: xa}", tests="{max_jump: x}", extra="1")
    assert sorted(code for code, _, _ in problems_of(wrong, "a: 1\n")) == ["M101", "M103", "M108", "M109", "M121"]


def test_a_metric_that_stands_on_a_broken_one_is_left_out_too():
    text = with_measure("count", where="{knd: x}") + with_measure("{sum_of: [a, a]}", name="b", **{"from": None})
    metrics, problems = read(BASE, text)
    assert list(metrics) == ["chuyen_de"]
    assert [problem.code for problem in problems] == ["M108", "M114"]


def test_a_cycle_is_reported_once_and_named():
    rows = [("a", "b"), ("b", "c"), ("c", "a")]
    text = "".join(with_measure(f"{{sum_of: [{to}, {to}]}}", name=name, **{"from": None}) for name, to in rows)
    metrics, problems = read(text)
    assert not metrics
    assert [problem.code for problem in problems] == ["M115"]
    assert "a → b → c → a" in problems[0].message or "a → c → b → a" in problems[0].message


def test_different_things_are_added_only_when_the_definition_says_what_it_adds():
    adds = with_measure("{sum_of: [chuyen_de, truong]}", unit="mục", adds="chuyên đề và trường", **{"from": None})
    assert not read(BASE, SCHOOLS, adds)[1]


def test_the_definitions_of_the_movement_are_sound(request):
    folder = request.config.rootpath / "content" / "metrics"
    metrics, problems = read(*(file.read_text(encoding="utf-8") for file in sorted(folder.glob("*.yaml"))))
    assert not problems
    assert "truong_ky_ket" in metrics


def test_the_definitions_in_the_documentation_can_be_read(request):
    text = (request.config.rootpath / "docs" / "chi-tieu.md").read_text(encoding="utf-8")
    metrics, problems = read(text.split("```yaml\n")[1].split("```")[0])
    assert not problems
    assert len(metrics) == 3


@pytest.mark.parametrize(
    ("where", "code", "hint"),
    [
        ("{month: 2023-03}", None, None),
        ("{month: 2023-3}", "M109", None),
        ("{month: [2023-03, 2023-13]}", "M109", None),
        ("{day: {not: 2023-02-28}}", None, None),
        ("{day: 2023-02-29}", "M109", None),
        ("{day: 14/3/2023}", "M109", None),
        ("{host.tier: thcs}", None, None),
        ("{host.tier: truong-thcs}", "M109", None),
        ("{host.unit: {not: [quan-cau-giay, quan-ba-dinh]}}", None, None),
        ("{host.unit: quan-cau-giai}", "M119", "quan-cau-giay"),
        ("{partner: Cầu Giấy}", "M119", "quan-cau-giay"),
        ("{counts.teachers: 45}", "M122", None),
        ("{support.money: {not: 0}}", "M122", None),
    ],
)
def test_a_filter_that_nothing_can_pass_does_not_make_a_metric_of_zero(where, code, hint):
    document, _ = parse_yaml(with_measure("count", where=where), "content/metrics/a.yaml")
    found = [(problem.code, problem.hint) for problem in read_metrics((document,), REGISTRY)[1]]
    assert found == ([(code, hint)] if code else [])
