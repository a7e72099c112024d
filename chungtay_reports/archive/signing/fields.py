"""Prepare a printed copy to be signed: fields, their places by the decree, and their place in the structure tree.

The file is saved once as a whole, before anything is signed; its metadata stay as they are. Every later signature only
fills a field that is there, which is what a certification of level 2 (FILL_FORMS) allows.
"""

from __future__ import annotations

import io
import re
from collections.abc import Mapping
from dataclasses import dataclass

import pikepdf
from pikepdf import Array, Dictionary, Name, String

MM = 72 / 25.4
PRINTED_AND_LOCKED = 4 | 128
_ROOM = re.compile(r'chungtay:signing="([^"]*)"')

Box = tuple[float, float, float, float]  # left, bottom, right, top in points


@dataclass(frozen=True, slots=True)
class Role:
    """Who signs: Decree 30/2020, Appendix I, part II, 7c and 8. Sizes in millimetres; `over` the leader's picture."""

    field: str
    words: str
    colour: str
    width: float
    height: float


LEADER = Role("lanh-dao", "Chữ ký số của người có thẩm quyền", "#1d3fbb", 60, 24)
OFFICE = Role("co-quan", "Chữ ký số của cơ quan, tổ chức", "#d0161b", 34, 32)
ROLES: Mapping[str, Role] = {role.field: role for role in (LEADER, OFFICE)}
# The seal covers about a third of the leader's picture, on its left.
COVERED = 1 / 3


@dataclass(frozen=True, slots=True)
class Room:
    """Where the leader signs, between the post and the name."""

    page: int
    left: float
    bottom: float
    width: float
    height: float

    def box(self, role: Role) -> Box:
        """Place a block: the leader's in the middle of the room, the seal over the left third of it."""
        width, height = role.width * MM, role.height * MM
        left = self.left + (self.width - LEADER.width * MM) / 2
        if role == OFFICE:
            left += LEADER.width * MM * COVERED - width
        bottom = self.bottom + (self.height - height) / 2
        return (left, bottom, left + width, bottom + height)


@dataclass(frozen=True, slots=True)
class Form:
    """What a file has of signatures: the room for a leader, and of each field whether it is signed."""

    room: Room | None
    fields: Mapping[str, bool]


def form(pdf: bytes) -> Form:
    """Read which fields a file has; the file must have been read by `proof` before."""
    with pikepdf.open(io.BytesIO(pdf)) as document:
        found = _ROOM.search(document.Root.Metadata.read_bytes().decode())
        fields = document.Root.get("/AcroForm", Dictionary()).get("/Fields", ())
        signed = {str(field.T): "/V" in field for field in fields if field.get("/FT") == "/Sig"}
    if found is None:
        return Form(None, signed)
    number, *sides = found[1].split()
    return Form(Room(int(number), *map(float, sides)), signed)


def prepared(pdf: bytes, roles: tuple[Role, ...], room: Room | None) -> bytes:
    """Add an empty field for each role: visible in the room, without a place on the page where there is none."""
    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(pdf)) as document:
        widgets = [_widget(document, role, room, locks=role == roles[-1]) for role in roles]
        document.Root.AcroForm = document.make_indirect(Dictionary(Fields=Array(widgets), SigFlags=3))
        document.save(
            out,
            fix_metadata_version=False,
            compress_streams=False,
            stream_decode_level=pikepdf.StreamDecodeLevel.none,
            object_stream_mode=pikepdf.ObjectStreamMode.disable,
            deterministic_id=True,
        )
    return out.getvalue()


def _widget(document: pikepdf.Pdf, role: Role, room: Room | None, *, locks: bool) -> pikepdf.Object:
    page = document.pages[room.page if room else 0]
    box = room.box(role) if room else (0, 0, 0, 0)
    empty = document.make_stream(b"", Type=Name.XObject, Subtype=Name.Form, BBox=Array([0, 0, 0, 0]))
    widget = document.make_indirect(
        Dictionary(
            Type=Name.Annot,
            Subtype=Name.Widget,
            FT=Name.Sig,
            T=String(role.field),
            TU=String(role.words),
            Contents=String(role.words),
            F=PRINTED_AND_LOCKED,
            P=page.obj,
            Rect=Array([round(side, 2) for side in box]),
            AP=Dictionary(N=empty),
        )
    )
    if locks:  # whoever signs last closes the file
        widget.Lock = document.make_indirect(Dictionary(Type=Name.SigFieldLock, Action=Name.All, P=1))
    _tag(document, widget, page)
    if "/Annots" not in page.obj:
        page.obj.Annots = Array()
    page.obj.Annots.append(widget)
    return widget


def _tag(document: pikepdf.Pdf, widget: pikepdf.Object, page: pikepdf.Page) -> None:
    """Hang the field into the structure tree, at the end of the document (ISO 14289-1, 7.18.4)."""
    root = document.Root.StructTreeRoot
    top = root.K[0] if isinstance(root.K, Array) else root.K
    numbers = root.ParentTree.Nums
    key = max((int(number) for number in list(numbers)[::2]), default=-1) + 1
    element = document.make_indirect(
        Dictionary(
            Type=Name.StructElem,
            S=Name.Form,
            P=top,
            Pg=page.obj,
            K=Dictionary(Type=Name.OBJR, Obj=widget, Pg=page.obj),
        )
    )
    top.K = Array([*top.K, element]) if isinstance(top.K, Array) else Array([top.K, element])
    numbers.append(key)
    numbers.append(element)
    root.ParentTreeNextKey = key + 1
    widget.StructParent = key
