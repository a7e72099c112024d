"""Draw a chart: a specification of frozen values in, one complete <svg> out, the same bytes for the same values.

`draw` makes one drawing; `block` makes the block of an edition (a drawing for print and desktop, one for phones).
Numbers come with their printed text; a chart computes positions, never figures. A new kind of chart is a type in
`specs.py`, a drawing function in a module of its own, and a row in `DRAWINGS`.
"""

from __future__ import annotations

from collections.abc import Callable
from html import escape

from chungtay_reports.charts.arcs import draw_arcs
from chungtay_reports.charts.bars import draw_bars, draw_pairs
from chungtay_reports.charts.columns import draw_columns
from chungtay_reports.charts.ink import (
    COLUMN,
    FAMILY,
    PHONE,
    QUIET,
    WIDE,
    Links,
    Size,
    Sketch,
    element,
    lines,
    moved,
    number,
)
from chungtay_reports.charts.lettering import BOLD, LEADING, wrap
from chungtay_reports.charts.panels import draw_panels
from chungtay_reports.charts.places import scattered
from chungtay_reports.charts.specs import (
    Arc,
    ArcDiagram,
    Bar,
    BarChart,
    ChartSpec,
    Column,
    ColumnChart,
    Datum,
    PairedBar,
    PairedChart,
    Panel,
    PanelChart,
    Station,
    Tile,
    TileMap,
    data,
)
from chungtay_reports.charts.tiles import draw_tiles
from chungtay_reports.charts.words import describe
from chungtay_reports.edition import Chart, Inlines

__all__ = [
    "COLUMN",
    "DRAWINGS",
    "LEDGER_LINK",
    "PHONE",
    "WIDE",
    "Arc",
    "ArcDiagram",
    "Bar",
    "BarChart",
    "ChartSpec",
    "Column",
    "ColumnChart",
    "Datum",
    "PairedBar",
    "PairedChart",
    "Panel",
    "PanelChart",
    "Size",
    "Station",
    "Tile",
    "TileMap",
    "block",
    "data",
    "describe",
    "draw",
    "scattered",
]

DRAWINGS: dict[type, Callable[..., Sketch]] = {
    BarChart: draw_bars,
    PairedChart: draw_pairs,
    ColumnChart: draw_columns,
    PanelChart: draw_panels,
    TileMap: draw_tiles,
    ArcDiagram: draw_arcs,
}
LEDGER_LINK = "so-lieu.html#{figure}"  # the page of proofs beside an edition's page
BELOW_HEADING = 10.0


def draw(spec: ChartSpec, size: Size = COLUMN, link: str = "") -> str:
    """Draw a chart as a complete <svg>, with its title, for one size.

    With `link` (a pattern with `{figure}`) every number is a link to its proof; the drawing is then a group and not an
    image, because links inside an image are lost to assistive technology.
    """
    heading, top = _heading(spec, size)
    sketch = DRAWINGS[type(spec)](spec, size, Links(link))
    name = f"bieu-do-{spec.id}-{size.name}"
    titles = element("title", escape(spec.title, quote=False), id=f"{name}-ten")
    titles += element("desc", escape(describe(spec), quote=False), id=f"{name}-y")
    body = moved(0, top, sketch.body)
    return element(
        "svg",
        titles + heading + body,
        xmlns="http://www.w3.org/2000/svg",
        cls=f"ct ct-{size.name}",
        viewBox=f"0 0 {number(size.width)} {number(top + sketch.height)}",
        role="group" if 'href="' in sketch.body else "img",
        aria_labelledby=f"{name}-ten {name}-y",
        font_family=FAMILY,
    )


def _heading(spec: ChartSpec, size: Size) -> tuple[str, float]:
    title = wrap(spec.title, size.width, size.title, BOLD)
    drawn, y = lines(0, 0, title, size.title, weight=BOLD, cls="ct-title"), len(title) * size.title * LEADING
    if spec.subtitle:
        rows = wrap(spec.subtitle, size.width, size.text)
        drawn += lines(0, y, rows, size.text, fill=QUIET, cls="ct-subtitle")
        y += len(rows) * size.text * LEADING
    return drawn, round(y + BELOW_HEADING)


def block(spec: ChartSpec, caption: Inlines = (), *, wide: bool = False, link: str = LEDGER_LINK) -> Chart:
    """Make the block of an edition: the drawing for print and desktop, and `phone` for narrow screens."""
    return Chart(
        id=spec.id,
        svg=draw(spec, WIDE if wide else COLUMN, link),
        title=spec.title,
        description=describe(spec),
        caption=caption,
        wide=wide,
        phone=draw(spec, PHONE, link),
    )
