"""A Markdown file with YAML front matter: its head as a model, its text, and where each of them begins."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Generic, TypeVar

from chungtay_reports.errors import Code, Place, Problem
from chungtay_reports.settings import Strict
from chungtay_reports.source.files import Parsed, clean_text, parse_yaml, read_text, to_model, unforeseen

NO_FRONT_MATTER = Code("W121", "bản tin phải bắt đầu bằng dòng “---”, phần khai báo, rồi dòng “---”")
UNCLOSED = Code("W122", "phần khai báo chưa đóng: thiếu dòng “---” thứ hai trước phần lời")

_FENCE = "---"
Front = TypeVar("Front", bound=Strict)


@dataclass(frozen=True, slots=True)
class Headed(Generic[Front]):
    """The head, with the places of its values, and the text below it, which begins at `body_line`."""

    front: Front
    parsed: Parsed
    body: str
    body_line: int


def split_front_matter(text: str, file: str) -> tuple[str, str, int] | Problem:
    """Return the front matter, the body, and the line at which the body begins; the front matter begins at line 2."""
    lines = text.split("\n")
    if lines[0].rstrip() != _FENCE:
        return NO_FRONT_MATTER.at(Place(file))
    for number, line in enumerate(lines[1:], start=1):
        if line.rstrip() == _FENCE:
            return "\n".join(lines[1:number]), "\n".join(lines[number + 1 :]), number + 2
    return UNCLOSED.at(Place(file, len(lines)))


def read_headed(
    root: Path, relative: str, model: type[Front], headless: Code | None = None
) -> tuple[Headed[Front] | None, tuple[Problem, ...]]:
    """Read one file; whatever goes wrong with it is a problem of this file. `headless` says what lacks a head."""
    try:
        return _read(root, relative, model, headless)
    except Exception as error:  # noqa: BLE001 - the boundary of one file: see the safety rules
        return None, (unforeseen(relative, error),)


def _read(
    root: Path, relative: str, model: type[Front], headless: Code | None
) -> tuple[Headed[Front] | None, tuple[Problem, ...]]:
    raw = read_text(root, relative)
    if isinstance(raw, Problem):
        return None, (raw,)
    text, problems = clean_text(raw, Place(relative))
    split = split_front_matter(text, relative)
    if isinstance(split, Problem):
        return None, (*problems, headless.at(split.place) if headless else split)
    head, body, body_line = split
    parsed, found = parse_yaml(head, relative, first_line=2)
    problems = (*problems, *(problem for problem in found if problem not in problems))
    if parsed is None:
        return None, problems
    front, reasons = to_model(parsed, (), model)
    problems = (*problems, *reasons)
    return (Headed(front, parsed, body, body_line) if front else None), problems
