"""The default storyline: a bulletin without prose writes itself from what the figures prove.

The sentences are data, in templates/bulletin/storyline.yaml. Each is offered to the desk as an author's sentence would
be; the first way of saying it that the desk does not refuse is taken, so that nothing empty, zero or unproven is
printed. Which of several equal ways comes first depends on the bulletin's name alone.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from hashlib import sha256
from typing import Annotated

import yaml
from pydantic import Field, TypeAdapter

from chungtay_reports import resources
from chungtay_reports.desk import Desk, Refused
from chungtay_reports.errors import Place, Severity
from chungtay_reports.model import Filter, Number, Paragraph
from chungtay_reports.prose import read_line, read_prose
from chungtay_reports.records import Agreement
from chungtay_reports.settings import Strict
from chungtay_reports.voice import plain

SOURCE = "bulletin/storyline.yaml"
KEY_FIGURES = 4
PACT = "giao-uoc-cap-huyen"
PLAN = "ke-hoach-ket-noi"
OPENING = 2  # words in which the beginnings of paragraphs differ
PAIR_METRICS = ("truong_ky_ket", "chuyen_de_truong")

_TAG = re.compile(r"\[(\w+)(?: (\w+))?\] ")
_DIGITS = re.compile(r"[\d.,/]+")
_NUMBER = re.compile(r"\{\{ so\(('\w+')([^)]*)\) \}\}")

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
    for entry in desk.library.entries:
        record = entry.record
        if not isinstance(record, Agreement) or record.kind != kind:
            continue
        if record.recorded.on > desk.as_of or record.signed_on > desk.period.end:
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
        self.desk = desk
        self.seed = seed
        self.pair = spotlight(desk)
        self.openings: set[str] = set()  # how the paragraphs begin so far

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
            paragraphs.insert(0, f"## {self._fill(section.heading)}")
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
            ways = (self._way(text, joined=joined) for text in grade[first:] + grade[:first])
            chosen = self._choose((way for way in ways if way), joined=joined)
            if chosen:
                return self._one_in_words(chosen.text)
        return ""

    def _choose(self, ways: Iterator[_Way], *, joined: bool) -> _Way | None:
        """Take the first way; to open a paragraph, the first that begins as no paragraph before, if there is one."""
        chosen = next(ways, None)
        if chosen is None or joined:
            return chosen
        if chosen.opening in self.openings:
            chosen = next((way for way in ways if way.opening not in self.openings), chosen)
        self.openings.add(chosen.opening)
        return chosen

    def _way(self, text: str, *, joined: bool) -> _Way | None:
        """Offer one way of saying something to a desk of its own, whose ledger nobody keeps."""
        tags, told = _tags(text)
        if not all(self._holds(name, value, joined=joined) for name, value in tags):
            return None
        filled = self._fill(told)
        blocks, problems = read_prose(filled, SOURCE, 1, self.desk.blank())
        if any(problem.severity is Severity.ERROR for problem in problems):
            return None
        words = [_DIGITS.sub("", plain(block.inlines)) for block in blocks if isinstance(block, Paragraph)]
        return _Way(filled, " ".join(" ".join(words).casefold().split()[:OPENING]))

    def _holds(self, tag: str, value: str, *, joined: bool) -> bool:
        desk = self.desk
        first = desk.period.start <= desk.library.settings.movement.start
        match tag:
            case "nối":
                return joined
            case "đầu":
                return first
            case "sau":
                return not first
            case "tên":
                return desk.previous is not None and bool(desk.previous.name)
            case "có":
                return self._there_is(value)
        raise ValueError(tag)

    def _there_is(self, metric: str) -> bool:
        try:
            return self.desk.figure(metric).value != 0
        except Refused:
            return False

    def _turn(self, key: str, choices: int) -> int:
        return int.from_bytes(sha256(f"{self.seed}/{key}".encode()).digest()[:4], "big") % choices

    def _fill(self, text: str) -> str:
        for name, value in _facts(self.pair).items():
            text = text.replace(f"${name}", value)
        return text

    def _one_in_words(self, text: str) -> str:
        """Let a number that is 1 be written as the press writes it in a sentence: “một trường”."""

        def write(match: re.Match[str]) -> str:
            inlines, _ = read_line(match.group(), Place(SOURCE), self.desk.blank())
            one = [inline.text for inline in inlines if isinstance(inline, Number)] == ["1"]
            return f"{{{{ so({match[1]}, chu=True{match[2]}) }}}}" if one else match.group()

        return _NUMBER.sub(write, text)

    def _stands(self, text: str) -> bool:
        return self._way(text, joined=False) is not None


@dataclass(frozen=True, slots=True)
class _Way:
    """A way of saying something that the figures prove: what an author would type, and the words that it begins with."""

    text: str
    opening: str


def _tags(text: str) -> tuple[tuple[tuple[str, str], ...], str]:
    """Take the tags off the front of a sentence."""
    tags = []
    while match := _TAG.match(text):
        tags.append((match[1], match[2] or ""))
        text = text[match.end() :]
    return tuple(tags), text


def _facts(pair: Pair | None) -> Mapping[str, str]:
    if pair is None:
        return {}
    return {"ngay": f"{pair.signed_on}", "ke_hoach": pair.plan, "a": pair.units[0], "b": pair.units[1]}
