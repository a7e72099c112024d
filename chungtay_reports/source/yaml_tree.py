"""Strict YAML: text to plain data in which every value and every key knows its line and column."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import yaml
from yaml._yaml import CParser

from chungtay_reports.errors import Code, Place, Problem
from chungtay_reports.source.hygiene import clean_text
from chungtay_reports.source.quick_yaml import item_spots, quick_yaml
from chungtay_reports.source.scalars import DECIMAL_COMMA, is_text_key, plain_value

SYNTAX = Code("Y201", "không đọc được YAML ở đây: {reason}")
ALIAS = Code("Y202", "không dùng mốc và tham chiếu YAML (“{text}”); hãy viết lại giá trị, hoặc đặt chữ trong ngoặc kép")
TAG = Code("Y203", "không dùng nhãn kiểu YAML (“{text}”); hãy bỏ nhãn, hoặc đặt chữ trong ngoặc kép")
MERGE = Code("Y204", "không dùng khóa gộp “<<”; hãy viết lại từng trường")
DOCUMENTS = Code("Y205", "một tệp chỉ có một tài liệu YAML; hãy tách phần sau dấu “---” ra tệp khác")
DUPLICATE = Code("Y206", "trường “{key}” viết hai lần trong một mục (lần đầu ở dòng {line}); hãy bỏ một")
KEY = Code("Y207", "tên trường phải là chữ, không phải “{text}”; nếu đúng là tên, hãy đặt trong ngoặc kép")
DEPTH = Code("Y208", "lồng nhau quá {limit} tầng; hãy viết phẳng hơn")
NODES = Code("Y209", "tệp có hơn {limit} giá trị; hãy chia thành nhiều tệp")
LONG = Code("Y210", "giá trị dài hơn {limit} ký tự")
EMPTY = Code("Y220", "tệp không có nội dung gì; hãy điền, hoặc xóa tệp")
BRACES = Code(
    "Y223",
    "chữ bắt đầu bằng chỗ điền {{{{ … }}}} phải đặt trong ngoặc kép, ví dụ "
    """title: "{{{{ so('truong_ky_ket') }}}} trường\"""",
)
DIRECTIVE = Code("Y222", "không dùng chỉ thị YAML (“%…”) ở đầu tệp")

MAX_DEPTH = 20
MAX_NODES = 50_000
MAX_SCALAR = 100_000

# (line, column, inner): inner is a dict key → (line, column, mark), a list of marks, or a scalar's quoting style.
Mark = tuple[int, int, Any]
PathParts = tuple[str | int, ...]


@dataclass(frozen=True, slots=True)
class Parsed:
    """Plain data (dict, list, str, int, float, bool, None; dates stay text) and where each part of it stands.

    A text that was read quickly has no marks; they are found when the first of them is asked for.
    """

    data: object
    file: str
    text: str
    first_line: int
    marks: Mark | None
    refused: frozenset[tuple[int, int]] = frozenset()  # values that already have a problem of their own
    _found: list[Mark] = field(default_factory=list, repr=False, compare=False)

    @property
    def root(self) -> Mark:
        """The mark of the whole document, with all others inside."""
        if self.marks is not None:
            return self.marks
        if not self._found:
            self._found.append(_Tree(self.text, self.file, self.first_line).document()[1])
        return self._found[0]

    def item_places(self) -> tuple[Place, ...]:
        """Return where each item of a list begins, or the one mapping that the document is."""
        if self.marks is None and (spots := item_spots(self.text, self.data)):
            return tuple(Place(self.file, line, column) for line, column in spots)
        return (
            tuple(self.place((n,)) for n in range(len(self.data))) if isinstance(self.data, list) else (self.place(),)
        )

    def place(self, path: PathParts = ()) -> Place:
        """Return where the value at `path` begins, or its nearest ancestor that is there."""
        mark = self.root
        for part in path:
            inner = _inner(mark, part)
            if inner is None:
                break
            mark = inner
        return Place(self.file, mark[0], mark[1])

    def key_place(self, path: PathParts) -> Place:
        """Return where the last key of `path` is written; a value without a key gives its own place."""
        mark = self.root
        for part in path[:-1]:
            inner = _inner(mark, part)
            if inner is None:
                return Place(self.file, mark[0], mark[1])
            mark = inner
        if path and isinstance(mark[2], dict) and path[-1] in mark[2]:
            line, column, _ = mark[2][path[-1]]
            return Place(self.file, line, column)
        return self.place(path)

    def text_place(self, path: PathParts) -> Place:
        """Return where the first character of a text stands: after an opening quote, below a `|` or `>`."""
        place = self.place(path)
        mark: Mark | None = self.root
        for part in path:
            mark = _inner(mark, part) if mark else None
        style = mark[2] if mark else None
        if style in ("'", '"'):
            return Place(place.file, place.line, place.column + 1)
        if style in ("|", ">"):
            return self._below(place)
        return place

    def _below(self, header: Place) -> Place:
        lines = self.text.split("\n")
        for number in range(header.line + 1, self.first_line + len(lines)):
            line = lines[number - self.first_line]
            if line.strip():
                return Place(header.file, number, len(line) - len(line.lstrip()) + 1)
        return header


def _inner(mark: Mark, part: str | int) -> Mark | None:
    inner = mark[2]
    if isinstance(inner, dict):
        found = inner.get(part)
        return found[2] if found else None
    if isinstance(inner, list) and isinstance(part, int) and 0 <= part < len(inner):
        found_mark: Mark = inner[part]
        return found_mark
    return None


def parse_yaml(text: str, file: str, first_line: int = 1) -> tuple[Parsed | None, tuple[Problem, ...]]:
    """Read one YAML document strictly; None only when its structure cannot be relied on.

    Refused: anchors, aliases, merge keys, tags, directives, further documents, duplicate or non-text keys, depth over
    20, more than 50,000 values. `first_line` is the line of the file at which `text` begins (front matter).
    """
    text, problems = clean_text(text, Place(file, first_line, 1))
    tree = _Tree(text, file, first_line)
    try:
        data, marks = tree.document()
    except _Refusal as refusal:
        return None, (*problems, *tree.problems, refusal.problem)
    except yaml.YAMLError as error:
        return None, (*problems, *tree.problems, _syntax(error, text, file, first_line))
    return Parsed(data, file, text, first_line, marks, frozenset(tree.refused)), (*problems, *tree.problems)


def parse_quickly(text: str, file: str) -> tuple[Parsed | None, tuple[Problem, ...]]:
    """Read what `parse_yaml` reads, several times as fast where the text is ordinary, and its marks only when asked for."""
    clean, problems = clean_text(text, Place(file))
    data = None if problems else quick_yaml(clean)
    return parse_yaml(text, file) if data is None else (Parsed(data, file, clean, 1, None), ())


class _Refusal(Exception):  # noqa: N818 - it stops the reading of one file and never leaves this module
    def __init__(self, problem: Problem) -> None:
        self.problem = problem


class _Tree:
    """Builds data and marks from the parser's events, one at a time.

    Events come lazily and nothing in the C parser recurses, so the depth limit holds before deep nesting is read;
    composing nodes in C would overflow its stack instead.
    """

    def __init__(self, text: str, file: str, first_line: int) -> None:
        self._next: Callable[[], Any] = CParser(text).get_event
        self._lines = first_line
        self._file = file
        self._nodes = 0
        self.problems: list[Problem] = []
        self.refused: set[tuple[int, int]] = set()

    def document(self) -> tuple[object, Mark]:
        self._next()  # the stream's start
        start = self._next()
        if isinstance(start, yaml.StreamEndEvent):
            raise _Refusal(EMPTY.at(Place(self._file, self._lines, 1)))
        if start.version or start.tags:
            raise _Refusal(DIRECTIVE.at(self._place(start)))
        value = self._value(self._next(), 1)
        self._next()  # the document's end
        after = self._next()
        if not isinstance(after, yaml.StreamEndEvent):
            raise _Refusal(DOCUMENTS.at(self._place(after)))
        return value

    def _place(self, event: Any) -> Place:
        mark = event.start_mark
        return Place(self._file, mark.line + self._lines, mark.column + 1)

    def _value(self, event: Any, depth: int) -> tuple[object, Mark]:
        self._nodes += 1
        if self._nodes > MAX_NODES:
            raise _Refusal(NODES.at(self._place(event), limit=MAX_NODES))
        kind = type(event)
        if kind is yaml.AliasEvent:
            raise _Refusal(ALIAS.at(self._place(event), text=f"*{event.anchor}"))
        if event.anchor is not None:
            raise _Refusal(ALIAS.at(self._place(event), text=f"&{event.anchor}"))
        if event.tag is not None:
            raise _Refusal(TAG.at(self._place(event), text=event.tag.replace("tag:yaml.org,2002:", "!!")))
        if kind is yaml.ScalarEvent:
            return self._scalar(event)
        if depth > MAX_DEPTH:
            raise _Refusal(DEPTH.at(self._place(event), limit=MAX_DEPTH))
        return self._mapping(event, depth) if kind is yaml.MappingStartEvent else self._sequence(event, depth)

    def _scalar(self, event: Any) -> tuple[object, Mark]:
        mark = event.start_mark
        line, column = mark.line + self._lines, mark.column + 1
        text, style = event.value, event.style
        if len(text) > MAX_SCALAR:
            self._fault(LONG.at(self._place(event), limit=MAX_SCALAR))
            return "", (line, column, style)
        if event.implicit[0]:  # written without quotes
            value, trap = plain_value(text)
            if trap:
                code, facts = trap
                self._fault(code.at(Place(self._file, line, column), **facts))
            return value, (line, column, style)
        if style == '"' and event.end_mark.index - mark.index != len(text) + 2:
            # Only escapes can bring in characters that the check of the whole file has not seen.
            text, found = clean_text(text, Place(self._file, line, column + 1))
            self.problems += found
        return text, (line, column, style)

    def _fault(self, problem: Problem) -> None:
        self.problems.append(problem)
        self.refused.add((problem.place.line, problem.place.column))

    def _sequence(self, event: Any, depth: int) -> tuple[object, Mark]:
        data: list[object] = []
        marks: list[Mark] = []
        mark = event.start_mark
        while not isinstance(item := self._next(), yaml.SequenceEndEvent):
            value, inner = self._value(item, depth + 1)
            data.append(value)
            marks.append(inner)
        return data, (mark.line + self._lines, mark.column + 1, marks)

    def _mapping(self, event: Any, depth: int) -> tuple[object, Mark]:
        data: dict[str, object] = {}
        marks: dict[str, tuple[int, int, Mark]] = {}
        mark = event.start_mark
        last: object = None
        while not isinstance(key_event := self._next(), yaml.MappingEndEvent):
            if event.flow_style and isinstance(key_event, yaml.MappingStartEvent):
                raise _Refusal(BRACES.at(self._place(event)))
            key = self._key(key_event, depth)
            value, inner = self._value(self._next(), depth + 1)
            line, column = key_event.start_mark.line + self._lines, key_event.start_mark.column + 1
            if key is None:
                comma = event.flow_style and value is None and isinstance(last, int)
                self._wrong_key(key_event, f"{last}," if comma else "")
            elif key in marks:
                self._fault(DUPLICATE.at(Place(self._file, line, column), key=key, line=marks[key][0]))
            else:
                data[key] = value
                marks[key] = (line, column, inner)
            last = value
        return data, (mark.line + self._lines, mark.column + 1, marks)

    def _key(self, event: Any, depth: int) -> str | None:
        if not isinstance(event, yaml.ScalarEvent):
            self._value(event, depth + 1)
            return None
        if event.anchor is not None or event.tag is not None:
            self._value(event, depth + 1)
        self._nodes += 1
        text: str = event.value
        if not event.implicit[0]:
            return text
        if text == "<<":
            raise _Refusal(MERGE.at(self._place(event)))
        return text if is_text_key(text) else None

    def _wrong_key(self, event: Any, before_comma: str) -> None:
        text = event.value if isinstance(event, yaml.ScalarEvent) else "[…]"
        if before_comma:
            whole = before_comma + text
            meant = f"nếu là số thập phân hãy viết {whole.replace(',', '.')}, nếu là số nghìn hãy viết liền"
            self._fault(DECIMAL_COMMA.at(self._place(event), text=whole, meant=meant))
        else:
            self._fault(KEY.at(self._place(event), text=text))


_REASONS: tuple[tuple[re.Pattern[str], str], ...] = (
    (re.compile(r"^ *\t"), "đầu dòng có phím TAB; hãy thụt dòng bằng dấu cách"),
    (
        re.compile(r"""^[ -]*[^\s"'#\[{][^"'#\[{:]*: +[^\s"'#\[{|>&*!][^#]*: """),
        "trong chữ có dấu hai chấm; hãy đặt cả câu trong ngoặc kép",
    ),
    (
        re.compile(r"^[ -]*[\w-]+:\u00a0|^ *-\u00a0|^ *\u00a0"),
        "có dấu cách cứng (dán từ Word hoặc trang mạng); hãy xóa và gõ lại dấu cách",
    ),
    (re.compile(r"^[ -]*[\w-]+:[^\s/]"), "sau dấu hai chấm của tên trường phải có một dấu cách"),
    (re.compile(r"^ *-[^\s-]"), "sau dấu gạch đầu mục phải có một dấu cách"),
    (
        re.compile(r"""(^|: +|- +)"[^"]*" *[^\s,:#}\]]"""),
        'sau ngoặc kép đóng còn chữ; trong ngoặc kép hãy dùng “ ” hoặc viết \\"',
    ),
    (re.compile(r"^[^\[]*\][^\[]*$|^[^{]*}[^{]*$"), "có ngoặc đóng mà không có ngoặc mở"),
    (re.compile(r"(: +|- +)[@`%]"), "chữ bắt đầu bằng @, ` hoặc % phải đặt trong ngoặc kép"),
    (re.compile(r"""(: +|- +)".*[^"]$"""), "ngoặc kép mở mà chưa đóng"),
    (re.compile(r"""(: +|- +)'.*[^']$"""), "dấu nháy đơn ' mở mà chưa đóng; câu có dấu ấy thì đặt trong ngoặc kép"),
    (re.compile(r"[\[{][^\]}]*$"), "ngoặc [ hoặc { mở mà chưa đóng"),
)


_LOOKED_AT = 2000  # characters of a line: the patterns above are not made for a megabyte


def _syntax(error: yaml.YAMLError, text: str, file: str, first_line: int) -> Problem:
    mark = getattr(error, "problem_mark", None) or getattr(error, "context_mark", None)
    if mark is None:
        return SYNTAX.at(Place(file, first_line, 1), reason="có ký tự mà YAML không nhận")
    lines = text.split("\n")
    # The parser notices an unclosed bracket or quote only later: its context says where that began.
    started = getattr(error, "context_mark", None) or mark
    for where in (mark, started):
        line = lines[min(where.line, len(lines) - 1)][:_LOOKED_AT]
        for pattern, reason in _REASONS:
            if pattern.search(line):
                return SYNTAX.at(Place(file, where.line + first_line, where.column + 1), reason=reason)
    reason = "thụt dòng không khớp với mục ở trên, hoặc thiếu dấu “-”, dấu “:”, ngoặc"
    return SYNTAX.at(Place(file, mark.line + first_line, mark.column + 1), reason=reason)
