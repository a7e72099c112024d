"""Relations judged around a change are those of a look at everything, problem for problem, whatever changes."""

from __future__ import annotations

import json
import shutil
import tempfile
from datetime import date
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from conftest import ACTIVITY, AGREEMENT, TODAY, VALID, Workspace
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from chungtay_reports import check, making
from chungtay_reports.errors import Problem, Severity
from chungtay_reports.figures.kept import kept_tables
from chungtay_reports.figures.tables import Tables, tabulate
from chungtay_reports.workspace.kin import block, head, kin_of
from chungtay_reports.workspace.library import Entry, Library, entries_by_file, entries_of_kind
from chungtay_reports.workspace.reading import Stocked
from chungtay_reports.workspace.stock import EMPTY, keep_stock, open_stock

KEY = "k"
LATER = date(2026, 11, 23)


def kept(root: Path, day: date = TODAY) -> tuple[Library, tuple[Problem, ...]]:
    """Load with the stock, keep what was read as a build does, and hand it out."""
    stock = open_stock(root, KEY)
    library, problems = check.load(root, day, stock)
    assert library is not None
    keep_stock(root, KEY, stock, library)
    return library, problems


def from_nothing(root: Path, day: date = TODAY) -> tuple[Library, tuple[Problem, ...]]:
    library, problems = check.load(root, day, EMPTY)
    assert library is not None
    return library, problems


def codes(problems: tuple[Problem, ...]) -> list[str]:
    return [problem.code for problem in problems]


@pytest.fixture
def stocked(workspace: Workspace) -> Workspace:
    kept(workspace.root)
    return workspace


def test_one_changed_file_is_judged_without_a_look_at_the_others(stocked: Workspace) -> None:
    stocked.activity()
    library, _ = kept(stocked.root)
    assert isinstance(library.entries, Stocked)
    assert {path for path, of in library.entries.looked_at().items() if of} == set()
    assert list(library.entries) == list(from_nothing(stocked.root)[0].entries)


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"id": "HD-2023-9002"}, "R232"),  # alike, in another file
        ({"id": "hd-2023-9001", "title": "Một việc khác hẳn"}, "R220"),
        ({"id": "HD-2023-9002", "title": "Một việc khác", "same_as": "HD-2023-9001", "kind": "hoi-thao"}, "R228"),
        ({"id": "HD-2023-9002", "title": "Một việc khác", "same_as": "HD-2023-9003"}, "R225"),
    ],
)
def test_what_appears_between_two_files_is_found_and_goes_with_either(
    workspace: Workspace, changes: dict[str, Any], code: str
) -> None:
    first = workspace.activity()
    kept(workspace.root)
    second = workspace.activity(unit="huyen-ung-hoa", recorded={"on": "2023-03-25", "by": "pgd-ung-hoa"}, **changes)
    found = check.load(workspace.root, TODAY, open_stock(workspace.root, KEY))[1]
    assert found == from_nothing(workspace.root)[1]
    assert code in codes(found)
    kept(workspace.root)
    workspace.remove(second)
    assert kept(workspace.root)[1] == ()
    assert first in {entry.place.file for entry in kept(workspace.root)[0].entries}


def test_an_agreement_that_changes_is_held_against_the_activities_of_other_files(workspace: Workspace) -> None:
    workspace.agreement()
    workspace.activity(agreement="BGN-2023-9001", date="2023-03-21", unit="quan-hoang-mai")
    assert kept(workspace.root)[1] == ()
    gone = {"on": "2023-05-01", "by": "pgd-hoang-mai", "reason": "Ghi nhầm."}
    workspace.agreement(removed=gone)
    assert codes(kept(workspace.root)[1]) == ["D104"]
    workspace.agreement(valid={"from": "2023-02-20", "to": "2023-03-01"})
    assert "R230" in codes(kept(workspace.root)[1])
    workspace.agreement()
    assert kept(workspace.root)[1] == ()


def test_a_warning_moves_with_its_line_and_with_the_line_that_it_names(workspace: Workspace) -> None:
    first = workspace.activity()
    second = workspace.activity(id="HD-2023-9002")
    before = kept(workspace.root)[1]
    assert codes(before) == ["R232"]
    for path in (first, second):
        workspace.write(path, "# một dòng mới\n" + (workspace.root / path).read_text("utf-8"))
        after = kept(workspace.root)[1]
        assert after == from_nothing(workspace.root)[1] != before
        before = after


def test_a_link_that_explains_a_likeness_takes_the_warning_away_and_gives_it_back(workspace: Workspace) -> None:
    ids = [f"HD-2023-900{number}" for number in (1, 2, 3)]
    for id_, same in zip(ids, [None, ids[2], ids[0]], strict=True):
        workspace.activity(id=id_, same_as=same)
    assert kept(workspace.root)[1] == ()
    workspace.activity(id=ids[2])  # it was what joined the two others
    assert codes(kept(workspace.root)[1]) == ["R232", "R232"]
    workspace.activity(id=ids[2], same_as=ids[0])
    assert kept(workspace.root)[1] == ()


def test_a_registry_that_changes_has_everything_judged_again(stocked: Workspace) -> None:
    path = "content/units/ha-noi.yaml"
    text = (stocked.root / path).read_text("utf-8")
    stocked.write(path, text.replace("thcs-hoa-xa,", "thcs-hoa-xa, valid_from: 2024-01-01,"))
    found = check.load(stocked.root, TODAY, open_stock(stocked.root, KEY))[1]
    assert "R229" in codes(found)
    assert found == from_nothing(stocked.root)[1]


def test_what_is_appended_does_not_grow_for_ever(stocked: Workspace) -> None:
    lines = stocked.root / ".cache/records.jsonl"
    whole = lines.stat().st_size
    for count in range(60):
        stocked.activity(counts={"sessions": 1, "teachers": count})
        kept(stocked.root)
    assert lines.stat().st_size < 2 * whole + 2000
    assert list(kept(stocked.root)[0].entries) == list(from_nothing(stocked.root)[0].entries)


def test_a_lost_line_is_read_from_the_file_again(stocked: Workspace) -> None:
    lines = stocked.root / ".cache/records.jsonl"
    lines.write_bytes(lines.read_bytes()[:-200].replace(b"kind", b"kine"))
    library, problems = check.load(stocked.root, TODAY, open_stock(stocked.root, KEY))
    assert library is not None
    assert isinstance(library.entries, Stocked)
    assert (list(library.entries), problems) == (list(from_nothing(stocked.root)[0].entries), ())


@pytest.mark.parametrize("lost", [False, True])
def test_one_record_is_what_it_is_among_the_others_and_none_of_these_is_made(stocked: Workspace, *, lost: bool) -> None:
    everything = from_nothing(stocked.root)[0].entries
    if lost:
        (stocked.root / ".cache/records.jsonl").write_bytes(b"")
    library, _ = check.load(stocked.root, TODAY, open_stock(stocked.root, KEY))
    assert isinstance(library.entries, Stocked)
    for path, found in entries_by_file(everything, library.sources).items():
        assert [library.entries.one_of(path, number) for number in range(len(found))] == list(found)
    assert bool(sum(library.entries.looked_at().values())) == lost


def test_marks_find_each_record_that_has_them_and_know_where_it_stands(workspace: Workspace) -> None:
    workspace.activity(same_as="HD-2023-0001")
    entries = from_nothing(workspace.root)[0].entries
    by_file = entries_by_file(entries, sorted({entry.place.file for entry in entries}))
    kin = kin_of({head(path): block(one.record for one in found) for path, found in by_file.items()})
    for path, found in by_file.items():
        for number, one in enumerate(found):
            assert list(kin.holders([f"={one.record.id.casefold()}"])) == [(path, number)]
    many = [f"={number}" for number in range(100)]
    assert list(kin.holders([*many, "@hd-2023-0001"])) == [(workspace.activity(), 0)]


# --------------------------------------------------------------------------- any order of changes

UNITS = {"quan-hoang-mai": "pgd-hoang-mai", "huyen-ung-hoa": "pgd-ung-hoa"}
IDS = [f"HD-2023-95{n:02}" for n in range(5)]
PACTS = [f"BGN-2023-95{n:02}" for n in range(3)]
FILES = [f"content/records/2022-2023/{unit}/{name}.yaml" for unit in UNITS for name in ("a", "b", "c")]
files = st.sampled_from(FILES)
maybe = st.none() | st.sampled_from(IDS)
removal = st.sampled_from([None, None, {"on": "2023-09-01", "by": "pgd-hoang-mai", "reason": "Ghi nhầm."}])
activities = st.fixed_dictionaries(
    {
        "id": st.sampled_from([*IDS, IDS[0].lower()]),
        "kind": st.sampled_from(["chuyen-de", "chuyen-de", "hoi-thao"]),
        "date": st.sampled_from(["2023-03-21", "2023-03-21", "2023-04-04"]),
        "title": st.sampled_from(["Dạy học trải nghiệm", "Dạy học  Trải nghiệm"]),
        "host": st.sampled_from(["thcs-dinh-cong", "thcs-hoa-xa"]),
        "partners": st.just([]),
        "same_as": maybe,
        "agreement": st.none() | st.sampled_from(PACTS),
        "removed": removal,
        "corrections": st.sampled_from([None, [{"was": {"same_as": IDS[1]}}], [{"was": {"kind": "the-thao"}}]]),
    }
)
pacts = st.fixed_dictionaries(
    {
        "id": st.sampled_from(PACTS),
        "parties": st.sampled_from([["th-dai-kim", "th-van-dinh"], ["thcs-dinh-cong", "tinh-yen-bai"]]),
        "valid": st.sampled_from([None, {"from": "2023-03-01", "to": "2023-04-01"}]),
        "same_as": st.none() | st.sampled_from(PACTS),
        "removed": removal,
    }
)


class AnyRelation(RuleBasedStateMachine):
    """Files with a few records each, which point to each other, look alike, repeat ids, move and vanish."""

    def __init__(self) -> None:
        super().__init__()
        self.folder = Path(tempfile.mkdtemp(prefix="chungtay-"))
        self.workspace = Workspace(self.folder / "workspace")
        shutil.copytree(VALID, self.workspace.root)
        self.records: dict[str, list[dict[str, Any]]] = {}
        self.day = TODAY
        self.in_good_order, self.good = True, dict[str, list[dict[str, Any]]]()
        self.known = list(kept(self.workspace.root)[0].entries)

    def teardown(self) -> None:
        shutil.rmtree(self.folder)

    def write(self, path: str, lines: int = 0) -> None:
        found = self.records.get(path)
        if found:
            text = "".join(f"- {json.dumps(record, ensure_ascii=False)}\n" for record in found)
            self.workspace.write(path, "# …\n" * lines + text)
        elif (self.workspace.root / path).exists():
            self.workspace.remove(path)

    def add(self, path: str, base: dict[str, Any], fields: dict[str, Any], lines: int) -> None:
        office = UNITS[path.split("/")[3]]
        own = {"recorded": {"on": "2023-05-02", "by": office}}
        record = {**base, **own, **fields}
        if record.get("corrections"):
            booked = {"on": "2023-06-01", "by": office, "reason": "Ghi nhầm."}
            record["corrections"] = [{**booked, **one} for one in record["corrections"]]
        record = {name: value for name, value in record.items() if value is not None}
        self.records.setdefault(path, []).append(record)
        self.write(path, lines)

    @precondition(lambda self: self.in_good_order)
    @rule(path=files, fields=activities, lines=st.integers(0, 1), careful=st.sampled_from([True, True, True, False]))
    def tell_an_activity(self, path: str, fields: dict[str, Any], lines: int, *, careful: bool) -> None:
        self.add(path, ACTIVITY, self.in_order(fields) if careful else fields, lines)

    @precondition(lambda self: self.in_good_order)
    @rule(path=files, fields=pacts, lines=st.integers(0, 1), careful=st.sampled_from([True, True, True, False]))
    def tell_an_agreement(self, path: str, fields: dict[str, Any], lines: int, *, careful: bool) -> None:
        self.add(path, AGREEMENT, self.in_order(fields) if careful else fields, lines)

    def in_order(self, fields: dict[str, Any]) -> dict[str, Any]:
        """Point only to what is there and does not point back; tell again what is told already."""
        by_id = {record["id"]: record for found in self.records.values() for record in found}
        told = {**fields, "corrections": None if fields.get("same_as") else fields.get("corrections")}
        for name in ("same_as", "agreement"):
            other = by_id.get(fields.get(name), {})
            if other.get("id") == fields["id"] or not other or "same_as" in other:
                told[name] = None
            elif name == "same_as":
                told["kind"] = other["kind"]
        for found in self.records.values():
            found[:] = [record for record in found if record["id"].casefold() != fields["id"].casefold()]
        for path in self.records:
            self.write(path)
        return told

    @precondition(lambda self: not self.in_good_order)
    @rule()
    def take_it_all_back(self) -> None:
        self.records = {path: list(self.good.get(path, ())) for path in FILES}
        for path in FILES:
            self.write(path)
        self.change_the_registry("")

    @precondition(lambda self: self.in_good_order and any(self.records.values()))
    @rule(data=st.data(), lines=st.integers(0, 2))
    def take_a_record_away(self, data: st.DataObject, lines: int) -> None:
        path = data.draw(st.sampled_from(sorted(path for path, found in self.records.items() if found)))
        self.records[path].pop(data.draw(st.integers(0, len(self.records[path]) - 1)))
        self.write(path, lines)

    @rule(unit=st.sampled_from(sorted(UNITS)))
    def exchange_two_files(self, unit: str) -> None:
        path, other = (path for path in FILES if f"/{unit}/" in path and not path.endswith("c.yaml"))
        found = self.records.get(path, []), self.records.get(other, [])
        self.records[other], self.records[path] = found
        self.write(path)
        self.write(other)

    @rule(path=files, lines=st.integers(0, 3))
    def move_lines(self, path: str, lines: int) -> None:
        self.write(path, lines)

    @precondition(lambda self: self.in_good_order)
    @rule(path=files, chance=st.integers(0, 4))
    def break_a_file(self, path: str, chance: int) -> None:
        if not chance:
            self.workspace.write(path, "- id: [\n")

    @precondition(lambda self: self.in_good_order)
    @rule(since=st.sampled_from(["", "", "valid_from: 2023-04-01, ", "aliases: [Hòa Xá], "]))
    def change_the_registry(self, since: str) -> None:
        path = "content/units/ha-noi.yaml"
        text = (VALID / path).read_text("utf-8")
        self.workspace.write(path, text.replace("{id: thcs-hoa-xa, ", f"{{id: thcs-hoa-xa, {since}"))

    @rule(day=st.sampled_from([TODAY, LATER]))
    def pass_a_day(self, day: date) -> None:
        self.day = day

    @invariant()
    def a_look_around_finds_what_a_look_at_everything_finds(self) -> None:
        root = self.workspace.root
        stock = open_stock(root, KEY)
        library, problems = check.load(root, self.day, stock)
        whole, all_problems = from_nothing(root, self.day)
        assert problems == all_problems
        assert library is not None
        assert list(library.entries) == list(whole.entries)
        assert len(library.entries) == len(whole.entries)
        for kind in ("chuyen-de", "the-thao", "ghi-nho-song-phuong"):
            assert list(entries_of_kind(library.entries, kind)) == list(entries_of_kind(whole.entries, kind))
        self.the_same_records_are_linked(library, whole)
        self.in_good_order = all(problem.severity is Severity.WARNING for problem in problems)
        if self.in_good_order:
            the_same_frames(kept_tables(root, KEY, library), tabulate(whole.entries, whole.registry))
            keep_stock(root, KEY, stock, library)
            self.known, self.good = list(whole.entries), {path: list(found) for path, found in self.records.items()}

    def the_same_records_are_linked(self, library: Library, whole: Library) -> None:
        after = list(whole.entries)
        found = [making.versions_between(self.known, after, one.entries) for one in (library, whole)]
        assert found[0].linked == found[1].linked
        assert found[0].gone == found[1].gone
        assert _placed(found[0].come) == _placed(found[1].come)


def the_same_frames(mended: Tables, laid_out: Tables) -> None:
    assert mended.ids == laid_out.ids
    assert dict(mended.entries) == dict(laid_out.entries)
    assert mended.fold.epochs == laid_out.fold.epochs
    for name in ("since", "until"):
        assert getattr(mended.fold, name).tolist() == getattr(laid_out.fold, name).tolist()
    for table, sheet in laid_out.sheets.items():
        pd.testing.assert_frame_equal(mended.sheets[table].rows, sheet.rows)
        for name, pairs in sheet.many.items():
            pd.testing.assert_frame_equal(mended.sheets[table].many[name], pairs)


def _placed(entries: tuple[Entry, ...]) -> list[Entry]:
    return sorted(entries, key=lambda entry: (entry.place, entry.record.model_dump_json()))


AnyRelation.TestCase.settings = settings(
    max_examples=30, stateful_step_count=20, deadline=None, suppress_health_check=list(HealthCheck)
)
TestAnyRelation = AnyRelation.TestCase
