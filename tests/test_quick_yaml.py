"""The quick way into a YAML file and the careful one: same values, or no quick way."""

from __future__ import annotations

import unicodedata
from pathlib import Path

import pytest
from conftest import Workspace
from hypothesis import given, settings
from hypothesis import strategies as st

from chungtay_reports.errors import Place
from chungtay_reports.source import hygiene
from chungtay_reports.source.hygiene import clean_text
from chungtay_reports.source.quick_yaml import quick_fields, quick_yaml
from chungtay_reports.source.yaml_tree import parse_quickly, parse_yaml

REPO = Path(__file__).parent.parent
CORPUS = sorted(
    path
    for folder in ("content", "tests/broken", "templates/starter")
    for path in (REPO / folder).rglob("*.yaml")
    if path.stat().st_size < 1_000_000
)
TOKENS = (
    *("a", "id", "kind", "x y", "ý", "“q”", "yes", "no", "y", "True", "null", "true", "~", "=", "<<", "_0", "a_b"),
    *(
        "0",
        "12",
        "012",
        "-1",
        "1_0",
        "1.5",
        "1.250",
        "0x1f",
        "1e3",
        ".5",
        "12:30",
        "2023-01-02",
        "123456789012345678901",
    ),
    *(
        "- ",
        "-",
        ": ",
        ":",
        ", ",
        ",",
        "[",
        "]",
        "{",
        "}",
        "'",
        '"',
        "#",
        " #",
        "?",
        "!",
        "&a",
        "*a",
        "|",
        ">",
        "%",
        "@",
    ),
    *(" ", "  ", "\n", "\n  ", "\n- ", "\n  - ", "\n---\n", "/", "x:y", "https://x.vn", "\\", "\t"),
)
soup = st.lists(st.sampled_from(TOKENS), max_size=12).map("".join)
scalars = st.one_of(st.sampled_from(TOKENS), soup, st.integers(-(10**19), 10**19).map(str), st.floats().map(repr))
flows = st.recursive(
    scalars,
    lambda inner: st.one_of(
        st.lists(inner, max_size=3).map(lambda items: f"[{', '.join(items)}]"),
        st.lists(st.tuples(st.sampled_from(("a", "b", "on", '"c d"')), inner), max_size=3).map(
            lambda pairs: "{" + ", ".join(f"{key}: {value}" for key, value in pairs) + "}"
        ),
    ),
    max_leaves=5,
)
lines = st.tuples(
    st.sampled_from(("", "", "  ", "- ", "  - ", "    ")),
    st.sampled_from(("a: ", "b: ", "id: ", "", "n:", "y: ", '"d": ', "# ")),
    flows,
    st.sampled_from(("", "", "", " # ghi chú", " ", ",")),
).map("".join)
texts = st.one_of(soup, st.lists(lines, max_size=6).map("\n".join))


def typed(value: object) -> object:
    """Tell 1 from True and from 1.0, and keep the order of fields."""
    if isinstance(value, dict):
        return [(key, typed(inner)) for key, inner in value.items()]
    return [typed(inner) for inner in value] if isinstance(value, list) else (type(value), value)


def assert_both_ways_agree(text: str) -> None:
    clean, problems = clean_text(text, Place("f"))
    data = None if problems else quick_yaml(clean)
    if data is not None:
        parsed, found = parse_yaml(text, "f")
        assert not found
        assert parsed is not None
        assert typed(parsed.data) == typed(data)
        quick, _ = parse_quickly(text, "f")
        assert quick is not None
        items = [()] if isinstance(data, dict) else [(n,) for n in range(len(data))]  # type: ignore[arg-type]
        assert list(quick.item_places()) == [parsed.place(path) for path in items]
        assert quick.root == parsed.root


@pytest.mark.parametrize("folder", ["content", "tests/broken", "templates/starter"])
def test_both_ways_give_the_same_of_every_file_that_there_is(folder: str) -> None:
    for path in (path for path in CORPUS if path.is_relative_to(REPO / folder)):
        assert_both_ways_agree(path.read_text("utf-8", errors="replace"))


@settings(max_examples=1500, deadline=None)
@given(texts)
def test_both_ways_give_the_same_of_any_text_that_goes_the_quick_way(text: str) -> None:
    assert_both_ways_agree(text)


names = st.sampled_from(("a", "on", "id", "no", "true", "null", "y", "_", "A", "a_b", '"a"', "a b"))
bits = st.text(st.sampled_from("abyYnNoOeExX0123456789-._~"), min_size=1, max_size=6) | st.sampled_from(TOKENS)
plain_fields = st.one_of(
    st.tuples(names, flows).map(": ".join),
    st.tuples(names, bits).map(": ".join),
    st.tuples(names, st.lists(bits, max_size=3).map(", ".join)).map(lambda pair: f"{pair[0]}: [{pair[1]}]"),
    st.tuples(names, st.lists(st.tuples(names, bits).map(": ".join), max_size=3).map(", ".join)).map(
        lambda pair: f"{pair[0]}: {{{pair[1]}}}"
    ),
    st.tuples(names, st.text(st.sampled_from("aăĐ yno0-:#'\"[]{},.&*!|>%@`?“”\t\u00a0 "), max_size=8)).map(": ".join),
)


@settings(max_examples=1500, deadline=None)
@given(st.lists(plain_fields, min_size=1, max_size=3))
def test_fields_that_need_no_parser_mean_what_the_careful_parser_takes_them_for(fields: list[str]) -> None:
    clean = [field for field in fields if clean_text(field, Place("f")) == (field, ())]
    data = quick_fields(clean)
    for field, quick in zip(clean, data or (), strict=data is not None):
        parsed, found = parse_yaml(field, "f")
        assert not found
        assert parsed is not None
        assert typed(parsed.data) == typed(quick)


@pytest.mark.parametrize(
    "field", ["a: 012", "a: {b: no}", "a: [1, 0x1F]", "a: 1_0", "a: {b: 1, b: 2}", "a: - b", "a: b: c", "true: a"]
)
def test_a_field_that_could_be_taken_otherwise_needs_more_than_a_look(field: str) -> None:
    assert quick_fields(["a: b", field]) is None


def test_every_record_file_of_the_sample_goes_the_quick_way() -> None:
    records = [path.read_text("utf-8") for path in CORPUS if path.is_relative_to(REPO / "content" / "records")]
    assert records
    assert all(quick_yaml(text) is not None for text in records)


@pytest.mark.parametrize(
    "value",
    [
        *("yes", "No", "on", "OFF", "y", "N", "True", "FALSE", "Null", "~x: 1", "012", "-012", "1_000", "_1", "0x1F", "0o17", "0b1"),
        *("12:30", "1e3", ".5", "1.", "+1", ".inf", ".nan", "1.250", "1234567890123456789", "&a b", "*a", "!!int 3", "|", ">"),
        *('"a\\tb"', "{12}", "{a: 12,5}", "[a", "@a", "%a", "`a`", "? a"),
    ],
)  # fmt: skip
def test_what_older_yaml_would_twist_never_goes_the_quick_way(value: str) -> None:
    for text in (f"a: {value}\n", f"- {value}\n", f"- a: {value} # c\n", f"a: [{value}]\n", f"a: {{b: {value}}}"):
        assert quick_yaml(text) is None, text


@pytest.mark.parametrize("deep", ["- ", "[", "{a: ", "? ", "- - ", "- ? "])
def test_nesting_that_the_quick_parser_could_not_bear_does_not_reach_it(deep: str) -> None:
    assert quick_yaml(deep * 100_000) is None
    assert quick_yaml(deep * 30) is None


def test_a_problem_in_a_file_that_went_the_quick_way_still_has_its_line_and_column(workspace: Workspace) -> None:
    text = "- id: HD-2023-9001\n  kind: chuyen-de\n  title: Dạy học\n  counts: {sessions: 1, teachers: nhiều}\n"
    assert quick_yaml(text) is not None
    path = workspace.write("content/records/2022-2023/quan-hoang-mai/x.yaml", text)
    places = [(problem.code, problem.place.line, problem.place.column) for problem in workspace.load()[1]]
    assert ("R111", 4, 35) in places
    assert all(problem.place.file == path for problem in workspace.load()[1])


def test_no_character_passes_the_quick_look_that_a_rule_would_find() -> None:
    for point in (*range(0xD800), *range(0xE000, 0x20000)):
        character = chr(point)
        if hygiene._plainly_vietnamese(f"a{character}b"):
            assert not hygiene._SUSPECT.search(character), hex(point)
            assert unicodedata.normalize("NFC", character) == character, hex(point)
            assert unicodedata.combining(character) == 0, hex(point)


@given(st.text(st.sampled_from("aăâđêôơưộệữ “”–…\n,.12ÐðƉ\u0300\u0301\u200b\u00ad\u202e\ufeffКΑÅ가")))
def test_a_text_passes_the_quick_look_only_as_it_would_come_out_of_the_rules(text: str) -> None:
    if hygiene._plainly_vietnamese(text):
        assert unicodedata.normalize("NFC", text) == text
        assert not hygiene._SUSPECT.search(text)
