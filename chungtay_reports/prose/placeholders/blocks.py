"""Placeholders that are whole blocks: a table of figures by group, a photo."""

from __future__ import annotations

from chungtay_reports.edition import Cell, Inlines, Photo, Table, Text
from chungtay_reports.figures.derived import Refused
from chungtay_reports.figures.periods import label as period_label
from chungtay_reports.meant import closest
from chungtay_reports.model import Figure, Metric
from chungtay_reports.prose.placeholders.charting import DIMENSION_WORDS
from chungtay_reports.prose.placeholders.numbers import exact
from chungtay_reports.prose.placeholders.parameters import SCOPE, Bound, Parameter
from chungtay_reports.prose.placeholders.scene import Scene, Written
from chungtay_reports.vietnamese import number, percent, sentence_start, typography

TABLE = (
    Parameter("cac_chi_tieu", "metrics", "các chỉ tiêu, mỗi chỉ tiêu một cột", required=True),
    Parameter("theo", "dimension", "mỗi hàng là gì", default="don_vi"),
    Parameter("lay", "count", "chỉ lấy bao nhiêu hàng, lớn nhất theo cột đầu"),
    Parameter("tieu_de", "prose", "tên bảng; để trống thì đặt theo chỉ tiêu"),
    Parameter("tong", "prose", "chữ đầu hàng tổng, ví dụ 'Toàn thành phố'"),
    *SCOPE,
)
PHOTO = (
    Parameter("ma", "text", "mã ảnh trong content/media", required=True),
    Parameter("chu_thich", "prose", "chú thích thay cho chú thích đã khai"),
)

NOT_REPORTED = "chưa gửi"

# What a table may have and still stand in one column of a page.
NARROW_COLUMNS = 4
NARROW_ROWS = 15


def bang(scene: Scene, given: Bound) -> Written:
    """Set several metrics side by side, one row per group, with a row of totals."""
    desk, theo = scene.desk, given.text("theo")
    metrics = [desk.library.metrics[name] for name in given.many("cac_chi_tieu")]
    columns = [dict(desk.by(metric.name, theo, given.where, given.period, zeros=True)) for metric in metrics]
    keys = _rows(columns, given)
    if not keys:
        raise Refused("không có số liệu để lập bảng; bỏ bảng")
    scene.blocks["bang"] += 1
    place = f"bảng {scene.blocks['bang']}"
    rows = []
    for key in keys:
        name = desk.label(theo, key, "short")
        silent = theo == "don_vi" and key in desk.coverage.missing
        with desk.location(f"{place}, hàng {name}"):
            cells = [
                _cell(scene, metric, column.get(key), silent=silent)
                for metric, column in zip(metrics, columns, strict=True)
            ]
        rows.append((Cell(_text(sentence_start(name)), header=True), *cells))
    totals = [desk.figure(metric.name, given.where, given.period) for metric in metrics]
    with desk.location(f"{place}, hàng tổng"):
        total = [_cell(scene, metric, figure) for metric, figure in zip(metrics, totals, strict=True)]
    head = (Cell(_text(sentence_start(DIMENSION_WORDS[theo])), header=True), *map(_head, metrics))
    return Table(
        caption=_text(given.text("tieu_de") or _caption(scene, metrics, given)),
        head=(head,),
        rows=tuple(rows),
        total=(Cell(_text(given.text("tong") or _total_word(columns, totals)), header=True), *total),
        wide=len(metrics) > NARROW_COLUMNS or len(rows) > NARROW_ROWS,
    )


def _rows(columns: list[dict[str, Figure]], given: Bound) -> list[str]:
    """Give the keys of the rows: those that have something anywhere, in order, or the largest by the first column."""
    keys = list(dict.fromkeys(key for column in columns for key in column))
    if not given.values["lay"]:
        return keys if any(figure.value for column in columns for figure in column.values()) else []
    having = [key for key in keys if key in columns[0] and columns[0][key].value]
    return sorted(having, key=lambda key: -columns[0][key].value)[: given.count("lay", len(having))]


def _cell(scene: Scene, metric: Metric, figure: Figure | None, *, silent: bool = False) -> Cell:
    """Print one value; a unit that has not reported shows that and no nought."""
    if figure is None or (silent and not figure.value):
        return Cell(_text(NOT_REPORTED if silent else "-"), numeric=True)
    value = figure.value
    if metric.money and isinstance(value, int):
        text = number(value)
    else:
        text = exact(metric, value) if isinstance(value, int) else percent(value)
    return Cell((scene.desk.print(figure, text),), numeric=True)


def _head(metric: Metric) -> Cell:
    name = sentence_start(metric.short or metric.label)
    return Cell(_text(f"{name} (đồng)" if metric.money else name), numeric=True, header=True)


def _caption(scene: Scene, metrics: list[Metric], given: Bound) -> str:
    period = period_label(given.period or scene.desk.period)
    by = DIMENSION_WORDS[given.text("theo")]
    if len(metrics) == 1:
        return f"{metrics[0].label} theo {by}, {period}"
    return f"Kết quả theo {by}, {period}"


def _total_word(columns: list[dict[str, Figure]], totals: list[Figure]) -> str:
    """“Tổng cộng” only when every column adds up to it: a school in two districts' rows is one school in the total."""
    adds = all(
        isinstance(total.value, int) and sum(figure.value for figure in column.values()) == total.value
        for column, total in zip(columns, totals, strict=True)
    )
    return "Tổng cộng" if adds else "Tính chung"


# What stands before a picture's author, by its kind.
CREDITS = {"anh": "Ảnh", "minh-hoa": "Minh họa"}


def anh(scene: Scene, given: Bound) -> Written:
    """Place a photo by its id. `asset` is that id and the size is 0: composing puts the picture itself in.

    Refused without consent when pupils can be recognised.
    """
    media, id_ = scene.desk.library.media, given.text("ma")
    item = media.get(id_)
    if item is None:
        raise Refused(f"không có ảnh “{id_}”", closest(id_, media) or "")
    if item.pupils and not (item.consent and item.consent.holds_on(scene.today)):
        raise Refused("ảnh nhận ra được học sinh mà chưa có sự đồng ý còn hiệu lực nên không in được")
    caption = given.text("chu_thich") or item.caption
    return Photo(id_, item.alt, _text(caption), f"{CREDITS[item.kind]}: {item.credit}", 0, 0)


def _text(text: str) -> Inlines:
    return (Text(typography(text)),)
