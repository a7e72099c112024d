"""A unit's own words: content/narratives/<school year>/<unit>.md, whose headings name sections of the outline."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from chungtay_reports.errors import Code, Place, Problem
from chungtay_reports.source.files import clean_text, read_text, unforeseen
from chungtay_reports.vietnamese import fold
from chungtay_reports.workspace.front_matter import split_front_matter

BEFORE_HEADING = Code("N120", "lời viết phải nằm dưới một tiêu đề của khung báo cáo, ví dụ “## Thuận lợi”")
TWICE = Code("N121", "tiêu đề “{heading}” đã có ở dòng {line}; mỗi mục viết một lần")
NO_FRONT_MATTER = Code(
    "N122", "lời của đơn vị không có phần khai báo “---”; bắt đầu ngay bằng tiêu đề, ví dụ “## Thuận lợi”"
)


@dataclass(frozen=True, slots=True)
class Passage:
    """What a unit wrote for one section: its text begins at `line` of the file, its heading stands at `place`."""

    heading: str
    place: Place
    text: str
    line: int


@dataclass(frozen=True, slots=True)
class Narrative:
    """All passages of one unit's file, by folded heading."""

    file: str
    passages: dict[str, Passage]

    def about(self, heading: str) -> Passage | None:
        return self.passages.get(fold(heading))


def read_narrative(root: Path, relative: str) -> tuple[Narrative | None, tuple[Problem, ...]]:
    """Read one file; whatever goes wrong with it is a problem of this file."""
    try:
        raw = read_text(root, relative)
        if isinstance(raw, Problem):
            return None, (raw,)
        text, problems = clean_text(raw, Place(relative))
        narrative, found = split(text, relative)
    except Exception as error:  # noqa: BLE001 - the boundary of one file: see the safety rules
        return None, (unforeseen(relative, error),)
    return narrative, (*problems, *found)


def split(text: str, file: str) -> tuple[Narrative, tuple[Problem, ...]]:
    """Cut a text at its headings (## or ###)."""
    if not isinstance(split_front_matter(text, file), Problem):
        return Narrative(file, {}), (NO_FRONT_MATTER.at(Place(file)),)
    passages: dict[str, Passage] = {}
    problems: list[Problem] = []
    heading, start = "", 0
    lines = text.split("\n")
    starts = [number for number, line in enumerate(lines) if line.startswith(("## ", "### "))]
    for number in (*starts, len(lines)):
        body = "\n".join(lines[start:number])
        if not heading and body.strip():
            problems.append(BEFORE_HEADING.at(Place(file, 1)))
        elif heading:
            found = Passage(heading, Place(file, start, 1), body, start + 1)
            first = passages.setdefault(fold(heading), found)
            if first is not found:
                problems.append(TWICE.at(found.place, heading=heading, line=first.place.line))
        heading = lines[number].lstrip("#").strip() if number < len(lines) else ""
        start = number + 1
    return Narrative(file, passages), tuple(problems)
