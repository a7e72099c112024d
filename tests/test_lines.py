"""Record files read line by line: what is given is what the careful reader gives, and whatever is wrong is left to it."""

from __future__ import annotations

import pytest
from conftest import Workspace
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import TypeAdapter
from test_quick_yaml import REPO, TOKENS, flows

from chungtay_reports.records import RECORD_TYPES, Record
from chungtay_reports.records.fields import RecordId
from chungtay_reports.source.files import parse_yaml, to_model
from chungtay_reports.workspace import lines
from chungtay_reports.workspace.lines import Lines

RECORDS = sorted((REPO / "content" / "records").rglob("*.yaml"))
BROKEN = sorted((REPO / "tests" / "broken").rglob("records/**/*.yaml"))
ACTIVITY = (
    *("id: HD-2023-9001", "kind: chuyen-de", "title: Dạy học theo dự án", "date: 2023-03-14", "host: pgd-ba-vi"),
    *("partners: [pgd-ba-dinh]", "counts: {sessions: 1, teachers: 12}", "recorded: {on: 2023-03-20, by: pgd-ba-vi}"),
)
POOL = (
    *ACTIVITY[1:],
    *("id: HD-2023-9002", "id: x", "id: No", "id: 2023-01-02", 'id: "HD-1"', "id: HD-", "id: HD-1 # c", f"id: A-{'b' * 61}"),
    *(f"id: A-{'b' * 63}", "kind: hoi-thao", 'kind: "hoi-thao"', "kind: ket-nghia", "kind: thong-ke", "kind: nop-bao-cao"),
    *("kind: x", "kind:", "kind: true", "title: ab", "title: “Nói” với trẻ", 'title: "a: b, c"', "title: a: b", "title: a #b"),
    *("title: e\u0302 toàn văn", "title: Ðổi mới", "title: chữ\u200bẩn", "title: số 1\u2028hai", "title: d\u0323e", "title: yes"),
    *("date: 2023-02-30", "date: 14/3/2023", "date: 2023", "date: 2023-03-15 # ngày", "date: null", "from: 2023-03-14"),
    *("to: 2023-03-15", "to: '2023-03-15'", "host: pgd ba vi", "host: [a]", "partners: []", "partners: [a, a]", "partners: a"),
    *("partners:", "  - a", "- a", "- id: B-1", "partners: [no]", "counts: {sessions: -1}", "counts: {sessions: 012}"),
    *("counts: {sessions: 1, sessions: 2}", "counts: {lop: 1}", "counts:", "  sessions: 3", "    teachers: 4", " classes: 5"),
    *("counts: {teachers: 12,5}", "support: {goods: [{name: Sách vở, quantity: 3, unit: quyển}]}", "mode: truc-tiep", "mode: x"),
    *("illustration: true", "illustration: yes", "unknown: 1", "of: chuyen-de", "count: 3", "period: {from: 2023-01-01, to: 2023-01-31}"),
    *("period: {from: 2023-01-01}", "unit: pgd-ba-vi", "on: 2023-02-01", "complete: true", "parties: [a, b]", "parties: [a]"),
    *("signed_on: 2023-01-02", "plan:", "  - {task: Dự giờ, due: 2023-05-01}", '  - {task: "Dự giờ, góp ý", due: 2023-05-01}'),
    *("  - task: Dự giờ", "    due: 2023-05-01", "removed: {on: 2023-09-12, by: pgd-ba-vi, reason: Ghi nhầm}", "same_as: HD-1"),
    *("corrections: [{on: 2023-05-01, by: a, reason: Đếm sai, was: {counts: {teachers: 3}}}]", "corrections: []"),
    *("# ghi chú", "  # ghi chú", "", " ", "  ", "---", "...", "x", "- ", "\tmode: x", "result: |", "  chữ", "note: >-", "<<: {a: 1}"),
    *("&a id: B-1", "title: *a", "? a", "title: 'a''b'", 'title: "a\\u0041b"', "result: a  b", "result: a ", "result: 12", "result: 1.5"),
)  # fmt: skip
line = st.one_of(
    st.sampled_from(POOL),
    st.sampled_from(POOL),
    st.tuples(st.sampled_from(("id", "title", "result", "date", "counts", "same_as", "x")), flows).map(": ".join),
    st.sampled_from(TOKENS),
)
few = st.lists(line, max_size=1)
whole = st.permutations(ACTIVITY).map(list)
changed = st.tuples(whole, few, few, st.integers(0, 8), st.booleans()).map(
    lambda drawn: [*drawn[0][: drawn[3]], *drawn[1], *drawn[0][drawn[3] + drawn[4] :], *drawn[2]]
)
nameless = whole.map(lambda fields: [field for field in fields if not field.startswith("id:")])
record = st.one_of(whole, nameless, changed, changed, changed, st.lists(line, max_size=4))
often = ("- ",) * 12
sign = st.sampled_from((*often, "-  ", "", "-", "  - ", "- \n  ", "- \n  "))
turn = st.sampled_from(("\n  ",) * 12 + ("\n ", "\n\n  ", "\r\n  ", "\n   "))
item = st.tuples(sign, turn, record).map(lambda drawn: drawn[0] + drawn[1].join(drawn[2]))
head = st.sampled_from((*[""] * 9, "# Quận Ba Vì\n", "\n", "# \u200b\n", "%YAML 1.2\n", "---\n", " \n", "#\t\n"))
tail = st.sampled_from((*["\n"] * 8, "", "\n\n", " ", "\n  ", "\n# hết\n", "\n...\n"))
texts = st.tuples(head, st.lists(item, min_size=1, max_size=3).map("\n".join), tail).map("".join)


def carefully(text: str) -> list[tuple[Record, int]] | None:
    """Read a list of records by the reader that knows every place; None when anything is wrong with it."""
    parsed, problems = parse_yaml(text, "f")
    if parsed is None or problems or not isinstance(parsed.data, list):
        return None
    found = []
    for number, data in enumerate(parsed.data):
        model = RECORD_TYPES.get(data.get("kind")) if isinstance(data, dict) else None
        one, problems = to_model(parsed, (number,), model) if model else (None, ())
        if one is None or problems:
            return None
        found.append((one, parsed.place((number,)).line))
    return found


def assert_given_is_right(text: str, reader: Lines) -> bool:
    """Compare two readings to the order of fields, and to what their writer told and what is default."""
    given_ = reader.read(text)
    if given_ is None:
        return False
    right = carefully(text)
    assert right is not None
    assert list(given_) == right
    for (one, _), (other, _) in zip(given_, right, strict=True):
        assert type(one) is type(other)
        assert one.__getstate__() == other.__getstate__()
        assert list(one.__dict__) == list(other.__dict__)
        assert one.model_dump_json(by_alias=True, exclude_unset=True) == other.model_dump_json(
            by_alias=True, exclude_unset=True
        )
    return True


def test_every_record_file_of_the_sample_is_read_line_by_line_and_gives_the_same() -> None:
    reader = Lines()
    assert RECORDS
    assert [path.name for path in RECORDS if not assert_given_is_right(path.read_text("utf-8"), reader)] == []


def test_a_broken_file_gives_nothing_or_what_the_careful_reader_gives() -> None:
    reader = Lines()
    assert BROKEN
    given_ = [assert_given_is_right(path.read_text("utf-8", errors="replace"), reader) for path in BROKEN]
    assert True in given_
    assert False in given_


@settings(max_examples=700, deadline=None)
@given(st.lists(texts, min_size=1, max_size=3))
def test_what_any_text_gives_the_careful_reader_gives_whatever_was_read_before(told: list[str]) -> None:
    reader = Lines()
    for text in told:
        assert_given_is_right(text, reader)


@settings(max_examples=300, deadline=None)
@given(st.from_regex(lines._IDS, fullmatch=True))
def test_an_id_that_is_not_judged_one_by_one_is_text_and_right(told: str) -> None:
    for one in told.rstrip("\n").split("\n"):
        parsed, problems = parse_yaml(one, "f")
        assert parsed is not None
        assert not problems
        assert parsed.data == {"id": one[4:]}
        assert TypeAdapter(RecordId).validate_python(one[4:], strict=True) == one[4:]


def test_a_record_whose_dash_stands_alone_needs_an_id_of_its_own(workspace: Workspace) -> None:
    nameless = "- \n  kind: nop-bao-cao\n  unit: quan-hoang-mai\n  period: {from: 2023-03-01, to: 2023-03-31}\n  on: 2023-04-04\n"
    nameless += "  complete: true\n  recorded: {on: 2023-04-04, by: pgd-hoang-mai}\n"
    named = nameless.replace("- \n", "- id: BC-2023-0052\n").replace("03-", "02-").replace("02-31", "02-28")
    assert Lines().read(named)
    assert Lines().read(named + nameless) is None
    path = workspace.write("content/records/2022-2023/quan-hoang-mai/x.yaml", named + nameless)
    found = [problem for problem in workspace.load()[1] if problem.place.file == path]
    assert [(problem.code, problem.place.line) for problem in found] == [("R102", 9)]


def test_a_memory_that_is_full_is_begun_again(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lines, "REMEMBERED", 10)
    reader = Lines()
    assert all(assert_given_is_right(path.read_text("utf-8"), reader) for path in RECORDS[:40])
    assert max(len(known._values) for known in reader._of_kind.values()) < 1000


def test_a_record_is_nothing_but_its_fields_so_that_fields_judged_one_by_one_are_the_record_judged() -> None:
    for model in set(RECORD_TYPES.values()):
        schema = model.__pydantic_core_schema__
        whole = schema["schema"] if schema["type"] == "definitions" else schema
        assert whole["type"] == "model"
        assert whole["schema"]["type"] == "model-fields"
        assert not whole.get("post_init")
        assert not model.__private_attributes__
        assert model.__init__ is Record.__args__[0].__init__  # type: ignore[attr-defined]
        assert not model.__pydantic_decorators__.model_validators


def test_a_wrong_line_among_thousands_of_right_ones_still_has_its_place(workspace: Workspace) -> None:
    text = "\n".join(
        ["- " + "\n  ".join(ACTIVITY[:1] + ACTIVITY[1:]).replace("9001", f"{number}") for number in range(9001, 9021)]
    )
    path = workspace.write(
        "content/records/2022-2023/quan-hoang-mai/x.yaml", text.replace("teachers: 12", "teachers: nhiều", 1)
    )
    places = [
        (problem.code, problem.place.line, problem.place.column)
        for problem in workspace.load()[1]
        if problem.place.file == path
    ]
    assert ("R111", 7, 35) in places


def test_an_item_knows_its_line_and_its_fields_their_places(workspace: Workspace) -> None:
    text = "# Hoàng Mai\n\n- " + "\n  ".join(ACTIVITY) + "\n\n- " + "\n  ".join(ACTIVITY).replace("9001", "9002") + "\n"
    path = workspace.write("content/records/2022-2023/quan-hoang-mai/x.yaml", text)
    library, _ = workspace.load()
    assert library is not None
    assert [(entry.place.line, entry.place.column) for entry in library.entries if entry.place.file == path] == [
        (3, 3),
        (12, 3),
    ]
