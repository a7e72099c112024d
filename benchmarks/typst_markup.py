"""The same editions and papers in Typst's markup, for the comparison of engines: every text, table and drawing."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from chungtay_reports.edition import Cell, Chart, Edition, Heading, ItemList, Paragraph, Photo, Quotation, Table
from chungtay_reports.formats.metadata import plain
from chungtay_reports.official.paper import AnnexTable, OfficialTable, Paper

SPECIAL = re.compile(r"([\\#$*_`<>@=\-+/\[\]~\"'])")


def write(work: Edition | Paper, folder: Path) -> Path:
    """Write main.typ and the drawings that it shows; return its path."""
    pieces = bulletin(work, folder) if isinstance(work, Edition) else paper(work, folder)
    source = folder / "main.typ"
    source.write_text("\n\n".join(pieces), encoding="utf-8")
    return source


def bulletin(edition: Edition, folder: Path) -> Iterator[str]:
    yield '#set page("a4", margin: 17mm, columns: 2)\n#set text(font: "Chung Tay Serif", size: 10pt, lang: "vi")'
    yield f"= {escaped(plain(edition.headline))}"
    yield f"*{escaped(plain(edition.sapo))}*"
    for cell in edition.key_figures:
        yield f"*{escaped(plain(cell.number))}* {escaped(plain(cell.label))}"
    yield from blocks(edition.blocks, folder, edition)
    rows = [[row.id, row.label, ", ".join(one.text for one in row.prints)] for row in edition.ledger.rows]
    yield "#pagebreak()\n= Sổ số liệu"
    yield table([["Dòng", "Chỉ tiêu", "Đã in"]], rows, [1, 5, 2])


def paper(work: Paper, folder: Path) -> Iterator[str]:
    yield '#set page("a4", margin: 20mm, numbering: "1")\n#set text(font: "Tinos", size: 14pt, lang: "vi")'
    yield from (escaped(line) for line in (*work.letterhead.superior, *work.letterhead.office))
    yield f"= {escaped(work.type_name)} {escaped(work.title)}"
    yield from blocks(work.body, folder, None)
    yield from (f"- {escaped(line)}" for line in work.recipients)
    for annex in work.annexes:
        yield f"#set page(flipped: {str(annex.landscape).lower()})\n#set text(size: 12pt)\n= {escaped(annex.title)}"
        yield from blocks(annex.blocks, folder, None)


def blocks(pieces: Iterable[Any], folder: Path, edition: Edition | None) -> Iterator[str]:
    for piece in pieces:
        match piece:
            case Heading():
                yield f"{'=' * piece.level} {escaped(plain(piece.inlines))}"
            case Paragraph() | Quotation():
                yield escaped(plain(piece.inlines))
            case ItemList():
                yield "\n".join(f"- {escaped(plain(item))}" for item in piece.items)
            case Chart():
                (folder / f"{piece.id}.svg").write_text(piece.svg, encoding="utf-8")
                yield f'#image("{piece.id}.svg", alt: "{piece.title}")\n{escaped(plain(piece.caption))}'
            case Photo() if edition:
                asset = next(one for one in edition.assets if one.name == piece.asset)
                (folder / asset.name).write_bytes(asset.data)
                yield f'#image("{asset.name}", alt: "ảnh")\n{escaped(plain(piece.caption))}'
            case OfficialTable():
                yield escaped(piece.title) + "\n" + official(piece.table)
            case Table():
                rows = [*piece.rows, *([piece.total] if piece.total else [])]
                yield table(texts(piece.head), texts(rows), [1] * len(piece.head[0]))


def official(piece: AnnexTable) -> str:
    rows = [*(row.cells for row in piece.rows), *([piece.total] if piece.total else [])]
    head = [[column.title for column in piece.columns]]
    return table(head, texts(rows), [column.share for column in piece.columns])


def texts(rows: Iterable[Iterable[Cell]]) -> list[list[str]]:
    return [[plain(cell.inlines) for cell in row] for row in rows]


def table(head: list[list[str]], rows: list[list[str]], shares: list[int]) -> str:
    widths = ", ".join(f"{share}fr" for share in shares)
    header = "".join(f"[*{escaped(text)}*], " for row in head for text in row)
    body = "".join(f"[{escaped(text)}], " for row in rows for text in row)
    return f"#table(columns: ({widths}), table.header({header}), {body})"


def escaped(text: str) -> str:
    return SPECIAL.sub(r"\\\1", text)
