"""What a page draws has one digest, with the charts on it: whoever redraws a bar is found."""

from __future__ import annotations

import hashlib

import copies
import editions
import pikepdf
import pytest
from proofs import checked

from chungtay_reports.formats import pdf
from chungtay_reports.press import Press
from chungtay_reports.strokes import Drawing, digest


def drawing(content: bytes, **placed: Drawing) -> Drawing:
    return Drawing(content, content, placed.get)


def test_a_page_that_places_nothing_has_the_digest_of_its_strokes() -> None:
    assert digest(drawing(b"0 0 m 1 1 l S"), {}) == hashlib.sha256(b"0 0 m 1 1 l S").hexdigest()


def test_whatever_is_changed_in_a_drawing_within_a_drawing_changes_the_page() -> None:
    bars = [drawing(b"/x2 Do", x2=drawing(b"0 0 %d 10 re f" % width)) for width in (100, 200)]
    pages = [drawing(b"q\n/x1 Do\nQ /anh Do", x1=bar) for bar in bars]
    # each with a memory of its own: they are of different documents
    assert len({digest(page, {}) for page in (*pages, drawing(b"q\n/x1 Do\nQ /anh Do"))}) == 3


def test_a_drawing_that_places_itself_ends() -> None:
    inner: dict[str, Drawing] = {}
    inner["x1"] = Drawing("x1", b"/x1 Do", inner.get)
    assert digest(inner["x1"], {})


@pytest.fixture(scope="module")
def printed() -> bytes:
    with Press(1) as press:
        return press.typeset(pdf.print_job(editions.edition(), editions.settings()))


def redrawn(document: pikepdf.Pdf) -> None:
    """Put a bar into the first drawing of a document, and leave its words."""
    first = next(item for item in document.objects if item.get("/Subtype") == "/Form")  # type: ignore[attr-defined]
    first.write(first.read_bytes() + b"\n0 0 300 8 re f")


def test_a_bar_that_was_drawn_into_a_chart_is_found_on_its_page(printed: bytes) -> None:
    before, after = checked(printed), checked(copies.edited(redrawn, printed))
    assert "V114" not in [problem.code for problem in before.problems]
    assert [problem.code for problem in after.problems].count("V114") == 1
    assert (after.pages.total, after.pages.right) == (before.pages.total, before.pages.total - 1)
