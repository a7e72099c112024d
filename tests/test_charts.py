"""Charts say what they show, at every size, without a collision. Bless new gold files with CHUNGTAY_BLESS=1."""

from __future__ import annotations

import os
import re
from dataclasses import replace
from itertools import combinations
from pathlib import Path

import pytest
from chart_samples import INNER, LEVELS, MAP, SAMPLES, TIME, TOPICS, UNITS, datum
from drawings import SIZES, SVG, Box, assert_clear, boxes, links, parsed, texts

from chungtay_reports.charts import (
    COLUMN,
    DRAWINGS,
    LEDGER_LINK,
    PHONE,
    WIDE,
    Arc,
    ArcDiagram,
    Bar,
    BarChart,
    ChartSpec,
    ColumnChart,
    Datum,
    PairedChart,
    PanelChart,
    Size,
    Station,
    Tile,
    TileMap,
    block,
    data,
    describe,
    draw,
    ink,
)
from chungtay_reports.charts.places import hanoi

GOLD = Path(__file__).parent / "gold" / "charts"
each_chart = pytest.mark.parametrize("spec", SAMPLES.values(), ids=SAMPLES.keys())
each_size = pytest.mark.parametrize("form", SIZES, ids=[form.name for form in SIZES])


def test_every_kind_of_chart_has_a_drawing_and_a_sample() -> None:
    assert set(DRAWINGS) == {type(spec) for spec in SAMPLES.values()} == set(ChartSpec.__args__)


@each_chart
@each_size
def test_a_drawing_is_as_its_gold_file(spec: ChartSpec, form: Size) -> None:
    name = next(name for name, sample in SAMPLES.items() if sample is spec)
    path = GOLD / f"{name}-{form.name}.svg"
    svg = draw(spec, form, LEDGER_LINK).replace("><", ">\n<") + "\n"
    if os.environ.get("CHUNGTAY_BLESS"):
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(svg, "utf-8")
    assert svg == path.read_text("utf-8")


@each_chart
@each_size
def test_a_drawing_is_named_in_words_and_every_id_in_it_is_its_own(spec: ChartSpec, form: Size) -> None:
    root = parsed(draw(spec, form, LEDGER_LINK))
    title, description = root.find(f"{SVG}title"), root.find(f"{SVG}desc")
    assert title is not None
    assert description is not None
    assert title.text == spec.title
    assert description.text == describe(spec)
    assert root.get("aria-labelledby") == f"{title.get('id')} {description.get('id')}"
    ids = [node.get("id") for node in root.iter() if node.get("id")]
    assert len(set(ids)) == len(ids)
    others = {i for other in SIZES if other is not form for i in re.findall(r' id="([^"]+)"', draw(spec, other))}
    assert not others & set(ids)


@each_chart
@each_size
def test_no_text_of_a_drawing_meets_another_or_leaves_it(spec: ChartSpec, form: Size) -> None:
    assert_clear(draw(spec, form, LEDGER_LINK))


@each_chart
@each_size
def test_every_number_is_in_the_drawing_as_it_was_printed(spec: ChartSpec, form: Size) -> None:
    svg = draw(spec, form)
    said = [node.text or "" for node in parsed(svg).iter() if node.tag in {f"{SVG}text", f"{SVG}title"}]
    for _, number in data(spec):
        assert any(re.search(rf"(?<![\d.,]){re.escape(number.text)}(?![\d.,])", words) for words in said), number


@pytest.mark.parametrize("name", ["bars", "bars-beside", "pairs", "columns", "tiles", "arcs"])
@each_size
def test_every_number_opens_its_proof_by_a_link_with_a_name(name: str, form: Size) -> None:
    spec = SAMPLES[name]
    found = {(href, label.rpartition(": ")[2]) for href, label, _ in links(draw(spec, form, LEDGER_LINK))}
    assert {(f"so-lieu.html#{number.figure}", number.text) for _, number in data(spec)} <= found


@each_chart
@each_size
def test_links_are_24_pixels_apart_on_the_screen_that_a_size_is_for(spec: ChartSpec, form: Size) -> None:
    pixels = {"phone": 288 / 320, "column": 448 / 340, "wide": 640 / 720}[form.name]
    targets = [found for _, _, inside in links(draw(spec, form, LEDGER_LINK)) for found in [_hull(inside)]]
    for one, other in combinations(targets, 2):
        if min(one.right - one.left, one.bottom - one.top) * pixels >= 24:
            continue
        (x1, y1), (x2, y2) = one.centre, other.centre
        assert ((x1 - x2) ** 2 + (y1 - y2) ** 2) ** 0.5 * pixels >= 23.9, (one, other)


def _hull(inside: tuple[Box, ...]) -> Box:
    left, top = min(box.left for box in inside), min(box.top for box in inside)
    right, bottom = max(box.right for box in inside), max(box.bottom for box in inside)
    return Box("link", "", inside[-1].words, left, top, right, bottom)


@each_chart
def test_a_drawing_with_links_is_a_group_and_one_without_is_an_image(spec: ChartSpec) -> None:
    assert parsed(draw(spec, COLUMN, LEDGER_LINK)).get("role") == "group"
    plain = draw(spec, COLUMN)
    assert parsed(plain).get("role") == "img"
    assert "<a " not in plain


@each_chart
@each_size
def test_text_can_be_read_on_paper_and_on_a_phone(spec: ChartSpec, form: Size) -> None:
    smallest = min(box.size for box in texts(draw(spec, form)))
    points = {"column": 244 / 340, "wide": 516 / 720}
    if form is PHONE:
        assert smallest * 288 / 320 >= 12  # CSS pixels on a screen of 320
    else:
        assert smallest * points[form.name] >= 7.5


@each_chart
@each_size
def test_a_drawing_needs_no_style_no_script_and_no_fixed_width(spec: ChartSpec, form: Size) -> None:
    root = parsed(draw(spec, form, LEDGER_LINK))
    assert {node.tag for node in root.iter()} <= {
        SVG + name for name in ("svg", "title", "desc", "g", "text", "rect", "line", "path", "circle", "a")
    }
    assert not any("style" in node.attrib or name.startswith("on") for node in root.iter() for name in node.attrib)
    assert "width" not in root.attrib
    assert root.get("viewBox", "").startswith(f"0 0 {form.width} ")
    measures = [value for node in root.iter() for name, value in node.attrib.items() if name != "aria-label"]
    assert not any(re.search(r"\d\.\d{3}|\de[-+]?\d", value) for value in measures)


def test_text_of_a_label_cannot_become_markup() -> None:
    spec = BarChart(id="a", title="A < B & “C”", bars=(Bar('<script>"x"</script>', Datum(1, "<1", 's1"onclick="')),))
    svg = draw(spec, COLUMN, LEDGER_LINK)
    assert "<script" not in svg
    assert '"onclick' not in svg
    assert "<1" in [node.text for node in parsed(svg).iter()]


# --------------------------------------------------------------------------- words


def test_few_numbers_are_all_read_out_and_many_by_their_extremes() -> None:
    assert describe(LEVELS) == "Tiểu học: 271; THCS: 213; Mầm non: 188; Trung tâm GDNN-GDTX: 0."
    assert describe(TIME) == "Nhiều nhất: 4/2023 (164); ít nhất: 2/2023 (8)."
    assert describe(replace(TIME, summary="Tháng tư cao nhất.")) == "Tháng tư cao nhất."


def test_units_that_have_not_reported_are_named() -> None:
    assert describe(MAP).endswith("Chưa báo cáo: Long Biên, Mỹ Đức.")


def test_equal_numbers_have_no_first_place() -> None:
    equal = BarChart(id="a", title="A", bars=tuple(Bar(f"Đơn vị {letter}", Datum(7, "7")) for letter in "ABCDEFGH"))
    assert describe(equal) == "Tất cả bằng nhau: 7."


def test_an_empty_chart_says_so() -> None:
    for spec in (
        BarChart(id="a", title="A", bars=()),
        PairedChart(id="a", title="A", before="B", after="C", rows=()),
        ColumnChart(id="a", title="A", columns=()),
        PanelChart(id="a", title="A", panels=()),
        TileMap(id="a", title="A", tiles=()),
        ArcDiagram(id="a", title="A", stations=(), arcs=()),
    ):
        assert "Biểu đồ chưa có số liệu." in draw(spec)


def test_a_mark_cannot_be_negative_and_an_id_cannot_break_out() -> None:
    with pytest.raises(ValueError, match="negative"):
        Datum(-1, "-1")
    with pytest.raises(ValueError, match="chart id"):
        replace(LEVELS, id='a"b')


# --------------------------------------------------------------------------- kinds


def rects(svg: str, cls: str) -> list[Box]:
    return [box for box in boxes(svg) if box.kind == "rect" and cls in box.cls.split()]


def test_bars_are_as_long_as_their_numbers() -> None:
    svg = draw(LEVELS, COLUMN)
    lengths = [box.right - box.left for box in rects(svg, "ct-bar")]
    assert len(lengths) == 3  # a zero has no bar
    assert lengths[1] / lengths[0] == pytest.approx(213 / 271, abs=0.001)


def test_an_emphasised_bar_is_dark_and_the_others_are_muted() -> None:
    svg = draw(TOPICS, COLUMN)
    assert (len(rects(svg, "ct-bar")), len(rects(svg, "ct-bar-muted"))) == (1, 4)
    assert len(rects(draw(LEVELS, COLUMN), "ct-bar-muted")) == 0


def test_panels_share_one_scale() -> None:
    svg = draw(UNITS, WIDE)
    heights = [box.bottom - box.top for box in rects(svg, "ct-bar")]
    numbers = [column.datum.number for panel in UNITS.panels for column in panel.columns]
    largest = max(numbers)
    for height, number in zip(heights, numbers, strict=True):
        assert height == pytest.approx(44 * number / largest, abs=0.02)


def test_the_map_has_each_of_the_30_districts_once_with_a_code_of_its_own() -> None:
    places = hanoi()
    assert len(places) == 30
    assert len({place[:2] for place in places.values()}) == 30
    assert len({code for _, _, code in places.values()}) == 30
    assert set(INNER) <= set(places)


def test_a_wide_map_prints_names_and_a_narrow_one_codes_with_a_list() -> None:
    assert "Bắc Từ Liêm" in [box.words for box in texts(draw(MAP, WIDE))]
    narrow = [box.words for box in texts(draw(MAP, PHONE))]
    assert {"BTL", "Bắc Từ Liêm", "HĐô", "HĐứ"} <= set(narrow)


def test_a_map_tells_tone_outline_and_missing_apart_without_colour() -> None:
    svg = draw(MAP, WIDE)
    assert {"ít", "nhiều", "nội thành", "chưa báo cáo"} <= {box.words for box in texts(svg)}
    assert len(rects(svg, "ct-tile-missing")) == 2
    assert 'class="ct-hatch"' in svg
    everyone = replace(MAP, tiles=tuple(tile for tile in MAP.tiles if tile.datum))
    assert "chưa báo cáo" not in draw(everyone, WIDE)


def test_the_largest_number_has_the_darkest_tile_and_equal_numbers_one_tone() -> None:
    few = TileMap(id="a", title="A", tiles=(Tile("Ba Vì", datum(1, 1)), Tile("Sơn Tây", datum(50, 2))))
    assert [box.cls for box in rects(draw(few), "ct-tile") if "ct-tile-5" in box.cls or "ct-tile-1" in box.cls]
    same = TileMap(id="a", title="A", tiles=(Tile("Ba Vì", datum(9, 1)), Tile("Sơn Tây", datum(9, 2))))
    tones = [box.fill for box in rects(draw(same), "ct-tile")][5:]
    assert tones == [ink.STEPS[2]] * 2


def test_a_unit_without_a_place_is_still_on_the_map() -> None:
    spec = TileMap(id="a", title="A", tiles=(Tile("Ba Vì", datum(3, 1)), Tile("Phường Hồng Hà", datum(4, 2))))
    assert_clear(draw(spec, COLUMN))
    assert "Phường Hồng Hà" in draw(spec, COLUMN)


def test_outer_units_are_ordered_so_that_arcs_of_one_to_one_pairs_nest() -> None:
    stations = tuple(Station(k, k, inner=k in "ABC") for k in "ABCxyz")
    arcs = tuple(Arc(a, b, datum(1, 1)) for a, b in ("Ax", "By", "Cz"))
    svg = draw(ArcDiagram(id="a", title="T", stations=stations, arcs=arcs))
    order = [box.words for box in sorted(texts(svg), key=lambda box: box.top) if box.words in "ABCxyz"]
    assert order == ["A", "B", "C", "z", "y", "x"]


def test_a_unit_with_many_partners_prints_a_number_for_each() -> None:
    stations = tuple(Station(k, k, inner=k in "ABC") for k in "ABCx")
    arcs = tuple(Arc(a, "x", datum(number, number)) for a, number in (("A", 5), ("B", 6), ("C", 7)))
    svg = draw(ArcDiagram(id="a", title="T", stations=stations, arcs=arcs), COLUMN, LEDGER_LINK)
    assert_clear(svg)
    assert [label for _, label, _ in links(svg)] == ["A - x: 5", "B - x: 6", "C - x: 7"]


def test_a_block_has_a_drawing_for_print_and_one_for_phones() -> None:
    chart = block(MAP, wide=True)
    assert 'class="ct ct-wide"' in chart.svg
    assert 'class="ct ct-phone"' in chart.phone
    assert (chart.title, chart.description, chart.wide) == (MAP.title, describe(MAP), True)


# --------------------------------------------------------------------------- colours


def luminance(colour: str) -> float:
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    high, low = sorted((luminance(one), luminance(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


def test_text_has_a_contrast_of_4_5_and_marks_of_3() -> None:
    for colour in (ink.INK, ink.QUIET, ink.RED):
        assert contrast(colour, ink.PAPER) >= 4.5
    for fill, letters in zip(ink.STEPS, ink.ON_STEPS, strict=True):
        assert contrast(fill, letters) >= 4.5
    for colour in (ink.TEAL, ink.MUTED, ink.RED, ink.INK):
        assert contrast(colour, ink.PAPER) >= 3
    for lighter, darker in zip(ink.STEPS, ink.STEPS[1:], strict=False):
        assert luminance(lighter) > luminance(darker)
