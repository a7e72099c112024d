"""What must not slip into public text: personal data, and wrong spellings of the movement's name."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from functools import cache
from typing import Any

from pydantic import BaseModel

from chungtay_reports.errors import Code, Place, Problem, Severity
from chungtay_reports.settings import Movement
from chungtay_reports.source.yaml_tree import Parsed, PathParts

CITIZEN_ID = Code("R301", "“{value}” giống số căn cước công dân; không công bố, hãy xóa", Severity.WARNING)
PHONE = Code("R302", "“{value}” giống số điện thoại; không công bố, hãy xóa", Severity.WARNING)
COORDINATES = Code("R303", "“{value}” giống tọa độ vị trí; không công bố, hãy xóa", Severity.WARNING)
BIRTH = Code("R304", "“{value}” cho biết ngày hoặc năm sinh; không công bố, hãy xóa", Severity.WARNING)
MOVEMENT_NAME = Code("R311", "tên phong trào viết là “{right}”, không phải “{value}”", Severity.WARNING)

_PATTERNS: tuple[tuple[re.Pattern[str], Code], ...] = (
    (re.compile(r"(?<![\d/.,-])0\d{2}(?:[ .]?\d{3}){3}(?![\d/-])"), CITIZEN_ID),
    (re.compile(r"(?<![\d/.,-])(?:\+84|0)[ .-]?[1-9](?:[ .-]?\d){8,9}(?![\d/.-]?\d)"), PHONE),
    (re.compile(r"(?<!\d)\d{1,2}\.\d{4,}\s*[,; ]\s*1\d{2}\.\d{4,}|\d{1,3}°\s*\d{1,2}['′]"), COORDINATES),
    (
        re.compile(
            r"\b(?:sinh\s+(?:ngày|năm|tháng)|ngày\s+sinh|năm\s+sinh|SN)\s*:?\s*\d[\d/.-]{3,9}|\bsinh\s+\d{1,2}[/.-]\d{1,2}[/.-]\d{4}",
            re.IGNORECASE,
        ),
        BIRTH,
    ),
)
_DIGIT = re.compile(r"\d")
# Fields that hold keys, days or file names and never reach the page as text.
_NOT_TEXT = frozenset(
    {
        "id",
        "file",
        "kind",
        "host",
        "agreement",
        "same_as",
        "unit",
        "person",
        "of",
        "day",
        "start",
        "end",
        "recorded",
        "counts",
        "partners",
        "parties",
        "topics",
        "valid",
    }
)


@dataclass(frozen=True, slots=True)
class MovementName:
    """The movement's name with a pattern of everything that is meant to be it."""

    right: str
    pattern: re.Pattern[str]

    def faults(self, text: str) -> Iterator[re.Match[str]]:
        """Find the places of `text` where the name is written in another way."""
        return (match for match in self.pattern.finditer(text) if " ".join(match[0].split()) != self.right)


def movement_name(movement: Movement) -> MovementName:
    """Prepare the search: dashes, spaces, capitals and “chia sẻ/sẻ chia” may differ, and the listed variants."""
    spellings = "|".join(_loosely(form) for form in (movement.name, *movement.variants))
    return MovementName(movement.name, re.compile(spellings, re.IGNORECASE))


def _loosely(name: str) -> str:
    parts = re.split(r"(\s*[-–—]\s*|\s+|(?:chia sẻ|sẻ chia))", name)
    return "".join(_loose_part(part) for part in parts if part)


def _loose_part(part: str) -> str:
    if part in ("chia sẻ", "sẻ chia"):
        return r"(?:chia\s+sẻ|sẻ\s+chia)"
    if part.strip() in ("-", "–", "—"):
        return r"\s*[-–—]\s*"
    return r"\s+" if part.isspace() else re.escape(part)


def text_problems(text: str, place: Place, name: MovementName) -> Iterator[Problem]:
    """Find personal data and misspelt movement names in `text`, whose first character stands at `place`."""
    for position, code, facts in _faults(text, name):
        yield code.at(_shifted(place, text, position), **facts)


def personal_data(text: str, place: Place) -> Iterator[Problem]:
    """Find what tells too much about a person in `text`, whose first character stands at `place`."""
    for position, code, facts in _personal(text):
        yield code.at(_shifted(place, text, position), **facts)


def _personal(text: str) -> Iterator[tuple[int, Code, dict[str, str]]]:
    if _DIGIT.search(text):
        for pattern, code in _PATTERNS:
            yield from ((match.start(), code, {"value": match[0]}) for match in pattern.finditer(text))


def _faults(text: str, name: MovementName) -> Iterator[tuple[int, Code, dict[str, str]]]:
    yield from _personal(text)
    for match in name.faults(text):
        yield match.start(), MOVEMENT_NAME, {"right": name.right, "value": match[0]}


def _shifted(place: Place, text: str, position: int) -> Place:
    before = text[:position]
    lines = before.count("\n")
    if lines:
        return replace(place, line=place.line + lines, column=position - before.rfind("\n"))
    return replace(place, column=place.column + position)


def model_problems(
    model: BaseModel, parsed: Parsed | Callable[[], Parsed], path: PathParts, name: MovementName
) -> Iterator[Problem]:
    """Look through every text field of a model that was read from `path`; what was read is asked for only then."""
    for where, text in _texts(model, ()):
        for position, code, facts in _faults(text, name):
            # A folded text has lost its lines; counting from its first character is near enough.
            read = parsed if isinstance(parsed, Parsed) else parsed()
            yield code.at(_shifted(read.text_place((*path, *where)), text, position), **facts)


def _texts(value: Any, path: PathParts) -> Iterator[tuple[PathParts, str]]:
    if isinstance(value, str):
        yield path, value
    elif isinstance(value, BaseModel):
        for key, written in _fields(type(value)):
            inner = getattr(value, key)
            if inner:
                yield from _texts(inner, (*path, written))
    elif isinstance(value, list):
        for index, inner in enumerate(value):
            yield from _texts(inner, (*path, index))


@cache
def _fields(model: type[BaseModel]) -> tuple[tuple[str, str], ...]:
    """Name the fields that may hold public text, as in the model and as authors write them."""
    return tuple((key, info.alias or key) for key, info in model.model_fields.items() if key not in _NOT_TEXT)
