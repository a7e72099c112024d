"""The default storyline: a bulletin without prose writes itself from what the figures prove.

The sentences are data, in templates/bulletin/storyline.yaml. Each is offered to the desk as an author's sentence would
be; the first way of saying it that the desk does not refuse is taken, so that nothing empty, zero or unproven is
printed. Which of several equal ways comes first depends on the bulletin's name alone.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache

import yaml
from pydantic import TypeAdapter

from chungtay_reports import resources
from chungtay_reports.figures.desk import Desk, Refused
from chungtay_reports.model import Filter
from chungtay_reports.prose.telling import Sentence, Teller
from chungtay_reports.records import Agreement
from chungtay_reports.records.agreement import PACT, PLAN
from chungtay_reports.settings import Strict

SOURCE = "bulletin/storyline.yaml"
KEY_FIGURES = 4
PAIR_METRICS = ("truong_ky_ket", "chuyen_de_truong")


class Section(Strict):
    heading: str = ""
    pair: bool = False
    paragraphs: list[list[Sentence]]


class NumberLine(Strict):
    number: str
    label: str


class Outline(Strict):
    sapo: list[Sentence]
    key_figures: list[NumberLine]
    sections: list[Section]


@dataclass(frozen=True, slots=True)
class Draft:
    """What the storyline wrote, as an author would type it: Markdown with placeholders."""

    sapo: str
    key_figures: tuple[NumberLine, ...]
    body: str


def write(desk: Desk, seed: str) -> Draft:
    """Write a bulletin for the desk's period; an empty body when the records prove no sentence at all."""
    return _Writer(desk, seed).draft(outline())


@cache
def outline() -> Outline:
    """Read the sentences that the program brings with it."""
    text = (resources.template_folder() / SOURCE).read_text("utf-8")
    return TypeAdapter(Outline).validate_python(yaml.safe_load(text))


@dataclass(frozen=True, slots=True)
class Pair:
    """Two districts with a pact: the day on which they signed, and the id of their connection plan or nothing."""

    units: tuple[str, str]
    signed_on: date
    plan: str = ""


def spotlight(desk: Desk) -> Pair | None:
    """Choose the pair of districts to tell of: of those with a pact, the one that did most in the period."""
    best: tuple[int, Pair] | None = None
    for pair in _pairs(desk):
        done = [_done(desk, unit) for unit in pair.units]
        if min(done) > 0 and (best is None or sum(done) > best[0]):
            best = sum(done), pair
    return best[1] if best else None


def _pairs(desk: Desk) -> Iterator[Pair]:
    """List the pairs in the order in which they stand in the books; the first pact of a pair counts."""
    plans = {units: record.id for units, record in _between_two(desk, PLAN)}
    seen = set()
    for units, record in _between_two(desk, PACT):
        if units not in seen:
            seen.add(units)
            yield Pair(units, record.signed_on, plans.get(units, ""))


def _between_two(desk: Desk, kind: str) -> Iterator[tuple[tuple[str, str], Agreement]]:
    """List the agreements of a kind between two districts that are in the books and signed by the period's end."""
    registry = desk.library.registry
    for record in desk.agreements(kind):
        if record.signed_on > desk.period.end:
            continue
        units = sorted({top for party in record.parties if (top := registry.top(party))}, key=registry.order)
        if len(units) == 2:
            yield (units[0], units[1]), record


def _done(desk: Desk, unit: str) -> int:
    total = 0
    for metric in PAIR_METRICS:
        try:
            total += int(desk.figure(metric, (Filter("don_vi", (unit,)),)).value)
        except Refused:
            continue
    return total


class _Writer:
    def __init__(self, desk: Desk, seed: str) -> None:
        self.pair = spotlight(desk)
        self.teller = Teller(desk, seed, _facts(self.pair))

    def draft(self, plan: Outline) -> Draft:
        sections = [text for section in plan.sections if (text := self._section(section))]
        strip = [
            line for line in plan.key_figures if self.teller.stands(line.number) and self.teller.stands(line.label)
        ]
        return Draft(
            sapo=self.teller.paragraph(plan.sapo, "sapo"),
            key_figures=tuple(strip[:KEY_FIGURES]),
            body="\n\n".join(sections),
        )

    def _section(self, section: Section) -> str:
        if section.pair and self.pair is None:
            return ""
        paragraphs = [
            text
            for number, paragraph in enumerate(section.paragraphs)
            if (text := self.teller.paragraph(paragraph, f"{section.heading}{number}"))
        ]
        if paragraphs and section.heading:
            paragraphs.insert(0, f"## {self.teller.fill(section.heading)}")
        return "\n\n".join(paragraphs)


def _facts(pair: Pair | None) -> Mapping[str, str]:
    if pair is None:
        return {}
    return {"ngay": f"{pair.signed_on}", "ke_hoach": pair.plan, "a": pair.units[0], "b": pair.units[1]}
