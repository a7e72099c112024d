"""Whatever the numbers and labels are, nothing in a chart collides; and print shows the same picture."""

from __future__ import annotations

import re
import subprocess
from itertools import combinations
from pathlib import Path
from typing import Any

import weasyprint
from chart_samples import SAMPLES, datum
from drawings import SIZES, assert_clear, size
from hypothesis import given, settings
from hypothesis import strategies as st

from chungtay_reports.charts import (
    LEDGER_LINK,
    WIDE,
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
    Size,
    Station,
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


STATIONS = st.lists(st.tuples(LABEL, st.booleans()), min_size=2, max_size=30).map(
    lambda given: tuple(Station(str(key), label, inner=inner) for key, (label, inner) in enumerate(given))
)
ARCS = STATIONS.flatmap(
    lambda stations: st.tuples(
        st.just(stations),
        st.lists(st.sampled_from(list(combinations(stations, 2))), min_size=1, max_size=40, unique=True),
        st.lists(st.one_of(SMALL, DATUM), min_size=40, max_size=40),
    )
)


@given(ARCS, st.sampled_from(SIZES))
@settings(max_examples=100, deadline=None)
def test_arcs_and_their_numbers_stay_inside_whatever_the_pairs_are(drawn: Any, form: Size) -> None:
    stations, pairs, numbers = drawn
    arcs = tuple(Arc(one.key, other.key, datum) for (one, other), datum in zip(pairs, numbers, strict=False))
    svg = draw(ArcDiagram(id="a", title="Các cặp", stations=stations, arcs=arcs), form, LEDGER_LINK)
    assert_clear(svg)
    assert_arcs_inside(svg)


def test_a_unit_with_many_partners_has_its_numbers_in_rows_and_room_for_its_arcs() -> None:
    names = sorted(hanoi())
    stations = tuple(Station(name, name, inner=name != names[-1]) for name in names)
    arcs = tuple(Arc(name, names[-1], datum(120, n)) for n, name in enumerate(names[:-1]))
    for form in SIZES:
        svg = draw(ArcDiagram(id="a", title="Các cặp", stations=stations, arcs=arcs), form)
        assert_clear(svg)
        assert_arcs_inside(svg)


def assert_arcs_inside(svg: str) -> None:
    """Every arc bends away from the line, and not out of the drawing."""
    wide, _ = size(svg)
    for found in re.finditer(r'd="M(-?[\d.]+) [\d.]+A(-?[\d.]+) ', svg):
        assert float(found[2]) >= 0
        assert float(found[1]) + float(found[2]) <= wide + 0.5


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
