"""Set a paragraph: raw inlines and what placeholders wrote become the inlines of an edition, typeset as one sentence."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

from chungtay_reports.edition import Emphasis, Inline, Inlines, Link, Number, Strong, Text
from chungtay_reports.prose.calls import Call
from chungtay_reports.prose.markdown import RawCall, RawInline, RawText
from chungtay_reports.vietnamese import sentence_start, typography_across

Write = Callable[[Call, bool], Inlines]  # a call and whether it begins a sentence → what it says

_BEGINS = re.compile(r"(?:^|(?<!\bTP)(?<!\bThS)(?<!\bTS)(?<!\bGS)(?<!\bNGƯT)(?<!\bv\.v)[.!?…][”’\")]*\s+)[\s“‘\"'(]*$")
_SEPARATOR = re.compile(r"^\s*[,;:]?\s*")


def set_inlines(raw: tuple[RawInline, ...], write: Write) -> Inlines:
    """Write the placeholders of a line in reading order and set the whole for print.

    A placeholder that says nothing takes the comma after it along, and the sentence then begins with what follows.
    """
    return _typeset(_Setter(write).inlines(raw))


def begins_sentence(said: str) -> bool:
    """Tell whether what follows `said` begins a sentence."""
    return _BEGINS.search(said[-40:] if len(said) > 40 else said) is not None


@dataclass(slots=True)
class _Setter:
    write: Write
    said: str = ""
    vanished: bool = False

    def inlines(self, raw: tuple[RawInline, ...]) -> Inlines:
        return tuple(inline for piece in raw for inline in self._piece(piece))

    def _piece(self, piece: RawInline) -> Iterator[Inline]:
        if isinstance(piece, RawText):
            yield from self._text(piece.text)
        elif isinstance(piece, RawCall):
            written = self.write(piece.call, begins_sentence(self.said))
            self.vanished = not written and bool(piece.call.name)
            self.said += _read(written)
            yield from written
        else:
            children = self.inlines(piece.children)
            if children:
                yield Link(piece.href, children) if piece.kind == "link" else _SPANS[piece.kind](children)

    def _text(self, text: str) -> Iterator[Inline]:
        if self.vanished:
            text = _SEPARATOR.sub("" if not self.said or self.said[-1].isspace() else " ", text)
            text = sentence_start(text) if begins_sentence(self.said) else text
            self.vanished = not text.strip()
        self.said += text
        if text:
            yield Text(text)


_SPANS: dict[str, Callable[[Inlines], Inline]] = {"strong": Strong, "em": Emphasis}


def _read(inlines: Inlines) -> str:
    return "".join(inline.text for inline in inlines if isinstance(inline, Text | Number))


def leaves(inlines: Inlines) -> Iterator[Text | Number]:
    """Walk the texts and numbers of inlines in reading order."""
    for inline in inlines:
        if isinstance(inline, Text | Number):
            yield inline
        elif isinstance(inline, Strong | Emphasis | Link):
            yield from leaves(inline.children)


def _typeset(inlines: Inlines) -> Inlines:
    """Set quotes, spaces and no-break spaces across all pieces; a number keeps its text as it stands in the ledger."""
    pieces = [leaf.text for leaf in leaves(inlines)]
    if pieces:
        pieces = list(typography_across(pieces))
        pieces[0], pieces[-1] = pieces[0].lstrip(), pieces[-1].rstrip() if len(pieces) > 1 else pieces[-1].strip()
    texts = iter(pieces)
    return _merged(_retold(inlines, texts))


def _retold(inlines: Inlines, texts: Iterator[str]) -> Iterator[Inline]:
    for inline in inlines:
        if isinstance(inline, Text):
            yield replace(inline, text=next(texts))
        elif isinstance(inline, Number):
            next(texts)
            yield inline
        elif isinstance(inline, Link):
            yield Link(inline.href, _merged(_retold(inline.children, texts)))
        elif isinstance(inline, Strong):
            yield Strong(_merged(_retold(inline.children, texts)))
        elif isinstance(inline, Emphasis):
            yield Emphasis(_merged(_retold(inline.children, texts)))


def _same_hand(one: Text, other: Text) -> bool:
    return getattr(one, "by", "") == getattr(other, "by", "")


def _merged(inlines: Iterator[Inline]) -> Inlines:
    result: list[Inline] = []
    for inline in inlines:
        if isinstance(inline, Text) and result and isinstance(last := result[-1], Text) and _same_hand(last, inline):
            result[-1] = replace(last, text=last.text + inline.text)
        elif not isinstance(inline, Text) or inline.text:
            result.append(inline)
    return tuple(result)
