"""CSV as Excel writes it in Vietnam: semicolons, a BOM, and an encoding that is named rather than guessed over."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable

from chungtay_reports.errors import Code, Problem
from chungtay_reports.excel.grid import MAX_COLUMNS, MAX_ROWS, Cell, Grid, Oddity, Spot
from chungtay_reports.source.encodings import guess_encoding

ENCODING = Code(
    "X140", "tệp CSV không phải UTF-8{guess}; trong Excel hãy chọn Save As, kiểu “CSV UTF-8 (Comma delimited)”"
)
SHAPE = Code("X141", "không đọc được CSV: {reason}")

_SEPARATORS = ";\t,"
_LONGEST = 100_000


def read_csv(data: bytes, file: str) -> Grid | Problem:
    """Read a CSV file as one sheet of text cells; rows are counted as Excel shows them."""
    whole = Spot(file, 0)
    text = _decoded(data)
    if text is None:
        guess = guess_encoding(data)
        return ENCODING.at(whole, guess=f", có vẻ là {guess}" if guess else "")
    first, _, rest = text.partition("\n")
    if first.strip().casefold().startswith("sep=") and len(first.strip()) == 5:
        separator, text = first.strip()[4], rest
    else:
        head = "\n".join(text.split("\n")[:10])
        separator = max(_SEPARATORS, key=lambda char: (head.count(char), -_SEPARATORS.index(char)))
    csv.field_size_limit(_LONGEST)
    try:
        return _grid(csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True))
    except csv.Error:
        return SHAPE.at(whole, reason="có ngoặc kép chưa đóng hoặc ô quá dài; hãy lưu lại từ Excel")


def _decoded(data: bytes) -> str | None:
    if data[:2] in (b"\xff\xfe", b"\xfe\xff") or b"\0" in data:
        return None
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return None


def _grid(rows: Iterable[list[str]]) -> Grid:
    cells: dict[tuple[int, int], Cell] = {}
    beyond = None
    for number, row in enumerate(rows, 1):
        for column, text in enumerate(row, 1):
            if not text.strip():
                continue
            if number > MAX_ROWS or column > MAX_COLUMNS:
                beyond = beyond or (number, column)
            else:
                cells[number, column] = Cell(text, text, Oddity.FORMULA if text.startswith("=") else None)
        if beyond:
            break
    return Grid("CSV", 1, cells, beyond=beyond)
