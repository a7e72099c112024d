"""Write docs/ban-ghi.md and the tables of docs/chi-tieu.md from the models and tables that `check` reads with.

Run it after a change of a record type, a field or a table: `python scripts/write_docs.py`. A test keeps both true.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterable, Iterator, Mapping
from itertools import groupby
from pathlib import Path
from typing import Any

from docs_text import (
    BULLETIN,
    FIELD_WORDS,
    OPENING,
    OTHERS,
    PART_WORDS,
    REGISTRY,
    SECTIONS,
    SETTINGS,
    TABLE_WORDS,
    Section,
    choices,
)
from pydantic import BaseModel

from chungtay_reports.explain import Explanation, explanations
from chungtay_reports.figures.columns import COUNTS, DIMENSIONS, DIRECTIONS, SUPPORT, TABLES, Column
from chungtay_reports.prose.placeholders.charting import DIMENSION_WORDS
from chungtay_reports.records import Activity
from chungtay_reports.records.fields import LEVELS, MODES, SCHOOL_LEVELS, TOPICS
from chungtay_reports.settings import Settings
from chungtay_reports.units.reader import TierRow, UnitDefaults, UnitRow
from chungtay_reports.workspace.bulletin import FrontMatter
from chungtay_reports.workspace.rules import FIELDS_NEEDED, ONLY_FOR

CODES_OPENING = """# Mã lỗi và cảnh báo

Mỗi lỗi, cảnh báo mang một mã. `chungtay explain R205` in lời giải thích của một mã ngay trên dòng lệnh; trang này là cả danh sách.

Bản ghi có loại (`kind`) viết sai chỉ báo đúng lỗi ấy: chưa biết loại thì chưa biết trường nào đúng. Các lỗi khác của nó, nếu có, hiện ra sau
khi sửa loại."""
DOCS = Path(__file__).parent.parent / "docs"
BEGIN, END = "<!-- bảng: viết bằng scripts/write_docs.py -->", "<!-- hết bảng -->"
LONG_LIST = 6  # more choices than this are listed in a table of their own
FORMATS = {"date": "ngày: `2023-03-14`", "date-time": "ngày giờ: `2023-08-20T09:00:00+07:00`"}
PLAIN = {
    "integer": "số nguyên",
    "number": "số",
    "boolean": "`true` hoặc `false`",
    "string": "chữ",
    "object": "các trường đã sửa, với số liệu cũ",
}
ID_PATTERNS = ("^[a-z0-9](", "^[A-Za-z0-9](")


def fields(model: type[BaseModel]) -> str:
    """Lay the fields of a model out as a table, and those of each group in it below."""
    schema = model.model_json_schema()
    groups = schema.get("$defs", {})
    return "\n\n".join(_tables(schema, groups, "", set()))


def _tables(schema: Mapping[str, Any], groups: Mapping[str, Any], path: str, seen: set[str]) -> Iterator[str]:
    required = schema.get("required", [])
    head = f"Trong `{path}`:\n\n" if path else ""
    rows = [
        f"| `{name}` | {'bắt buộc' if name in required else ''} | {_value(field)} | {_meaning(field)} |"
        for name, field in schema["properties"].items()
    ]
    yield head + "\n".join(["| trường | | viết gì | ý nghĩa |", "|---|---|---|---|", *rows])
    for name, field in schema["properties"].items():
        group = _group(field)
        if group and group not in seen:
            seen.add(group)
            yield from _tables(groups[group], groups, f"{path}.{name}".strip("."), seen)


def _real(field: Mapping[str, Any]) -> Mapping[str, Any]:
    """Look through “or nothing” to what is really written."""
    options = [option for option in field.get("anyOf", []) if option.get("type") != "null"]
    return options[0] if options else field


def _group(field: Mapping[str, Any]) -> str | None:
    real = _real(field)
    reference = real.get("items", real).get("$ref", "")
    return reference.rsplit("/", 1)[-1] or None


def _meaning(field: Mapping[str, Any]) -> str:
    described = field.get("description") or _real(field).get("description", "")
    default = field.get("default")
    shown = f"; để trống thì là `{_yaml(default)}`" if isinstance(default, str | list) and default else ""
    return f"{described}{shown}".replace("|", "\\|")


def _yaml(value: object) -> str:
    return f"[{', '.join(map(str, value))}]" if isinstance(value, list) else str(value)


def _value(field: Mapping[str, Any]) -> str:
    real = _real(field)
    if real.get("type") == "array":
        return f"danh sách: {_value(real['items'])}{_limits(real, 'minItems', 'maxItems', 'mục')}"
    if "enum" in real:
        allowed = [f"`{key}`" for key in real["enum"]]
        return ", ".join(allowed) if len(allowed) <= LONG_LIST else "một trong các chữ ở bảng"
    if "const" in real or "$ref" in real:
        return f"`{real['const']}`" if "const" in real else "nhóm trường, xem dưới"
    if real.get("pattern", "").startswith(ID_PATTERNS):
        return "mã"
    plain = FORMATS.get(real.get("format", "")) or PLAIN[real["type"]]
    return plain + _limits(real, "minLength", "maxLength", "ký tự") + _bounds(real)


def _limits(real: Mapping[str, Any], low: str, high: str, noun: str) -> str:
    least, most = real.get(low, 0), real.get(high)
    if least > 1:
        return f", {least}-{most} {noun}" if most else f", từ {least} {noun}"
    return f", đến {most} {noun}" if most else ""


def _bounds(real: Mapping[str, Any]) -> str:
    return f", từ {real['minimum']}" if "minimum" in real else ""


def records() -> str:
    """Write docs/ban-ghi.md."""
    parts = [OPENING]
    parts += [_section(section) for section in SECTIONS]
    parts += [_by_kind(), _vocabularies(), REGISTRY + "\n\n".join(_registry())]
    parts += [_section(section) for section in OTHERS]
    parts += [BULLETIN + fields(FrontMatter), SETTINGS + fields(Settings)]
    return "\n\n".join(part.strip() for part in parts) + "\n"


def _section(section: Section) -> str:
    notes = "\n".join(f"- {note}" for note in section.notes)
    body = (
        f"## {section.title}",
        f"Tệp: {section.where}.",
        section.before,
        f"```yaml\n{section.example}```",
        notes,
        fields(section.model),
    )
    return "\n\n".join(part for part in body if part)


def _by_kind() -> str:
    needed = [f"| `{kind}` | cần | `{field}` |" for kind, rows in FIELDS_NEEDED.items() for field, _ in rows]
    only = [
        f"| {', '.join(f'`{kind}`' for kind in kinds)} | mới được có | `{field}` |" for field, kinds in ONLY_FOR.items()
    ]
    rows = ["| loại | | trường |", "|---|---|---|", *needed, *only]
    return "## Trường theo loại\n\nMột số trường phải có, hoặc chỉ được có, ở một số loại:\n\n" + "\n".join(rows)


def _vocabularies() -> str:
    tables = (
        (LEVELS, "cấp tổ chức (`level`)"),
        (MODES, "hình thức (`mode`)"),
        (SCHOOL_LEVELS, "cấp học (`school_level`)"),
        (TOPICS, "nhóm nội dung (`topics`, `topic`)"),
        (DIRECTIONS, "chiều tham quan (`direction`)"),
    )
    return "## Bảng từ\n\n" + "\n\n".join(choices(table, head) for table, head in tables)


def _registry() -> Iterator[str]:
    for head, model in (
        ("Mỗi đơn vị trong `units`:", UnitRow),
        ("Trong `defaults`:", UnitDefaults),
        ("Mỗi loại đơn vị trong `tiers` (`content/units/tiers.yaml`):", TierRow),
    ):
        yield f"{head}\n\n{fields(model)}"


# --------------------------------------------------------------------------- metrics


def metric_tables() -> str:
    """Write the tables of docs/chi-tieu.md: every field of every table, and the dimensions."""
    parts = ["## Các bảng và trường"]
    for table, columns in TABLES.items():
        rows = [f"| `{name}` | {_words(table, name)} | {_takes(column)} |" for name, column in _shown(columns)]
        head = ["| trường | là gì | nhận |", "|---|---|---|"]
        parts.append(f"### `{table}`\n\nMột hàng cho {TABLE_WORDS[table]}.\n\n" + "\n".join([*head, *rows]))
    parts.append(_dimensions())
    return "\n\n".join(parts)


def _shown(columns: Mapping[str, Column]) -> Iterable[tuple[str, Column]]:
    return ((name, column) for name, column in columns.items() if name not in {*COUNTS, *SUPPORT} or column.number)


def _words(table: str, name: str) -> str:
    if name in {*COUNTS, *SUPPORT}:
        return _number_words(name)
    if found := FIELD_WORDS.get(f"{table}.{name}") or FIELD_WORDS.get(name):
        return found
    owner, _, part = name.partition(".")
    return f"{PART_WORDS[part]} của {FIELD_WORDS[owner]}"


def _number_words(name: str) -> str:
    group, field = name.split(".")
    if field == "goods_value":
        return "tổng giá trị hiện vật, đồng"
    definitions = Activity.model_json_schema()["$defs"]
    words: str = definitions[group.capitalize()]["properties"][field]["description"]
    return words[0].lower() + words[1:]


def _takes(column: Column) -> str:
    if column.values is not None:
        listed = ", ".join(f"`{key}`" for key in column.values)
        return listed + (" (có thể nhiều)" if column.many else "")
    if column.number:
        return "số, để cộng (`sum`)"
    many = " (có thể nhiều)" if column.many else ""
    return ("mã đơn vị" if column.unit else "mã" if column.key else "chữ") + many


def _dimensions() -> str:
    rows = [
        f"| `{name}` | {DIMENSION_WORDS[name]} | {', '.join(f'`{table}`: `{field}`' for table, field in by_table.items())} |"
        for name, by_table in DIMENSIONS.items()
    ]
    return "\n".join(
        [
            "## Chia theo nhóm",
            "",
            "Tên dùng trong bài (`theo='don_vi'`, `cap_hoc='thcs'`) và ở `chungtay figures … --by don_vi`:",
            "",
            "| tên | chia theo | trường của mỗi bảng |",
            "|---|---|---|",
            *rows,
        ]
    )


def with_tables(text: str) -> str:
    """Put the tables between the markers of docs/chi-tieu.md."""
    return re.sub(
        f"{re.escape(BEGIN)}.*{re.escape(END)}",
        lambda _: f"{BEGIN}\n\n{metric_tables()}\n\n{END}",
        text,
        flags=re.DOTALL,
    )


def codes() -> str:
    """Write docs/ma-loi.md: every code with its explanation."""
    parts = [CODES_OPENING]
    for family, members in groupby(explanations().values(), key=lambda each: each.family):
        parts.append(f"## {family}")
        parts += [_code(each) for each in members]
    return "\n\n".join(parts) + "\n"


def _code(each: Explanation) -> str:
    where = f" (`{each.file}`)" if each.file else ""
    return (
        f"### {each.code}\n\n{_prose(each.meaning)} {_prose(each.reason)}\n\n**Sửa:** {_prose(each.remedy)}\n\n"
        f"Sai{where}:\n\n```text\n{each.wrong}\n```\n\nĐúng:\n\n```text\n{each.right}\n```"
    )


def _prose(text: str) -> str:
    """Keep what looks like markup as it reads."""
    return re.sub(r"(?<!`)([<>*_|])", r"\\\1", re.sub(r"(\{\{.*?\}\})", r"`\1`", text)) if "`" not in text else text


def written() -> dict[str, str]:
    """Give what each generated file should hold, by its name below docs/."""
    return {
        "ma-loi.md": codes(),
        "ban-ghi.md": records(),
        "chi-tieu.md": with_tables((DOCS / "chi-tieu.md").read_text("utf-8")),
    }


def main(*, check: bool) -> int:
    """Write the pages, or with `check` only tell which of them would change."""
    stale = 0
    for name, text in written().items():
        path = DOCS / name
        if path.exists() and path.read_text("utf-8") == text:
            continue
        stale += 1
        if not check:
            path.write_text(text, encoding="utf-8")
        print(f"docs/{name}")
    return stale if check else 0


if __name__ == "__main__":
    sys.exit(main(check="--check" in sys.argv))
