"""One digest of what a page draws: its own strokes, and those of every drawing that it places, charts among them.

The press writes it into a copy, `archive/proof` computes it again. Photographs and the shapes of letters are not in it.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Hashable
from dataclasses import dataclass

_PLACED = re.compile(rb"/([^\s/<>\[\](){}%]+)\s+Do\b")


@dataclass(frozen=True, slots=True)
class Drawing:
    """A stream of strokes; `inside` finds by its name a drawing that is placed in it, and None for a photograph."""

    key: Hashable
    content: bytes
    inside: Callable[[str], Drawing | None]


def digest(drawing: Drawing, known: dict[Hashable, str]) -> str:
    """Digest a drawing with all that it places; `known` remembers those of a document, which pages may share."""
    if drawing.key not in known:
        known[drawing.key] = ""  # what places itself ends here
        found = hashlib.sha256(drawing.content)
        for name in dict.fromkeys(_PLACED.findall(drawing.content)):
            placed = drawing.inside(name.decode("latin-1"))
            found.update(digest(placed, known).encode() if placed else b"")
        known[drawing.key] = found.hexdigest()
    return known[drawing.key]
