"""The default storyline: a bulletin without prose writes itself from what the figures prove.

The sentences are data, in templates/bulletin/storyline.yaml. Each is offered to the desk as an author's sentence would
be; the first way of saying it that the desk does not refuse is taken, so that nothing empty, zero or unproven is
printed. Which of several equal ways comes first depends on the bulletin's name alone.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from hashlib import sha256
from typing import Annotated

import yaml
from pydantic import Field, TypeAdapter

from chungtay_reports import resources
from chungtay_reports.desk import Desk, Refused
from chungtay_reports.errors import Severity
from chungtay_reports.model import Filter
from chungtay_reports.prose import read_prose
from chungtay_reports.records import Agreement
from chungtay_reports.settings import Strict

SOURCE = "bulletin/storyline.yaml"
JOINED = "+ "  # a sentence that only follows another of its paragraph
KEY_FIGURES = 4
PACT = "giao-uoc-cap-huyen"
PAIR_METRICS = ("truong_ky_ket", "chuyen_de_truong")

Sentence = Annotated[list[list[str]], Field(min_length=1)]  # grades from best to last resort, each of equal variants


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


def spotlight(desk: Desk) -> tuple[str, str] | None:
    """Choose the pair of districts to tell of: of those with a pact, the one that did most in the period."""
    best: tuple[int, tuple[str, str]] | None = None
    for pair in _pairs(desk):
        done = [_done(desk, unit) for unit in pair]
        if min(done) > 0 and (best is None or sum(done) > best[0]):
            best = sum(done), pair
    return best[1] if best else None


def _pairs(desk: Desk) -> Iterator[tuple[str, str]]:
    registry = desk.library.registry
    seen = set()
    for entry in desk.library.entries:
        record = entry.record
        if not isinstance(record, Agreement) or record.kind != PACT or record.recorded.on > desk.as_of:
            continue
        units = sorted({top for party in record.parties if (top := registry.top(party))}, key=registry.order)
        if len(units) == 2 and tuple(units) not in seen:
            seen.add(tuple(units))
            yield units[0], units[1]


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
        self.desk = desk
        self.seed = seed
        self.pair = spotlight(desk)

    def draft(self, plan: Outline) -> Draft:
        sections = [text for section in plan.sections if (text := self._section(section))]
        strip = [line for line in plan.key_figures if self._stands(line.number) and self._stands(line.label)]
        return Draft(
            sapo=self._paragraph(plan.sapo, "sapo"),
            key_figures=tuple(strip[:KEY_FIGURES]),
            body="\n\n".join(sections),
        )

    def _section(self, section: Section) -> str:
        if section.pair and self.pair is None:
            return ""
        paragraphs = [
            text
            for number, paragraph in enumerate(section.paragraphs)
            if (text := self._paragraph(paragraph, f"{section.heading}{number}"))
        ]
        if paragraphs and section.heading:
            paragraphs.insert(0, f"## {section.heading}")
        return "\n\n".join(paragraphs)

    def _paragraph(self, sentences: list[Sentence], key: str) -> str:
        said: list[str] = []
        for number, sentence in enumerate(sentences):
            found = self._sentence(sentence, f"{key}.{number}", joined=bool(said))
            if found:
                said.append(found)
        return " ".join(said)

    def _sentence(self, grades: Sentence, key: str, *, joined: bool) -> str:
        for grade in grades:
            first = self._turn(key, len(grade))
            for text in grade[first:] + grade[:first]:
                if text.startswith(JOINED) and not joined:
                    continue
                filled = self._fill(text.removeprefix(JOINED))
                if self._stands(filled):
                    return filled
        return ""

    def _turn(self, key: str, choices: int) -> int:
        return int.from_bytes(sha256(f"{self.seed}/{key}".encode()).digest()[:4], "big") % choices

    def _fill(self, text: str) -> str:
        a, b = self.pair or ("", "")
        return text.replace("$a", a).replace("$b", b)

    def _stands(self, text: str) -> bool:
        """Offer the text to a desk of its own, whose ledger nobody keeps."""
        desk = self.desk.blank()
        _, problems = read_prose(text, SOURCE, 1, desk)
        return not any(problem.severity is Severity.ERROR for problem in problems)
