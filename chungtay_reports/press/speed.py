"""Take out of WeasyPrint's way what costs time and changes no byte; only for the versions that were measured.

Measured on an annex of 1,500 rows (benchmarks/RESULTS.md): room on the stack 12%, references to pages 5% and quadratic.
"""

from __future__ import annotations

from collections.abc import Callable
from importlib import metadata
from typing import Any, TypeVar

import pydyf

Function = TypeVar("Function", bound=Callable[..., Any])

MEASURED = {"weasyprint": "70.", "pydyf": "0.13."}
ROOM = 1 << 17  # slots of the evaluation stack, 1 MB: WeasyPrint's layout is some 400 frames deep


def measured() -> bool:
    """Say whether these are the versions that the short cuts were written and measured for."""
    return all(metadata.version(name).startswith(version) for name, version in MEASURED.items())


def with_room(function: Function) -> Function:
    """Let what a function calls have its frames in one piece of memory.

    CPython keeps frames in chunks of 16 kB and frees a chunk as soon as its first frame returns. Where a chunk happens
    to end inside a hot loop, every turn of the loop maps and unmaps one. A frame that asks for a large stack gets a
    chunk to match, and the frames above it find their place in the rest.
    """
    function.__code__ = function.__code__.replace(co_stacksize=ROOM)
    return function


def remember_page_references() -> None:
    """Have pydyf make the references of its pages once, not anew for every tagged element of the document."""
    plain = pydyf.PDF.page_references.fget

    def page_references(pdf: Any) -> tuple[bytes, ...]:
        kids = len(pdf.pages["Kids"])
        known: tuple[int, tuple[bytes, ...]] = getattr(pdf, "_chungtay_page_references", (-1, ()))
        if known[0] != kids:
            known = pdf._chungtay_page_references = (kids, plain(pdf))  # noqa: SLF001 - a note on pydyf's own object
        return known[1]

    pydyf.PDF.page_references = property(page_references)
