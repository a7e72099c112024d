"""Placeholders that print one number: exact, hedged, as a share, as a fraction, as a change."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from typing import cast

from chungtay_reports.edition import Inlines, Text
from chungtay_reports.figures.derived import Refused
from chungtay_reports.model import Figure, Metric, Period
from chungtay_reports.prose.placeholders.parameters import SCOPE, Bound, Parameter
from chungtay_reports.prose.placeholders.scene import Scene, proven
from chungtay_reports.vietnamese import in_words, money, number, percent, points
from chungtay_reports.vietnamese.claims import CLAIMS, RatioKind, hedge_ratio
from chungtay_reports.vietnamese.hedges import HedgeKind, hedge, hedge_money

METRIC = Parameter("chi_tieu", "metric", "tên chỉ tiêu", required=True)
WHOLE = Parameter("trong", "metric", "chỉ tiêu làm tổng để so")
IN_WORDS = Parameter("chu", "flag", "viết số bằng chữ", default=False)
AT_ZERO = Parameter("khong", "prose", "câu thay khi số bằng 0, ví dụ 'chưa ghi nhận hoạt động nào'")

TURNS = "lượt"
STRONGEST = ("toan_bo", "hau_het", "hon_mot_nua", "mot_nua", "da_so", "gan_mot_nua")  # best first
ONLY_POINTS = "chỉ nói được tăng, giảm bao nhiêu điểm phần trăm"
ZERO = "số này bằng 0; không in số 0 trơ trọi: bỏ câu, hoặc thêm khong='chưa ghi nhận …'"


def so(scene: Scene, given: Bound) -> Inlines:
    """Print the exact value; money as the press writes it; 0 only in words that the author gives."""
    metric, figure = _asked(scene, given)
    if figure.value == 0:
        instead = given.text("khong")
        if not instead:
            raise Refused(ZERO)
        return (scene.number(figure, instead),)
    if metric.money and scene.desk.exact and isinstance(figure.value, int):
        return (scene.number(figure, money(figure.value, "official")),)
    return (scene.number(figure, exact(metric, figure.value, words=given.flag("chu"))),)


def exact(metric: Metric, value: int | Fraction, *, words: bool = False) -> str:
    """Write a value exactly: 2.100; 1,5 tỷ đồng; tám. A ratio is refused: it is printed as percent or as a fraction."""
    if not isinstance(value, int):
        raise Refused(
            f"“{metric.name}” là một tỉ lệ", f"{{{{ ty_le('{metric.name}') }}}} hoặc {{{{ ti_so('{metric.name}') }}}}"
        )
    if metric.money:
        return money(value)
    return in_words(value) if words else number(value)


def hedged(kind: HedgeKind) -> Callable[[Scene, Bound], Inlines]:
    """Make the writer of a proven hedge: gan → “gần 700”, hang → “hàng trăm”."""

    def write(scene: Scene, given: Bound) -> Inlines:
        metric, figure = _asked(scene, given)
        if not isinstance(figure.value, int):
            raise Refused(f"“{metric.name}” là một tỉ lệ nên không ước lượng được", f"{{{{ phan('{metric.name}') }}}}")
        prove = hedge_money if metric.money else hedge
        found = proven(prove(kind, figure.value))
        return (scene.number(figure, found.text, found.word),)

    return write


def ty_le(scene: Scene, given: Bound) -> Inlines:
    """Print a percentage; “100%” only when everybody has reported."""
    figure = _ratio(scene, given)
    if figure.value == 0:
        raise Refused("tỉ lệ này bằng 0; bỏ câu")
    if figure.value == 1:
        scene.prove_coverage("100%", scene.desk.silent(figure))
    return (scene.number(figure, percent(Fraction(figure.value), given.count("le", 1))),)


def ti_so(scene: Scene, given: Bound) -> Inlines:
    """Print a ratio as it was counted: 30/30."""
    figure = _ratio(scene, given)
    part, whole = figure.operands[:2]
    if part.value == 0:
        raise Refused("tỉ số này bằng 0; bỏ câu")
    text = f"{number(part.value)}/{number(whole.value)}"
    if part.value == whole.value:
        scene.prove_coverage(text, scene.desk.silent(figure))
    return (scene.number(figure, text),)


def phan(scene: Scene, given: Bound) -> Inlines:
    """Print a proven claim about a share: “hầu hết”, “đa số”, “hơn một nửa”; the strongest that holds, or the one asked for."""
    figure = _ratio(scene, given)
    kind = given.text("kieu")
    for candidate in (kind,) if kind else STRONGEST:
        try:
            return _claimed(scene, figure, candidate)
        except Refused:
            if kind:
                raise
    part, whole = figure.operands[:2]
    raise Refused(f"{number(part.value)}/{number(whole.value)} không đủ để nói “đa số” hay “một nửa”", "{{ ty_le(…) }}")


def ca(scene: Scene, given: Bound) -> Inlines:
    """Print “cả 30” when the part is the whole and everybody has reported; with kieu also “toàn bộ 30”, “tất cả 30”."""
    figure = _ratio(scene, given)
    word = given.text("kieu")
    printed = _prove(scene, figure, word)
    if word == "ca":
        return (scene.number(figure, printed, "cả"),)
    return (scene.number(figure, f"{printed} {number(figure.operands[1].value)}", printed),)


def _claimed(scene: Scene, figure: Figure, kind: str) -> Inlines:
    text = _prove(scene, figure, kind)
    return (scene.number(figure, text, text),)


def _prove(scene: Scene, figure: Figure, kind: str) -> str:
    """Prove a claim about a share; the exact ones need every report, and say who is missing."""
    part, whole = (int(operand.value) for operand in figure.operands[:2])
    claim = CLAIMS[kind]
    silent = scene.desk.silent(figure)
    if claim.complete and claim.holds(Fraction(figure.value)):
        scene.prove_coverage(claim.text.format(whole=number(whole)), silent)
    found = hedge_ratio(cast("RatioKind", kind), part, whole, complete=not silent)
    return proven(found).text


def tang_giam(scene: Scene, given: Bound) -> Inlines:
    """Print the change from the previous period; refused when the two cannot be compared."""
    metric, new = _asked(scene, given)
    desk = scene.desk
    before = given.values["so_voi"] or desk.previous
    if not isinstance(before, Period):
        raise Refused("bài chưa có kỳ trước để so sánh; khai compare_with ở đầu bản tin, hoặc bỏ câu")
    old = desk.figure(metric.name, given.where, before)
    everybody_reported(scene, new, old)
    style, unequal = given.text("kieu"), given.flag("khac_ky")
    ratio = isinstance(new.value, Fraction)
    if style == "phan_tram":
        if ratio:
            raise Refused(f"“{metric.name}” là một tỉ lệ: {ONLY_POINTS}", f"{{{{ tang_giam('{metric.name}') }}}}")
        figure = desk.change(new, old, unequal=unequal)
        words, amount = _direction(figure.value, "tăng", "giảm", "không đổi"), percent(abs(Fraction(figure.value)))
    else:
        figure = desk.difference(new, old, unequal=unequal)
        amount = _amount(metric, figure.value)
        if given.flag("don_vi_tinh") and not metric.money and not ratio:
            amount += f" {metric.unit}"
        words = _direction(figure.value, *_STYLES[style, ratio])
    text = words if figure.value == 0 else f"{words} {amount}"
    return (scene.number(figure, text),)


_STYLES = {  # by the style that is asked for, and whether a ratio is compared
    **dict.fromkeys((("tang_giam", False), ("tang_giam", True)), ("tăng", "giảm", "không đổi")),
    ("nhieu_hon", False): ("nhiều hơn kỳ trước", "ít hơn kỳ trước", "bằng kỳ trước"),
    ("nhieu_hon", True): ("cao hơn kỳ trước", "thấp hơn kỳ trước", "bằng kỳ trước"),
}


def _amount(metric: Metric, difference: int | Fraction) -> str:
    """Write how much, without a sign: “12”, “1,5 tỷ đồng”, “3,2 điểm phần trăm”."""
    return points(difference) if isinstance(difference, Fraction) else exact(metric, abs(difference))


def _direction(value: int | Fraction, up: str, down: str, level: str) -> str:
    return up if value > 0 else down if value < 0 else level


def so_sanh(scene: Scene, given: Bound) -> Inlines:
    """Print the whole comparison of an official paper: “tăng 12 chuyên đề (12,5%) so với năm học 2022-2023”."""
    metric, new = _asked(scene, given)
    desk, before = scene.desk, scene.desk.previous
    if before is None:
        raise Refused("văn bản chưa có kỳ trước để so sánh")
    old = desk.figure(metric.name, given.where, before)
    everybody_reported(scene, new, old)
    figure = desk.difference(new, old)
    direction = _direction(figure.value, "tăng", "giảm", "không thay đổi")
    than = Text(f" so với {before.name or 'kỳ trước'}")
    if figure.value == 0:
        return (scene.number(figure, direction), than)
    ratio = isinstance(figure.value, Fraction)
    noun = "" if metric.money or ratio else f" {_short_noun(metric.unit)}"
    amount = desk.print(figure, scene.say(f"{direction} {_amount(metric, figure.value)}{noun}"))
    if old.value == 0 or ratio:
        return (amount, than)
    relative = desk.change(new, old)
    printed = desk.print(relative, percent(abs(Fraction(relative.value))))
    return (amount, Text(" ("), printed, Text(")"), than)


def _short_noun(unit: str) -> str:
    """Say “lượt” for “lượt học sinh”: the sentence has just named them."""
    return TURNS if unit.startswith(f"{TURNS} ") else unit


def everybody_reported(scene: Scene, new: Figure, old: Figure) -> None:
    """Refuse a comparison as long as a unit that one of its figures needs has not reported."""
    for figure, which in ((new, "kỳ này"), (old, "kỳ trước")):
        if silent := scene.desk.silent(figure):
            count = len(silent)
            raise Refused(f"{which} còn {count} đơn vị chưa gửi báo cáo nên chưa so sánh được; bỏ câu")


def _asked(scene: Scene, given: Bound) -> tuple[Metric, Figure]:
    name = given.text("chi_tieu")
    return scene.desk.library.metrics[name], scene.desk.figure(name, given.where, given.period)


def _ratio(scene: Scene, given: Bound) -> Figure:
    """Give the ratio metric itself, a share of another metric, or the share of a group in the whole."""
    desk, name, whole = scene.desk, given.text("chi_tieu"), given.text("trong")
    figure = desk.figure(name, given.where, given.period)
    if whole:
        return desk.share(figure, desk.figure(whole, given.where, given.period))
    if figure.op == "ratio":
        return figure
    if not given.where:
        raise Refused(f"“{name}” không phải một tỉ lệ; cho biết tổng bằng trong='…', hoặc chọn một nhóm", "")
    return desk.share(figure, desk.figure(name, (), given.period))


FRACTION = (METRIC, WHOLE)
SHARE_CLAIM = Parameter(
    "kieu", "choice", "lời phải chứng minh; để trống thì chọn lời mạnh nhất còn đúng", choices=tuple(sorted(CLAIMS))
)
CHANGE = (
    METRIC,
    Parameter("so_voi", "period", "kỳ để so, khi khác kỳ trước đã khai"),
    Parameter("kieu", "choice", "cách nói", default="tang_giam", choices=("tang_giam", "nhieu_hon", "phan_tram")),
    Parameter("don_vi_tinh", "flag", "kèm danh từ được đếm", default=False),
    Parameter("khac_ky", "flag", "so cả khi hai kỳ dài ngắn khác nhau (câu phải nói rõ)", default=False),
    *SCOPE,
)
ALL_WORD = Parameter("kieu", "choice", "chữ đứng trước số", default="ca", choices=("ca", "toan_bo", "tat_ca"))
DECIMALS = Parameter("le", "decimals", "số chữ số thập phân, từ 0 đến 3")
