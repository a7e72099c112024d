"""JSON Schemas of everything that an author writes, from the very models that `check` reads with."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path
from typing import Any

from pydantic import BaseModel, TypeAdapter

from chungtay_reports.disk import make_folder, replace_file
from chungtay_reports.figures.columns import DIMENSIONS, TABLES
from chungtay_reports.records import RECORD_TYPES
from chungtay_reports.schemas.past import with_past
from chungtay_reports.settings import Settings
from chungtay_reports.units.reader import TierRow, UnitDefaults, UnitRow
from chungtay_reports.workspace.bulletin import FrontMatter
from chungtay_reports.workspace.editorial import MediaItem, Person, Quote

DIALECT = "https://json-schema.org/draft/2020-12/schema"
MEASURES = ("count", "count_distinct", "sum", "ratio", "sum_of")


@dataclass(frozen=True, slots=True)
class About:
    """A schema's title, the files it is for, and how it is made."""

    title: str
    files: str
    make: Callable[[], dict[str, Any]]


def schema(name: str) -> dict[str, Any]:
    """Give one schema, ready for an editor."""
    about = SCHEMAS[name]
    return {"$schema": DIALECT, "title": about.title, "description": about.files, **about.make()}


def write(folder: Path) -> tuple[str, ...]:
    """Write every schema as NAME.schema.json; return the paths in the order of the table."""
    make_folder(folder)
    paths = []
    for name in SCHEMAS:
        path = folder / f"{name}.schema.json"
        replace_file(path, (json.dumps(schema(name), ensure_ascii=False, indent=1) + "\n").encode())
        paths.append(str(path))
    return tuple(paths)


def _model(model: type[BaseModel]) -> dict[str, Any]:
    return {key: value for key, value in model.model_json_schema().items() if key != "title"}


def _list_of(*models: type[BaseModel]) -> Callable[[], dict[str, Any]]:
    """A file holds one of these or a list of them."""

    def make() -> dict[str, Any]:
        adapter: TypeAdapter[Any] = TypeAdapter(models[0] if len(models) == 1 else _union(models))
        one = adapter.json_schema()
        definitions = one.pop("$defs", {})
        found: dict[str, Any] = {"anyOf": [one, {"type": "array", "items": one}]}
        return {**found, "$defs": definitions} if definitions else found

    return make


def _union(models: tuple[type[BaseModel], ...]) -> Any:
    first, *rest = models
    union: Any = first
    for model in rest:
        union |= model
    return union


def _units() -> dict[str, Any]:
    tiers, defaults, rows = (TypeAdapter(list[TierRow]), TypeAdapter(UnitDefaults), TypeAdapter(list[UnitRow]))
    definitions: dict[str, Any] = {}
    properties = {}
    for name, adapter in (("tiers", tiers), ("defaults", defaults), ("units", rows)):
        part = adapter.json_schema()
        definitions |= part.pop("$defs", {})
        properties[name] = part
    return {"type": "object", "properties": properties, "additionalProperties": False, "$defs": definitions}


def _metrics() -> dict[str, Any]:
    text = {"type": "string", "minLength": 1}
    one: dict[str, Any] = {"anyOf": [text, {"type": "boolean"}]}  # `complete: true` as authors write it
    some = {"anyOf": [*one["anyOf"], {"type": "array", "items": one, "minItems": 1}]}
    negated = {"type": "object", "properties": {"not": some}, "required": ["not"], "additionalProperties": False}
    value = {"anyOf": [*some["anyOf"], negated]}
    conditions = {
        "type": "object",
        "additionalProperties": value,
        "description": "Điều kiện: trường: giá trị hoặc danh sách",
    }
    metric = {
        "type": "object",
        "additionalProperties": False,
        "required": ["name", "label", "measure"],
        "properties": {
            "name": {**text, "pattern": "^[a-z][a-z0-9_]*$", "description": "Tên dùng trong bài"},
            "label": {**text, "description": "Chỉ tiêu đếm gì, nói đủ"},
            "short": {**text, "description": "Nhãn ngắn cho biểu đồ, đầu cột"},
            "unit": {**text, "description": "Danh từ được đếm; chỉ tiêu tỉ lệ (ratio) không cần"},
            "from": {"enum": sorted(TABLES), "description": "Bảng để tính"},
            "where": conditions,
            "money": {"type": "boolean", "description": "Giá trị là đồng"},
            "adds": {**text, "description": "Đang cộng gì, khi sum_of cộng những thứ khác nhau"},
            "measure": {
                "description": f"Cách tính: {', '.join(MEASURES)}; chia theo: {', '.join(DIMENSIONS)}",
                "anyOf": [{"enum": ["count"]}, {"type": "object"}],
            },
            "tests": {"anyOf": [{"type": "object"}, {"type": "array", "items": {"type": "object"}}]},
        },
    }
    return {"anyOf": [metric, {"type": "array", "items": metric}]}


def _written(name: str) -> Callable[[], dict[str, Any]]:
    """Give a schema that stands in a file of its own: of what the program writes, not of what authors do."""

    def make() -> dict[str, Any]:
        text = files(__name__).joinpath(f"{name}-1.schema.json").read_text("utf-8")
        return {key: value for key, value in json.loads(text).items() if key not in {"$schema", "title"}}

    return make


RECORD_MODELS: tuple[type[BaseModel], ...] = tuple(dict.fromkeys(RECORD_TYPES.values()))

SCHEMAS: Mapping[str, About] = {
    "settings": About("Thiết lập của kho", "chungtay.yaml", lambda: _model(Settings)),
    "records": About("Bản ghi", "content/records/**/*.yaml", lambda: with_past(_list_of(*RECORD_MODELS)())),
    "units": About("Danh mục đơn vị", "content/units/**/*.yaml", _units),
    "metrics": About("Chỉ tiêu", "content/metrics/*.yaml", _metrics),
    "bulletin": About("Phần khai báo của bản tin", "content/bulletins/*.md", lambda: _model(FrontMatter)),
    "people": About("Người được dẫn lời", "content/people.yaml", _list_of(Person)),
    "quotes": About("Trích dẫn", "content/quotes/*.yaml", _list_of(Quote)),
    "media": About("Ảnh", "content/media/*.yaml", _list_of(MediaItem)),
    "figures": About("Sổ số liệu của một ấn phẩm", "build/*/figures.json", _written("figures")),
    "evidence": About("Bản ghi đủ để tính lại các con số của một ấn phẩm", "build/*/records.json", _written("records")),
    "publication": About("Bản ghi của một lần công bố", "archive/**/an-pham.json", _written("publication")),
    "index": About("Danh sách các phiên bản đã công bố", "chung-thuc.json", _written("index")),
}
