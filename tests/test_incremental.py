"""Whatever changes, in whatever order: a build that keeps what it can equals one that begins from nothing."""

from __future__ import annotations

import json
import os
import shutil
import tempfile
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from builds import REPO, chungtay
from conftest import TODAY, VALID, Workspace
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from chungtay_reports import check, pipeline, resources, starter, unchanged
from chungtay_reports.building import SpoiltError
from chungtay_reports.errors import ContentError, Problem, UsageError
from chungtay_reports.making import NEW, SAME, SAME_RESULT
from chungtay_reports.pipeline import Request
from chungtay_reports.workspace.stock import EMPTY, open_stock

DATA = Request(formats=("html", "json", "csv"))
FIRST, SECOND, THIRD = "2023-07-tong-ket", "2024-06-nam-hoc-moi", "2024-06-tu-viet"
SECOND_TEXT = """---
title: Năm học mới, lớp học mới
issued: 2024-06-30T09:00:00+07:00
period: {from: 2023-08-01, to: 2024-05-31, name: năm học 2023-2024}
as_of: 2024-06-20
---
Năm học này có {{ so('day_truc_tuyen') }} lớp học qua mạng.

{{ bang('day_truc_tuyen', theo='don_vi') }}
"""
THIRD_TEXT = """---
title: Các địa phương cùng nhau dạy tốt, học tốt
issued: 2024-06-30T09:00:00+07:00
period: {from: 2022-12-01, to: 2024-05-31, name: hai năm học}
as_of: 2024-06-20
storyline: true
---
"""
ONLINE = """- name: day_truc_tuyen
  label: Lớp dạy trực tuyến
  unit: lớp
  from: activities
  where: {kind: day-truc-tuyen}
  measure: count
"""
YEARS = {"2022-2023": "2023-{:02}-{:02}", "2023-2024": "2024-{:02}-{:02}"}


def edition(note: Any) -> str:
    return str(note.path).split("/", 1)[0]


def made(outcome: pipeline.Outcome) -> set[str]:
    return {edition(note) for note in outcome.made if not note.cached}


def why(outcome: pipeline.Outcome) -> dict[str, str]:
    return {edition(note): note.why for note in outcome.made}


def with_bulletins(root: Path) -> Workspace:
    shutil.copytree(VALID, root)
    workspace = Workspace(root)
    workspace.write(f"content/bulletins/{SECOND}.md", SECOND_TEXT)
    first = (root / f"content/bulletins/{FIRST}.md").read_text("utf-8")
    # a headline with a number would stand in the other's list of related editions
    first = first.replace(
        "{{ so('chuyen_de') }} chuyên đề chung của Hoàng Mai và Ứng Hòa", "Hoàng Mai và Ứng Hòa chung tay"
    )
    workspace.write(f"content/bulletins/{FIRST}.md", first)
    workspace.write("content/metrics/online.yaml", ONLINE)
    return workspace


@pytest.fixture(scope="module")
def first_built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    workspace = with_bulletins(tmp_path_factory.mktemp("built") / "workspace")
    assert set(why(pipeline.build(workspace.root, DATA, TODAY)).values()) == {NEW}
    return workspace.root


@pytest.fixture
def built(tmp_path: Path, first_built: Path) -> Workspace:
    """Two bulletins about two school years, built once."""
    return Workspace(shutil.copytree(first_built, tmp_path / "workspace"))


def test_nothing_is_made_again_when_nothing_has_changed(built: Workspace) -> None:
    outcome = pipeline.build(built.root, DATA, TODAY)
    assert made(outcome) == set()
    assert set(why(outcome).values()) == {SAME}


def test_a_record_makes_again_the_editions_that_ask_for_it_and_no_other(built: Workspace) -> None:
    built.activity()
    outcome = pipeline.build(built.root, DATA, TODAY)
    assert made(outcome) == {FIRST}
    assert why(outcome)[FIRST].startswith("thêm bản ghi HD-2023-9001 (content/records/2022-2023/quan-hoang-mai/")
    assert why(outcome)[SECOND] == SAME


def test_an_edition_whose_answers_come_out_the_same_is_not_made_again(built: Workspace) -> None:
    # The first event in the books is asked for by every edition, since the days that must be covered begin with it.
    built.agreement(signed_on="2022-12-19", recorded={"on": "2022-12-19", "by": "pgd-hoang-mai"})
    outcome = pipeline.build(built.root, DATA, TODAY)
    assert why(outcome)[SECOND] == SAME_RESULT
    assert SECOND not in made(outcome)
    assert pipeline.differences(built.root, DATA, TODAY) == ()


def test_a_count_that_only_the_proof_of_an_edition_shows_makes_it_again(built: Workspace) -> None:
    path = built.activity()
    pipeline.build(built.root, DATA, TODAY)
    text = (built.root / path).read_text("utf-8")
    assert '"teachers": 30' in text
    built.write(path, text.replace('"teachers": 30', '"teachers": 31'))
    assert made(pipeline.build(built.root, DATA, TODAY)) == {FIRST}
    assert '"teachers": 31' in (built.root / "build" / FIRST / "records.json").read_text("utf-8")
    assert pipeline.differences(built.root, DATA, TODAY) == ()


def test_what_an_edition_neither_counts_nor_lists_is_not_asked_again(built: Workspace) -> None:
    day = "2024-03-04"
    booked = {"on": day, "by": "pgd-hoang-mai"}
    change = {"kind": "the-thao", "level": None, "mode": None, "year": "2023-2024", "date": day, "recorded": booked}
    built.activity(**change)
    pipeline.build(built.root, DATA, TODAY)
    built.activity(**change, counts={"students": 12}, title="Một tên khác", partners=[])
    assert pipeline.explain(built.root, DATA, TODAY) == {FIRST: (), SECOND: ()}
    built.activity(**{**change, "kind": "day-truc-tuyen"})
    assert set(pipeline.explain(built.root, DATA, TODAY)[SECOND]) != set()


def test_a_comment_that_moves_records_makes_the_editions_that_show_their_lines(built: Workspace) -> None:
    path = built.root / "content/records/2023-2024/quan-hoang-mai/activities.yaml"
    path.write_text("# một dòng mới\n" + path.read_text("utf-8"), "utf-8")
    assert made(pipeline.build(built.root, DATA, TODAY)) == {SECOND}
    assert pipeline.differences(built.root, DATA, TODAY) == ()


@pytest.mark.parametrize(
    ("path", "reason"),
    [
        ("content/people.yaml", "người được dẫn lời"),
        ("content/units/ha-noi.yaml", "danh mục đơn vị"),
        ("content/metrics/core.yaml", "chỉ tiêu"),
        ("chungtay.yaml", "cài đặt"),
    ],
)
def test_what_all_editions_share_makes_all_again_and_says_what_it_was(built: Workspace, path: str, reason: str) -> None:
    text = (built.root / path).read_text("utf-8")
    built.write(path, text + "# ghi chú\n")
    reason = f"{reason} đổi: {path}:{len(text.splitlines()) + 1} thêm “# ghi chú”"
    assert pipeline.explain(built.root, DATA, TODAY) == {FIRST: (reason,), SECOND: (reason,)}
    assert made(pipeline.build(built.root, DATA, TODAY)) == {FIRST, SECOND}


def test_an_output_that_was_spoilt_or_deleted_is_made_again(built: Workspace) -> None:
    (built.root / "build" / FIRST / "index.html").write_text("x")
    (built.root / "build" / SECOND / "figures.json").unlink()
    assert pipeline.differences(built.root, DATA, TODAY) == (f"{FIRST}/index.html", f"{SECOND}/figures.json")
    assert made(pipeline.build(built.root, DATA, TODAY)) == {FIRST, SECOND}
    assert pipeline.differences(built.root, DATA, TODAY) == ()


@pytest.mark.parametrize("name", ["memory.json", "records.json", "records.jsonl", "kin.txt"])
@pytest.mark.parametrize("harm", ["cut", "flip", "swap", "foreign"])
def test_a_cache_that_is_not_what_was_written_is_noticed(built: Workspace, name: str, harm: str) -> None:
    path = built.root / ".cache" / name
    data = bytearray(path.read_bytes())
    data[len(data) // 2] ^= 1
    damaged = {
        "cut": data[: len(data) // 2],
        "flip": data,
        "swap": (built.root / ".cache" / ("memory.json" if name != "memory.json" else "records.json")).read_bytes(),
        "foreign": b'{"records": {}, "questions": [], "made": {}}',
    }
    path.write_bytes(bytes(damaged[harm]))
    built.activity()
    pipeline.build(built.root, DATA, TODAY)
    assert pipeline.differences(built.root, DATA, TODAY) == ()


def test_records_that_were_in_order_are_judged_again_on_an_earlier_day_and_by_other_settings(built: Workspace) -> None:
    early = date(2023, 6, 1)
    from_stock, (_, from_nothing) = check.load(built.root, early)[1], check.load(built.root, early, EMPTY)
    assert from_stock == from_nothing
    assert "R213" in {problem.code for problem in from_stock}
    settings_ = built.root / "chungtay.yaml"
    text = settings_.read_text("utf-8")
    assert "start: 2022-12-" in text
    settings_.write_text(text.replace("start: 2022-12-", "start: 2023-03-"), "utf-8")
    assert "R210" in built.codes()


def test_records_of_the_stock_are_the_records_of_the_files(built: Workspace) -> None:
    stock = open_stock(built.root)
    library = built.load()[0]
    assert library is not None
    assert stock.lots.keys() == library.sources.keys()
    kept = [entry for path in sorted(stock.lots) for entry in stock.entries(path) or ()]
    fresh, _ = check.load(built.root, TODAY, EMPTY)
    assert fresh is not None
    assert sorted(kept, key=lambda entry: entry.place) == sorted(fresh.entries, key=lambda entry: entry.place)


def test_without_the_cache_everything_is_made(built: Workspace) -> None:
    fresh = Request(formats=DATA.formats, cache=False)
    assert made(pipeline.build(built.root, fresh, TODAY)) == {FIRST, SECOND}


def test_another_wish_is_another_edition(built: Workspace) -> None:
    drafts = Request(formats=DATA.formats, final=True)
    assert set(why(pipeline.build(built.root, drafts, TODAY)).values()) == {"tùy chọn đổi: --final không → có"}


def test_an_edition_that_nobody_asked_for_is_not_taken_for_proven(built: Workspace) -> None:
    day = "2024-03-04"
    built.activity(kind="day-truc-tuyen", year="2023-2024", date=day, recorded={"on": day, "by": "pgd-hoang-mai"})
    assert made(pipeline.build(built.root, Request(editions=(FIRST,), formats=DATA.formats), TODAY)) == set()
    assert SECOND in made(pipeline.build(built.root, DATA, TODAY))
    assert pipeline.differences(built.root, DATA, TODAY) == ()


def test_one_page_that_cannot_be_set_stops_no_other_and_is_named(built: Workspace) -> None:
    prints = Request(formats=("pdf",), jobs=2)
    path = built.write(
        f"content/bulletins/{SECOND}.md", SECOND_TEXT.replace("lớp học qua mạng.", "lớp học \U0001f0a1.")
    )
    with pytest.raises(SpoiltError, match=SECOND) as spoilt:
        pipeline.build(built.root, prints, TODAY)
    assert "ký tự" in str(spoilt.value)
    assert spoilt.value.exit_code == 1
    assert (built.root / "build" / FIRST / f"{FIRST}.pdf").read_bytes().startswith(b"%PDF")
    assert (built.root / "build" / SECOND / "index.html").exists()  # the last good output
    built.write(path, SECOND_TEXT)
    assert made(pipeline.build(built.root, prints, TODAY)) == {SECOND}


@pytest.mark.slow
def test_one_process_two_or_four_cold_or_warm_make_the_same_bytes(built: Workspace) -> None:
    def pdfs(request: Request) -> dict[str, str]:
        return {note.path: note.sha256 for note in pipeline.build(built.root, request, TODAY).made}

    first = pdfs(Request(formats=("pdf",), jobs=1, cache=False))
    assert len(first) == 2
    assert pdfs(Request(formats=("pdf",), jobs=2, cache=False)) == first
    shutil.rmtree(built.root / ".cache")
    assert pdfs(Request(formats=("pdf",), jobs=4)) == first
    shutil.rmtree(built.root / "build")
    assert pdfs(Request(formats=("pdf",), jobs=4)) == first


# --------------------------------------------------------------------------- nothing has changed


def test_the_second_look_finds_the_answer_and_the_first_change_loses_it(workspace: Workspace) -> None:
    first = unchanged.look(workspace.root, {"editions": ()}, TODAY)
    assert first.answer is None
    outcome = pipeline.build(workspace.root, DATA, TODAY)
    first.keep(outcome.made, outcome.warnings)
    again = unchanged.look(workspace.root, {"editions": ()}, TODAY)
    assert again.answer is not None
    assert [note.path for note in again.answer.notes] == [note.path for note in outcome.made]
    assert {(note.cached, note.why) for note in again.answer.notes} == {(True, SAME)}
    assert unchanged.look(workspace.root, {"editions": ("x",)}, TODAY).answer is None
    assert unchanged.look(workspace.root, {"editions": ()}, TODAY.replace(day=1)).answer is None


def test_an_answer_that_was_spoilt_is_not_given(workspace: Workspace) -> None:
    look = unchanged.look(workspace.root, {}, TODAY)
    look.keep((), ())
    assert unchanged.look(workspace.root, {}, TODAY).answer is None  # there is no manifest
    outcome = pipeline.build(workspace.root, DATA, TODAY)
    look.keep(outcome.made, ())
    path = workspace.root / ".cache" / "last-build.json"
    assert unchanged.look(workspace.root, {}, TODAY).answer is not None
    for spoilt in (path.read_bytes().replace(b"html", b"hxml"), b"{}", b""):
        path.write_bytes(spoilt)
        assert unchanged.look(workspace.root, {}, TODAY).answer is None


@pytest.mark.parametrize("path", ["content/people.yaml", f"build/{FIRST}/index.html", "build/manifest.json"])
def test_a_file_of_the_same_size_and_times_but_other_content_is_noticed(workspace: Workspace, path: str) -> None:
    look = unchanged.look(workspace.root, {}, TODAY)
    look.keep(pipeline.build(workspace.root, DATA, TODAY).made, ())
    file = workspace.root / path
    status, data = file.stat(), file.read_bytes()
    with file.open("r+b") as stream:  # the same node
        stream.write(data[:-2] + bytes([data[-2] ^ 1]) + data[-1:])
    os.utime(file, ns=(status.st_atime_ns, status.st_mtime_ns))
    assert unchanged.look(workspace.root, {}, TODAY).answer is None


def test_the_command_says_what_it_made_and_why_and_what_it_kept(built: Workspace) -> None:
    only = ("build", "--to", "html,json,csv")
    chungtay(*only, "--final", cwd=built.root)
    assert "Không có gì phải dựng lại: 2 ấn phẩm không đổi" in chungtay(*only, "--final", cwd=built.root).stderr
    built.activity()
    told = chungtay(*only, "--explain", "--final", cwd=built.root).stdout
    assert f"{FIRST}: thêm bản ghi HD-2023-9001" in told
    assert f"{SECOND}: không đổi, sẽ giữ nguyên" in told
    assert "giữ nguyên 1 ấn phẩm không đổi" in chungtay(*only, "--final", cwd=built.root).stderr
    assert chungtay(*only, "--final", "--check", cwd=built.root).returncode == 0
    (built.root / "build" / FIRST / "index.html").write_text("x")
    spoilt = chungtay(*only, "--final", "--check", cwd=built.root)
    assert (spoilt.returncode, spoilt.stdout) == (4, f"build/{FIRST}/index.html\n")
    assert chungtay("build", "--check", "--explain", cwd=built.root).returncode == 2


# --------------------------------------------------------------------------- any order of changes

ids = st.sampled_from([f"HD-2023-95{n:02}" for n in range(4)])
units = st.sampled_from(["quan-hoang-mai", "huyen-ung-hoa"])
OFFICES = {"quan-hoang-mai": "pgd-hoang-mai", "huyen-ung-hoa": "pgd-ung-hoa"}


METRICS, REPORT = "content/metrics/online.yaml", "content/reports/bao-cao.md"
LAST = "2024-06-them"
FORMATS = ("html", "json", "csv", "docx")
ALL = Request(formats=FORMATS)
WORDS = ("Các trường cùng vui.", "Hẹn năm sau.")
definitions = st.fixed_dictionaries(
    {
        "name": st.sampled_from(["day_truc_tuyen", "day_truc_tuyen", "lop_qua_mang"]),
        "label": st.sampled_from(["Lớp dạy trực tuyến", "Lớp học qua mạng"]),
        "where": st.sampled_from(["{kind: day-truc-tuyen}", "{kind: chuyen-de}", "{level: truong}"]),
    }
)


class AnyChange(RuleBasedStateMachine):
    """Bulletins written by hand and by themselves, reports of units, and an author who never sits still."""

    def __init__(self) -> None:
        super().__init__()
        self.folder = Path(tempfile.mkdtemp(prefix="chungtay-"))
        self.workspace = with_bulletins(self.folder / "workspace")
        self.root = self.workspace.root
        self.workspace.write(f"content/bulletins/{THIRD}.md", THIRD_TEXT)
        (self.root / "content/metrics/core.yaml").unlink()
        shutil.copytree(REPO / "content" / "metrics", self.root / "content" / "metrics", dirs_exist_ok=True)
        offices = (REPO / "content" / "offices.yaml").read_text("utf-8")
        self.workspace.write("content/offices.yaml", offices.replace(", thi-xa]", "]"))
        starter.add_report(self.root, "bao-cao", "2023-2024")
        self.report = (self.root / REPORT).read_text("utf-8")
        assert not _refusal(pipeline.build, self.root)
        self.records: dict[str, str] = {}

    def teardown(self) -> None:
        shutil.rmtree(self.folder)

    # ----- records

    @rule(
        id_=ids,
        unit=units,
        year=st.sampled_from(sorted(YEARS)),
        fields=st.fixed_dictionaries(
            {
                "kind": st.sampled_from(["chuyen-de", "day-truc-tuyen"]),
                "level": st.sampled_from(["truong", "huyen"]),
                "counts": st.builds(lambda teachers: {"sessions": 1, "teachers": teachers}, st.integers(0, 3)),
                "same_as": st.none() | ids,
            }
        ),
        month=st.integers(1, 5),
        late=st.booleans(),
    )
    def write_a_record(self, id_: str, unit: str, year: str, fields: dict[str, Any], month: int, *, late: bool) -> None:
        self.delete_a_record(id_)
        day = YEARS[year].format(month, 4)
        if fields["same_as"] not in self.records or fields["same_as"] == id_:
            fields["same_as"] = None
        booked = {"on": "2024-07-01" if late else day, "by": OFFICES[unit]}
        self.records[id_] = self.workspace.activity(
            id=id_, unit=unit, year=year, date=day, title=f"Bài học thứ {id_[-2:]}", recorded=booked, **fields
        )

    @rule(id_=ids)
    def delete_a_record(self, id_: str) -> None:
        if id_ in self.records:
            self.workspace.remove(self.records.pop(id_))

    @precondition(lambda self: self.records)
    @rule(data=st.data(), new=ids)
    def rename_a_record(self, data: st.DataObject, new: str) -> None:
        """Give it the id of another, too, which is then there twice, until one of them goes."""
        old = data.draw(st.sampled_from(sorted(self.records)))
        path = self.root / self.records[old]
        path.write_text(path.read_text("utf-8").replace(old, new), "utf-8")
        if new not in self.records:
            self.records[new] = self.records.pop(old)

    @precondition(lambda self: self.records)
    @rule(data=st.data())
    def rename_a_file_of_records(self, data: st.DataObject) -> None:
        id_ = data.draw(st.sampled_from(sorted(self.records)))
        old = self.root / self.records[id_]
        new = old.with_name(f"x-{old.name}")
        old.rename(new)
        self.records[id_] = new.relative_to(self.root).as_posix()

    @rule(day=st.sampled_from(["2022-12-05", "2023-03-01"]), there=st.booleans())
    def sign_an_agreement(self, day: str, *, there: bool) -> None:
        path = self.workspace.agreement(signed_on=day, recorded={"on": day, "by": "pgd-hoang-mai"})
        if not there:
            self.workspace.remove(path)

    # ----- metrics

    @rule(parts=definitions, file=st.sampled_from([METRICS, METRICS, "content/metrics/a.yaml"]))
    def define_a_metric(self, parts: dict[str, str], file: str) -> None:
        """Add it, edit it, or give it another name, under which no bulletin asks for it."""
        text = ONLINE.replace("day_truc_tuyen", parts["name"]).replace("Lớp dạy trực tuyến", parts["label"])
        self.workspace.write(file, text.replace("{kind: day-truc-tuyen}", parts["where"]))

    @rule(file=st.sampled_from([METRICS, "content/metrics/a.yaml"]))
    def delete_metrics(self, file: str) -> None:
        (self.root / file).unlink(missing_ok=True)

    @rule()
    def rename_a_file_of_metrics(self) -> None:
        if (self.root / METRICS).exists():
            (self.root / METRICS).rename(self.root / "content/metrics/a.yaml")

    # ----- prose

    @rule(which=st.sampled_from([FIRST, SECOND, LAST]), words=st.sampled_from(["", *WORDS]))
    def edit_prose(self, which: str, words: str) -> None:
        path = f"content/bulletins/{which}.md"
        if (self.root / path).exists():
            text = (self.root / path).read_text("utf-8")
            for each in WORDS:
                text = text.removesuffix(f"\n{each}\n")
            self.workspace.write(path, f"{text}\n{words}\n" if words else text)

    @rule(words=st.sampled_from(WORDS))
    def add_prose(self, words: str) -> None:
        self.workspace.write(f"content/bulletins/{LAST}.md", SECOND_TEXT.partition("Năm học này")[0] + f"{words}\n")

    @rule(which=st.sampled_from([SECOND, LAST]))
    def delete_prose(self, which: str) -> None:
        (self.root / f"content/bulletins/{which}.md").unlink(missing_ok=True)

    @rule(which=st.sampled_from([FIRST, SECOND]))
    def rename_prose(self, which: str) -> None:
        """Which is the address of the bulletin as well."""
        old = self.root / f"content/bulletins/{which}.md"
        if old.exists():
            old.rename(old.with_name(f"{LAST}.md"))

    @rule(change=st.sampled_from(["as it was", "edited", "deleted"]))
    def change_a_report(self, change: str) -> None:
        if change == "deleted":
            (self.root / REPORT).unlink(missing_ok=True)
        else:
            added = "\nCác trường cùng chung tay.\n" if change == "edited" else ""
            self.workspace.write(REPORT, self.report + added)

    # ----- templates

    @rule(name=st.sampled_from(["style.css", "ledger.html.j2", "storyline.yaml"]), mark=st.integers(0, 2))
    def replace_a_template(self, name: str, mark: int) -> None:
        own = {"css": f"body {{ margin: {mark}px }}\n", "j2": f"<!-- {mark} -->", "yaml": f"# {mark}\n"}
        packaged = (resources.template_folder() / "bulletin" / name).read_text("utf-8")
        self.workspace.write(f"templates/bulletin/{name}", packaged + own[name.rpartition(".")[2]])

    @rule(name=st.sampled_from(["style.css", "ledger.html.j2", "storyline.yaml"]))
    def delete_a_template(self, name: str) -> None:
        (self.root / f"templates/bulletin/{name}").unlink(missing_ok=True)

    @rule(name=st.sampled_from(["style.css", "ledger.html.j2"]))
    def rename_a_template(self, name: str) -> None:
        old = self.root / f"templates/bulletin/{name}"
        if old.exists():
            old.rename(old.with_name(f"khac-{name}"))

    # ----- builds

    @rule(which=st.sampled_from([FIRST, SECOND, THIRD]))
    def build_one(self, which: str) -> None:
        try:
            pipeline.build(self.root, Request(editions=(which,), formats=FORMATS), TODAY)
        except (ContentError, UsageError):  # its content is broken; it has another name
            return

    @invariant()
    def a_build_that_keeps_equals_one_from_nothing(self) -> None:
        root = self.root
        refusals = [_refusal(pipeline.build, root), _refusal(pipeline.differences, root)]
        assert refusals[0] == refusals[1]
        if not refusals[0]:
            assert pipeline.differences(root, ALL, TODAY) == ()
            manifest = json.loads((root / "build/manifest.json").read_text("utf-8"))["files"]
            files = (path for path in (root / "build").rglob("*") if path.is_file())
            there = {path.relative_to(root / "build").as_posix() for path in files}
            assert there == {"manifest.json", *(entry["path"] for entry in manifest)}


def _refusal(verb: Callable[..., object], root: Path) -> tuple[Problem, ...]:
    try:
        verb(root, ALL, TODAY)
    except ContentError as refused:
        return refused.problems
    return ()


AnyChange.TestCase.settings = settings(
    max_examples=5, stateful_step_count=10, deadline=None, suppress_health_check=list(HealthCheck)
)
TestAnyChange = AnyChange.TestCase
