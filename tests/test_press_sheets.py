"""A style sheet is read once for many documents, each of which is set as if it had been read for it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import editions
import papers
import pytest
from plain_press import OTHER_WORDS, PlainPress, plain_press, short_press

from chungtay_reports.formats import paper_pdf, pdf
from chungtay_reports.press import PrintJob
from chungtay_reports.press.job import Fetched
from chungtay_reports.press.sheets import ELSEWHERE

CSS = "bulletin/print.css"


@pytest.fixture(scope="module")
def press(tmp_path_factory: pytest.TempPathFactory) -> Iterator[PlainPress]:
    with short_press(tmp_path_factory.mktemp("press")) as opened:
        yield opened


@pytest.fixture(scope="module")
def plain(tmp_path_factory: pytest.TempPathFactory) -> Iterator[PlainPress]:
    with plain_press(tmp_path_factory.mktemp("plain"), *OTHER_WORDS) as opened:
        yield opened


def bulletin() -> PrintJob:
    return pdf.print_job(editions.edition(), editions.settings())


def with_rule(job: PrintJob, rule: str) -> PrintJob:
    sheet = Fetched("text/css", job.assets[CSS].data + rule.encode())
    return replace(job, assets={**job.assets, CSS: sheet})


def test_our_own_sheets_are_such_as_can_be_kept() -> None:
    report = paper_pdf.print_job(papers.long_annex(3), editions.settings())
    sheets = [
        asset.data for job in (bulletin(), report) for asset in job.assets.values() if asset.media_type == "text/css"
    ]
    assert len(sheets) == 2
    assert not any(map(ELSEWHERE.search, sheets))


def test_the_second_document_of_a_worker_is_set_like_the_first(press: PlainPress, plain: PlainPress) -> None:
    job = bulletin()
    first, second = press.typeset(job), press.typeset(job)
    assert first == second == plain.typeset(job)


def test_a_sheet_that_has_changed_is_read_again(press: PlainPress, plain: PlainPress) -> None:
    job = with_rule(bulletin(), "h1 { font-size: 15pt } @page { margin-left: 25mm }")
    press.typeset(bulletin())
    assert press.typeset(job) == plain.typeset(job)
    assert press.typeset(bulletin()) == plain.typeset(bulletin())


def test_a_sheet_that_is_not_right_is_refused_each_time(press: PlainPress) -> None:
    job = with_rule(bulletin(), "h1 { font-size: rất to }")
    for _ in range(2):
        reasons = press.typeset(job)
        assert not isinstance(reasons, bytes)
        assert "font-size" in reasons[0]


def test_a_style_in_the_body_holds_like_one_in_the_head(press: PlainPress, plain: PlainPress) -> None:
    job = bulletin()
    job = replace(job, html=job.html.replace("</body>", "<style>h1 { font-size: 15pt }</style></body>"))
    assert press.typeset(job) == plain.typeset(job) != press.typeset(bulletin())
