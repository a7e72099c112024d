"""Starting points: a whole workspace for `init`, a filled-in file or record for `new`."""

from __future__ import annotations

import re
import shutil
import textwrap
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from chungtay_reports import resources
from chungtay_reports.disk import make_folder, replace_file
from chungtay_reports.errors import UsageError, WriteError, why
from chungtay_reports.records import Agreement
from chungtay_reports.source.files import parse_yaml
from chungtay_reports.vietnamese import press_date
from chungtay_reports.workspace.library import Library

SLUG = re.compile(r"[a-z0-9](?:[a-z0-9-]{0,62}[a-z0-9])?")


def create_workspace(target: Path) -> tuple[str, ...]:
    """Create a working workspace in a new or empty folder; return its files, relative to it."""
    if target.exists() and (not target.is_dir() or any(target.iterdir())):
        raise UsageError(f"{target} đã có nội dung; hãy chọn một thư mục mới hoặc thư mục trống.")
    files = resources.starter_files()
    try:
        for relative, source in files:
            (target / relative).parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(source, target / relative)
    except OSError as error:
        raise WriteError(f"Không tạo được {target}: {why(error)}.") from error
    return tuple(relative for relative, _ in files)


@dataclass(frozen=True, slots=True)
class Sketch:
    """What a new record needs to be filled in: whose it is, on which day, in which school year's folder."""

    library: Library
    unit: str
    day: date
    year: str  # “2024-2025”

    @property
    def office(self) -> str:
        """The office that keeps the unit's books, or the unit itself."""
        registry = self.library.registry
        offices = (
            unit.id
            for unit in registry.units.values()
            if unit.parent == self.unit
            and registry.tiers[unit.tier].group == "co-quan"
            and registry.valid(unit.id, self.day)
        )
        return next(offices, self.unit)

    def another(self, kind: str = "") -> str:
        """Another unit's office, as the other party; for an agreement one with which there is none of that kind."""
        registry = self.library.registry
        tier = registry.units[self.office].tier
        others = [
            unit.id
            for unit in registry.units.values()
            if unit.tier == tier and unit.id != self.office and registry.valid(unit.id, self.day)
        ]
        if not others:
            raise UsageError(
                f"Ngày {press_date(self.day)}, danh mục không có đơn vị nào khác cùng loại với “{self.office}”."
            )
        signed = {
            party
            for entry in self.library.entries
            if isinstance(entry.record, Agreement) and entry.record.kind == kind and self.office in entry.record.parties
            for party in entry.record.parties
        }
        return next((id_ for id_ in others if id_ not in signed), others[0])

    def next_id(self, prefix: str) -> str:
        """The first free id “PREFIX-YEAR-NNNN” after those in use."""
        pattern = re.compile(rf"{prefix}-{self.day.year}-(\d+)", re.IGNORECASE)
        used = [int(match[1]) for entry in self.library.entries if (match := pattern.fullmatch(entry.record.id))]
        return f"{prefix}-{self.day.year}-{max(used, default=0) + 1:04d}"


def agreement(sketch: Sketch) -> str:
    return f"""\
- id: {sketch.next_id("GU")}
  kind: giao-uoc-cap-huyen   # loại khác: ghi-nho-song-phuong, cam-ket-giao-uoc, ke-hoach-ket-noi, ket-nghia, doi-tac-ngoai
  parties: [{sketch.office}, {sketch.another("giao-uoc-cap-huyen")}]
  signed_on: {sketch.day}
  plan:
    - {{task: Việc đầu tiên hai bên cùng làm, due: {sketch.day.replace(month=12, day=31)}}}
  recorded: {{on: {sketch.day}, by: {sketch.office}}}
"""


def activity(sketch: Sketch) -> str:
    return f"""\
- id: {sketch.next_id("HD")}
  kind: chuyen-de
  level: huyen               # thanh-pho, huyen hoặc truong
  mode: truc-tiep            # truc-tiep, truc-tuyen hoặc ket-hop
  date: {sketch.day}
  title: Tên chuyên đề
  host: {sketch.office}
  partners: [{sketch.another()}]
  topics: [phuong-phap-day-hoc]
  counts: {{sessions: 1, teachers: 30}}
  recorded: {{on: {sketch.day}, by: {sketch.office}}}
"""


def submission(sketch: Sketch) -> str:
    first, last = sketch.year.split("-")
    start = max(date(int(first), 9, 1), sketch.library.settings.movement.start)
    end = date(int(last), 5, 31)
    over = "true" if sketch.day >= end else "false            # kỳ chưa hết; hết kỳ nộp thêm một bản đủ"
    return f"""\
- id: {sketch.next_id("NB")}
  kind: nop-bao-cao
  unit: {sketch.unit}
  period: {{from: {start}, to: {end}}}
  on: {sketch.day}
  complete: {over}
  recorded: {{on: {sketch.day}, by: {sketch.office}}}
"""


RECORDS = {
    "agreement": ("agreements.yaml", agreement),
    "activity": ("activities.yaml", activity),
    "submission": ("submissions.yaml", submission),
}


def add_record(root: Path, kind: str, sketch: Sketch) -> tuple[str, int]:
    """Append a filled-in record to the unit's file; return the file, relative to the workspace, and the record's line."""
    name, write = RECORDS[kind]
    path = root / "content" / "records" / sketch.year / sketch.unit / name
    relative = path.relative_to(root).as_posix()
    old, indent = _as_list(path.read_text("utf-8"), relative) if path.exists() else ("", "")
    path.parent.mkdir(parents=True, exist_ok=True)
    replace_file(path, (old + textwrap.indent(write(sketch), indent)).encode())
    return relative, old.count("\n") + 1


def _as_list(text: str, file: str) -> tuple[str, str]:
    """Return a file of records as a list to which one more can be appended, and how far its items are indented."""
    lines = text.splitlines()
    first = next((index for index, line in enumerate(lines) if line.strip() and line[:1] != "#"), None)
    if first is None:
        return "".join(f"{line}\n" for line in lines), ""
    parsed, problems = parse_yaml(text, file)
    if parsed is None or problems:
        raise UsageError(f"{file} đang có lỗi; hãy chạy “chungtay check {file}”, sửa xong rồi thêm bản ghi.")
    if isinstance(parsed.data, dict) and lines[first][0].isalpha():  # a single record without its dash
        lines[first:] = [f"- {lines[first]}", *(f"  {line}".rstrip() for line in lines[first + 1 :])]
    head = lines[first]
    if not head.lstrip().startswith("- "):
        raise UsageError(f"{file} không viết mỗi bản ghi sau một dấu “- ”; hãy sửa cho đúng thế rồi thêm bản ghi.")
    return "".join(f"{line}\n" for line in lines), head[: len(head) - len(head.lstrip())]


def add_bulletin(root: Path, slug: str, start: date, today: date) -> str:
    """Write a new bulletin that already builds: front matter filled in, no prose, so that it writes itself."""
    path = _new_file(root, "bulletins", slug)
    replace_file(path, _bulletin(start, today).encode())
    return path.relative_to(root).as_posix()


def add_report(root: Path, slug: str, year: str) -> tuple[str, ...]:
    """Write a new report of every unit for a school year, and content/offices.yaml where there is none; list the files."""
    path = _new_file(root, "reports", slug)
    specification, offices = resources.report_files()
    text = re.sub(
        r"^years: .*\n(build: .*\n)?", f"years: [{year}]\n", specification.read_text("utf-8"), flags=re.MULTILINE
    )
    written = [path]
    if not (root / "content" / "offices.yaml").exists():
        written.append(root / "content" / "offices.yaml")
        replace_file(written[-1], offices.read_bytes())
    replace_file(path, text.encode())
    return tuple(each.relative_to(root).as_posix() for each in written)


def _new_file(root: Path, folder: str, slug: str) -> Path:
    """Give the path of a new file of content, its folder made; refused when the name is unfit or taken."""
    if not SLUG.fullmatch(slug):
        raise UsageError(
            f"Tên “{slug}” không hợp lệ: chỉ dùng chữ thường không dấu, số và gạch nối, ví dụ so-ket-hoc-ky-1."
        )
    path = root / "content" / folder / f"{slug}.md"
    if path.exists():
        raise UsageError(f"Đã có {path.relative_to(root)}.")
    make_folder(path.parent)
    return path


def _bulletin(start: date, today: date) -> str:
    return f"""\
---
title: "Phong trào {{{{ ky() }}}}"
issued: {today}T09:00:00+07:00
period: {{from: {start}, to: {today}}}
as_of: {today}
category: Phong trào
---
"""
