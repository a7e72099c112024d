"""Making up the pages: no block is lost, text keeps its order, and pictures fill holes instead of making them."""

from __future__ import annotations

import re
import sys
from collections import Counter
from dataclasses import replace
from datetime import date
from itertools import pairwise

import editions
import pytest
from builds import REPO, STATISTICAL
from hypothesis import given, settings
from hypothesis import strategies as st

from chungtay_reports import pipeline
from chungtay_reports.edition import Block, Chart, Edition, Heading, Paragraph, Photo, Table
from chungtay_reports.formats import pdf
from chungtay_reports.formats.pdf_flow import Part, flow
from chungtay_reports.formats.pdf_sheet import PAGE, Sheet
from chungtay_reports.press import Press

BULLETIN, TABLE, PHOTO = editions.edition(), editions.table(), editions.photo()
WORDS = "Các trường hai bên cùng soạn bài, cùng dự giờ và góp ý cho nhau. "


def paragraph(lines: int) -> Paragraph:
    return Paragraph(editions.inlines(WORDS * lines))


def heading(_: int) -> Heading:
    return Heading(2, editions.inlines("Chuyên môn là trục chính"))


def photo(height: int) -> Photo:
    return replace(PHOTO, width=100, height=20 * height)


def chart(height: int) -> Chart:
    return Chart("c", f'<svg viewBox="0 0 340 {80 * height}"></svg>', "", "", (), wide=height % 2 == 0)


def table(rows: int) -> Table:
    return replace(TABLE, rows=TABLE.rows[:1] * (3 * rows), wide=rows % 2 == 0)


BLOCKS = st.lists(
    st.tuples(st.sampled_from([paragraph, paragraph, heading, photo, chart, table]), st.integers(1, 8)).map(
        lambda made: made[0](made[1])
    ),
    max_size=24,
)


def made_up(blocks: list[Block], **changes: object) -> list[tuple[Block, str]]:
    return [pair for part in parts_of(blocks, **changes) for pair in part.blocks]


def parts_of(blocks: list[Block], **changes: object) -> tuple[Part, ...]:
    return flow(bulletin(blocks, **changes), 18, lambda index, _: f"muc-{index}").parts


def bulletin(blocks: list[Block], **changes: object) -> Edition:
    return replace(BULLETIN, blocks=tuple(blocks), **changes)


@settings(deadline=None)
@given(BLOCKS)
def test_every_block_is_set_once(blocks: list[Block]) -> None:
    assert sorted(name for _, name in made_up(blocks)) == sorted(f"muc-{n}" for n in range(len(blocks)))


@settings(deadline=None)
@given(BLOCKS)
def test_text_keeps_its_order_and_so_do_the_frames(blocks: list[Block]) -> None:
    for framed in (True, False):
        order = [int(name[4:]) for block, name in made_up(blocks) if isinstance(block, Photo | Chart | Table) is framed]
        assert order == sorted(order)


@settings(deadline=None)
@given(BLOCKS)
def test_a_heading_is_set_together_with_what_follows_it(blocks: list[Block]) -> None:
    parts = parts_of(blocks)
    for part, following in pairwise(parts):
        assert len(part.blocks) == 2 or not part.heads or following.heads


@settings(deadline=None)
@given(BLOCKS)
def test_what_has_a_heading_to_itself_stays_below_it(blocks: list[Block]) -> None:
    lonely = [heading(1), photo(2), heading(1), paragraph(2)]
    names = [name for _, name in made_up([*blocks, *lonely])]
    first = len(blocks)
    assert names.index(f"muc-{first + 1}") == names.index(f"muc-{first}") + 1


def test_a_picture_waits_for_the_column_in_which_it_fits() -> None:
    blocks = [paragraph(12), photo(6), paragraph(6), paragraph(6)]
    assert [name for _, name in made_up(blocks, lead_photo=None)] != ["muc-0", "muc-1", "muc-2", "muc-3"]


def test_where_everything_fits_the_author_s_order_stays() -> None:
    blocks = [paragraph(3), photo(2), heading(1), paragraph(3), chart(1), paragraph(3)]
    assert [name for _, name in made_up(blocks)] == [f"muc-{n}" for n in range(6)]


@settings(deadline=None)
@given(st.lists(st.tuples(st.booleans(), st.floats(1, 300)), max_size=30))
def test_a_sheet_is_never_filled_beyond_its_foot_by_text(pieces: list[tuple[bool, float]]) -> None:
    sheet = Sheet(PAGE, 100)
    for framed, height in pieces:
        sheet = sheet.with_frame(min(height, 150)) if framed else sheet.with_text(height, 10)
        assert sheet.left >= -1e-6
        assert sheet.holes >= 0


@pytest.mark.slow
def test_nothing_of_a_text_is_lost_wherever_its_columns_end_on_a_page() -> None:
    library, works, _ = pipeline.works(REPO, pipeline.Request((STATISTICAL,)), date(2026, 11, 25))
    job = pdf.print_job(works[0], library.settings)
    (margin,) = re.findall(r"@page :first \{ margin-bottom: ([\d.]+)mm", job.html)
    margins = [f"margin-bottom: {35 + step * 0.4:.1f}mm" for step in range(16)]
    jobs = [replace(job, html=job.html.replace(f"margin-bottom: {margin}mm", other)) for other in margins]
    with Press(2) as press:
        assert [answer for answer in press.typeset_all(jobs) if not isinstance(answer, bytes)] == []


def test_a_body_twice_as_long_takes_about_twice_the_work() -> None:
    def steps(length: int) -> int:
        counted = Counter[str]()
        sys.setprofile(lambda *seen: counted.update((seen[1],)))
        try:
            parts_of([paragraph(3), paragraph(2), chart(2)] * length)
        finally:
            sys.setprofile(None)
        return counted["call"]

    assert steps(80) < 2.5 * steps(40)
