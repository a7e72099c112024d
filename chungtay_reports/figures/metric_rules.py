"""What holds between metric definitions: references, cycles, and that different things are never added by accident."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from graphlib import CycleError, TopologicalSorter

from chungtay_reports.errors import Code, Problem
from chungtay_reports.meant import closest
from chungtay_reports.model import Metric

UNKNOWN_METRIC = Code("M114", "chỉ tiêu “{name}” dựa vào “{term}”, nhưng không có chỉ tiêu ấy")
CYCLE = Code("M115", "các chỉ tiêu dựa vào nhau thành vòng: {path}")
MIXED = Code(
    "M116",
    "“{name}” cộng những thứ đếm khác nhau ({units}); nếu đúng là muốn cộng, hãy nói rõ đang cộng gì ở mục “adds”",
)
NOT_A_COUNT = Code("M117", "“{term}” là tỷ lệ nên không cộng hay chia tiếp được; hãy dựa vào chỉ tiêu đếm")
MONEY = Code("M118", "“{name}” cộng hoặc so tiền với thứ không phải tiền (“{term}”)")


def relations(found: Mapping[str, Metric]) -> tuple[dict[str, Metric], tuple[Problem, ...]]:
    """Check how metrics stand on each other; return those that can be measured, and the problems of all."""
    problems: list[Problem] = []
    sound = dict(found)
    for name in _circular(found, problems):
        del sound[name]
    broken = {problem for metric in found.values() for problem in _terms(metric, found)}
    while missing := [name for name, metric in sound.items() if not sound.keys() >= set(_references(metric))]:
        for name in missing:
            del sound[name]
    mixed = {problem for metric in sound.values() for problem in (*_kinds(metric, sound), *_sums(metric, sound))}
    return sound, (*problems, *sorted(broken), *sorted(mixed))


def _references(metric: Metric) -> Iterator[str]:
    yield from metric.measure.terms
    yield from (test.argument for test in metric.tests if test.name == "not_above")


def _terms(metric: Metric, found: Mapping[str, Metric]) -> Iterator[Problem]:
    for term in _references(metric):
        if term not in found:
            yield UNKNOWN_METRIC.at(metric.place, hint=closest(term, found), name=metric.name, term=term)


def _circular(found: Mapping[str, Metric], problems: list[Problem]) -> set[str]:
    """Report every cycle of terms once, at its first metric, and return the metrics that are in one."""
    graph = {name: set(metric.measure.terms) & found.keys() for name, metric in sorted(found.items())}
    circular: set[str] = set()
    while True:
        try:
            TopologicalSorter(graph).prepare()
        except CycleError as error:
            cycle: list[str] = error.args[1][::-1]
            first = min(cycle)
            start = cycle.index(first)
            path = [*cycle[start:-1], *cycle[:start], first]
            problems.append(CYCLE.at(found[first].place, path=" → ".join(path)))
            circular |= set(cycle)
            for name in cycle:
                graph.pop(name, None)
            graph = {name: terms - circular for name, terms in graph.items()}
        else:
            return circular


def _kinds(metric: Metric, found: Mapping[str, Metric]) -> Iterator[Problem]:
    for term in metric.measure.terms:
        other = found[term]
        if other.measure.op == "ratio":
            yield NOT_A_COUNT.at(metric.place, term=term)
        elif other.money != found[metric.measure.terms[0]].money or (
            metric.measure.op == "sum_of" and other.money != metric.money
        ):
            yield MONEY.at(metric.place, name=metric.name, term=term)


def _sums(metric: Metric, found: Mapping[str, Metric]) -> Iterator[Problem]:
    if metric.measure.op != "sum_of" or metric.adds:
        return
    units = dict.fromkeys([metric.unit, *(found[term].unit for term in metric.measure.terms)])
    if len(units) > 1:
        yield MIXED.at(metric.place, name=metric.name, units=", ".join(units))
