"""Words with a number in them that may stand in prose as they are, each with the reason why."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files

import yaml

from chungtay_reports.settings import AllowedNumber


@dataclass(frozen=True, slots=True)
class Allowed:
    """Phrases that may stand; matching ignores case and kinds of space, and only whole words match."""

    pattern: re.Pattern[str] | None
    _last: dict[str, tuple[tuple[int, int], ...]] = field(default_factory=dict, compare=False, repr=False)

    def spans(self, text: str) -> tuple[tuple[int, int], ...]:
        """Give [start, end) of every allowed phrase in `text`, longest first at each place."""
        if self.pattern is None:
            return ()
        if text not in self._last:  # a line is asked about several times in turn
            self._last.clear()
            self._last[text] = tuple(match.span() for match in self.pattern.finditer(_lower(text)))
        return self._last[text]


def allowed(*lists: Iterable[AllowedNumber], phrases: Iterable[str] = ()) -> Allowed:
    """Join the package's own list, the lists of the workspace and of the bulletin, and further fixed phrases."""
    own = (entry.text for entries in (package_list(), *lists) for entry in entries)
    return _compiled(tuple(sorted({*own, *phrases})))


def reason_for(phrase: str, entries: Iterable[AllowedNumber]) -> str:
    """Give the reason why a phrase may stand, from the lists and then from the package's own; empty when none names it."""
    wanted = _lower(" ".join(phrase.split()))
    return next((one.reason for one in (*entries, *package_list()) if _lower(" ".join(one.text.split())) == wanted), "")


@cache
def package_list() -> tuple[AllowedNumber, ...]:
    """Read the list that comes with the package (vocabulary/allow.yaml)."""
    text = (files("chungtay_reports.prose") / "vocabulary" / "allow.yaml").read_text(encoding="utf-8")
    return tuple(
        AllowedNumber(text=phrase, reason=group["reason"])
        for group in yaml.safe_load(text)
        for phrase in group["texts"]
    )


@cache
def _compiled(phrases: tuple[str, ...]) -> Allowed:
    spellings = sorted({_lower(" ".join(phrase.split())) for phrase in phrases}, key=lambda text: (-len(text), text))
    if not spellings:
        return Allowed(None)
    choices = "|".join(re.escape(spelling).replace(r"\ ", r"\s+") for spelling in spellings)
    # a longer number must not hide behind the beginning of an allowed one: “lớp 1” in “lớp 1.200”, “lớp 1/2”
    return Allowed(re.compile(rf"(?<![\w.,/-])(?:{choices})(?![\w%]|[.,/:–-]\d)"))


def _lower(text: str) -> str:
    """Lower-case without changing lengths, so that positions stay."""
    if "İ" not in text and "Σ" not in text:  # of all letters these alone are lowered by their neighbours or to two
        return text.lower()
    return "".join(low if len(low := character.lower()) == 1 else character for character in text)
