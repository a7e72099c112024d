"""A tiny workspace that publishes without PDFs, and the steps of an edition's life in one call each."""

from __future__ import annotations

from datetime import date, datetime

import pytest
from conftest import Workspace

from chungtay_reports import life, resources
from chungtay_reports.archive.ocfl import Store
from chungtay_reports.archive.publication import Publication
from chungtay_reports.errors import ContentError
from chungtay_reports.model import HANOI
from chungtay_reports.pipeline import Request

NOON = datetime(2026, 11, 22, 12, tzinfo=HANOI)
DAY = NOON.date()
LATER = datetime(2026, 11, 23, 12, tzinfo=HANOI)
SLUG = "2023-07-tong-ket"
BULLETIN = f"content/bulletins/{SLUG}.md"
EDITOR = "nguyen-van-an"
NOTICES = f"content/notices/{SLUG}.yaml"
RECORDS = "content/records/2022-2023/quan-hoang-mai/activities.yaml"
REMOVED = "  removed: {on: 2026-11-20, by: pgd-hoang-mai, reason: Trùng với hoạt động của Ứng Hòa}\n"
ID = f"urn:chungtay:so-gddt-ha-noi:{SLUG}"
ONE = Request(editions=(SLUG,), jobs=1)


def set_up(workspace: Workspace, formats: str = "html, json") -> Workspace:
    """Let the editor still hold a post, and publish in these formats."""
    edit(workspace, "content/people.yaml", ", to: 2025-06-30", "")
    edit(workspace, "chungtay.yaml", "publishing:\n", f"publishing:\n  formats: [{formats}]\n")
    return workspace


def edit(workspace: Workspace, path: str, old: str, new: str) -> None:
    text = (workspace.root / path).read_text("utf-8")
    assert old in text, (path, old)
    workspace.write(path, text.replace(old, new, 1))


def approve(workspace: Workspace, day: date = DAY, as_of: date | None = None) -> None:
    life.approve(workspace.root, Request(editions=(SLUG,), as_of=as_of), EDITOR, day)


def publish(workspace: Workspace, moment: datetime = NOON) -> life.Published:
    (published,) = life.publish(workspace.root, ONE, moment)
    return published


def remove_a_record(workspace: Workspace) -> None:
    """Take one of the two activities out of the books, on 20/11/2026."""
    workspace.write(RECORDS, (workspace.root / RECORDS).read_text("utf-8") + REMOVED)


def published_then_changed(workspace: Workspace) -> Workspace:
    """Publish the bulletin, then remove one of its two activities."""
    set_up(workspace)
    approve(workspace)
    publish(workspace)
    remove_a_record(workspace)
    return workspace


def correct(workspace: Workspace, reason: str = "Quận Hoàng Mai báo lại", moment: datetime = LATER) -> Publication:
    approve(workspace, moment.date(), moment.date())
    return life.correct(workspace.root, ONE, reason, moment)


def archived(workspace: Workspace) -> dict[str, bytes]:
    store = Store(workspace.root / "archive")
    inventory = store.inventory(ID)
    assert inventory
    return {path: store.read(ID, path) for path in inventory.version().state}


def refused(workspace: Workspace, moment: datetime = NOON) -> list[str]:
    with pytest.raises(ContentError) as error:
        publish(workspace, moment)
    assert not (workspace.root / "archive").exists()
    return [problem.code for problem in error.value.problems]


def needs_the_whole(workspace: Workspace) -> None:
    """Let a bulletin's page take in a template of another folder than its own."""
    page = (resources.template_folder() / "bulletin/index.html.j2").read_text("utf-8")
    workspace.write("templates/bulletin/index.html.j2", page + "{% include 'rieng/chan.html.j2' %}\n")
    workspace.write("templates/rieng/chan.html.j2", "<!-- chân trang riêng -->\n")
