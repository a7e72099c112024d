"""The search page and its index: a script that the page loads, so that search works from a USB stick as from a host.

An entry of the index, its keys short because they are repeated: t title, u address, k kind, d day, s summary,
n other names, p passages as [text, anchor], f printed numbers as [text, what it counts, address].
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from typing import Any

from chungtay_reports.site.cards import day_words
from chungtay_reports.site.grids import metric_path, unit_path
from chungtay_reports.site.leaf import Leaf, Site, trail
from chungtay_reports.site.shown import BULLETIN, Shown
from chungtay_reports.site.words import meaning
from chungtay_reports.vietnamese import sentence_start

PAGE, INDEX = "tim-kiem/index.html", "tim-kiem/chi-muc.js"
KINDS = {"ban-tin": "Bản tin", "bao-cao": "Báo cáo"}
Entry = dict[str, Any]


def search_files(site: Site, units: Sequence[str]) -> Iterator[tuple[str, bytes]]:
    """Make the page and the index of everything that can be found."""
    entries = [*_editions(site), *_units(site, units), *_metrics(site)]
    lines = ",\n".join(
        json.dumps(_filled(entry), ensure_ascii=False, separators=(",", ":"), allow_nan=False) for entry in entries
    )
    yield INDEX, f'"use strict";\nwindow.CHUNGTAY_CHI_MUC = [\n{lines}\n];\n'.encode()
    leaf = Leaf(
        path=PAGE,
        title="Tìm kiếm",
        description="Tìm bản tin, báo cáo, đơn vị, chỉ tiêu và con số đã in; gõ có dấu hay không dấu đều được.",
        section="tim-kiem",
        crumbs=trail(),
    )
    yield site.page(leaf, "search")


def _editions(site: Site) -> Iterator[Entry]:
    for edition in site.editions:
        if edition.readable:
            yield {
                "t": site.title(edition),
                "u": f"{edition.key}/index.html",
                "k": KINDS[edition.kind],
                "d": day_words(edition),
                "s": edition.summary,
                "n": [edition.title] if edition.kind != BULLETIN else [],
                "p": list(_passages(edition)),
                "f": list(_numbers(edition)),
            }


def _passages(edition: Shown) -> Iterator[list[str]]:
    """Give the running text of an edition, without what stands in its title and summary."""
    bulletin = edition.kind == BULLETIN
    for passage in edition.passages:
        running = bulletin or passage.level is not None
        if running and passage.text not in {edition.title, edition.summary} and any(c.isalpha() for c in passage.text):
            yield [passage.text, passage.anchor] if passage.anchor else [passage.text]


def _numbers(edition: Shown) -> Iterator[list[str]]:
    """Give each printed number once for each thing that it counts."""
    seen = set()
    for one in edition.prints:
        if (one.text, one.name) not in seen and one.text != "0":
            seen.add((one.text, one.name))
            page = "so-lieu.html" if edition.kind == BULLETIN else "index.html"
            place = f"{edition.key}/{page}#{one.figure}" if edition.kind == BULLETIN else ""
            yield [one.text, one.name, place] if place else [one.text, one.name]


def _units(site: Site, units: Sequence[str]) -> Iterator[Entry]:
    registry = site.library.registry
    for unit in units:
        one = registry.units[unit]
        names = {one.short, one.name, *one.aliases, *(former.name for former in one.former)}
        name = sentence_start(site.unit(unit))
        yield {"t": name, "u": unit_path(unit), "k": "Đơn vị", "n": sorted(names - {name})}


def _metrics(site: Site) -> Iterator[Entry]:
    library = site.library
    for name, series in site.book.series.items():
        words = " ".join(meaning(series.metric, library.metrics, library.registry, site.book.as_of))
        yield {
            "t": series.metric.label,
            "u": metric_path(name),
            "k": "Số liệu",
            "n": [series.metric.short],
            "p": [[words]],
        }


def _filled(entry: Entry) -> Entry:
    return {key: value for key, value in entry.items() if value}
