"""What stands around a record: an index of ids, of references and of likenesses, kept as text and searched as text.

A block for each file, a line for each record, a mark for each thing that others may ask after. Marks may promise too
much (two likenesses with one digest), never too little: whoever finds a record by them looks at the record itself.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from chungtay_reports.records import Activity, Agreement, Record
from chungtay_reports.vietnamese.collation import fold
from chungtay_reports.workspace.history import eventful, versions

_FEW = 24  # above, the marks that occur at all are found at one go

Found = tuple[str, int]  # a path, and the number of a record within it


def id_mark(id_: str) -> str:
    """Mark a record by its id, case-folded as everywhere."""
    return f"={id_.casefold()}"


def same_mark(id_: str) -> str:
    """Mark a record that names, or once named, the same event as that one."""
    return f"@{id_.casefold()}"


def agreement_mark(id_: str) -> str:
    """Mark an activity of that agreement."""
    return f">{id_.casefold()}"


def kind_mark(kind: str) -> str:
    """Mark the records that are, or once were, of a kind."""
    return f"!{kind}"


def likeness(record: Record) -> object:
    """Return what two records share that look like one thing; None for what is never compared."""
    if record.removed is not None:
        return None
    if isinstance(record, Activity):
        return record.kind, record.day or record.start, frozenset((record.host, *record.partners)), fold(record.title)
    return (record.kind, frozenset(record.parties)) if isinstance(record, Agreement) else None


def like_mark(record: Record) -> str:
    """Mark a record by its likeness, or by nothing (“”)."""
    found = likeness(record)
    if found is None:
        return ""
    plain = [sorted(part) if isinstance(part, frozenset) else str(part) for part in found]  # type: ignore[attr-defined]
    text = json.dumps(plain, ensure_ascii=False).encode()
    return f"~{hashlib.blake2b(text, digest_size=9).hexdigest()}"


def pointed_to(record: Record) -> tuple[str, ...]:
    """List the ids that a record has called the same event, now and before it was corrected."""
    return tuple(dict.fromkeys(id_ for one in _told(record) if (id_ := getattr(one, "same_as", None))))


def kinds(record: Record) -> tuple[str, ...]:
    """List the kinds that a record has been of, now and before it was corrected."""
    return tuple(dict.fromkeys(one.kind for one in _told(record)))


def _told(record: Record) -> tuple[Record, ...]:
    return tuple(version.record for version in versions(record)) if eventful(record) else (record,)


def marks(record: Record) -> tuple[str, ...]:
    """List all marks of a record."""
    agreement = getattr(record, "agreement", None)
    found = (
        *map(kind_mark, kinds(record)),
        id_mark(record.id),
        *map(same_mark, pointed_to(record)),
        agreement_mark(agreement) if agreement else "",
        like_mark(record),
    )
    return tuple(mark for mark in found if mark)


@dataclass(frozen=True, slots=True)
class Kin:
    """The marks of all records of some files."""

    text: bytes = b""

    def holders(self, wanted: Iterable[str]) -> Iterator[Found]:
        """Give every record that has one of the marks, once, mark by mark."""
        asked = list(dict.fromkeys(mark.encode() for mark in wanted))
        if len(asked) > _FEW:
            there = set(self.text.split(b"\t"))
            asked = [mark for mark in asked if mark in there]
        yield from dict.fromkeys(found for mark in asked for found in self._holders(b"\t" + mark + b"\t"))

    def _holders(self, pattern: bytes) -> Iterator[Found]:
        at = self.text.find(pattern)
        while at >= 0:
            head = self.text.rfind(b"\n/", 0, at) + 2
            first = self.text.index(b"\n", head)
            path = json.loads(self.text[head:first])
            yield path, self.text.count(b"\n", first + 1, at)
            at = self.text.find(pattern, at + len(pattern) - 1)

    def blocks(self) -> dict[bytes, bytes]:
        """Part the text by files: the lines of each, by its head."""
        parts = (part.split(b"\n", 1) for part in self.text.split(b"\n/")[1:])
        return dict(parts)


def head(path: str) -> bytes:
    """Return the line with which the block of a file begins."""
    return json.dumps(path).encode()


def kin_of(blocks: Mapping[bytes, bytes]) -> Kin:
    """Join the blocks of files, by their heads, to one text."""
    return Kin(b"".join(b"\n/%b\n%b" % (first, blocks[first]) for first in sorted(blocks)))


def block(records: Iterable[Record]) -> bytes:
    """Write the marks of the records of one file."""
    return "\n".join("\t" + "\t".join(marks(record)) + "\t" for record in records).encode()
