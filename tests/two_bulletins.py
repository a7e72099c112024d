"""A workspace with two bulletins about two school years, and what a build of it made again."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

from conftest import TODAY, VALID, Workspace

from chungtay_reports import aside, pipeline, unchanged
from chungtay_reports.pipeline import Request
from chungtay_reports.unchanged import Answer

DATA = Request(formats=("html", "json", "csv"))
FIRST, SECOND, THIRD = "2023-07-tong-ket", "2024-06-nam-hoc-moi", "2024-06-tu-viet"
SECOND_TEXT = """---
title: Năm học mới, lớp học mới
issued: 2024-06-30T09:00:00+07:00
period: {from: 2023-08-01, to: 2024-05-31, name: năm học 2023-2024}
as_of: 2024-06-20
---
Năm học này có {{ so('day_truc_tuyen') }} lớp học qua mạng.

{{ bang('day_truc_tuyen', theo='don_vi') }}
"""
THIRD_TEXT = """---
title: Các địa phương cùng nhau dạy tốt, học tốt
issued: 2024-06-30T09:00:00+07:00
period: {from: 2022-12-01, to: 2024-05-31, name: hai năm học}
as_of: 2024-06-20
storyline: true
---
"""
ONLINE = """- name: day_truc_tuyen
  label: Lớp dạy trực tuyến
  unit: lớp
  from: activities
  where: {kind: day-truc-tuyen}
  measure: count
"""
YEARS = {"2022-2023": "2023-{:02}-{:02}", "2023-2024": "2024-{:02}-{:02}"}


def edition(note: Any) -> str:
    return str(note.path).split("/", 1)[0]


def made(outcome: pipeline.Outcome) -> set[str]:
    return {edition(note) for note in outcome.made if not note.cached}


def why(outcome: pipeline.Outcome) -> dict[str, str]:
    return {edition(note): note.why for note in outcome.made}


def built_by_steps(root: Path, request: Request) -> tuple[Answer, str]:
    """Build as the command does, each step only where the one before it does not answer; say which did."""
    look = unchanged.look(root, {"editions": request.editions, "formats": request.formats}, TODAY)
    if look.answer:
        return look.answer, "unchanged"
    answer, step = aside.build(look, TODAY), "aside"
    if answer is None:
        outcome = pipeline.build(root, request, TODAY, look=look)
        answer, step = Answer(outcome.made, outcome.warnings), "built"
    look.keep(answer.notes, answer.warnings)
    return answer, step


def with_bulletins(root: Path) -> Workspace:
    shutil.copytree(VALID, root)
    workspace = Workspace(root)
    workspace.write(f"content/bulletins/{SECOND}.md", SECOND_TEXT)
    first = (root / f"content/bulletins/{FIRST}.md").read_text("utf-8")
    # a headline with a number would stand in the other's list of related editions
    first = first.replace(
        "{{ so('chuyen_de') }} chuyên đề chung của Hoàng Mai và Ứng Hòa", "Hoàng Mai và Ứng Hòa chung tay"
    )
    workspace.write(f"content/bulletins/{FIRST}.md", first)
    workspace.write("content/metrics/online.yaml", ONLINE)
    return workspace
