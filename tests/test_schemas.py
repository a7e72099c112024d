"""The schemas for editors accept what `check` accepts and refuse what it refuses."""

from __future__ import annotations

import copy
import json
from functools import cache
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from builds import REPO
from conftest import ACTIVITY, AGREEMENT

from chungtay_reports import schemas
from chungtay_reports.records import RECORD_TYPES
from chungtay_reports.source.files import parse_yaml

CONTENT = REPO / "content"
SAMPLES = {
    "settings": [REPO / "chungtay.yaml", REPO / "templates/starter/chungtay.yaml"],
    "units": sorted((CONTENT / "units").rglob("*.yaml")),
    "metrics": sorted((CONTENT / "metrics").glob("*.yaml")),
    "people": [CONTENT / "people.yaml"],
    "quotes": sorted((CONTENT / "quotes").glob("*.yaml")),
    "media": sorted((CONTENT / "media").glob("*.yaml")),
    "records": sorted((CONTENT / "records" / "2024-2025").rglob("*.yaml")),
}


@cache
def validator(name: str) -> jsonschema.Draft202012Validator:
    return jsonschema.Draft202012Validator(schemas.schema(name))


def read(path: Path) -> Any:
    """The data as an editor that reads YAML 1.2 hands it to a schema: dates are strings, “on” is a key."""
    text = path.read_text("utf-8")
    parsed, problems = parse_yaml(text.split("---\n")[1] if path.suffix == ".md" else text, path.name)
    assert parsed is not None, problems
    return parsed.data


@pytest.mark.parametrize("name", schemas.SCHEMAS)
def test_every_schema_is_a_schema(name: str) -> None:
    jsonschema.Draft202012Validator.check_schema(schemas.schema(name))
    assert schemas.schema(name)["title"]


@pytest.mark.parametrize(("name", "path"), [(name, path) for name, paths in SAMPLES.items() for path in paths])
def test_a_schema_accepts_the_files_of_the_workspace(name: str, path: Path) -> None:
    errors = [f"{error.json_path}: {error.message[:200]}" for error in validator(name).iter_errors(read(path))]
    assert errors == []


@pytest.mark.parametrize("where", [{"complete": True}, {"unit": ["quan-ba-dinh"]}, {"level": {"not": ["truong"]}}])
def test_the_schema_of_metrics_accepts_conditions_as_authors_write_them(where: dict[str, Any]) -> None:
    metric = {"name": "da_bao_cao", "label": "Báo cáo", "unit": "lần", "from": "submissions", "measure": "count"}
    assert list(validator("metrics").iter_errors([metric | {"where": where}])) == []
    assert list(validator("metrics").iter_errors([metric | {"where": {"unit": {"no": ["quan-ba-dinh"]}}}]))


@pytest.mark.parametrize("path", sorted((CONTENT / "bulletins").glob("*.md")), ids=lambda path: path.stem)
def test_the_schema_of_bulletins_accepts_their_front_matter(path: Path) -> None:
    assert list(validator("bulletin").iter_errors(read(path))) == []


@pytest.mark.parametrize("record", [ACTIVITY, AGREEMENT], ids=["activity", "agreement"])
@pytest.mark.parametrize(
    "change",
    [{"hots": "thcs-a"}, {"kind": "chuyen"}, {"recorded": None}, {"id": 12}, {"recorded": {"on": "2023-13-01x"}}],
    ids=str,
)
def test_the_schema_of_records_refuses_what_check_refuses(record: dict[str, Any], change: dict[str, Any]) -> None:
    good = copy.deepcopy(record)
    assert validator("records").is_valid(good)
    assert not validator("records").is_valid({**good, **change})


@pytest.mark.parametrize(
    ("was", "right"),
    [
        ({"counts": {"teachers": 45}}, True),
        ({"counts": {"teachers": None}, "venue": None}, True),
        ({"count": {"teachers": 45}}, False),
        ({"counts": {"teacher": 45}}, False),
        ({"counts": {"teachers": "45"}}, False),
        ({"id": "HD-1"}, False),
        ({}, False),
    ],
    ids=str,
)
def test_the_schema_knows_what_may_have_been_corrected(was: dict[str, Any], *, right: bool) -> None:
    correction = {"on": "2023-05-02", "by": "pgd-hoang-mai", "reason": "Ghi nhầm", "was": was}
    assert validator("records").is_valid({**ACTIVITY, "corrections": [correction]}) is right


def test_every_record_type_has_its_place_in_the_schema() -> None:
    text = json.dumps(schemas.schema("records"), ensure_ascii=False)
    assert [kind for kind in RECORD_TYPES if f'"{kind}"' not in text] == []


def test_a_setting_that_does_not_exist_is_refused() -> None:
    good = read(REPO / "chungtay.yaml")
    assert not validator("settings").is_valid({**good, "organization": {}})


def test_descriptions_are_vietnamese_sentences_for_the_editor() -> None:
    settings = schemas.schema("settings")
    described = [part for part in settings["properties"].values() if part.get("description")]
    assert len(described) == len(settings["properties"])


def test_all_schemas_are_written_as_files_and_the_same_each_time(tmp_path: Path) -> None:
    paths = schemas.write(tmp_path / "a")
    assert [Path(path).name for path in paths] == [f"{name}.schema.json" for name in schemas.SCHEMAS]
    schemas.write(tmp_path / "b")
    for path in paths:
        data = Path(path).read_bytes()
        assert data == (tmp_path / "b" / Path(path).name).read_bytes()
        assert json.loads(data)["$schema"] == schemas.DIALECT
