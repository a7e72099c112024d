"""Schemas of what a record said before: its fields, none of them required, each also null for “was not there”."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from chungtay_reports.workspace.corrections import FIXED

Schema = dict[str, Any]


def with_past(schema: Schema) -> Schema:
    """Let the `was` of every record type's corrections accept the fields of that type and nothing else."""
    definitions: dict[str, Schema] = dict(schema.get("$defs", {}))
    for name, record in schema.get("$defs", {}).items():
        if "corrections" in record.get("properties", {}):
            definitions[f"{name}Was"] = _patch(record, schema["$defs"])
            definitions[name] = _pointed(record, f"#/$defs/{name}Was")
    return {**schema, "$defs": definitions} if definitions else schema


def _pointed(record: Schema, reference: str) -> Schema:
    corrections = record["properties"]["corrections"]
    items = {"allOf": [corrections["items"], {"properties": {"was": {"$ref": reference}}}]}
    properties = {**record["properties"], "corrections": {**corrections, "items": items}}
    return {**record, "properties": properties}


def _patch(group: Schema, definitions: Mapping[str, Schema]) -> Schema:
    names = {name: field for name, field in group["properties"].items() if name not in FIXED}
    properties = {
        name: {"anyOf": [_value(field, definitions), {"type": "null"}], "description": field.get("description", name)}
        for name, field in names.items()
    }
    return {"type": "object", "minProperties": 1, "additionalProperties": False, "properties": properties}


def _value(field: Schema, definitions: Mapping[str, Schema]) -> Schema:
    """A group is patched field by field; anything else is written as a whole."""
    if "anyOf" in field:
        return {**field, "anyOf": [_value(option, definitions) for option in field["anyOf"]]}
    target = definitions.get(str(field.get("$ref", "")).rsplit("/", 1)[-1], {})
    return _patch(target, definitions) if "properties" in target else field
