"""records.json: whoever has it and figures.json can compute every number again, without the workspace."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from builds import REPO
from conftest import Workspace
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from chungtay_reports import pipeline, schemas
from chungtay_reports.edition import Ledger
from chungtay_reports.figures.evidence import Evidence, EvidenceUnreadableError, read_evidence
from chungtay_reports.figures.ledger import read_json
from chungtay_reports.figures.measure import recompute

TODAY = date(2026, 11, 22)


def evidence(ledger: Ledger) -> Evidence:
    assert isinstance(ledger.evidence, Evidence)
    return ledger.evidence


@pytest.fixture(scope="module")
def ledgers() -> tuple[Ledger, ...]:
    """The ledgers of a bulletin with every kind of figure, of a district's report and of the city's."""
    request = pipeline.Request(
        ("2023-08-tam-thang-chung-tay", "bao-cao-nam-hoc", "bao-cao-thanh-pho"), ("quan-cau-giay", "so-gddt-ha-noi")
    )
    _, works, _ = pipeline.works(REPO, request, TODAY)
    return tuple(work.ledger for work in works if work.ledger)


def test_every_figure_of_the_sample_is_computed_again_from_the_two_files_alone(ledgers: tuple[Ledger, ...]) -> None:
    assert len(ledgers) == 3
    for ledger in ledgers:
        tables = read_evidence(evidence(ledger).to_json()).tables()
        wrong = [row.id for row in ledger.rows if recompute(row, ledger, tables, ledger.metrics) != row.figure.value]
        assert wrong == []


def test_evidence_written_read_and_written_again_is_the_same_text(ledgers: tuple[Ledger, ...]) -> None:
    for ledger in ledgers:
        text = evidence(ledger).to_json()
        assert read_evidence(text).to_json() == text


def test_a_value_that_a_record_does_not_carry_comes_out_different(ledgers: tuple[Ledger, ...]) -> None:
    ledger = ledgers[0]
    found = evidence(ledger)
    gone = replace(found, entries=found.entries[1:]).tables()
    lost = found.entries[0].record.id
    stands = [row for row in ledger.rows if lost in row.figure.records]
    assert stands
    assert all(recompute(row, ledger, gone, ledger.metrics) != row.figure.value for row in stands if not row.operands)


def test_evidence_keeps_the_documented_schema(ledgers: tuple[Ledger, ...]) -> None:
    for ledger in ledgers:
        Draft202012Validator(schemas.schema("evidence")).validate(json.loads(evidence(ledger).to_json()))


def test_what_no_figure_is_computed_from_does_not_leave_the_workspace(workspace: Workspace) -> None:
    workspace.activity(result="Điều chỉ kho mới biết", venue="Phòng họp kín", subject="Toán")
    _, works, _ = pipeline.works(workspace.root, pipeline.Request(), TODAY)
    texts = [evidence(work.ledger).to_json() for work in works if work.ledger]
    assert texts
    assert "HD-2023-9001" in texts[0]
    for secret in ("Điều chỉ kho mới biết", "Phòng họp kín", "Toán"):
        assert secret not in texts[0]


@pytest.mark.parametrize("day", [date(2023, 4, 30), date(2023, 8, 10)])
def test_a_record_that_was_corrected_proves_each_day_by_what_was_known_then(workspace: Workspace, day: date) -> None:
    was = {"on": "2023-05-02", "by": "pgd-hoang-mai", "reason": "Ghi nhầm", "was": {"kind": "hoi-thao"}}
    workspace.activity(corrections=[was])
    _, works, _ = pipeline.works(workspace.root, pipeline.Request(as_of=day), TODAY)
    (ledger,) = [work.ledger for work in works if work.ledger]
    tables = read_evidence(evidence(ledger).to_json()).tables()
    assert [recompute(row, ledger, tables, ledger.metrics) for row in ledger.rows] == [
        row.figure.value for row in ledger.rows
    ]


def test_the_evidence_lies_beside_the_ledger_that_it_proves(workspace: Workspace) -> None:
    pipeline.build(workspace.root, pipeline.Request(formats=("json",)), TODAY)
    (folder,) = [path.parent for path in (workspace.root / "build").rglob("figures.json")]
    ledger = read_json((folder / "figures.json").read_text("utf-8"))
    tables = read_evidence((folder / "records.json").read_text("utf-8")).tables()
    assert [recompute(row, ledger, tables, ledger.metrics) for row in ledger.rows] == [
        row.figure.value for row in ledger.rows
    ]


@pytest.mark.parametrize(
    "text",
    [
        "",
        "[]",
        "[" * 100_000,
        '{"version": "2.0"}',
        '{"version": "1.0"}',
        '{"version": "1.0", "version": "1.0", "tiers": {}, "units": {}, "records": {}}',
        '{"version": "1.0", "tiers": {}, "units": {"a": {"tier": "b", "name": "A", "short": "A"}}, "records": {}}',
        '{"version": "1.0", "tiers": {}, "units": {}, "records": {"HD-1": {"folder": "2022-2023/a", "kind": "x"}}}',
    ],
)
def test_what_is_no_evidence_ends_in_a_message(text: str) -> None:
    with pytest.raises(EvidenceUnreadableError, match="bản ghi"):
        read_evidence(text)


@given(st.lists(st.integers(0, 7), min_size=1, max_size=8))
def test_a_registry_that_goes_in_circles_is_refused_and_any_other_is_read(above: list[int]) -> None:
    tier = {"label": "t", "group": "truong", "area": "", "order": 1, "reports": False, "school_level": ""}
    units = {
        f"u{number}": {"tier": "t", "name": "U", "short": "U", "parent": f"u{parent}"}
        for number, parent in enumerate(above)
    }
    text = json.dumps({"version": "1.0", "tiers": {"t": tier}, "units": units, "records": {}})

    def circular(number: int) -> bool:
        seen = set()
        while number < len(above) and number not in seen:
            seen.add(number)
            number = above[number]
        return number < len(above)

    if any(map(circular, range(len(above)))):
        with pytest.raises(EvidenceUnreadableError):
            read_evidence(text)
    else:
        assert len(read_evidence(text).units) == len(above)


def test_the_schema_file_is_the_one_that_the_files_name() -> None:
    path = Path(schemas.__file__).with_name("records-1.schema.json")
    assert json.loads(path.read_text("utf-8"))["$id"] == "urn:chungtay-reports:schema:records-1"
