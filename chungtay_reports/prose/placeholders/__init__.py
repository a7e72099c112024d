"""The closed set of things that prose may ask of the desk: `{{ name(arguments) }}`.

`PLACEHOLDERS` is the table (see `table.py`); `write` performs one call. Nothing typed is ever evaluated: a call is a
name of the table with constant arguments. A new placeholder is a function `(Scene, Bound) → Inlines | Block` and a row
there, with an example for docs/cau-chen.md, which `reference.py` writes.
"""

from __future__ import annotations

from rapidfuzz import fuzz, process

from chungtay_reports.errors import Code, Problem
from chungtay_reports.figures.derived import Refused
from chungtay_reports.prose.calls import Call
from chungtay_reports.prose.manuscript import Manuscript
from chungtay_reports.prose.placeholders.parameters import Bound, Parameter, bind
from chungtay_reports.prose.placeholders.scene import Scene, Written
from chungtay_reports.prose.placeholders.table import PLACEHOLDERS, Placeholder

UNKNOWN = Code("P301", "Không có chỗ điền tên “{name}”; xem danh sách ở docs/cau-chen.md.")
REFUSED = Code("P302", "“{name}” không viết được: {reason}.")
HEDGED = Code("P304", "“{name}” là lời ước lượng; báo cáo hành chính chỉ dùng số chính xác.")
ALONE = Code("P303", "“{name}” phải đứng riêng một đoạn, không lẫn với lời văn.")

# What an official paper may not say.
HEDGING = frozenset({"gan", "duoi", "hon", "tren", "khoang", "hang", "phan"})

__all__ = ["PLACEHOLDERS", "Bound", "Parameter", "Placeholder", "Scene", "Written", "write"]


def write(
    call: Call, scene: Scene, source: Manuscript, *, alone: bool = False
) -> tuple[Written | None, Bound | None, tuple[Problem, ...]]:
    """Perform one call; `alone` when it is a paragraph by itself. None with the problems when it cannot be."""
    if not call.name:
        return None, None, ()  # reported when it was read
    place = source.place(call.name_at)
    found = PLACEHOLDERS.get(call.name)
    if found is None or (scene.desk.exact and call.name in HEDGING):
        unknown = UNKNOWN.at(place, hint=_close(call.name), name=call.name)
        return None, None, (unknown if found is None else HEDGED.at(place, hint="{{ so('…') }}", name=call.name),)
    bound, problems = bind(call, found.parameters, scene.desk, source)
    if bound is None:
        return None, None, problems
    writer = (found.block or found.write) if alone else found.write
    if writer is None:
        return None, bound, (ALONE.at(place, name=call.name),)
    try:
        return writer(scene, bound), bound, ()
    except Refused as refused:
        reason = refused.reason.rstrip(".")
        return None, bound, (REFUSED.at(place, hint=refused.offer or None, name=call.name, reason=reason),)


def _close(name: str) -> str | None:
    """Names are short: one wrong letter of two is still close."""
    found = process.extractOne(name.casefold(), sorted(PLACEHOLDERS), scorer=fuzz.ratio, score_cutoff=50)
    return found[0] if found else None
