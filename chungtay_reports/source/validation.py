"""From plain data to a pydantic model; pydantic's findings become problems at the very field, in Vietnamese."""

from __future__ import annotations

import re
import types
import typing
import unicodedata
from collections.abc import Callable
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError
from pydantic.fields import FieldInfo
from pydantic_core import ErrorDetails
from rapidfuzz import fuzz, process

from chungtay_reports.errors import Code, Problem
from chungtay_reports.source.days import iso_of_spoken
from chungtay_reports.source.yaml_tree import Parsed, PathParts

UNKNOWN = Code("R101", "không có trường “{field}” ở đây; các trường được nhận: {allowed}")
MISSING = Code("R102", "thiếu trường “{field}”{meaning}")
TYPE = Code("R103", "“{field}” phải là {expected}, không phải {got}{advice}")
DAY_FORM = Code("R104", "“{field}” phải là ngày dạng năm-tháng-ngày, ví dụ 2023-03-14, không phải “{value}”")
DAY_EXISTS = Code("R105", "“{field}”: không có ngày “{value}” trong lịch")
CHOICE = Code("R106", "“{field}” không nhận “{value}”; phải là một trong: {allowed}")
BOUNDS = Code("R107", "“{field}” phải {expected}, không phải {value}")
LENGTH = Code("R108", "“{field}” phải {expected}")
PATTERN = Code(
    "R110", "“{field}” không nhận “{value}”: mã chỉ gồm chữ cái không dấu, chữ số và gạch nối ở giữa, tối đa 64 ký tự"
)
WHOLE = Code("R111", "“{field}” phải là số nguyên, không phải “{value}”{advice}")
MOMENT_FORM = Code(
    "R112", "“{field}” phải là ngày giờ có múi giờ, ví dụ 2023-08-20T09:00:00+07:00, không phải “{value}”"
)
COMMA = Code(
    "R113", "dấu phẩy trong {{…}} tách “{field}” thành một trường riêng; hãy đặt cả câu trong ngoặc kép: {whole}"
)
FORM = Code("R114", "“{field}” không nhận “{value}”; hãy viết {expected}")
OTHER = Code("R199", "“{field}” không hợp lệ ({slug})")

Model = TypeVar("Model", bound=BaseModel)
Facts = dict[str, object]

_CLOSE = 70  # a transposed letter in a short word still scores above this


def nearest(word: str, choices: typing.Iterable[str]) -> str | None:
    """Return the choice that `word` was probably meant to be, for “ý bạn là …?”, or None."""
    folded = re.sub(r"[\s_]+", "-", _plain(word.strip().casefold()))
    found = process.extractOne(folded, sorted(set(choices)), scorer=fuzz.ratio, score_cutoff=_CLOSE)
    return found[0] if found else None


def _plain(text: str) -> str:
    """Leave out diacritics: authors type “chuyên đề” where the key is “chuyen-de”."""
    return "".join(c for c in unicodedata.normalize("NFD", text) if not unicodedata.combining(c)).replace("đ", "d")


def to_model(parsed: Parsed, path: PathParts, model: type[Model]) -> tuple[Model | None, tuple[Problem, ...]]:
    """Validate the value at `path` as `model`; None when it has any problem, and then every reason why."""
    value = value_at(parsed.data, path)
    try:
        return model.model_validate(value), ()
    except ValidationError as error:
        details = error.errors(include_url=False)
    findings = (_problem(parsed, path, model, detail) for detail in details)
    return None, tuple(problem for problem in findings if problem)


def value_at(data: object, path: PathParts) -> Any:
    """Return the part of plain data at `path`, or None."""
    for part in path:
        try:
            data = data[part]  # type: ignore[index]
        except (KeyError, IndexError, TypeError):
            return None
    return data


def _problem(parsed: Parsed, path: PathParts, model: type[BaseModel], detail: ErrorDetails) -> Problem | None:
    where = (*path, *detail["loc"])
    place = parsed.place(where)
    if (place.line, place.column) in parsed.refused and detail["type"] != "missing":
        return None  # the YAML reader has already said what is wrong with this very value
    kind = detail["type"]
    if kind == "extra_forbidden":
        return _unknown(parsed, where, model, detail)
    if kind == "missing":
        return MISSING.at(parsed.place(where[:-1]), field=str(where[-1]), meaning=_meaning(model, detail["loc"]))
    code, describe = _FINDINGS.get(kind, (OTHER, _slug))
    facts: Facts = {"field": _name(detail["loc"]), "value": detail["input"], **describe(detail)}
    hint = facts.pop("hint", None)
    return code.at(place, hint=None if hint is None else str(hint), **facts)


def _name(loc: tuple[int | str, ...]) -> str:
    words = [part for part in loc if isinstance(part, str)]
    return ".".join(words) or "mục này"


def _unknown(parsed: Parsed, where: PathParts, model: type[BaseModel], detail: ErrorDetails) -> Problem:
    owner = _owner(model, detail["loc"][:-1])
    names = [info.alias or name for name, info in owner.model_fields.items()] if owner else []
    field = str(where[-1])
    if detail["input"] is None and (whole := _cut_by_comma(parsed, where)):
        return COMMA.at(parsed.key_place(where), field=field, whole=whole)
    return UNKNOWN.at(parsed.key_place(where), hint=nearest(field, names), field=field, allowed=", ".join(names))


def _cut_by_comma(parsed: Parsed, where: PathParts) -> str | None:
    """Give the field before one that is words and has no value, as its author meant it: `task: "Dự giờ, góp ý"`."""
    fields = value_at(parsed.data, where[:-1])
    names = list(fields) if isinstance(fields, dict) else []
    before = names[names.index(where[-1]) - 1] if where[-1] in names[1:] else None
    if before is None or " " not in str(where[-1]) or not isinstance(fields[before], str):
        return None
    return f'{before}: "{fields[before]}, {where[-1]}"'


def _meaning(model: type[BaseModel], loc: tuple[int | str, ...]) -> str:
    owner = _owner(model, loc[:-1])
    info = _field(owner, str(loc[-1])) if owner else None
    return f" ({info.description})" if info and info.description else ""


def _field(model: type[BaseModel], name: str) -> FieldInfo | None:
    return next((info for key, info in model.model_fields.items() if name in (key, info.alias)), None)


def _owner(model: type[BaseModel], loc: tuple[int | str, ...]) -> type[BaseModel] | None:
    """Follow `loc` through the models that are nested in `model`."""
    owner: type[BaseModel] | None = model
    for part in loc:
        if owner is None:
            return None
        if isinstance(part, str):
            info = _field(owner, part)
            owner = _model_in(info.annotation) if info else owner
    return owner


def _model_in(annotation: Any) -> type[BaseModel] | None:
    if (
        isinstance(annotation, type)
        and not isinstance(annotation, types.GenericAlias)
        and issubclass(annotation, BaseModel)
    ):
        return annotation
    return next((found for part in typing.get_args(annotation) if (found := _model_in(part))), None)


# --------------------------------------------------------------------------- pydantic's error types, as rows

_Describe = Callable[[ErrorDetails], Facts]


def _slug(detail: ErrorDetails) -> Facts:
    return {"slug": detail["type"]}


def _got(value: object) -> str:
    names: dict[type, str] = {
        bool: f"đúng/sai ({str(value).lower()})",
        int: f"số {value}",
        float: f"số {value}",
        list: "danh sách",
        dict: "nhóm trường",
        type(None): "để trống",
    }
    return names.get(type(value), f"chữ “{value}”")


def _type(expected: str) -> _Describe:
    def describe(detail: ErrorDetails) -> Facts:
        return {"expected": expected, "got": _got(detail["input"]), "advice": _advice(expected, detail["input"])}

    return describe


def _advice(expected: str, value: object) -> str:
    if expected == "chữ" and isinstance(value, int | float):
        return f'; hãy đặt trong ngoặc kép: "{str(value).lower()}"'
    if expected.startswith("danh sách") and isinstance(value, str):
        return f"; hãy viết [{value}]"
    return ""


def _whole(detail: ErrorDetails) -> Facts:
    value = detail["input"]
    if isinstance(value, str) and re.fullmatch(r"\d{1,3}([., ]\d{3})+", value):
        return {"advice": f"; hãy viết {re.sub('[., ]', '', value)}"}
    if isinstance(value, str) and re.fullmatch(r"\d+", value):
        return {"advice": f"; hãy bỏ ngoặc kép: {value}"}
    if isinstance(value, str | float):
        return {"advice": ""}
    return {"value": _got(value), "advice": ""}


def _day(detail: ErrorDetails) -> Facts:
    return {"hint": iso_of_spoken(str(detail["input"]))}


def _choice(detail: ErrorDetails) -> Facts:
    context = detail.get("ctx", {})
    allowed = context.get("allowed") or re.findall(r"'([^']*)'", str(context.get("expected", "")))
    return {"allowed": ", ".join(allowed), "hint": nearest(str(detail["input"]), allowed)}


def _bound(word: str, name: str) -> _Describe:
    return lambda detail: {"expected": f"{word} {detail['ctx'][name]}"}


def _length(word: str, name: str, noun: str) -> _Describe:
    return lambda detail: {"expected": f"{word} {detail['ctx'][name]} {noun}"}


_GROUP = "nhóm trường viết thụt vào"
_FINDINGS: dict[str, tuple[Code, _Describe]] = {
    "string_type": (TYPE, _type("chữ")),
    "bool_type": (TYPE, _type("true hoặc false")),
    "list_type": (TYPE, _type("danh sách, ví dụ [a, b]")),
    "tuple_type": (TYPE, _type("danh sách, ví dụ [a, b]")),
    "model_type": (TYPE, _type(_GROUP)),
    "dict_type": (TYPE, _type(_GROUP)),
    "float_type": (TYPE, _type("số")),
    "int_type": (WHOLE, _whole),
    "int_from_float": (WHOLE, _whole),
    "day_form": (DAY_FORM, _day),
    "day_exists": (DAY_EXISTS, lambda _: {}),
    "moment_form": (MOMENT_FORM, lambda _: {}),
    "literal_error": (CHOICE, _choice),
    "one_of": (CHOICE, _choice),
    "greater_than_equal": (BOUNDS, lambda detail: {"expected": f"từ {detail['ctx']['ge']} trở lên"}),
    "less_than_equal": (BOUNDS, _bound("không quá", "le")),
    "greater_than": (BOUNDS, _bound("lớn hơn", "gt")),
    "less_than": (BOUNDS, _bound("nhỏ hơn", "lt")),
    "string_too_short": (LENGTH, _length("có ít nhất", "min_length", "ký tự")),
    "string_too_long": (LENGTH, _length("có không quá", "max_length", "ký tự")),
    "too_short": (LENGTH, _length("có ít nhất", "min_length", "mục")),
    "too_long": (LENGTH, _length("có không quá", "max_length", "mục")),
    "string_pattern_mismatch": (PATTERN, lambda _: {}),
    "form": (FORM, lambda detail: {"expected": detail["ctx"]["expected"]}),
}
