"""Whatever changes, in whatever order: a build that keeps what it can equals one that begins from nothing."""

from __future__ import annotations

import json
import shutil
import tempfile
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

from builds import REPO
from conftest import TODAY
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule
from two_bulletins import (
    DATA,
    FIRST,
    ONLINE,
    SECOND,
    SECOND_TEXT,
    THIRD,
    THIRD_TEXT,
    YEARS,
    built_by_steps,
    with_bulletins,
)

from chungtay_reports import pipeline, resources, starter
from chungtay_reports.errors import ContentError, Problem, UsageError
from chungtay_reports.pipeline import Request

ids = st.sampled_from([f"HD-2023-95{n:02}" for n in range(4)])
units = st.sampled_from(["quan-hoang-mai", "huyen-ung-hoa"])
OFFICES = {"quan-hoang-mai": "pgd-hoang-mai", "huyen-ung-hoa": "pgd-ung-hoa"}

METRICS, REPORT = "content/metrics/online.yaml", "content/reports/bao-cao.md"
LAST = "2024-06-them"
WORDS = ("Các trường cùng vui.", "Hẹn năm sau.")
definitions = st.fixed_dictionaries(
    {
        "name": st.sampled_from(["day_truc_tuyen", "day_truc_tuyen", "lop_qua_mang"]),
        "label": st.sampled_from(["Lớp dạy trực tuyến", "Lớp học qua mạng"]),
        "where": st.sampled_from(["{kind: day-truc-tuyen}", "{kind: chuyen-de}", "{level: truong}"]),
    }
)


counts = st.builds(lambda teachers: {"sessions": 1, "teachers": teachers}, st.integers(0, 3))
taught = st.fixed_dictionaries(
    {
        "kind": st.sampled_from(["chuyen-de", "day-truc-tuyen"]),
        "level": st.sampled_from(["truong", "huyen"]),
        "counts": counts,
        "same_as": st.none() | ids,
    }
)
# what no bulletin of the workspace counts
played = st.fixed_dictionaries(
    {"kind": st.just("the-thao"), "level": st.none(), "mode": st.none(), "same_as": st.none() | ids}
)


class AnyRecords(RuleBasedStateMachine):
    """Two bulletins, and offices that never sit still: many a change is of records that nothing asks for."""

    request = DATA

    def __init__(self) -> None:
        super().__init__()
        self.folder = Path(tempfile.mkdtemp(prefix="chungtay-"))
        self.workspace = with_bulletins(self.folder / "workspace")
        self.root = self.workspace.root
        self.furnish()
        assert not self.refusal(pipeline.build)
        self.records: dict[str, str] = {}

    def furnish(self) -> None:
        """Add what else the workspace is to have."""

    def teardown(self) -> None:
        shutil.rmtree(self.folder)

    def refusal(self, verb: Callable[..., object]) -> tuple[Problem, ...]:
        try:
            verb(self.root, self.request, TODAY)
        except ContentError as refused:
            return refused.problems
        return ()

    @invariant()
    def a_build_that_keeps_equals_one_from_nothing(self) -> None:
        root = self.root
        refusals = [self.refusal(_built), self.refusal(pipeline.differences)]
        assert refusals[0] == refusals[1]
        if not refusals[0]:
            assert built_by_steps(root, self.request)[0].warnings == pipeline.works(root, self.request, TODAY)[2]
            assert pipeline.differences(root, self.request, TODAY) == ()
            manifest = json.loads((root / "build/manifest.json").read_text("utf-8"))["files"]
            files = (path for path in (root / "build").rglob("*") if path.is_file())
            there = {path.relative_to(root / "build").as_posix() for path in files}
            assert there == {"manifest.json", *(entry["path"] for entry in manifest)}

    @rule(
        id_=ids,
        unit=units,
        year=st.sampled_from(sorted(YEARS)),
        fields=taught | played,
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


class AnyChange(AnyRecords):
    """Bulletins written by hand and by themselves, reports of units, and authors who change anything."""

    request = Request(formats=("html", "json", "csv", "docx"))

    def furnish(self) -> None:
        self.workspace.write(f"content/bulletins/{THIRD}.md", THIRD_TEXT)
        (self.root / "content/metrics/core.yaml").unlink()
        shutil.copytree(REPO / "content" / "metrics", self.root / "content" / "metrics", dirs_exist_ok=True)
        offices = (REPO / "content" / "offices.yaml").read_text("utf-8")
        self.workspace.write("content/offices.yaml", offices.replace(", thi-xa]", "]"))
        starter.add_report(self.root, "bao-cao", "2023-2024")
        self.report = (self.root / REPORT).read_text("utf-8")

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
            pipeline.build(self.root, replace(self.request, editions=(which,)), TODAY)
        except (ContentError, UsageError):  # its content is broken; it has another name
            return


def _built(root: Path, request: Request, _: date) -> None:
    built_by_steps(root, request)


for machine in (AnyRecords, AnyChange):
    machine.TestCase.settings = settings(
        max_examples=5, stateful_step_count=10, deadline=None, suppress_health_check=list(HealthCheck)
    )
TestAnyRecords = AnyRecords.TestCase
TestAnyChange = AnyChange.TestCase
