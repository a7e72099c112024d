"""What the tables of open data hold, field by field, and their description as a Frictionless Data Package.

https://specs.frictionlessdata.io/data-package/ (version 1): tools that know it read the CSV files with their types.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from chungtay_reports.site.leaf import Site


@dataclass(frozen=True, slots=True)
class Field:
    """A column: its type by Table Schema, what it is in words, and whether it may be empty."""

    name: str
    type: str
    words: str
    required: bool = True
    least: int | None = None


@dataclass(frozen=True, slots=True)
class Dataset:
    """A table; `key` are the columns that name a line, `links` those that name a line of another table."""

    name: str
    title: str
    words: str
    fields: tuple[Field, ...]
    key: tuple[str, ...]
    links: tuple[tuple[str, str], ...] = ()

    @property
    def names(self) -> tuple[str, ...]:
        return tuple(field.name for field in self.fields)


_METRIC = Field("chi_tieu", "string", "tên chỉ tiêu")
_NUMBER = (
    Field("gia_tri", "number", "giá trị: số nguyên, tiền là đồng nguyên; tỷ lệ là số thập phân từ 0 đến 1"),
    Field("tu_so", "integer", "tử số, chỉ có ở tỷ lệ", required=False),
    Field("mau_so", "integer", "mẫu số, chỉ có ở tỷ lệ", required=False),
)
_TABLES = (
    Dataset(
        "chi-tieu",
        "Các chỉ tiêu",
        "Mỗi dòng một chỉ tiêu: đếm gì, đếm thế nào.",
        (
            _METRIC,
            Field("ten", "string", "tên đầy đủ"),
            Field("don_vi_tinh", "string", "đơn vị tính"),
            Field("la_tien", "boolean", "giá trị là đồng"),
            Field("la_ty_le", "boolean", "giá trị là tỷ lệ"),
            Field("dinh_nghia", "string", "định nghĩa bằng lời"),
        ),
        ("chi_tieu",),
    ),
    Dataset(
        "don-vi",
        "Các đơn vị",
        "Mỗi dòng một đơn vị có trang hay có số liệu.",
        (
            Field("don_vi", "string", "mã đơn vị trong danh mục"),
            Field("ten", "string", "tên chính thức"),
            Field("loai", "string", "loại đơn vị"),
            Field("khoi", "string", "nội thành hay ngoại thành", required=False),
            Field("hieu_luc_tu", "date", "ngày thành lập, khi danh mục có", required=False),
            Field("hieu_luc_den", "date", "ngày cuối cùng, khi đơn vị không còn", required=False),
        ),
        ("don_vi",),
    ),
    Dataset(
        "so-lieu",
        "Số liệu theo đơn vị và năm học",
        "Mỗi dòng một giá trị của một chỉ tiêu, ở một đơn vị (hoặc toàn bộ), trong một năm học (hoặc từ khi phát động).",
        (
            _METRIC,
            Field("don_vi", "string", "mã đơn vị; “toan-bo” là toàn bộ"),
            Field("ky", "string", "năm học; “tu-dau” là từ khi phát động"),
            Field("tu_ngay", "date", "ngày đầu kỳ"),
            Field("den_ngay", "date", "ngày cuối kỳ"),
            Field("tinh_den", "date", "chỉ tính bản ghi vào sổ đến hết ngày này"),
            *_NUMBER,
            Field("tu_tong_hop", "integer", "phần giá trị lấy từ dòng tổng hợp của đơn vị", least=0),
            Field("so_ban_ghi", "integer", "số bản ghi làm nên giá trị", least=0),
            Field("da_bao_cao", "integer", "số đơn vị đã báo cáo đủ kỳ ấy (1 hoặc 0 ở dòng của một đơn vị)", least=0),
            Field("phai_bao_cao", "integer", "số đơn vị phải báo cáo kỳ ấy", least=0),
        ),
        ("chi_tieu", "don_vi", "ky"),
        (("chi_tieu", "chi-tieu"),),
    ),
    Dataset(
        "so-lieu-thang",
        "Số liệu theo tháng",
        "Mỗi dòng một giá trị toàn bộ của một chỉ tiêu trong một tháng.",
        (
            _METRIC,
            Field("thang", "yearmonth", "tháng"),
            Field("tinh_den", "date", "tính bản ghi đến hết ngày này"),
            *_NUMBER,
        ),
        ("chi_tieu", "thang"),
        (("chi_tieu", "chi-tieu"),),
    ),
)
DATASETS = {dataset.name: dataset for dataset in _TABLES}


def descriptor(site: Site, names: Sequence[str]) -> dict[str, Any]:
    """Describe the tables that there are; nothing in it depends on when it was made."""
    settings = site.library.settings
    base = settings.publishing.base_url.rstrip("/")
    described: dict[str, Any] = {
        "profile": "tabular-data-package",
        "name": f"chung-tay-{settings.organisation.office}",
        "title": f"Số liệu phong trào “{settings.movement.name}”",
        "description": settings.publishing.illustration or f"Số liệu tính đến {site.book.as_of.isoformat()}.",
        "version": site.book.as_of.isoformat(),
        "resources": [_resource(DATASETS[name]) for name in names],
    }
    if base:
        described["homepage"] = f"{base}/du-lieu/"
    return described


def _resource(dataset: Dataset) -> dict[str, Any]:
    return {
        "profile": "tabular-data-resource",
        "name": dataset.name,
        "title": dataset.title,
        "description": dataset.words,
        "path": f"{dataset.name}.csv",
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8-sig",
        "dialect": {"delimiter": ",", "lineTerminator": "\n", "quoteChar": '"', "doubleQuote": True, "header": True},
        "schema": {
            "fields": [_field(field) for field in dataset.fields],
            "primaryKey": list(dataset.key),
            "missingValues": [""],
            "foreignKeys": [
                {"fields": [name], "reference": {"resource": other, "fields": [name]}} for name, other in dataset.links
            ],
        },
    }


def _field(field: Field) -> dict[str, Any]:
    constraints: dict[str, Any] = {"required": field.required}
    if field.least is not None:
        constraints["minimum"] = field.least
    return {"name": field.name, "type": field.type, "description": field.words, "constraints": constraints}
