"""The placeholder `bieu_do`: figures of the desk become a chart whose every number is printed in the ledger."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from itertools import combinations
from typing import Any

from chungtay_reports import charts
from chungtay_reports.charts import (
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
)
from chungtay_reports.edition import Text
from chungtay_reports.figures import derived
from chungtay_reports.figures.derived import Refused
from chungtay_reports.figures.periods import label as period_label
from chungtay_reports.model import Figure, Filter, Metric, Period
from chungtay_reports.prose.placeholders.numbers import METRIC, everybody_reported, exact
from chungtay_reports.prose.placeholders.parameters import SCOPE, Bound, Parameter
from chungtay_reports.prose.placeholders.scene import Scene, Written
from chungtay_reports.vietnamese import percent, sentence_start, typography

DIMENSION_WORDS = {
    "don_vi": "đơn vị", "cap_hoc": "cấp học", "cap": "cấp tổ chức", "chu_de": "nội dung", "thang": "tháng",
    "hinh_thuc": "hình thức", "loai": "loại", "khoi": "khối", "chieu": "chiều",
}  # fmt: skip


NO_PLACES = (
    "bản đồ ô chỉ có chỗ của 30 quận, huyện, thị xã, phần lớn đơn vị báo cáo kỳ này không có chỗ; "
    "dùng 'thanh' với lay=10, hoặc bảng"
)


@dataclass(frozen=True, slots=True)
class Order:
    """What a chart is asked to show."""

    scene: Scene
    given: Bound
    metric: Metric
    theo: str
    head: Mapping[str, Any]  # id, title, subtitle

    def groups(self, dimension: str, *, zeros: bool = False) -> list[tuple[str, Figure]]:
        desk, given = self.scene.desk, self.given
        return list(desk.by(self.metric.name, dimension, given.where, given.period, zeros=zeros))

    def largest(self) -> list[tuple[str, Figure]]:
        """Give the groups that have something, the largest first (months in their order), as many as asked for."""
        groups = [(key, figure) for key, figure in self.groups(self.theo) if figure.value]
        if self.theo != "thang":
            groups.sort(key=lambda group: -group[1].value)
        return groups[: self.given.count("lay", len(groups))]

    def label(self, dimension: str, key: str) -> str:
        return sentence_start(self.scene.desk.label(dimension, key, "short"))

    def datum(self, figure: Figure, where: str) -> Datum:
        """Print a figure in the chart, at the group that it stands for."""
        value = figure.value
        text = typography(exact(self.metric, value) if isinstance(value, int) else percent(value))
        with self.scene.desk.location(where):
            return Datum(value, text, self.scene.desk.print(figure, text).figure)


def bieu_do(scene: Scene, given: Bound) -> Written:
    """Draw a chart of a metric; its kind decides what else it needs."""
    kind, theo = given.text("loai_bieu_do"), given.text("theo")
    metric = scene.desk.library.metrics[given.text("chi_tieu")]
    scene.blocks["bieu-do"] += 1
    period = given.period or scene.desk.period
    by = f" theo {DIMENSION_WORDS[theo]}" if theo else ""
    head = {
        "id": scene.desk.name(kind.replace("_", "-"), scene.blocks["bieu-do"]),
        "title": typography(given.text("tieu_de") or f"{metric.label}{by}"),
        "subtitle": typography(sentence_start(f"{metric.unit}, {period_label(period)}")),
    }
    order = Order(scene, given, metric, theo, head)
    with scene.desk.location(f"biểu đồ {head['id']}"):
        spec = DRAWN[kind](order)
    caption = given.text("chu_thich")
    wide = given.flag("rong") or kind in {"o_nho", "ban_do"}
    return charts.block(spec, (Text(typography(caption)),) if caption else (), wide=wide)


def _needed(order: Order, wanted: str = "") -> str:
    if not order.theo:
        raise Refused(f"biểu đồ này cần theo='{wanted or '…'}'")
    if wanted and order.theo != wanted:
        raise Refused(f"biểu đồ này chỉ vẽ theo '{wanted}'")
    return order.theo


def _something(groups: list[tuple[str, Figure]]) -> list[tuple[str, Figure]]:
    if not groups:
        raise Refused("không có số liệu để vẽ; bỏ biểu đồ")
    return groups


def _bars(order: Order) -> ChartSpec:
    theo = _needed(order)
    groups = _something(order.largest())
    top = max(figure.value for _, figure in groups)
    bars = []
    for key, figure in groups:
        label = order.label(theo, key)
        bars.append(Bar(label, order.datum(figure, label), emphasis=figure.value == top))
    return BarChart(**order.head, bars=tuple(bars))


def _columns(order: Order) -> ChartSpec:
    _needed(order, "thang")
    groups = _something(order.groups("thang", zeros=True))
    return ColumnChart(**order.head, columns=_months(order, groups))


def _months(order: Order, groups: list[tuple[str, Figure]], prefix: str = "") -> tuple[Column, ...]:
    columns = []
    for key, figure in groups:
        year, month = key.split("-")
        datum = order.datum(figure, f"{prefix}{order.label('thang', key)}")
        columns.append(Column(str(int(month)), datum, group=year))
    return tuple(columns)


def _pairs_of_periods(order: Order) -> ChartSpec:
    theo, desk = _needed(order), order.scene.desk
    before = order.given.values["so_voi"] or desk.previous
    if not isinstance(before, Period):
        raise Refused("bài chưa có kỳ trước để so sánh; khai compare_with ở đầu bản tin")
    old = dict(desk.by(order.metric.name, theo, order.given.where, before, zeros=True))
    rows = []
    for key, new in _something(order.largest()):
        if key in old:
            everybody_reported(order.scene, new, old[key])
            desk.difference(new, old[key], unequal=order.given.flag("khac_ky"))  # refuses what cannot be compared
            label = order.label(theo, key)
            rows.append(PairedBar(label, order.datum(old[key], label), order.datum(new, label)))
    if not rows:
        raise Refused("không nhóm nào có mặt ở cả hai kỳ để so sánh; bỏ biểu đồ")
    names = [sentence_start(period_label(period)) for period in (before, order.given.period or desk.period)]
    return PairedChart(**order.head, before=names[0], after=names[1], rows=tuple(rows))


def _panels(order: Order) -> ChartSpec:
    """One small column chart by month for each of the largest groups."""
    theo = _needed(order)
    panels = []
    for key, total in _something(order.largest()):
        label = order.label(theo, key)
        where = (*order.given.where, Filter(theo, (key,)))
        desk = order.scene.desk
        months = list(desk.by(order.metric.name, "thang", where, order.given.period, zeros=True))
        panels.append(Panel(label, _months(order, months, f"{label}, "), order.datum(total, label)))
    return PanelChart(**order.head, panels=tuple(panels))


def _map(order: Order) -> ChartSpec:
    """Every reporting unit as a tile; one that has not reported is empty, not nought."""
    _needed(order, "don_vi")
    registry, desk = order.scene.desk.library.registry, order.scene.desk
    figures = dict(order.groups("don_vi", zeros=True))
    tiles = []
    labels = {id_: registry.name(id_, desk.period.end, "short") for id_ in desk.coverage.expected}
    if charts.scattered(labels.values()):
        raise Refused(NO_PLACES)
    for id_, label in labels.items():
        figure = None if id_ in desk.coverage.missing else figures.get(id_)
        inner = registry.units[id_].area == "noi-thanh"
        tiles.append(Tile(label, order.datum(figure, label) if figure else None, inner))
    return TileMap(**order.head, tiles=tuple(tiles))


def _arcs(order: Order) -> ChartSpec:
    """An arc for each pair of units that signed a pact, as thick as what they have done together."""
    registry, desk = order.scene.desk.library.registry, order.scene.desk
    between = TOGETHER.get(order.metric.table)
    if between is None:
        raise Refused("biểu đồ vòng cung cần một chỉ tiêu đếm giao ước hoặc hoạt động")
    found = []
    for (one, other), ids in sorted(_pacts(order).items(), key=lambda pact: [registry.order(id_) for id_ in pact[0]]):
        figure = between(order, one, other, ids)
        if figure.value:
            found.append((one, other, figure))
    if not found:
        raise Refused("chưa có cặp đơn vị nào đã ký giao ước và có hoạt động chung; bỏ biểu đồ")
    names = {id_: registry.name(id_, desk.period.end, "short") for pair in found for id_ in pair[:2]}
    stations = tuple(
        Station(id_, names[id_], inner=registry.units[id_].area == "noi-thanh")
        for id_ in sorted(names, key=registry.order)
    )
    arcs = tuple(Arc(one, other, order.datum(figure, f"{names[one]} - {names[other]}")) for one, other, figure in found)
    return ArcDiagram(**order.head, stations=stations, arcs=arcs)


def _pacts(order: Order) -> dict[tuple[str, str], tuple[str, ...]]:
    """Map each pair of units whose offices have signed a pact by the end of the days to the ids of what they signed."""
    registry, desk = order.scene.desk.library.registry, order.scene.desk
    end = (order.given.period or desk.period).end
    pacts: dict[tuple[str, str], tuple[str, ...]] = {}
    for record in desk.agreements("giao-uoc-cap-huyen"):
        if record.signed_on <= end:
            tops = sorted({top for party in record.parties if (top := registry.top(party))}, key=registry.order)
            for pair in combinations(tops, 2):
                pacts[pair] = (*pacts.get(pair, ()), record.id)
    return pacts


def _signed(order: Order, _: str, __: str, ids: tuple[str, ...]) -> Figure:
    return order.scene.desk.figure(order.metric.name, (*order.given.where, Filter("id", ids)), order.given.period)


def _hosted(order: Order, one: str, other: str, _: tuple[str, ...]) -> Figure:
    """What one unit hosted with the other, and the other with it: two sets without a common record."""
    desk, where = order.scene.desk, order.given.where
    parts = []
    for host, guest in ((one, other), (other, one)):
        between = (Filter("host.unit", (host,)), Filter("partner.unit", (guest,)))
        parts.append(desk.figure(order.metric.name, (*where, *between), order.given.period))
    both = (Filter("host.unit", (one, other)), Filter("partner.unit", (one, other)))
    return derived.derive("sum_of", replace(parts[0].query, where=(*where, *both)), tuple(parts))


# table of the metric → what ties two units
TOGETHER: Mapping[str, Callable[[Order, str, str, tuple[str, ...]], Figure]] = {
    "agreements": _signed,
    "activities": _hosted,
}

DRAWN: Mapping[str, Callable[[Order], ChartSpec]] = {
    "thanh": _bars,
    "cot": _columns,
    "so_sanh": _pairs_of_periods,
    "o_nho": _panels,
    "ban_do": _map,
    "vong_cung": _arcs,
}

CHART = (
    Parameter("loai_bieu_do", "choice", "loại biểu đồ", required=True, choices=tuple(DRAWN)),
    METRIC,
    Parameter("theo", "dimension", "chia theo gì"),
    Parameter("lay", "count", "lấy bao nhiêu nhóm đầu"),
    Parameter("tieu_de", "prose", "tên biểu đồ; để trống thì lấy tên chỉ tiêu"),
    Parameter("chu_thich", "prose", "câu dưới biểu đồ"),
    Parameter("rong", "flag", "trải hết chiều rộng trang", default=False),
    Parameter("so_voi", "period", "kỳ để so, khi khác kỳ trước đã khai"),
    Parameter("khac_ky", "flag", "so cả khi hai kỳ dài ngắn khác nhau", default=False),
    *SCOPE,
)
