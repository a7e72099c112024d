"""Strict YAML: what plain values mean, which traps are told, what is refused, and where everything stands."""

from __future__ import annotations

import json
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chungtay_reports.errors import Place, Problem
from chungtay_reports.source.files import parse_yaml


def codes(problems: tuple[Problem, ...]) -> list[str]:
    return [problem.code for problem in problems]


def only(text: str) -> Problem:
    (problem,) = parse_yaml(text, "f.yaml")[1]
    return problem


# --------------------------------------------------------------------------- YAML: values


VALUES = {
    "true": True,
    "false": False,
    "null": None,
    "~": None,
    "": None,
    "0": 0,
    "12": 12,
    "-3": -3,
    "12.5": 12.5,
    "0.125": 0.125,
    "999999999999999999": 999999999999999999,
    "2023-03-14": "2023-03-14",
    "2024-02-30": "2024-02-30",
    "2023-08-20T09:00:00+07:00": "2023-08-20T09:00:00+07:00",
    "02/2023": "02/2023",
    "12,5": "12,5",
    "nonesuch": "nonesuch",
    '"no"': "no",
    "'012'": "012",
    '"12:30"': "12:30",
    "GD&ĐT": "GD&ĐT",
    "4340/KH-SGDĐT": "4340/KH-SGDĐT",
    "1.2.3": "1.2.3",
    "- x": None,
}


@pytest.mark.parametrize(("written", "value"), [pair for pair in VALUES.items() if pair[0] != "- x"])
def test_a_plain_value_means_what_the_core_schema_says(written: str, value: object) -> None:
    parsed, problems = parse_yaml(f"a: {written}\n", "f.yaml")
    assert parsed
    assert problems == ()
    assert parsed.data == {"a": value}
    assert type(parsed.data["a"]) is type(value)


TRAPS = {
    "no": ("Y212", "false"),
    "Yes": ("Y212", "true"),
    "ON": ("Y212", "true"),
    "True": ("Y212", "true"),
    "n": ("Y212", "false"),
    "NULL": ("Y212", "để trống"),
    "012": ("Y213", "12"),
    "0123456701": ("Y213", '"0123456701"'),
    "00": ("Y213", "0"),
    "1_000": ("Y214", "1000"),
    "0x1F": ("Y215", "thập phân"),
    "0o17": ("Y215", "thập phân"),
    "0b11": ("Y215", "thập phân"),
    "12:30": ("Y216", "750"),
    "1:02:03": ("Y216", "3723"),
    "1.000": ("Y218", "1000"),
    "1.250.000": ("Y218", "1250000"),
    "+5": ("Y219", "1250"),
    ".5": ("Y219", "1250"),
    "5.": ("Y219", "1250"),
    "1e3": ("Y219", "1250"),
    ".inf": ("Y219", "1250"),
    ".nan": ("Y219", "1250"),
    "9" * 19: ("Y211", "18"),
    "9" * 5000: ("Y211", "18"),
}


@pytest.mark.parametrize(("written", "expected"), TRAPS.items())
def test_a_trap_is_reported_at_its_place_and_says_what_was_meant(written: str, expected: tuple[str, str]) -> None:
    problem = only(f"a:\n  - b: {written}\n")
    assert (problem.code, problem.place) == (expected[0], Place("f.yaml", 2, 8))
    assert expected[1] in problem.message


@pytest.mark.parametrize("key", ["on", "no", "y", "by", "2023-03"])
def test_a_word_that_is_a_trap_as_a_value_is_fine_as_a_key(key: str) -> None:
    parsed, problems = parse_yaml(f"{key}: x\n", "f.yaml")
    assert (problems, parsed and parsed.data) == ((), {key: "x"})


@pytest.mark.parametrize("key", ["1", "true", "null", "1.5", "012", "[a]", "{a: b}"])
def test_a_key_that_is_not_text_is_refused(key: str) -> None:
    assert only(f"? {key}\n: x\n").code == "Y207"


@pytest.mark.parametrize("written", ["{kg: 12,5}", "{kg: 1,000}", "{a: 1, kg: 12,5}"])
def test_a_decimal_comma_in_braces_is_recognised(written: str) -> None:
    assert only(f"a: {written}\n").code == "Y217"


# --------------------------------------------------------------------------- YAML: structure


REFUSED = {
    "a: &x 1\n": "Y202",
    "a: *x\n": "Y202",
    "a: !!int 1\n": "Y203",
    "a: !foo 1\n": "Y203",
    "a: !!python/object/apply:os.system [id]\n": "Y203",
    "<<: {a: 1}\n": "Y204",
    "a: 1\n---\nb: 2\n": "Y205",
    "a: 1\nb: 2\na: 3\n": "Y206",
    "%YAML 1.1\n---\na: 1\n": "Y222",
    "": "Y220",
    "---\n": None,
    "# chỉ có ghi chú\n": "Y220",
    "a: [1, 2\n": "Y201",
    "a: 'x\n": "Y201",
    "\ta: 1\n": "Y201",
    "a:1\nb: 2\n": "Y201",
    "a: @x\n": "Y201",
}


@pytest.mark.parametrize(("text", "code"), REFUSED.items())
def test_yaml_beyond_plain_mappings_lists_and_values_is_refused(text: str, code: str | None) -> None:
    _, problems = parse_yaml(text, "f.yaml")
    assert codes(problems) == ([code] if code else [])


@pytest.mark.parametrize(
    ("text", "reason", "place"),
    [
        ("a: Chuyên đề: đổi mới\n", "dấu hai chấm", (1, 13)),
        ("a: 1\n\tb: 2\n", "TAB", (2, 1)),
        ("a: [1, 2\nb: 3\n", "chưa đóng", (1, 4)),
        ('a: "x" y\n', "ngoặc kép đóng", (1, 8)),
        ('a: "x\n', "ngoặc kép mở mà chưa đóng", (1, 4)),
        ("a: 'x\n", "dấu nháy đơn ' mở mà chưa đóng", (1, 4)),
        ("- a: 1\n  b:\u00a0x\n  c: 2\n", "dấu cách cứng", (2, 3)),
        ("- a: 1\n\u00a0\u00a0b: 2\n", "dấu cách cứng", (2, 1)),
        ("- a: 1\n   b: 2\n", "thụt dòng", (2, 5)),
    ],
)
def test_a_syntax_error_says_what_the_author_probably_did(text: str, reason: str, place: tuple[int, int]) -> None:
    problem = only(text)
    assert reason in problem.message
    assert (problem.place.line, problem.place.column) == place


def test_a_repeated_key_keeps_the_first_value_and_names_its_line() -> None:
    parsed, (problem,) = parse_yaml("a: 1\nb: 2\na: 3\n", "f.yaml")
    assert parsed
    assert parsed.data == {"a": 1, "b": 2}
    assert problem.place == Place("f.yaml", 3, 1)
    assert "dòng 1" in problem.message


def test_depth_twenty_is_read_and_depth_twenty_one_refused() -> None:
    assert parse_yaml("[" * 20 + "]" * 20, "f")[1] == ()
    assert only("[" * 21 + "]" * 21).code == "Y208"


def test_too_many_values_and_too_long_values_are_refused() -> None:
    assert only("- [" + ", ".join(["a"] * 50_000) + "]\n").code == "Y209"
    assert only("a: " + "b" * 100_001).code == "Y210"


BOMBS = {
    "brackets": "[" * 1_000_000,
    "braces": "{a: " * 250_000,
    "dashes": "- " * 500_000,
    "question marks": "? " * 500_000,
    "indent": "\n".join(" " * depth + "a:" for depth in range(1400)),
    "bracket lines": "[\n" * 500_000,
    "quotes": '"' * 1_000_000,
    "open quotes": 'a: "x' * 200_000,
    "open brackets": "a: '" + "[" * 500_000 + "' [x",
    "colons": "a: b: " * 160_000,
    "aliases": "a: &a [x]\nb: &b [*a, *a]\nc: [*b, *b]\n",
    "empty lines": "a: '" + "\n" * 900_000 + "'",
    "anchors": "&a " * 300_000,
    "comment": "#" * 1_000_000,
}


@pytest.mark.parametrize("name", BOMBS)
def test_a_yaml_bomb_is_refused_within_a_second(name: str) -> None:
    start = time.process_time()
    _, problems = parse_yaml(BOMBS[name], "f.yaml")
    assert problems
    assert time.process_time() - start < 1


@given(st.text())
def test_no_text_makes_the_reader_raise(text: str) -> None:
    parse_yaml(text, "f.yaml")


@given(st.text(alphabet="ab:-[]{},&*!|>'\"%@` \n\t#?01.~<é"))
def test_no_yaml_like_text_makes_the_reader_raise(text: str) -> None:
    parsed, problems = parse_yaml(text, "f.yaml")
    assert parsed is not None or problems


# --------------------------------------------------------------------------- YAML: places


WORDS = st.text(alphabet="abcdefghi đệở", min_size=1, max_size=8)
TREES = st.recursive(
    st.none() | st.booleans() | st.integers(-(10**17), 10**17) | WORDS,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(WORDS, inner, max_size=4),
    max_leaves=12,
)


def walk(data: object, path: tuple[str | int, ...] = ()):
    yield path, data
    if isinstance(data, dict):
        for key, value in data.items():
            yield from walk(value, (*path, key))
    elif isinstance(data, list):
        for index, value in enumerate(data):
            yield from walk(value, (*path, index))


@given(TREES)
def test_every_value_and_key_knows_where_it_stands(data: object) -> None:
    text = json.dumps(data, ensure_ascii=False, indent=1)
    parsed, problems = parse_yaml(text, "f.yaml")
    assert parsed
    assert problems == ()
    assert parsed.data == data
    lines = text.split("\n")
    for path, value in walk(data):
        place = parsed.place(path)
        first = json.dumps(value, ensure_ascii=False)[0]
        assert lines[place.line - 1][place.column - 1 :].startswith(first)
        if path and isinstance(path[-1], str):
            key = parsed.key_place(path)
            assert lines[key.line - 1][key.column - 1 :].startswith(json.dumps(path[-1], ensure_ascii=False))


def test_a_path_that_is_not_there_has_the_place_of_its_nearest_ancestor() -> None:
    parsed, _ = parse_yaml("a:\n  b: [1, 2]\n", "f.yaml")
    assert parsed
    assert parsed.place(("a", "b", 5)) == Place("f.yaml", 2, 6)
    assert parsed.place(("a", "c", "d")) == Place("f.yaml", 2, 3)


def test_the_text_of_a_value_begins_after_its_quote_or_below_its_bar() -> None:
    parsed, _ = parse_yaml('a: x\nb: "y"\nc: >-\n\n    z\nd: |\n  t\n', "f.yaml", first_line=11)
    assert parsed
    places = [parsed.text_place((key,)) for key in "abcd"]
    assert [(place.line, place.column) for place in places] == [(11, 4), (12, 5), (15, 5), (17, 3)]


def test_characters_that_come_in_by_escapes_are_checked_too() -> None:
    parsed, (problem,) = parse_yaml('a: "b\\u200bc"\n', "f.yaml")
    assert parsed
    assert (parsed.data, problem.code) == ({"a": "bc"}, "Y114")
