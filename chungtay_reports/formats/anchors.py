"""Give every printed number of an edition its own place on the page, and the address that it opens."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, fields, is_dataclass, replace

from chungtay_reports.edition import Block, Edition, Number

# In the order of the page, which is the order in which occurrences of a figure are counted.
ZONES = ("headline", "sapo", "key_figures", "lead_photo", "blocks", "data_note")


@dataclass(frozen=True, slots=True)
class Anchored(Number):
    """A number with `anchor`, the id of this occurrence (“so-s12-2”: the second of s12), and `target`, its address."""

    anchor: str
    target: str


Target = Callable[[str, Block | None, str], str]


def anchored(edition: Edition, target: Target) -> Edition:
    """Make the same edition with every number anchored.

    `target(zone, block, figure)` gives the address: the zone is a field of `ZONES`, with the index for blocks
    (“blocks-3”); the block is None outside the body.
    """
    seen: Counter[str] = Counter()

    def place(zone: str, block: Block | None) -> Callable[[Number], Number]:
        def change(number: Number) -> Number:
            seen[number.figure] += 1
            anchor = f"so-{number.figure}-{seen[number.figure]}"
            return Anchored(number.text, number.figure, anchor, target(zone, block, number.figure))

        return change

    changed: dict[str, object] = {}
    for zone in ZONES:
        value = getattr(edition, zone)
        if zone == "blocks":
            pairs = enumerate(value)
            changed[zone] = tuple(_with_numbers(block, place(f"{zone}-{index}", block)) for index, block in pairs)
        else:
            changed[zone] = _with_numbers(value, place(zone, None))
    return replace(edition, **changed)  # type: ignore[arg-type]


def numbers_in(value: object) -> Iterator[Number]:
    """Walk the numbers of a piece of an edition in reading order."""
    if isinstance(value, Number):
        yield value
    elif isinstance(value, tuple):
        for item in value:
            yield from numbers_in(item)
    elif is_dataclass(value) and not isinstance(value, type):
        for field in fields(value):
            yield from numbers_in(getattr(value, field.name))


def _with_numbers(value: object, change: Callable[[Number], Number]) -> object:
    if isinstance(value, Number):
        return change(value)
    if isinstance(value, tuple):
        return tuple(_with_numbers(item, change) for item in value)
    if is_dataclass(value) and not isinstance(value, type):
        return replace(value, **{f.name: _with_numbers(getattr(value, f.name), change) for f in fields(value)})
    return value
