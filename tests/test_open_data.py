"""The open data of the site: valid by its own description, safe in a spreadsheet, every value provable."""

from __future__ import annotations

import csv
import io
import json
from datetime import date
from fractions import Fraction
from pathlib import Path

import frictionless
import pytest
import sites
from conftest import Workspace
from frictionless import Package

from chungtay_reports.figures.measure import measure
from chungtay_reports.figures.tables import tabulate
from chungtay_reports.model import Filter, Period, Query


def table(files: dict[str, bytes], name: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(files[f"du-lieu/{name}.csv"].decode("utf-8-sig"))))


@pytest.fixture
def files(workspace: Workspace) -> dict[str, bytes]:
    return sites.build(workspace.root)


def test_the_data_package_is_valid_with_types_and_keys(workspace: Workspace, files: dict[str, bytes]) -> None:
    assert files
    report = frictionless.validate(str(workspace.root / "build/site/du-lieu/datapackage.json"))
    assert report.valid, report.to_summary()
    package = Package(str(workspace.root / "build/site/du-lieu/datapackage.json"))
    assert set(package.resource_names) == {"chi-tieu", "don-vi", "so-lieu", "so-lieu-thang"}
    rows = package.get_table_resource("so-lieu").read_rows()
    assert isinstance(rows[0]["tu_ngay"], date)


def test_a_wrong_type_would_be_found(workspace: Workspace, files: dict[str, bytes]) -> None:
    path = workspace.root / "build/site/du-lieu/so-lieu.csv"
    path.write_bytes(files["du-lieu/so-lieu.csv"].replace(b"2022-2023,2022-08-01", b"2022-2023,01/08/2022", 1))
    assert not frictionless.validate(str(workspace.root / "build/site/du-lieu/datapackage.json")).valid


def test_every_value_is_what_measuring_its_query_gives(workspace: Workspace, files: dict[str, bytes]) -> None:
    library = workspace.library()
    tables = tabulate(library.entries, library.registry)
    rows = table(files, "so-lieu")
    assert rows
    for row in rows:
        period = Period(date.fromisoformat(row["tu_ngay"]), date.fromisoformat(row["den_ngay"]))
        where = () if row["don_vi"] == "toan-bo" else (Filter("don_vi", (row["don_vi"],)),)
        query = Query(row["chi_tieu"], period, date.fromisoformat(row["tinh_den"]), where)
        figure = measure(query, tables, library.metrics)
        found = Fraction(int(row["tu_so"]), int(row["mau_so"])) if row["mau_so"] else int(row["gia_tri"])
        assert (found, int(row["so_ban_ghi"])) == (figure.value, len(figure.records)), row


def test_every_file_is_utf_8_with_a_bom_and_the_same_in_csv_and_json(files: dict[str, bytes]) -> None:
    names = [path for path in files if path.startswith("du-lieu/") and path.endswith(".csv")]
    assert len(names) > 4
    for path in names:
        assert files[path].startswith(b"\xef\xbb\xbf"), path
        assert b"\r" not in files[path]
    document = json.loads(files["du-lieu/truong_ky_ket.json"])
    rows = table(files, "truong_ky_ket")
    assert [one["gia_tri"] for one in document["gia_tri"]] == [int(row["gia_tri"]) for row in rows]
    assert document["dinh_nghia"].startswith("Đếm số trường khác nhau")


def test_a_cell_that_a_spreadsheet_would_run_is_disarmed(workspace: Workspace) -> None:
    path = workspace.root / "content/metrics/core.yaml"
    path.write_text(path.read_text("utf-8").replace("label: ", 'label: "=HYPERLINK(1)" #', 1), "utf-8")
    files = sites.build(workspace.root)
    assert "'=HYPERLINK(1)" in {row["ten"] for row in table(files, "chi-tieu")}


def test_a_value_that_is_not_there_has_no_line(files: dict[str, bytes]) -> None:
    assert all(float(row["gia_tri"]) > 0 for row in table(files, "so-lieu"))
    assert all(float(row["gia_tri"]) > 0 for row in table(files, "so-lieu-thang"))


def test_a_definition_names_the_page_of_its_metric(files: dict[str, bytes]) -> None:
    document = json.loads(files["du-lieu/truong_ky_ket.json"])
    assert (Path("du-lieu") / document["trang"]).as_posix() == "du-lieu/../chi-tieu/truong_ky_ket/index.html"
    assert "chi-tieu/truong_ky_ket/index.html" in files
