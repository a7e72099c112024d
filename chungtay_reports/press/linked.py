"""Set the line of a cell that holds one link of a plain text, as most values of a ledger do, by a few sums.

What `lines.py` does for a plain text is done here for one within a link, a bold run or any other run without spacing of its
own, if it fits its line. The sums stand in the order in which WeasyPrint makes them, so that not a bit differs.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from weasyprint.formatting_structure.boxes import InlineBox
from weasyprint.layout import inline
from weasyprint.layout.percent import percentage

from chungtay_reports.press.lines import (
    BARE,
    COLLAPSING,
    IS_PLAIN,
    JUSTIFIED,
    LEFT,
    ROUNDING,
    copied,
    is_plain_text,
    lays_out_plainly,
)
from chungtay_reports.press.shaping import shape, split_first_line

NAKED = {name: value for name, value in BARE.items() if name != IS_PLAIN}
# What must be nothing around a run so that it takes no more room than its text.
SPACING = (
    *(f"{kind}_{side}" for kind in ("margin", "padding") for side in ("left", "right")),
    *(f"padding_{side}" for side in ("top", "bottom")),
    *(f"border_{side}_width" for side in ("top", "right", "bottom", "left")),
)


@dataclass(frozen=True, slots=True)
class Linked:
    """A line wherever it stands: what its boxes hold, and where they are from its baseline."""

    text: dict[str, Any]
    run: dict[str, Any]
    width: float
    text_top: float
    run_top: float
    top: float
    height: float


def linked_line(context: Any, box: Any, cell: Any, position_y: float) -> Any:
    """Set the line of a cell; None when it holds anything but a run of one plain text that fits."""
    if len(box.children) != 1 or type(box.children[0]) is not InlineBox or not lays_out_plainly(box.style):
        return None
    (run,) = box.children
    if not _is_plain_run(run):
        return None
    inline.resolve_percentages(run, cell)
    if any(run.__dict__[name] for name in SPACING):
        return None
    left = cell.content_box_x()
    available = left + cell.width - left
    start = left + percentage(box.style["text_indent"], box.style, cell.width)
    limit = (left + available) * ROUNDING
    line = _measured(context, box, run, limit * ROUNDING - start)
    if line is None or start + line.width > limit:
        return None
    return _placed(box, run, line, left, start, available, position_y)


def _is_plain_run(run: Any) -> bool:
    style = run.style
    return (
        len(run.children) == 1
        and is_plain_text(run.children[0])
        and run.is_in_normal_flow()
        and not run.is_leader
        and style["position"] == "static"
        and style["vertical_align"] == "baseline"
        and style["direction"] == "ltr"
        and style["white_space"] in COLLAPSING
        and style["font_size"] > 0
    )


def _measured(context: Any, box: Any, run: Any, room: float) -> Linked | None:
    (text_box,) = run.children
    lines = shape(text_box.style).lines
    key = (text_box.text, room, shape(run.style), shape(box.style))
    if key not in lines:
        lines[key] = _first(context, box, run, room)
    found: Linked | None = lines[key]
    return found


def _first(context: Any, box: Any, run: Any, room: float) -> Linked | None:
    """Measure a line where it stands for the first time."""
    (text_box,) = run.children
    layout, length, resume, width, height, baseline = split_first_line(
        text_box.text, text_box.style, context, room, 0, is_line_start=True
    )
    if length <= 0 or resume is not None or layout.text.endswith(" "):
        return None
    leading = (shape(text_box.style).line()[0] - height) / 2
    text = {**NAKED, "text": layout.text, "width": width, "pango_layout": layout, "height": height}
    text |= {"margin_top": leading, "margin_bottom": leading, "baseline": baseline + leading}
    text_top = 0 - text["baseline"]
    run_top, run_bottom, held = _strut(run.style)
    line_top, line_bottom, _ = _strut(box.style)
    top = min(run_top, text_top, line_top)
    bottom = max(run_bottom, text_top + (height + leading + leading), line_bottom)
    return Linked(text, held, width, text_top, run_top, top, bottom - top)


def _strut(style: Any) -> tuple[float, float, dict[str, Any]]:
    """Say from where to where a box without a text goes, from its baseline, and what it holds then."""
    line_height, baseline = shape(style).line()
    height = style["font_size"]
    leading = (line_height - height) / 2
    held = {"height": height, "margin_top": leading, "margin_bottom": leading, "baseline": baseline}
    return 0 - baseline, 0 - baseline + (height + leading + leading), held


def _placed(box: Any, run: Any, line: Linked, left: float, start: float, available: float, position_y: float) -> Any:  # noqa: PLR0917
    """Make the boxes of a line at its place."""
    (text_box,) = run.children
    run_width = start + line.width - start
    width = start + run_width - left
    room, style = available - width, box.style
    align = style["text_align_all"] if style["text_align_last"] == "auto" else style["text_align_last"]
    across = 0.0
    if room > 0 and align not in LEFT:
        across = room / 2 if align == "center" else room
    elif room > 0 and align == JUSTIFIED:
        return None
    down = position_y - line.top
    words, linked, made = copied(text_box, line.text), run.copy_with_children([]), copied(box, NAKED)
    words.position_x, words.position_y = start + across, line.text_top + down
    linked.__dict__.update(line.run)
    linked.children, linked.width = [words], run_width
    linked.position_x, linked.position_y = start + across, line.run_top + down
    made.children, made.resume_at = [linked], None
    made.width, made.height, made.baseline = width, line.height, 0 - line.top
    made.position_x, made.position_y = left + across, position_y
    return made
