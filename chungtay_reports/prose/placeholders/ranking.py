"""Placeholders that speak of groups: who leads, in what order, what there is most of."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

from chungtay_reports.edition import Inline, Inlines, Text
from chungtay_reports.figures.derived import Refused
from chungtay_reports.model import Figure, Metric
from chungtay_reports.prose.placeholders.numbers import METRIC, exact
from chungtay_reports.prose.placeholders.parameters import SCOPE, Bound, Parameter
from chungtay_reports.prose.placeholders.scene import Scene
from chungtay_reports.vietnamese import join, percent
from chungtay_reports.vietnamese.claims import superlative
from chungtay_reports.vietnamese.hedges import Refusal

BY = Parameter("theo", "dimension", "chia theo gì: don_vi, cap_hoc, cap, chu_de …", required=True)
TOP = Parameter("lay", "count", "lấy bao nhiêu nhóm đầu")
WITH_NUMBERS = Parameter("so", "flag", "kèm số", default=True)
RANKING = (METRIC, BY, TOP, *SCOPE)
LEADER = (METRIC, BY, *SCOPE)
LISTING = (
    METRIC,
    BY,
    TOP,
    WITH_NUMBERS,
    Parameter("tu", "count", "bắt đầu từ nhóm thứ mấy"),
    Parameter("so_truoc", "flag", "số và danh từ đứng trước tên nhóm: “33 trường mầm non”", default=False),
    Parameter("noi", "prose", "chữ nối giữa danh từ và tên nhóm: “8 chuyên đề về …”"),
    *SCOPE,
)

ALMOST = 2  # so many more than asked for are still named when they tie with the last


@dataclass(frozen=True, slots=True)
class Group:
    """One group of a ranking: its key, its name in prose, its figure."""

    key: str
    name: str
    figure: Figure


@dataclass(frozen=True, slots=True)
class Ranking:
    """The groups of a metric, the largest first."""

    metric: Metric
    groups: tuple[Group, ...]
    silent: tuple[str, ...]  # who has not reported of those it needs


def xep_hang(scene: Scene, given: Bound) -> Inlines:
    """Say who leads and who follows: “Cầu Giấy dẫn đầu với 28 trường, tiếp đến là Ba Đình (23) và Đống Đa (19)”.

    Groups that are not units do not race: “nhiều nhất là tiểu học với 271 trường, tiếp đến là mầm non (230)”.
    """
    ranking = _ranked(scene, given)
    units = given.text("theo") == "don_vi"
    leaders, *rest = _provable(scene, ranking, given.count("lay", 3), "dẫn đầu" if units else "nhiều nhất")
    tie = len(leaders) > 1
    names = join([group.name for group in leaders])
    if units:
        opening = f"{names}{' cùng' if tie else ''} dẫn đầu với "
    else:
        opening = f"nhiều nhất là {names}{', cùng có ' if tie else ' với '}"
    pieces: list[Inline] = [
        Text(scene.say(opening)),
        _printed(scene, leaders[0], ranking.metric),
        Text(_noun(ranking.metric)),
    ]
    if rest:
        pieces.append(Text(", tiếp đến là "))
        pieces.extend(_followers(scene, rest, ranking.metric))
    return tuple(pieces)


def dan_dau(scene: Scene, given: Bound) -> Inlines:
    """Name the proven leader, and enter its place in the ledger; refused on a tie and while somebody has not reported."""
    ranking = _ranked(scene, given)
    scene.prove_coverage("dẫn đầu", ranking.silent)
    values = [(group.name, group.figure.value) for group in ranking.groups]
    found = superlative(values, complete=True)
    if isinstance(found, Refusal):
        raise Refused(found.reason, found.offer)
    first = scene.desk.rank(
        given.text("chi_tieu"), given.text("theo"), ranking.groups[0].key, given.where, given.period
    )
    return (scene.number(first, found.name, "dẫn đầu"),)


def nhieu_nhat(scene: Scene, given: Bound) -> Inlines:
    """Say what there is most of: “nhiều nhất là đổi mới phương pháp dạy học với 241 chuyên đề”."""
    ranking = _ranked(scene, given)
    leaders = _provable(scene, ranking, 1, "nhiều nhất")[0]
    names = join([group.name for group in leaders])
    tie = len(leaders) > 1
    return (
        Text(scene.say(f"nhiều nhất là {names}{', cùng có ' if tie else ' với '}")),
        _printed(scene, leaders[0], ranking.metric),
        Text(_noun(ranking.metric)),
    )


def liet_ke(scene: Scene, given: Bound) -> Inlines:
    """List groups that have something, the largest first, with or without their numbers."""
    ranking = _ranked(scene, given)
    start = given.count("tu", 1) - 1
    chosen = ranking.groups[start : start + given.count("lay", len(ranking.groups))]
    if not chosen:
        raise Refused("không có nhóm nào để liệt kê; bỏ câu")
    named = [(Text(group.name), group) for group in chosen]
    items = [_item(scene, ranking.metric, name, group, given) for name, group in named]
    first = items[0][0]
    if scene.capital and isinstance(first, Text):
        items[0] = (Text(scene.say(first.text)), *items[0][1:])
    return _joined(items, separator="; " if any(", " in group.name for group in chosen) else ", ")


def _item(scene: Scene, metric: Metric, name: Text, group: Group, given: Bound) -> tuple[Inline, ...]:
    """Name a group, with its number after it or, with its noun, before it."""
    if given.flag("so_truoc"):
        link = f" {given.text('noi')}" if given.text("noi") else ""
        return (_printed(scene, group, metric), Text(f"{_noun(metric)}{link} {name.text}"))
    if given.flag("so"):
        return (name, Text(" ("), _printed(scene, group, metric), Text(")"))
    return (name,)


def _ranked(scene: Scene, given: Bound) -> Ranking:
    """Give the groups that have something, the largest first; equals stay in the order of the registry."""
    desk, name, dimension = scene.desk, given.text("chi_tieu"), given.text("theo")
    found = [
        Group(key, desk.label(dimension, key, "short"), figure)
        for key, figure in desk.by(name, dimension, given.where, given.period)
        if figure.value
    ]
    if not found:
        raise Refused("không nhóm nào có số liệu; bỏ câu")
    ranked = tuple(sorted(found, key=lambda group: -group.figure.value))
    return Ranking(desk.library.metrics[name], ranked, desk.silent(found[0].figure, given.where))


def _provable(scene: Scene, ranking: Ranking, wanted: int, claim: str) -> list[tuple[Group, ...]]:
    """Cut the ranking when it bears a superlative: everybody has reported, and not all are equal."""
    scene.prove_coverage(claim, ranking.silent)
    tiers = _tiers(ranking.groups, wanted)
    if not tiers or len(ranking.groups) < 2:
        raise Refused(f"các nhóm bằng nhau hoặc chỉ có một nhóm nên không nói được “{claim}”", "{{ liet_ke(…) }}")
    return tiers


def _tiers(groups: Sequence[Group], wanted: int) -> list[tuple[Group, ...]]:
    """Cut the ranking after about `wanted` groups, never through a tie; a tie of many at the cut is left out.

    Empty when there is nothing to rank: all groups are equal.
    """
    tiers = [tuple(tier) for _, tier in groupby(groups, key=lambda group: group.figure.value)]
    if len(tiers) == 1 and len(groups) > 1:
        return []
    chosen: list[tuple[Group, ...]] = []
    for tier in tiers:
        count = sum(map(len, chosen))
        if chosen and (count >= wanted or count + len(tier) > wanted + ALMOST):
            break
        chosen.append(tier)
    return chosen


def _followers(scene: Scene, tiers: Sequence[tuple[Group, ...]], metric: Metric) -> Inlines:
    """“Ba Đình (23) và Đống Đa (19)”; those who tie share a number: “Ba Đình và Đống Đa cùng có 19 trường”."""
    items: list[tuple[Inline, ...]] = []
    for tier in tiers:
        names = Text(join([group.name for group in tier]))
        number = _printed(scene, tier[0], metric)
        if len(tier) > 1:
            items.append((names, Text(" cùng có "), number, Text(_noun(metric))))
        else:
            items.append((names, Text(" ("), number, Text(")")))
    complex_ = any(len(tier) > 1 or ", " in tier[0].name for tier in tiers) and len(tiers) > 1
    return _joined(items, separator="; " if complex_ else ", ", last="; tiếp nữa là " if complex_ else " và ")


def _joined(items: Sequence[tuple[Inline, ...]], *, separator: str = ", ", last: str = " và ") -> Inlines:
    pieces: list[Inline] = []
    for index, item in enumerate(items):
        if index:
            pieces.append(Text(last if index == len(items) - 1 else separator))
        pieces.extend(item)
    return tuple(pieces)


def _printed(scene: Scene, group: Group, metric: Metric) -> Inline:
    value = group.figure.value
    text = exact(metric, value) if isinstance(value, int) else percent(value)
    return scene.desk.print(group.figure, text)


def _noun(metric: Metric) -> str:
    return "" if metric.money or metric.unit == "%" else f" {metric.unit}"
