"""Kerning of a face whose slices know only parts of it: read the pairs of each slice, join them, write one lookup."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Mapping
from typing import Any

from fontTools.otlLib.builder import buildLookup, buildPairPosClassesSubtable, buildValue

Pairs = dict[tuple[str, str], int]
TONES = "\u0300\u0301\u0303\u0309\u0323"
SINGLE_STEMS = {"đ": "d", "Đ": "D"}  # no canonical decomposition, same side shapes
IGNORE_MARKS = 8


def read_pairs(gpos: Any, glyphs: tuple[str, ...]) -> Pairs:
    """Read the pair kerning of one slice as {(left, right): units}; the first subtable that speaks of a pair wins."""
    pairs: Pairs = {}
    for lookup in _kern_lookups(gpos):
        seen: Pairs = {}
        for subtable in lookup:
            for pair, value in _subtable_pairs(subtable, glyphs):
                seen.setdefault(pair, value)
        for pair, value in seen.items():
            pairs[pair] = pairs.get(pair, 0) + value
    return {pair: value for pair, value in pairs.items() if value}


def _kern_lookups(gpos: Any) -> Iterator[list[Any]]:
    indices = {
        index
        for record in gpos.FeatureList.FeatureRecord
        if record.FeatureTag == "kern"
        for index in record.Feature.LookupListIndex
    }
    for index in sorted(indices):
        subtables = [getattr(s, "ExtSubTable", s) for s in gpos.LookupList.Lookup[index].SubTable]
        if subtables and subtables[0].LookupType == 2:
            yield subtables


def _advance(value: Any) -> int:
    return getattr(value, "XAdvance", 0) or 0 if value is not None else 0


def _subtable_pairs(subtable: Any, glyphs: tuple[str, ...]) -> Iterator[tuple[tuple[str, str], int]]:
    covered = subtable.Coverage.glyphs
    if subtable.Format == 1:
        for left, pair_set in zip(covered, subtable.PairSet, strict=True):
            for record in pair_set.PairValueRecord:
                yield (left, record.SecondGlyph), _advance(record.Value1)
        return
    lefts, rights = subtable.ClassDef1.classDefs, subtable.ClassDef2.classDefs
    for left in covered:
        row = subtable.Class1Record[lefts.get(left, 0)].Class2Record
        for right in glyphs:
            if rights.get(right, 0):  # shapers fall through to the next subtable on class 0
                yield (left, right), _advance(row[rights[right]].Value1)


def parents(character: str) -> tuple[str, ...]:
    """Name the characters that share a letter's sides, nearest first: ế → ế, ê, e."""
    chain = [character]
    decomposed = unicodedata.normalize("NFD", character)
    chain.append(unicodedata.normalize("NFC", "".join(c for c in decomposed if c not in TONES)))
    chain.append(decomposed[0])
    chain.append(SINGLE_STEMS.get(character, decomposed[0]))
    return tuple(dict.fromkeys(c for c in chain if len(c) == 1))


def join_pairs(slices: list[tuple[Mapping[int, str], Pairs]], cmap: Mapping[int, str]) -> Pairs:
    """Join the kerning of all slices.

    A pair of characters that no slice holds together (“T” with “ế”) takes the value of the nearest pair of their
    parents that one slice holds (“T” with “ê”): the foundry kerns letters with marks by the same classes.
    """
    chains = {code: [ord(c) for c in parents(chr(code))] for code in cmap}
    joined: Pairs = {}
    for left in sorted(cmap):
        for right in sorted(cmap):
            value = _nearest(chains[left], chains[right], slices)
            if value:
                joined[cmap[left], cmap[right]] = value
    return joined


def _nearest(lefts: list[int], rights: list[int], slices: list[tuple[Mapping[int, str], Pairs]]) -> int:
    for left in lefts:
        for right in rights:
            for known, pairs in slices:
                if left in known and right in known:
                    return pairs.get((known[left], known[right]), 0)
    return 0


def write_lookup(pairs: Pairs, glyph_ids: Mapping[str, int]) -> Any:
    """Write pairs as one class-based lookup: glyphs with the same row, or the same column, share a class."""
    rows: dict[str, dict[str, int]] = {}
    columns: dict[str, dict[str, int]] = {}
    for (left, right), value in pairs.items():
        rows.setdefault(left, {})[right] = value
        columns.setdefault(right, {})[left] = value
    left_class, right_class = _classes(rows, glyph_ids), _classes(columns, glyph_ids)
    values = {
        (left_class[left], right_class[right]): (buildValue({"XAdvance": value}), None)
        for (left, right), value in sorted(pairs.items())
    }
    return buildLookup([buildPairPosClassesSubtable(values, glyph_ids)], flags=IGNORE_MARKS)


def _classes(profiles: Mapping[str, Mapping[str, int]], glyph_ids: Mapping[str, int]) -> dict[str, tuple[str, ...]]:
    groups: dict[tuple[tuple[str, int], ...], list[str]] = {}
    for glyph in sorted(profiles, key=glyph_ids.__getitem__):
        groups.setdefault(tuple(sorted(profiles[glyph].items())), []).append(glyph)
    return {glyph: tuple(group) for group in groups.values() for glyph in group}
