"""Whatever the numbers and labels are, nothing in a chart collides; and print shows the same picture."""

from __future__ import annotations

import re
import subprocess
from dataclasses import replace
from pathlib import Path
from typing import Any

import weasyprint
from chart_samples import INNER, PAIRS, SAMPLES, datum
from drawings import SIZES, assert_clear, size
from hypothesis import given, settings
from hypothesis import strategies as st

from chungtay_reports.charts import (
    LEDGER_LINK,
    WIDE,
    Arc,
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
    Size,
    Tile,
    TileMap,
    draw,
)
from chungtay_reports.charts.lettering import width, wrap
from chungtay_reports.charts.places import hanoi
from chungtay_reports.resources import DISPLAY, font_css, font_folder

# --------------------------------------------------------------------------- laws


LETTERS = "aăâbcdđeêghiklmnoôơpqrstuưvxyạảãàáặậẫễộữỨẨĐ&<"
WORD = st.text(LETTERS, min_size=1, max_size=12)
LABEL = st.lists(WORD, min_size=1, max_size=9).map(" ".join)
NUMBER = st.one_of(st.integers(0, 40), st.integers(0, 10**13), st.fractions(0, 1, max_denominator=1000))
DATUM = st.builds(lambda n: Datum(n, f"{int(n):,}".replace(",", "."), "s1"), NUMBER)
TICK = st.sampled_from(["1", "12", "12/2022", "học kì I"])
COLUMNS = st.lists(st.builds(Column, TICK, DATUM, st.sampled_from(["", "2023", "2024"])), min_size=1, max_size=30)


def unique(items: Any, most: int) -> Any:
    return st.lists(items, min_size=1, max_size=most)


def made(kind: type, **parts: Any) -> Any:
    return st.builds(kind, id=st.just("a"), title=LABEL, subtitle=LABEL, **parts)


BARS = made(BarChart, bars=unique(st.builds(Bar, LABEL, DATUM, st.booleans(), st.none() | DATUM), 30).map(tuple))
PAIRED = made(
    PairedChart, before=LABEL, after=LABEL, rows=unique(st.builds(PairedBar, LABEL, DATUM, DATUM), 12).map(tuple)
)
MONTHLY = made(ColumnChart, columns=COLUMNS.map(tuple))
SMALL = st.integers(0, 99_999).map(lambda n: Datum(n, f"{n:,}".replace(",", "."), "s1"))
FEW = st.lists(st.builds(Column, TICK, SMALL, st.just("2023")), max_size=14)
MULTIPLES = made(PanelChart, panels=unique(st.builds(Panel, LABEL, FEW.map(tuple), st.none() | SMALL), 9).map(tuple))
TILES = st.lists(st.sampled_from(sorted(hanoi())), min_size=1, max_size=30, unique=True).flatmap(
    lambda names: st.tuples(*(st.builds(Tile, st.just(name), st.none() | SMALL, st.booleans()) for name in names))
)
MAPS = made(TileMap, tiles=TILES)


@given(spec=st.one_of(BARS, PAIRED, MONTHLY, MULTIPLES, MAPS), form=st.sampled_from(SIZES))
@settings(max_examples=250, deadline=None)
def test_whatever_the_numbers_and_labels_are_nothing_collides(spec: ChartSpec, form: Size) -> None:
    svg = draw(spec, form, LEDGER_LINK)
    assert_clear(svg)
    assert svg == draw(spec, form, LEDGER_LINK)


@given(
    st.lists(
        st.tuples(st.integers(0, 11), st.integers(0, 17), st.integers(0, 500)), max_size=24, unique_by=lambda t: t[:2]
    )
)
@settings(max_examples=60, deadline=None)
def test_arcs_stay_inside_whatever_the_pairs_are(ties: list[tuple[int, int, int]]) -> None:
    arcs = tuple(Arc(INNER[a], PAIRS.stations[12 + b].key, datum(n, n)) for a, b, n in ties[:18])
    spec = replace(PAIRS, arcs=arcs)
    for form in SIZES:
        svg = draw(spec, form)
        wide, _ = size(svg)
        for found in re.finditer(r'd="M([\d.]+) [\d.]+A([\d.]+) ', svg):
            assert float(found[1]) + float(found[2]) <= wide


@given(LABEL, st.floats(40, 400), st.sampled_from([400, 600]))
def test_wrapped_lines_fit_and_lose_nothing(label: str, room: float, weight: int) -> None:
    lines = wrap(label, room, 11, weight)
    assert "".join(lines).replace(" ", "") == label.replace(" ", "")
    assert all(width(line, 11, weight) <= room or len(line.split()) == 1 for line in lines)


# --------------------------------------------------------------------------- the same picture in print


def test_a_pdf_shows_the_text_of_a_chart_letter_for_letter(tmp_path: Path) -> None:
    rules = font_css(f"{font_folder().as_uri()}/", families=(DISPLAY,))
    drawn = "".join(f"<figure>{draw(spec, WIDE, LEDGER_LINK)}</figure>" for spec in SAMPLES.values())
    html = f'<html lang="vi"><style>{rules} @page {{ size: A4; margin: 14mm }} figure {{ margin: 0 }}</style>{drawn}</html>'
    target = tmp_path / "charts.pdf"
    weasyprint.HTML(string=html).write_pdf(target)
    text = subprocess.run(["pdftotext", "-layout", target, "-"], capture_output=True, check=True).stdout.decode()
    flat = " ".join(text.split())
    for spec in SAMPLES.values():
        assert spec.title in flat
    for words in ("Phương pháp dạy học", "Kiểm tra, đánh giá", "Trung tâm GDNN-GDTX", "Bắc Từ Liêm", "1.410", "30,6%"):
        assert words in flat
    fonts = subprocess.run(["pdffonts", target], capture_output=True, check=True, text=True).stdout
    assert all("BeVietnamPro" in line or "Be-Vietnam-Pro" in line for line in fonts.splitlines()[2:])
