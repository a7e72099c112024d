"""Record files as most are written, a field on a line of its own: a line is parsed and judged once, however often it is told.

Of the thirteen lines of a record ten have stood somewhere before. A line goes through hygiene, the grammar of ordinary
YAML, the parser and the model's own validators when it is met for the first time; then it is looked up. A file with
anything else in it, and every file that is wrong in any way, is left to the readers that can say what and where.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from itertools import chain, filterfalse
from typing import Any, cast

from pydantic import BaseModel, ValidationError
from pydantic_core import SchemaValidator, core_schema

from chungtay_reports.errors import Place
from chungtay_reports.records import RECORD_TYPES, Record
from chungtay_reports.source.files import clean_text
from chungtay_reports.source.quick_yaml import LARGEST, quick_fields

REMEMBERED = 200_000  # lines of one type of record; some 60 MB

_HEAD = re.compile(r"((?:#[^\n]*+\n|\n)*+)- ")
# An id like GU-2023-0001: text to every YAML, and right for `RecordId`. No two records share one, so none is remembered.
_IDS = re.compile(r"(?:id: (?![^\n]{65})[A-Za-z]{2}[A-Za-z0-9]*+(?:-[A-Za-z0-9]++)++(?:\n(?!\Z)|\Z))++")
_FIELD = re.compile(r"[^\n]++(?:\n {3,}+[^\s#][^\n]*+)*+")

Fields = list[str]


class Lines:
    """Remembers lines while files are read. Records share the values that the same line gave, and nobody changes them."""

    def __init__(self) -> None:
        known = {model: _Known(model) for model in RECORD_TYPES.values()}
        self._of_kind = {f"kind: {kind}": known[model] for kind, model in RECORD_TYPES.items()}

    def read(self, text: str) -> tuple[tuple[Record, int], ...] | None:
        """Give the records of a list and the line at which each begins; None when it takes a careful reader to tell.

        What it gives, `yaml_of` and `to_model` give too, and without any problem.
        """
        head = _HEAD.match(text)
        if head is None or len(text) > LARGEST or (head[1] and not _clean(head[1])):
            return None
        items = text[head.end() :].split("\n- ")
        try:
            told = self._told([item.rstrip("\n").split("\n  ") for item in items])
        except (_UnclearError, ValidationError):
            return None
        found, line = [], head[1].count("\n") + 1
        for record, item in zip(told, items, strict=True):
            found.append((record, line))
            line += item.count("\n") + 1
        return tuple(found)

    def _told(self, records: list[Fields]) -> list[Record]:
        known = [self._of_kind.get(fields[1]) if len(fields) > 1 else None for fields in records]
        first = known[0]
        if first is not None and known.count(first) == len(known):
            return first.records(records)
        return [record for fields in records for record in self._of(fields).records([fields])]

    def _of(self, fields: Fields) -> _Known:
        found = next((known for field in fields if (known := self._of_kind.get(field))), None)
        if found is None:
            raise _UnclearError
        return found


class _UnclearError(Exception):
    """A file says something that is not for this reader; it never leaves this module."""


class _Known:
    """What the lines of one type of record say: the name of a field, and the value that its model takes it for."""

    def __init__(self, model: type[Record]) -> None:
        self._model = model
        self._values: dict[str, tuple[str, object]] = {}
        self._shapes: dict[tuple[str, ...], tuple[dict[str, object], set[str]]] = {}

    def records(self, records: list[Fields]) -> list[Record]:
        """Make a record of the fields of each, in their order."""
        if len(self._values) > REMEMBERED:
            self._values.clear()
        firsts = "\n".join([fields[0] for fields in records])
        own_ids = _IDS.fullmatch(firsts) is not None and firsts.count("\n") + 1 == len(records)
        if own_ids:
            for fields in records:
                del fields[0]
        told = [dict(map(self._values.__getitem__, fields)) for fields in self._learnt(records)]
        if own_ids:
            for values, first in zip(told, firsts.split("\n"), strict=True):
                values["id"] = first[4:]
        if sum(map(len, told)) != sum(map(len, records)) + own_ids * len(records):
            raise _UnclearError  # some field is told twice
        return [self._record(values) for values in told]

    def _learnt(self, records: list[Fields]) -> list[Fields]:
        """Give the fields again, those that go over several lines put together, once each of them is known."""
        new = list(filterfalse(self._values.__contains__, chain.from_iterable(records)))
        if any(field.startswith(" ") for field in new):
            for fields in records:
                fields[:] = _joined(fields)
            new = list(filterfalse(self._values.__contains__, chain.from_iterable(records)))
        if new:
            self._learn(list(dict.fromkeys(new)))
        return records

    def _learn(self, new: Fields) -> None:
        """Read and judge fields, in one list of mappings with a single field each."""
        data = quick_fields(new) if _clean("\n".join(new)) and all(map(_FIELD.fullmatch, new)) else None
        if data is None or any(not isinstance(one, dict) or len(one) != 1 for one in data):
            raise _UnclearError
        for field, judged in zip(new, _single_fields(self._model).validate_python(data), strict=True):
            (self._values[field],) = judged.items()

    def _record(self, values: dict[str, object]) -> Record:
        names = tuple(values)
        shape = self._shapes.get(names)
        if shape is None:
            shape = self._shapes[names] = _shape(self._model, values)
        whole = shape[0].copy()
        whole.update(values)
        return _made(self._model, whole, shape[1])


def _clean(text: str) -> bool:
    return clean_text(text, Place("")) == (text, ())


def _joined(fields: Fields) -> Fields:
    """Put lines that are indented further back to the field that they belong to."""
    whole: Fields = []
    for field in fields:
        if field.startswith(" ") and whole:
            whole[-1] = f"{whole[-1]}\n  {field}"
        else:
            whole.append(field)
    return whole


# --------------------------------------------------------------------------- a model, field by field


@cache
def _single_fields(model: type[BaseModel]) -> SchemaValidator:
    """Validate a list of mappings in each of which one field of the model is told, by the validators of its fields."""
    schema = cast("Any", model.__pydantic_core_schema__)
    definitions = schema["definitions"] if schema["type"] == "definitions" else []
    whole = schema["schema"] if definitions else schema
    fields = {
        name: core_schema.typed_dict_field(
            field["schema"]["schema"] if field["schema"]["type"] == "default" else field["schema"],
            required=False,
            validation_alias=field.get("validation_alias"),
        )
        for name, field in whole["schema"]["fields"].items()
    }
    one = core_schema.list_schema(core_schema.typed_dict_schema(fields, config=whole["config"]))
    return SchemaValidator(core_schema.definitions_schema(one, definitions) if definitions else one)


def _shape(model: type[BaseModel], told: Mapping[str, object]) -> tuple[dict[str, object], set[str]]:
    """Give all fields in the model's order with their defaults, and the names of those that are told."""
    fields = model.model_fields
    if any(info.is_required() and name not in told for name, info in fields.items()):
        raise _UnclearError
    return {name: info.get_default(call_default_factory=True) for name, info in fields.items()}, set(told)


_put = object.__setattr__


def _made(model: type[Record], values: dict[str, object], told: set[str]) -> Record:
    """Make a model of values that its own validators gave, as `model_construct` would in four times the time.

    Nothing but its fields may make the model right: no validator of the whole, nothing that is done after.
    """
    record = object.__new__(model)
    _put(record, "__dict__", values)
    _put(record, "__pydantic_fields_set__", told)
    _put(record, "__pydantic_extra__", None)
    _put(record, "__pydantic_private__", None)
    return record
