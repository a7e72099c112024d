"""What a correction sets right: the published figures and lines held against the present ones."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from difflib import SequenceMatcher

from chungtay_reports.archive.ocfl import Store
from chungtay_reports.archive.publication import Publication
from chungtay_reports.archive.sentences import archived_lines
from chungtay_reports.difference import ledger_changes
from chungtay_reports.edition import Block, Change, Chart
from chungtay_reports.figures.ledger_reader import read_json
from chungtay_reports.fingerprint import TextLine, Work, text_lines
from chungtay_reports.life.quoting import apart, short
from chungtay_reports.official.paper import Paper

# Lines that say when and by whom, not what; and those that only tell a chart's numbers again.
ASIDE = ("đầu trang", "thời điểm", "hộp số liệu", "dữ liệu minh họa", "số, ký hiệu", "địa danh, ngày", "từ khóa")
CHARTS = "biểu đồ"
# The innermost heading is enough to find a place in a report: a reader does not climb down to it.
OUTER = re.compile(r"(?:mục “[^”]*”, )+(?=mục “)")
ROW_NUMBER = re.compile(r"^\d+ \| ")
EMPTY = re.compile(r"(?<=\| )-(?= \||$)")


def changes(store: Store, object_id: str, published: Publication, work: Work) -> tuple[Change, ...]:
    """List what is printed otherwise now, figures first, then lines whose words are other ones."""
    found, charts = [], _charts(work)
    if work.ledger and "figures" in published.files:
        old = read_json(store.read(object_id, published.files["figures"]).decode())
        found = [
            Change(one.label, one.old_text, one.new_text, _places([each.where for each in one.prints], charts))
            for one in ledger_changes(old, work.ledger)
            if one.prints
        ]
    return (*found, *_lines(archived_lines(store, object_id, published), text_lines(work)))


def _charts(work: Work) -> dict[str, str]:
    """Call each chart by its title: its place in the ledger has its id, which no reader has ever seen."""
    if isinstance(work, Paper):
        pieces: tuple[Block, ...] = (*work.body, *(block for annex in work.annexes for block in annex.blocks))
    else:
        pieces = work.blocks
    return {f"{CHARTS} {piece.id}": f"{CHARTS} “{piece.title}”" for piece in pieces if isinstance(piece, Chart)}


def _places(where: Sequence[str], charts: Mapping[str, str]) -> str:
    return ", ".join(dict.fromkeys(_named(place, charts) for place in where))


def _named(place: str, charts: Mapping[str, str]) -> str:
    chart, comma, within = OUTER.sub("", place).partition(",")
    return f"{charts.get(chart, chart)}{comma}{within}"


def _lines(before: Sequence[TextLine], after: Sequence[TextLine]) -> Iterator[Change]:
    old, new = list(filter(_telling, before)), list(filter(_telling, after))
    matcher = SequenceMatcher(None, list(map(_words, old)), list(map(_words, new)), autojunk=False)
    for kind, a, b, c, d in matcher.get_opcodes():
        if kind == "equal":
            continue
        both = min(b - a, d - c)
        for gone, come in zip(old[a : a + both], new[c : c + both], strict=True):
            label, was, now = apart(gone.text, come.text)
            yield Change("" if come.where.endswith(label) else label, was, now, come.where)
        yield from (Change("", "", short(line.text), line.where) for line in new[c + both : d])
        yield from (Change("", short(line.text), "", line.where) for line in old[a + both : b])


def _words(line: TextLine) -> str:
    """Leave out the number of a row: when one goes, those below it move up and say what they said.

    A dash is a number that is none: the figures tell of it.
    """
    return EMPTY.sub("#", ROW_NUMBER.sub("", line.words))


def _telling(line: TextLine) -> bool:
    return line.where not in ASIDE and CHARTS not in line.where
