"""Printed copies for tests: a bulletin of the tiny workspace, set once, and the ways in which a copy is tampered with."""

from __future__ import annotations

import io
import json
import re
import shutil
from collections.abc import Callable
from datetime import date
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

import pikepdf
from conftest import VALID

from chungtay_reports import documents, pipeline
from chungtay_reports.press import Press

TODAY = date(2026, 11, 22)


@cache
def bulletin() -> bytes:
    """The PDF of the one bulletin of tests/broken/_valid."""
    with TemporaryDirectory() as folder:
        root = Path(folder) / "kho"
        shutil.copytree(VALID, root)
        library, works, _ = pipeline.works(root, pipeline.Request(), TODAY)
        job = documents._job(works[0], library.settings, None)
    with Press(1) as press:
        return press.typeset(job)


def edited(change: Callable[[pikepdf.Pdf], object], data: bytes | None = None) -> bytes:
    """A copy that somebody opened, changed and saved as a whole."""
    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(data or bulletin())) as document:
        change(document)
        document.save(out, deterministic_id=True)
    return out.getvalue()


def with_file(name: str, change: Callable[[str], str]) -> bytes:
    """A copy with another embedded file of that name."""

    def replace(document: pikepdf.Pdf) -> None:
        stream = document.attachments[name].get_file().obj
        stream.write(change(stream.read_bytes().decode()).encode())

    return edited(replace)


def without_file(name: str) -> bytes:
    def remove(document: pikepdf.Pdf) -> None:
        del document.attachments[name]

    return edited(remove)


def appended(data: bytes, objects: dict[int, bytes]) -> bytes:
    """A copy to which somebody appended new versions of objects: an incremental update, the old bytes untouched."""
    starts = [int(found) for found in re.findall(rb"startxref\s+(\d+)", data)]
    with pikepdf.open(io.BytesIO(data)) as document:
        root, size = document.Root.objgen[0], int(document.trailer.Size)
        identity = b"".join(b"<" + bytes(part).hex().encode() + b">" for part in document.trailer.ID)
    body, table = b"\n", b""
    for number, content in sorted(objects.items()):
        table += b"%d 1\n%010d 00000 n \n" % (number, len(data) + len(body))
        body += b"%d 0 obj\n%s\nendobj\n" % (number, content)
    place = len(data) + len(body)
    trailer = b"<< /Size %d /Root %d 0 R /Prev %d /ID [%s] >>" % (
        max(size, *(n + 1 for n in objects)),
        root,
        starts[-1],
        identity,
    )
    return data + body + b"xref\n0 0\n" + table + b"trailer\n" + trailer + b"\nstartxref\n%d\n%%%%EOF\n" % place


def first_page(data: bytes) -> tuple[int, int, bytes]:
    """The object numbers of the first page and of its content, and that content."""
    with pikepdf.open(io.BytesIO(data)) as document:
        page = document.pages[0]
        return page.obj.objgen[0], page.Contents.objgen[0], page.Contents.read_bytes()


def stream(content: bytes) -> bytes:
    return b"<< /Length %d >>\nstream\n%s\nendstream" % (len(content), content)


def figures(data: bytes) -> dict[str, object]:
    with pikepdf.open(io.BytesIO(data)) as document:
        found: dict[str, object] = json.loads(document.attachments["figures.json"].get_file().read_bytes())
        return found


def overlaid(pdf: bytes) -> bytes:
    _, content, drawn = first_page(pdf)
    return appended(pdf, {content: stream(drawn + b"\n1 g 100 500 300 40 re f\n")})


def with_a_page(pdf: bytes) -> bytes:
    with pikepdf.open(io.BytesIO(pdf)) as document:
        tree, size = document.Root.Pages, int(document.trailer.Size)
        kids = b" ".join(b"%d 0 R" % sheet.obj.objgen[0] for sheet in document.pages)
        number, count = tree.objgen[0], len(document.pages)
    sheet = b"<< /Type /Page /Parent %d 0 R /MediaBox [0 0 595 842] /Resources << >> >>" % number
    pages = b"<< /Type /Pages /Kids [%s %d 0 R] /Count %d >>" % (kids, size, count + 1)
    return appended(pdf, {size: sheet, number: pages})


def with_another_attachment(pdf: bytes) -> bytes:
    with pikepdf.open(io.BytesIO(pdf)) as document:
        inside = document.attachments["figures.json"].get_file().obj
        number, content = inside.objgen[0], inside.read_bytes()
    forged = content.replace(b'"value": ', b'"value": 1', 1)
    return appended(pdf, {number: b"<< /Type /EmbeddedFile /Subtype /application#2fjson " + stream(forged)[2:]})


def with_a_note(pdf: bytes) -> bytes:
    with pikepdf.open(io.BytesIO(pdf)) as document:
        sheet, size = document.pages[0].obj, int(document.trailer.Size)
        number, written = sheet.objgen[0], sheet.unparse(resolved=True)
        old = sheet.get("/Annots")
    note = b"<< /Type /Annot /Subtype /FreeText /Rect [100 500 400 540] /Contents (762) /DA (/F 12 Tf) >>"
    added = b"/Annots [%d 0 R] /Old " % size if old is not None else b"/Annots [%d 0 R] " % size
    changed = written.replace(b"/Annots ", added, 1) if old is not None else written[:2] + added + written[2:]
    return appended(pdf, {number: changed, size: note})


def _note(document: pikepdf.Pdf, **what: object) -> pikepdf.Object:
    """An annotation on the first page that shows a white box."""
    box = pikepdf.Dictionary(Subtype=pikepdf.Name.Form, BBox=pikepdf.Array([0, 0, 400, 60]))
    look = pikepdf.Dictionary(N=document.make_stream(b"1 g 0 0 400 60 re f", box))
    place = pikepdf.Array([100, 500, 500, 560])
    note = document.make_indirect(pikepdf.Dictionary(Type=pikepdf.Name.Annot, Rect=place, AP=look, **what))
    page = document.pages[0].obj
    page.Annots = pikepdf.Array([*page.get("/Annots", ()), note])
    return note


def stamped(document: pikepdf.Pdf) -> None:
    _note(document, Subtype=pikepdf.Name.Stamp)


def with_a_drawn_link(document: pikepdf.Pdf) -> None:
    _note(document, Subtype=pikepdf.Name.Link, BS=pikepdf.Dictionary(W=0))


def with_a_drawn_field(document: pikepdf.Pdf) -> None:
    """A field for a signature that nobody gave, which shows something all the same."""
    field = _note(document, Subtype=pikepdf.Name.Widget, FT=pikepdf.Name.Sig, T="co-quan")
    document.Root.AcroForm = pikepdf.Dictionary(Fields=pikepdf.Array([field]))


def cropped(document: pikepdf.Pdf) -> None:
    document.pages[0].obj.CropBox = pikepdf.Array([0, 400, 595, 842])
