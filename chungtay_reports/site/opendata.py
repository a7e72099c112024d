"""Data for others: every metric by unit and period as CSV and JSON, described by a Frictionless Data Package.

One value, one line. A value that is not there is not in the data either; who had reported stands beside each value.
"""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Iterator
from fractions import Fraction
from typing import Any

from chungtay_reports.figures.ledger_sheets import BOM, safe
from chungtay_reports.figures.periods import month_keys
from chungtay_reports.model import Figure
from chungtay_reports.site.book import Series, Span
from chungtay_reports.site.datapackage import DATASETS, Dataset, descriptor
from chungtay_reports.site.grids import metric_path
from chungtay_reports.site.leaf import Leaf, Site, trail
from chungtay_reports.site.words import meaning

FOLDER = "du-lieu"
WHOLE = "toan-bo"  # stands for the unit of a value of the whole
DECIMALS = 6
Line = dict[str, Any]


def data_files(site: Site, units: Iterable[str]) -> Iterator[tuple[str, bytes]]:
    """Make the folder of open data: combined tables, a CSV and a JSON for each metric, the package, and its page."""
    values = {name: list(_values(site, series)) for name, series in site.book.series.items()}
    tables: dict[str, list[Line]] = {
        "chi-tieu": [_definition(site, name) for name in site.book.series],
        "don-vi": [_unit(site, unit) for unit in units],
        "so-lieu": [line for lines in values.values() for line in lines],
        "so-lieu-thang": [line for series in site.book.series.values() for line in _months(site, series)],
    }
    tables = {name: lines for name, lines in tables.items() if lines}
    for name, lines in tables.items():
        yield f"{FOLDER}/{name}.csv", _csv(DATASETS[name], lines)
    for name, lines in values.items():
        yield f"{FOLDER}/{name}.csv", _csv(DATASETS["so-lieu"], lines)
        yield f"{FOLDER}/{name}.json", _json(_document(site, name, lines))
    yield f"{FOLDER}/so-lieu.json", _json({"as_of": site.book.as_of.isoformat(), "du_lieu": tables.get("so-lieu", [])})
    yield f"{FOLDER}/datapackage.json", _json(descriptor(site, tuple(tables)))
    yield _page(site, tables)


def _values(site: Site, series: Series) -> Iterator[Line]:
    """List the values of a metric over school years and all the time: of the whole, then unit by unit."""
    for span in site.book.spans:
        total = series.totals.get(span.key)
        if total is not None:
            yield _value(series, span, WHOLE, total)
            for unit, figure in series.by_unit.get(span.key, ()):
                yield _value(series, span, unit, figure)


def _value(series: Series, span: Span, unit: str, figure: Figure) -> Line:
    period, missing = span.period, frozenset(span.coverage.missing)
    expected = span.coverage.expected
    whole = unit == WHOLE
    return {
        "chi_tieu": series.metric.name,
        "don_vi": unit,
        "ky": span.key,
        "tu_ngay": period.start.isoformat(),
        "den_ngay": period.end.isoformat(),
        "tinh_den": figure.query.as_of.isoformat(),
        **_number(figure),
        "tu_tong_hop": figure.statistical,
        "so_ban_ghi": len(figure.records),
        "da_bao_cao": span.coverage.reported if whole else int(unit in expected and unit not in missing),
        "phai_bao_cao": len(expected) if whole else int(unit in expected),
    }


def _months(site: Site, series: Series) -> Iterator[Line]:
    known = frozenset(month_keys(site.book.since.period))
    for month, figure in series.months:
        if month in known:
            yield {
                "chi_tieu": series.metric.name,
                "thang": month,
                "tinh_den": figure.query.as_of.isoformat(),
                **_number(figure),
            }


def _number(figure: Figure) -> Line:
    """Give the value exactly: a whole number (of đồng, too), or a decimal with the fraction that it stands for."""
    if isinstance(figure.value, Fraction):
        return {
            "gia_tri": float(round(figure.value, DECIMALS)),
            "tu_so": figure.value.numerator,
            "mau_so": figure.value.denominator,
        }
    return {"gia_tri": figure.value, "tu_so": None, "mau_so": None}


def _definition(site: Site, name: str) -> Line:
    metric, library = site.book.series[name].metric, site.library
    return {
        "chi_tieu": name,
        "ten": metric.label,
        "don_vi_tinh": metric.unit,
        "la_tien": metric.money,
        "la_ty_le": metric.measure.op == "ratio",
        "dinh_nghia": " ".join(meaning(metric, library.metrics, library.registry, site.book.as_of)),
    }


def _unit(site: Site, unit: str) -> Line:
    registry = site.library.registry
    one = registry.units[unit]
    return {
        "don_vi": unit,
        "ten": registry.name(unit, site.book.as_of, "official"),
        "loai": registry.tiers[one.tier].label,
        "khoi": {"noi-thanh": "nội thành", "ngoai-thanh": "ngoại thành"}.get(one.area),
        "hieu_luc_tu": one.valid_from.isoformat() if one.valid_from else None,
        "hieu_luc_den": one.valid_to.isoformat() if one.valid_to else None,
    }


def _document(site: Site, name: str, lines: list[Line]) -> Line:
    """Describe a metric with all its values; every value names the query that gives it again."""
    months = [{key: one[key] for key in ("thang", "gia_tri")} for one in _months(site, site.book.series[name])]
    return {
        **_definition(site, name),
        "trang": f"../{metric_path(name)}",
        "tinh_den": site.book.as_of.isoformat(),
        "gia_tri": [
            {key: value for key, value in line.items() if key != "chi_tieu" and value is not None} for line in lines
        ],
        "theo_thang": months,
    }


def _csv(dataset: Dataset, lines: list[Line]) -> bytes:
    """Write a table that Excel opens as it is: a BOM, and no cell that would run as a formula."""
    stream = io.StringIO()
    writer = csv.writer(stream, lineterminator="\n")
    writer.writerow(dataset.names)
    writer.writerows([_cell(line[name]) for name in dataset.names] for line in lines)
    return (BOM + stream.getvalue()).encode()


def _cell(value: object) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    return "" if value is None else safe(str(value))


def _json(value: object) -> bytes:
    return (json.dumps(value, ensure_ascii=False, allow_nan=False, indent=1) + "\n").encode()


def _page(site: Site, tables: dict[str, list[Line]]) -> tuple[str, bytes]:
    leaf = Leaf(
        path=f"{FOLDER}/index.html",
        title="Dữ liệu mở",
        description="Toàn bộ số liệu dưới dạng CSV và JSON: mỗi chỉ tiêu theo đơn vị, theo năm học, kèm định nghĩa và mô tả kiểu dữ liệu.",
        section="du-lieu",
        crumbs=trail(),
    )
    datasets = [DATASETS[name] for name in tables]
    return site.page(leaf, "data", datasets=datasets, series=tuple(one.metric for one in site.book.series.values()))
