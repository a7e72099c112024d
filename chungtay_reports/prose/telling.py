"""Sentences that tell themselves: each is offered to the desk, and the first way of saying it that stands is taken.

The sentences are data (templates/…/*.yaml): a sentence is a list of grades from best to last resort, a grade a list of
equal ways. What the figures do not prove, or what would print a nought, is refused by the desk like an author's own
sentence, so that nothing empty, zero or unproven is printed. Which of several equal ways comes first depends on the
seed alone.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction
from hashlib import sha256
from typing import Annotated

from pydantic import Field

from chungtay_reports.edition import Number, Paragraph
from chungtay_reports.errors import Place, Severity
from chungtay_reports.figures.desk import Desk, Refused
from chungtay_reports.model import Filter, Period
from chungtay_reports.prose.facts import fact_names, fill
from chungtay_reports.prose.reader import read_line, read_prose
from chungtay_reports.prose.voice import plain

SOURCE = "mạch viết"
OPENING = 2  # words in which the beginnings of paragraphs differ

_TAG = re.compile(r"\[(\w+)(?: (\w+))?(?: (\w+))?\] ")
_DIGITS = re.compile(r"[\d.,/]+")
_NUMBER = re.compile(r"\{\{ so\(('\w+')([^)]*)\) \}\}")

Sentence = Annotated[list[list[str]], Field(min_length=1)]  # grades from best to last resort, each of equal variants


class Teller:
    """Tells of one desk's period; `facts` stand for `$name` in the sentences, `openings` are what paragraphs begin with."""

    def __init__(
        self,
        desk: Desk,
        seed: str,
        facts: Mapping[str, str],
        *,
        flags: Mapping[str, bool] | None = None,
        where: tuple[Filter, ...] = (),
        words: bool = True,
    ) -> None:
        self.desk = desk
        self.seed = seed
        self.facts = facts
        self.flags = flags or {}  # further tags and whether they hold
        self.where = where  # whose things the tag [có] asks for
        self.words = words  # a number that is 1 is written “một”, as the press does
        self.openings: set[str] = set()

    def paragraph(self, sentences: list[Sentence], key: str) -> str:
        """Tell a paragraph; empty when not one of its sentences stands."""
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
                return self._one_in_words(chosen.text) if self.words else chosen.text
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
        if not all(self._holds(*tag, joined=joined) for tag in tags):
            return None
        filled = self.fill(told)
        if fact_names(filled):  # it speaks of something that is not there: an annex that the paper has not
            return None
        blocks, problems = read_prose(filled, SOURCE, 1, self.desk.blank())
        if any(problem.severity is Severity.ERROR for problem in problems):
            return None
        words = [_DIGITS.sub("", plain(block.inlines)) for block in blocks if isinstance(block, Paragraph)]
        return _Way(filled, " ".join(" ".join(words).casefold().split()[:OPENING]))

    def _holds(self, tag: str, metric: str, other: str, *, joined: bool) -> bool:
        previous, start = self.desk.previous, self.desk.library.settings.movement.start
        first = self.desk.period.start <= start
        tests: Mapping[str, Callable[[], bool]] = {
            "nối": lambda: joined,
            "đầu": lambda: first,
            "sau": lambda: not first,
            "tên": lambda: previous is not None and bool(previous.name),
            "có": lambda: self._value(metric) != 0,
            "tăng": lambda: self._change(metric) > 0,
            "giảm": lambda: self._change(metric) < 0,
            "không": lambda: self._value(metric) == 0,
            "nhiều": lambda: self._value(metric) > 1,
            "khác": lambda: self._value(metric) != self._value(other),
            "thêm": lambda: self._value(metric, Period(start, self.desk.period.end)) > self._value(metric),
        }
        return tests[tag]() if tag in tests else self.flags[tag]

    def _value(self, metric: str, period: Period | None = None) -> int | Fraction:
        try:
            return self.desk.figure(metric, self.where, period).value
        except Refused:
            return 0

    def _change(self, metric: str) -> int | Fraction:
        """Compare with the previous period; 0 when the two cannot be compared."""
        desk = self.desk
        if desk.previous is None:
            return 0
        try:
            new, old = (desk.figure(metric, self.where, period) for period in (desk.period, desk.previous))
            return 0 if desk.silent(old) else desk.difference(new, old).value
        except Refused:
            return 0

    def _turn(self, key: str, choices: int) -> int:
        return int.from_bytes(sha256(f"{self.seed}/{key}".encode()).digest()[:4], "big") % choices

    def fill(self, text: str) -> str:
        """Put the facts in the place of their names."""
        return fill(text, self.facts)

    def _one_in_words(self, text: str) -> str:
        """Let a number that is 1 be written as the press writes it in a sentence: “một trường”."""

        def write(match: re.Match[str]) -> str:
            inlines, _ = read_line(match.group(), Place(SOURCE), self.desk.blank())
            one = [inline.text for inline in inlines if isinstance(inline, Number)] == ["1"]
            return f"{{{{ so({match[1]}, chu=True{match[2]}) }}}}" if one else match.group()

        return _NUMBER.sub(write, text)

    def stands(self, text: str) -> bool:
        """Say whether the desk accepts a text as it is."""
        return self._way(text, joined=False) is not None


@dataclass(frozen=True, slots=True)
class _Way:
    """A way of saying something that the figures prove: what an author would type, and the words that it begins with."""

    text: str
    opening: str


def _tags(text: str) -> tuple[tuple[tuple[str, str, str], ...], str]:
    """Take the tags off the front of a sentence."""
    tags = []
    while match := _TAG.match(text):
        tags.append((match[1], match[2] or "", match[3] or ""))
        text = text[match.end() :]
    return tuple(tags), text
