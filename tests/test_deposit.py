"""The deposit copy of an edition: PDF/A-1a with no other file inside and nothing transparent (ISO 19005-1)."""

from __future__ import annotations

import io
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import editions
import papers
import pikepdf
import pytest

from chungtay_reports import documents
from chungtay_reports.course import Course

ORDER = documents.Order((), (), jobs=1, cache=False)
PART_ONE_REFUSES = ("/SMask", "/Group", "/EF", "/AF")


@pytest.fixture(scope="module")
def copies(tmp_path_factory: pytest.TempPathFactory) -> tuple[bytes, ...]:
    root: Path = tmp_path_factory.mktemp("deposit")
    return documents.deposit(root, [editions.edition(), papers.paper()], editions.settings(), ORDER, Course())


def dictionaries(pdf: pikepdf.Pdf) -> Iterator[Any]:
    yield from (item for item in pdf.objects if isinstance(item, pikepdf.Dictionary | pikepdf.Stream))


@pytest.mark.parametrize("index", [0, 1])
def test_a_deposit_copy_is_pdf_a_1a_with_nothing_that_part_one_refuses(copies: tuple[bytes, ...], index: int) -> None:
    with pikepdf.open(io.BytesIO(copies[index])) as pdf, pdf.open_metadata() as xmp:
        assert (pdf.pdf_version, xmp.pdfa_status) == ("1.4", "1A")
        assert "/EmbeddedFiles" not in pdf.Root.get("/Names", {})
        found = [key for item in dictionaries(pdf) for key in PART_ONE_REFUSES if key in item]
        assert found == []
        assert {float(item[key]) for item in dictionaries(pdf) for key in ("/ca", "/CA") if key in item} <= {1.0}


def test_a_deposit_copy_is_set_alike_every_time(copies: tuple[bytes, ...], tmp_path: Path) -> None:
    assert documents.deposit(tmp_path, [papers.paper()], editions.settings(), ORDER, Course()) == copies[1:]
