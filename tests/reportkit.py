"""A tiny workspace with reports, and what a paper says as plain text."""

from __future__ import annotations

import shutil
from collections.abc import Iterator

from builds import REPO
from conftest import Workspace

from chungtay_reports.edition import Block, Heading, Inline, ItemList, Paragraph
from chungtay_reports.figures.tables import tabulate
from chungtay_reports.official.compose import Composed, compose_report
from chungtay_reports.official.paper import AnnexTable, OfficialTable, Paper
from chungtay_reports.workspace.library import Library

REPORT = "content/reports/bao-cao-nam-hoc.md"
CITY = "content/reports/bao-cao-thanh-pho.md"
MAI, HOA = "quan-hoang-mai", "huyen-ung-hoa"


def with_reports(workspace: Workspace) -> Workspace:
    """Give a tiny workspace the reports, offices and metrics of the repository; its bulletin stays away."""
    for name in ("bulletins", "quotes", "metrics"):
        shutil.rmtree(workspace.root / "content" / name)
    for name in ("metrics", "reports"):
        shutil.copytree(REPO / "content" / name, workspace.root / "content" / name)
    shutil.copy(REPO / "content" / "offices.yaml", workspace.root / "content")
    tiers = workspace.root / "content" / "units" / "tiers.yaml"
    town = "  - {id: thi-xa, label: thị xã, group: cap-huyen, area: ngoai-thanh, order: 12, reports: true}\n"
    tiers.write_text(tiers.read_text("utf-8") + town, "utf-8")
    return workspace


def change(workspace: Workspace, path: str, *pairs: tuple[str, str]) -> None:
    """Replace texts that must be there in a file."""
    text = (workspace.root / path).read_text("utf-8")
    for old, new in pairs:
        assert old in text, old
        text = text.replace(old, new)
    workspace.write(path, text)


def composed(library: Library, year: str, unit: str, name: str = "bao-cao-nam-hoc") -> Composed:
    return compose_report(library.reports[name], year, unit, library, tabulate(library.entries, library.registry))


def paper(library: Library, year: str, unit: str, name: str = "bao-cao-nam-hoc") -> Paper:
    found = composed(library, year, unit, name)
    assert found.paper is not None, found.problems
    return found.paper


def text(inlines: tuple[Inline, ...]) -> str:
    """What a reader sees; spaces that do not break are spaces."""
    return "".join(getattr(inline, "text", "") for inline in inlines).replace("\u00a0", " ")


def said(blocks: tuple[Block, ...]) -> Iterator[str]:
    """Every line of the body as it reads."""
    for block in blocks:
        if isinstance(block, Heading | Paragraph):
            yield text(block.inlines)
        elif isinstance(block, ItemList):
            yield from (text(item) for item in block.items)
        elif isinstance(block, OfficialTable):
            yield block.title


def whole(found: Paper) -> str:
    return "\n".join(said(found.body))


def table_of(found: Paper, numeral: str) -> AnnexTable | None:
    """The table of an annex, None when it says that there is nothing."""
    annex = next(annex for annex in found.annexes if annex.numeral == numeral)
    return next((block.table for block in annex.blocks if isinstance(block, OfficialTable)), None)
