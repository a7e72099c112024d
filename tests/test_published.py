"""Every published number stands in the bulletins, in their ledgers, and in the records that prove it."""

from __future__ import annotations

import json
import shutil
from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import jsonschema
import pytest
import yaml
from builds import (
    FEATURE,
    REPO,
    STATISTICAL,
    build_workspace,
    chungtay,
    copy_workspace,
    figures,
    html_text,
    once,
    one_line,
    pdf_pages,
)

from chungtay_reports import check as checking
from chungtay_reports.errors import Place, Severity
from chungtay_reports.figures.desk import Desk
from chungtay_reports.figures.ledger import read_json
from chungtay_reports.figures.measure import recompute
from chungtay_reports.figures.tables import Tables, tabulate
from chungtay_reports.prose.reader import read_line
from chungtay_reports.schemas import schema
from chungtay_reports.workspace.library import Library

TODAY = date(2026, 11, 22)
EDITIONS = (STATISTICAL, FEATURE)
SCHOOLS = {"mam-non", "tieu-hoc", "thcs"}


@dataclass(frozen=True)
class Published:
    """A number of the record: the bulletin that prints it, its metric, its value, and how it reads there."""

    edition: str
    metric: str
    value: int
    reads: str


PUBLISHED = (
    Published(STATISTICAL, "quan_huyen_ky_giao_uoc", 30, "cả 30 quận, huyện, thị xã"),
    Published(STATISTICAL, "quan_huyen_co_ke_hoach", 30, ""),
    Published(STATISTICAL, "truong_ky_ket", 672, "672 trường mầm non, tiểu học, THCS"),
    Published(STATISTICAL, "cap_thpt_cam_ket", 65, "65 trường THPT và trung tâm GDNN-GDTX"),
    Published(STATISTICAL, "chuyen_de_cap_tren", 160, "160 chuyên đề"),
    Published(STATISTICAL, "chuyen_de_truong", 628, "628 chuyên đề"),
    Published(STATISTICAL, "giao_luu_thpt_truc_tiep", 30, "30 buổi giao lưu trực tiếp"),
    Published(STATISTICAL, "giao_luu_thpt_truc_tuyen", 6, "6 buổi trực tuyến"),
    Published(FEATURE, "giao_vien_day_truc_tuyen", 203, "203 giáo viên"),
    Published(FEATURE, "truong_ha_noi_day", 122, "122 trường"),
    Published(FEATURE, "truong_yen_bai_duoc_day", 17, "17 trường"),
    Published(FEATURE, "tiet_truc_tuyen", 2106, "hơn 2.100 tiết học"),
    Published(FEATURE, "hoc_sinh_duoc_do_dau", 317, "hàng trăm em"),
)
EACH = pytest.mark.parametrize("one", PUBLISHED, ids=lambda one: f"{one.metric}-{one.value}")


@dataclass(frozen=True)
class Built:
    """The repo's workspace after `chungtay build`."""

    root: Path

    def edition(self, slug: str) -> Path:
        return self.root / "build" / slug

    @cache  # noqa: B019 - one object for a whole module
    def html(self, slug: str, page: str = "index.html") -> str:
        return html_text(self.edition(slug) / page)

    @cache  # noqa: B019
    def pdf(self, slug: str) -> tuple[str, ...]:
        return pdf_pages(self.edition(slug) / f"{slug}.pdf")

    @cache  # noqa: B019
    def figures(self, slug: str) -> dict[str, Any]:
        return figures(self.edition(slug))

    def figure(self, one: Published) -> dict[str, Any]:
        """The row of the ledger for the whole period: the metric itself, without a further filter."""
        period = self.figures(one.edition)["period"]
        rows = [
            row
            for row in self.figures(one.edition)["figures"]
            if row["metric"] == one.metric and row["period"] == period and not row["filters"]["fields"]
        ]
        assert len(rows) == 1
        return dict(rows[0])


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Built:
    return Built(once(tmp_path_factory, "published", build_workspace))


@pytest.fixture(scope="module")
def books() -> tuple[Library, Tables]:
    library, problems = checking.load(REPO, TODAY)
    assert library is not None, "\n".join(map(str, problems))
    return library, tabulate(library.entries, library.registry)


# ----------------------------------------------------------------- each number, in each document


@EACH
def test_a_published_number_stands_in_the_html(built: Built, one: Published) -> None:
    assert one.reads.casefold() in built.html(one.edition).casefold()


@EACH
def test_a_published_number_stands_in_the_text_of_the_pdf(built: Built, one: Published) -> None:
    assert one.reads.casefold() in one_line(" ".join(built.pdf(one.edition))).casefold()


@EACH
def test_a_published_number_is_in_the_ledger_with_its_records(built: Built, one: Published) -> None:
    row = built.figure(one)
    assert row["value"] == one.value
    assert row["records"]
    assert set(row["records"]) <= set(built.figures(one.edition)["records"])


@EACH
def test_a_published_number_is_recomputed_from_its_own_records(
    built: Built, books: tuple[Library, Tables], one: Published
) -> None:
    library, tables = books
    ledger = read_json((built.edition(one.edition) / "figures.json").read_text("utf-8"))
    row = next(row for row in ledger.rows if row.id == built.figure(one)["id"])
    assert recompute(row, ledger, tables, library.metrics) == one.value


# ----------------------------------------------------------------- the same by hand, from YAML alone


def levels() -> dict[str, str]:
    found = {}
    for path in sorted((REPO / "content" / "units").rglob("*.yaml")):
        data = yaml.load(path.read_text("utf-8"), yaml.CSafeLoader)
        if isinstance(data, dict):
            default = (data.get("defaults") or {}).get("tier")
            found |= {unit["id"]: unit.get("tier", default) for unit in data.get("units") or ()}
    return found


def parties(records: list[dict[str, Any]], tiers: set[str]) -> int:
    level = levels()
    return len({party for record in records for party in record["parties"] if level[party] in tiers})


def total(field: str) -> Callable[[list[dict[str, Any]]], int]:
    return lambda records: sum((record.get("counts") or {}).get(field, 0) for record in records)


def yen_bai(records: list[dict[str, Any]]) -> int:
    return len({one for record in records for one in record["partners"]})


BY_HAND: dict[str, Callable[[list[dict[str, Any]]], int]] = {
    "quan_huyen_ky_giao_uoc": lambda records: parties(records, {"phong-gddt"}),
    "quan_huyen_co_ke_hoach": lambda records: parties(records, {"phong-gddt"}),
    "truong_ky_ket": lambda records: parties(records, SCHOOLS),
    "cap_thpt_cam_ket": lambda records: parties(records, {"thpt", "gdnn-gdtx"}),
    "chuyen_de_truong": len,
    "chuyen_de_cap_tren": len,
    "giao_luu_thpt_truc_tiep": total("sessions"),
    "giao_luu_thpt_truc_tuyen": total("sessions"),
    "giao_vien_day_truc_tuyen": total("teachers"),
    "tiet_truc_tuyen": total("periods"),
    "truong_ha_noi_day": lambda records: len({record["host"] for record in records}),
    "truong_yen_bai_duoc_day": yen_bai,
    "hoc_sinh_duoc_do_dau": lambda records: sum(record["support"].get("sponsored", 0) for record in records),
}


@cache
def source(file: str) -> tuple[list[str], dict[str, dict[str, Any]]]:
    """The lines of a file of records, and its records by id."""
    text = (REPO / file).read_text("utf-8")
    data = yaml.load(text, yaml.CSafeLoader)
    return text.split("\n"), {record["id"]: record for record in (data if isinstance(data, list) else [data])}


@EACH
def test_a_published_number_follows_by_hand_from_the_files_that_its_ledger_names(built: Built, one: Published) -> None:
    ledger, row = built.figures(one.edition), built.figure(one)
    rows = {each["id"]: each for each in ledger["figures"]}
    ids = row["records"] or sorted({id_ for operand in row["operands"] for id_ in rows[operand]["records"]})
    records = []
    for id_ in ids:
        note = ledger["records"][id_]
        lines, known = source(note["file"])
        assert f"id: {id_}" in lines[note["line"] - 1]
        records.append(known[id_])
    assert BY_HAND[one.metric](records) == one.value


# ----------------------------------------------------------------- every number, not only the published


@pytest.mark.parametrize("slug", EDITIONS)
def test_every_row_of_a_ledger_recomputes_to_its_value(built: Built, books: tuple[Library, Tables], slug: str) -> None:
    library, tables = books
    ledger = read_json((built.edition(slug) / "figures.json").read_text("utf-8"))
    assert ledger.rows
    wrong = {
        row.id: row.figure.value
        for row in ledger.rows
        if recompute(row, ledger, tables, library.metrics) != row.figure.value
    }
    assert wrong == {}


@pytest.mark.parametrize("slug", EDITIONS)
def test_a_ledger_keeps_its_documented_schema(built: Built, slug: str) -> None:
    jsonschema.Draft202012Validator(schema("figures")).validate(built.figures(slug))


@pytest.mark.parametrize("slug", EDITIONS)
def test_every_printing_in_the_ledger_stands_on_the_page(built: Built, slug: str) -> None:
    page = built.html(slug)
    for row in built.figures(slug)["figures"]:
        for printed in row["prints"]:
            assert one_line(printed["text"]) in page, (row["id"], printed)


# ----------------------------------------------------------------- illustration, manifest


def test_made_up_data_is_marked_on_every_page_of_every_document(built: Built) -> None:
    pages = sorted((built.root / "build").rglob("*.html"))
    papers = sorted((built.root / "build").rglob("*.pdf"))
    assert (len(pages), len(papers)) == (4, 4)
    assert [path.name for path in pages if "Dữ liệu minh họa" not in html_text(path)] == []
    for path in papers:
        unmarked = [number for number, sheet in enumerate(pdf_pages(path), 1) if "minh họa" not in sheet.casefold()]
        assert unmarked == [], path.name


def test_the_manifest_lists_every_file_with_its_digest(built: Built) -> None:
    build = built.root / "build"
    listed = {entry["path"] for entry in json.loads((build / "manifest.json").read_text("utf-8"))["files"]}
    there = {path.relative_to(build).as_posix() for path in build.rglob("*") if path.is_file()}
    assert there - listed == {"manifest.json"}
    assert listed <= there


# ----------------------------------------------------------------- what is refused


@dataclass(frozen=True)
class Edit:
    """One change to the statistical bulletin, and what `check` must say at that place."""

    old: str
    new: str
    typed: str
    code: str
    says: str


EDITS = (
    Edit(
        "Các trường đã cùng làm {{ so('chuyen_de_truong') }} chuyên đề",
        "Các trường đã cùng làm 627 chuyên đề",
        "627",
        "P201",
        "Chỉ tiêu gần nhất là {{ so('chuyen_de_truong') }}, đang bằng 628.",
    ),
    Edit(
        "tổ chức thêm {{ so('chuyen_de_cap_tren') }} chuyên",
        "tổ chức thêm 160 chuyên",
        "160",
        "P201",
        "Số này đúng bằng {{ so('chuyen_de_cap_tren') }}",
    ),
    Edit(
        "{{ so('truong_ky_ket') }} trường nội, ngoại thành kết nối",
        "Gần 700 chuyên đề kết nối trường nội, ngoại thành",
        "700",
        "P201",
        "{{ so('chuyen_de_truong') }}",
    ),
)


@pytest.fixture(scope="module")
def refused(tmp_path_factory: pytest.TempPathFactory) -> tuple[str, list[dict[str, Any]]]:
    """The edited bulletin, and what `check` says about it."""
    root = copy_workspace(tmp_path_factory.mktemp("typed") / "kho")
    shutil.rmtree(root / "content" / "reports")
    path = root / "content" / "bulletins" / f"{STATISTICAL}.md"
    text = path.read_text("utf-8")
    for edit in EDITS:
        assert text.count(edit.old) == 1, edit.old
        text = text.replace(edit.old, edit.new)
    path.write_text(text, "utf-8")
    result = chungtay("check", "--format", "json", f"content/bulletins/{STATISTICAL}.md", cwd=root)
    assert result.returncode == 1
    return text, json.loads(result.stdout)["problems"]


@pytest.mark.parametrize("edit", EDITS, ids=lambda edit: edit.typed)
def test_a_number_typed_by_hand_is_refused_whether_it_is_wrong_or_right(
    refused: tuple[str, list[dict[str, Any]]], edit: Edit
) -> None:
    text, problems = refused
    at = text.index(edit.new) + edit.new.index(edit.typed)
    line, column = text.count("\n", 0, at) + 1, at - text.rfind("\n", 0, at)
    found = [problem for problem in problems if (problem["line"], problem["column"]) == (line, column)]
    assert [problem["code"] for problem in found] == [edit.code]
    assert edit.says in found[0]["message"]


def test_the_headline_counts_schools_and_the_body_counts_chuyen_de(built: Built) -> None:
    ledger = built.figures(STATISTICAL)
    where: dict[str, set[str]] = defaultdict(set)
    for row in ledger["figures"]:
        for printed in row["prints"]:
            where[printed["where"]].add(row["metric"])
    assert where["tít"] == {"truong_ky_ket"}
    assert "gần 700 chuyên đề" not in built.html(STATISTICAL).casefold()


def test_all_chuyen_de_are_788_and_their_hedge_is_almost_800(books: tuple[Library, Tables]) -> None:
    library, tables = books
    desk = Desk.of(library.bulletins[STATISTICAL], library, tables)
    assert desk.figure("chuyen_de").value == 788
    assert desk.figure("truong_ky_ket").value == 672
    said, problems = read_line("{{ gan('chuyen_de') }} chuyên đề", Place("thu.md"), desk, role="tít")
    assert problems == ()
    assert "".join(getattr(piece, "text", "") for piece in said).replace("\u00a0", " ") == "Gần 800 chuyên đề"


@pytest.mark.parametrize("headline", ["Gần 700 chuyên đề", "{{ gan('truong_ky_ket') }} chuyên đề"])
def test_almost_700_chuyen_de_is_refused_typed_or_borrowed_from_the_schools(
    books: tuple[Library, Tables], headline: str
) -> None:
    library, tables = books
    _, problems = read_line(headline, Place("thu.md"), Desk.of(library.bulletins[STATISTICAL], library, tables))
    assert [problem.severity for problem in problems] == [Severity.ERROR]
