"""Make the bundled fonts: one whole TTF (and one WOFF2) per face out of the subset files of the font packages.

    python scripts/merge_fonts.py PATH/TO/node_modules/@fontsource [TARGET]

Run it again after a package changes; the same packages give the same bytes.
"""

from __future__ import annotations

import sys
from dataclasses import dataclass
from graphlib import TopologicalSorter
from itertools import pairwise
from pathlib import Path
from typing import Any

from font_kerning import Pairs, join_pairs, read_pairs, write_lookup
from font_names import COPYRIGHT_ID, FACES, Face, write_licences, write_names
from font_symbols import add_glyph, add_symbols
from fontTools import subset
from fontTools.agl import UV2AGL
from fontTools.otlLib.builder import buildLookup, buildSingleSubstSubtable
from fontTools.pens.ttGlyphPen import TTGlyphPen
from fontTools.ttLib import TTFont, newTable
from fontTools.ttLib.tables import otTables

SLICES = ("latin", "vietnamese", "latin-ext")
KEPT = ((0x20, 0x24F), (0x2B0, 0x36F), (0x1E00, 0x1EFF), (0x2000, 0x218F), (0x2190, 0x27BF), (0xFEFF, 0xFEFF))
DROPPED = ("fpgm", "prep", "cvt ", "gasp", "STAT", "BASE", "DSIG", "GPOS")
WEB = "U+0020-007E,U+00A0-00FF,U+0102-0103,U+0110-0111,U+0128-0129,U+0168-0169,U+01A0-01A1,U+01AF-01B0,U+0300-0309,U+0323,U+1EA0-1EF9,U+2009-2027,U+202F-203A,U+20AB,U+20AC,U+2122,U+2190-2198,U+2212,U+2264-2265,U+25A0-25BC,U+2610-2611,U+2713"
EPOCH = 3_786_912_000  # 2024-01-01 in seconds since 1904: fonts carry no time of making
SMOOTH = {0xFFFF: 0x0F}


@dataclass(frozen=True, slots=True)
class Slice:
    """One subset file, its glyphs renamed so that the same character has the same name in every slice."""

    font: TTFont
    cmap: dict[int, str]
    pairs: Pairs


def read_slice(path: Path, tag: str) -> Slice:
    """Open a subset file with unified glyph names."""
    with TTFont(path) as probe:
        codes = {name: code for code, name in sorted(probe.getBestCmap().items(), reverse=True)}
        order = [_glyph_name(name, codes.get(name), tag) for name in probe.getGlyphOrder()]
    font = TTFont(path, recalcTimestamp=False)
    font.setGlyphOrder(order)
    font.ensureDecompiled()
    cmap = {c: n for c, n in font.getBestCmap().items() if any(low <= c <= high for low, high in KEPT)}
    return Slice(font, cmap, read_pairs(font["GPOS"].table, tuple(order)))


def _glyph_name(name: str, code: int | None, tag: str) -> str:
    if name == ".notdef":
        return name
    if code is not None:
        return UV2AGL.get(code, f"uni{code:04X}" if code <= 0xFFFF else f"u{code:05X}")
    return f"{name}.{tag}"  # unnamed parts differ from slice to slice


def merge(face: Face, packages: Path) -> TTFont:
    """Join the slices of one face to a whole font."""
    slices = [read_slice(face.source(packages, tag), tag) for tag in SLICES]
    font = slices[0].font
    order = common_order([part.font.getGlyphOrder() for part in slices])
    cmap: dict[int, str] = {}
    for part in slices:
        _take_glyphs(font, part)
        for code, name in part.cmap.items():
            cmap.setdefault(code, name)
    font.setGlyphOrder(order)
    font["glyf"].glyphOrder = order
    font["cmap"].tables = [t for t in font["cmap"].tables if t.isUnicode() and t.format == 4][:1]
    font["cmap"].tables[0].cmap = cmap
    kerning = join_pairs([(part.cmap, part.pairs) for part in slices], cmap)
    gpos = _layout(font, slices)
    for tag in DROPPED:
        if tag in font:
            del font[tag]
    _drop_instructions(font)
    add_symbols(font)
    if face.needs_tabular:
        _add_tabular(font)
    kern = write_lookup(kerning, font.getReverseGlyphMap(rebuild=True))
    _finish_layout(font, gpos, kern)
    write_names(font, face)
    _finish(font)
    return font


def common_order(orders: list[list[str]]) -> list[str]:
    """Join the glyph orders so that each stays as it is: layout tables list glyphs in the order of their numbers."""
    before: dict[str, set[str]] = {}
    for order in orders:
        for earlier, later in pairwise(order):
            before.setdefault(later, set()).add(earlier)
    return list(TopologicalSorter(dict(sorted((name, sorted(names)) for name, names in before.items()))).static_order())


def _take_glyphs(font: TTFont, part: Slice) -> None:
    """Add a slice's glyphs that the font does not have yet; refuse one that differs from its namesake."""
    mine, theirs = font["glyf"], part.font["glyf"]
    for name in part.font.getGlyphOrder():
        if name not in mine.glyphs:
            mine.glyphs[name] = theirs[name]
            font["hmtx"].metrics[name] = part.font["hmtx"][name]
        elif font["hmtx"][name][0] != part.font["hmtx"][name][0] and name != ".notdef":
            raise ValueError(f"{name} has two widths")


def _layout(font: TTFont, slices: list[Slice]) -> dict[str, list[Any]]:
    """Collect the mark lookups and the contextual kerning of all slices, and join their GDEF classes."""
    gdef = font["GDEF"].table
    found: dict[str, list[Any]] = {"kern": [], "mark": [], "mkmk": [], "": []}
    mark_sets: list[Any] = []
    for part in slices:
        other = part.font["GDEF"].table
        _join_classes(gdef, other)
        lookups = part.font["GPOS"].table.LookupList.Lookup
        used = _feature_lookups(part.font["GPOS"].table)
        for index, lookup in enumerate(lookups):
            if lookup.LookupFlag & 0x10:
                mark_sets.append(other.MarkGlyphSetsDef.Coverage[lookup.MarkFilteringSet])
                lookup.MarkFilteringSet = len(mark_sets) - 1
            tag = used.get(index, "")
            if tag in {"mark", "mkmk"}:
                found[tag].append(lookup)
            elif part is slices[0] and not _is_pair(lookup):
                found[tag].append((index, lookup))
    if mark_sets:
        gdef.MarkGlyphSetsDef.Coverage = mark_sets
        gdef.MarkGlyphSetsDef.MarkSetCount = len(mark_sets)
    return found


def _is_pair(lookup: Any) -> bool:
    first = lookup.SubTable[0]
    return getattr(first, "ExtSubTable", first).LookupType == 2


def _feature_lookups(gpos: Any) -> dict[int, str]:
    return {i: record.FeatureTag for record in gpos.FeatureList.FeatureRecord for i in record.Feature.LookupListIndex}


def _join_classes(gdef: Any, other: Any) -> None:
    for attribute in ("GlyphClassDef", "MarkAttachClassDef"):
        if getattr(other, attribute, None) is None:
            continue
        if getattr(gdef, attribute, None) is None:
            setattr(gdef, attribute, otTables.ClassDef())
            getattr(gdef, attribute).classDefs = {}
        for name, number in getattr(other, attribute).classDefs.items():
            getattr(gdef, attribute).classDefs.setdefault(name, number)


def _drop_instructions(font: TTFont) -> None:
    for glyph in font["glyf"].glyphs.values():
        glyph.removeHinting()
    for name in ("maxZones", "maxTwilightPoints", "maxStorage", "maxFunctionDefs", "maxInstructionDefs"):
        setattr(font["maxp"], name, 1 if name == "maxZones" else 0)
    font["maxp"].maxStackElements = font["maxp"].maxSizeOfInstructions = 0
    gasp = newTable("gasp")
    gasp.version, gasp.gaspRange = 1, dict(SMOOTH)
    font["gasp"] = gasp


def _add_tabular(font: TTFont) -> None:
    """Add figures of one width, centred, and the `tnum` feature that asks for them."""
    cmap, hmtx = font.getBestCmap(), font["hmtx"]
    width = hmtx[cmap[ord("0")]][0]
    mapping: dict[str, str] = {}
    for digit in "0123456789":
        source = cmap[ord(digit)]
        pen = TTGlyphPen({source: None})
        pen.addComponent(source, (1, 0, 0, 1, (width - hmtx[source][0]) // 2, 0))
        mapping[source] = add_glyph(font, f"{source}.tnum", pen.glyph(), width)
    _add_substitution(font["GSUB"].table, "tnum", mapping)


def _add_substitution(gsub: Any, tag: str, mapping: dict[str, str]) -> None:
    gsub.LookupList.Lookup.append(buildLookup([buildSingleSubstSubtable(mapping)]))
    gsub.LookupList.LookupCount = len(gsub.LookupList.Lookup)
    gsub.FeatureList.FeatureRecord.append(_feature(tag, [gsub.LookupList.LookupCount - 1]))
    index = len(gsub.FeatureList.FeatureRecord) - 1
    for record in gsub.ScriptList.ScriptRecord:
        systems = [record.Script.DefaultLangSys, *(r.LangSys for r in record.Script.LangSysRecord)]
        for system in (s for s in systems if s is not None):
            system.FeatureIndex.append(index)
            system.FeatureCount = len(system.FeatureIndex)


def _feature(tag: str, lookups: list[int]) -> Any:
    record = otTables.FeatureRecord()
    record.FeatureTag = tag
    record.Feature = otTables.Feature()
    record.Feature.FeatureParams = None
    record.Feature.LookupListIndex = lookups
    record.Feature.LookupCount = len(lookups)
    return record


def _finish_layout(font: TTFont, found: dict[str, list[Any]], kern: Any) -> None:
    """Write GPOS anew: kern (joined pairs, then the latin slice's contexts), mark, mkmk, for DFLT and latn."""
    lookups: list[Any] = [kern]
    moved: dict[int, int] = {}
    for index, lookup in [*found["kern"], *found[""]]:
        moved[index] = len(lookups)
        lookups.append(lookup)
    features = {"kern": [0, *(moved[index] for index, _ in found["kern"])]}
    for tag in ("mark", "mkmk"):
        if found[tag]:
            features[tag] = list(range(len(lookups), len(lookups) + len(found[tag])))
            lookups.extend(found[tag])
    for index, lookup in [*found["kern"], *found[""]]:
        del index
        for subtable in lookup.SubTable:
            _move_references(subtable, moved)
    gpos = newTable("GPOS")
    gpos.table = otTables.GPOS()
    gpos.table.Version = 0x00010000
    gpos.table.LookupList = otTables.LookupList()
    gpos.table.LookupList.Lookup = lookups
    gpos.table.FeatureList = otTables.FeatureList()
    gpos.table.FeatureList.FeatureRecord = [_feature(tag, indices) for tag, indices in sorted(features.items())]
    gpos.table.ScriptList = otTables.ScriptList()
    gpos.table.ScriptList.ScriptRecord = [_script(tag, len(features)) for tag in ("DFLT", "latn")]
    font["GPOS"] = gpos


def _script(tag: str, features: int) -> Any:
    record = otTables.ScriptRecord()
    record.ScriptTag = tag
    record.Script = otTables.Script()
    record.Script.LangSysRecord = []
    system = record.Script.DefaultLangSys = otTables.DefaultLangSys()
    system.ReqFeatureIndex = 0xFFFF
    system.FeatureIndex = list(range(features))
    return record


def _move_references(value: Any, moved: dict[int, int]) -> None:
    """Point the lookup records inside a contextual subtable at the lookups' new numbers."""
    if isinstance(value, list):
        for item in value:
            _move_references(item, moved)
    elif hasattr(value, "__dict__"):
        if hasattr(value, "LookupListIndex") and hasattr(value, "SequenceIndex"):
            value.LookupListIndex = moved[value.LookupListIndex]
            return
        for item in vars(value).values():
            _move_references(item, moved)


def _finish(font: TTFont) -> None:
    font.flavor = font.flavorData = None
    font["post"].formatType = 3.0
    font["head"].created = font["head"].modified = EPOCH
    font["head"].flags = 0b1011
    os2 = font["OS/2"]
    os2.fsType = 0
    os2.recalcUnicodeRanges(font)
    codes = sorted(font.getBestCmap())
    os2.usFirstCharIndex, os2.usLastCharIndex = codes[0], min(codes[-1], 0xFFFF)


def save_web(font_path: Path, target: Path) -> None:
    """Write the WOFF2 of a face: Latin, Vietnamese and our signs."""
    options = subset.Options(
        flavor="woff2", layout_features=["*"], name_IDs=["*"], notdef_outline=True, recalc_timestamp=False
    )
    font = subset.load_font(str(font_path), options)
    subsetter = subset.Subsetter(options)
    subsetter.populate(unicodes=subset.parse_unicodes(WEB))
    subsetter.subset(font)
    subset.save_font(font, str(target), options)


def main(packages: Path, target: Path) -> None:
    """Write every face, its WOFF2, and the licences."""
    target.mkdir(parents=True, exist_ok=True)
    notices: dict[str, str] = {}
    for face in FACES:
        font = merge(face, packages)
        notices[face.package] = str(font["name"].getDebugName(COPYRIGHT_ID))
        ttf = target / f"{face.postscript}.ttf"
        font.save(ttf, reorderTables=True)
        save_web(ttf, ttf.with_suffix(".woff2"))
        print(f"{ttf.name}: {len(font.getBestCmap())} characters, {ttf.stat().st_size} bytes")
    write_licences(packages, target, notices)


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]) if len(sys.argv) > 2 else Path("templates/fonts"))
