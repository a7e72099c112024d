"""The life of an edition at the command line: what each command says, to people and to programs."""

from __future__ import annotations

import json
from datetime import datetime

import pytest
from commands import run
from conftest import Workspace
from presses import SLUG, remove_a_record, set_up
from reportkit import with_reports

from chungtay_reports.cli.shell import HANOI, now, today


@pytest.fixture
def desk(workspace: Workspace, monkeypatch: pytest.MonkeyPatch) -> Workspace:
    set_up(workspace)
    monkeypatch.chdir(workspace.root)
    monkeypatch.setenv("SOURCE_DATE_EPOCH", f"{datetime(2026, 11, 24, 9, tzinfo=HANOI).timestamp():.0f}")
    return workspace


def test_the_clock_can_be_set_so_that_a_run_can_be_repeated(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1700000000")
    assert now().isoformat() == "2023-11-15T05:13:20+07:00"
    assert today().isoformat() == "2023-11-15"
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "hôm qua")
    assert now().year > 2023


def test_from_approval_to_withdrawal(desk: Workspace, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(capsys, "publish", SLUG)[0] == 1
    code, out, _ = run(capsys, "approve", SLUG, "--by", "nguyen-van-an")
    assert code == 0
    assert out.startswith(f"{SLUG}: đã duyệt, mã ")
    assert out.endswith(", 1/1 người duyệt\n")
    assert "người này đã duyệt từ trước" in run(capsys, "approve", SLUG, "--by", "nguyen-van-an")[1]
    code, out, _ = run(capsys, "publish", SLUG)
    assert (code, out.partition(", mã")[0]) == (0, f"{SLUG}: đã công bố v1")
    code, out, _ = run(capsys, "publish", "--all")
    assert (code, out) == (0, f"{SLUG}: không có gì mới, đã công bố v1 từ 09:00 24/11/2026\n")
    remove_a_record(desk)
    told = run(capsys, "approve", SLUG, "--by", "nguyen-van-an", "--as-of", "2026-11-24")[2]
    assert "phiếu duyệt cũ đã mất hiệu lực vì s1 Chuyên đề đã tổ chức, năm học 2022-2023: 2 → 1" in told
    code, out, _ = run(capsys, "correct", SLUG, "--reason", "Ghi trùng")
    assert code == 0
    assert "tít, sapo, số nổi bật, đoạn 1: “2” → “1” (Chuyên đề đã tổ chức" in out
    code, out, _ = run(capsys, "withdraw", SLUG, "--reason", "Nhầm", "--format", "json")
    assert code == 0
    record = json.loads(out)
    assert (record["state"], record["version"], record["reason"]) == ("withdrawn", "v3", "Nhầm")


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (("publish",), "Hãy nêu ẤN_PHẨM cần công bố, hoặc --all"),
        (("publish", "--all", SLUG), "--all là tất cả"),
        (("publish", "2023-07-tong-kt"), "Ý bạn là “2023-07-tong-ket”?"),
        (("approve", SLUG), "Thiếu tùy chọn “--by”"),
        (("correct", SLUG, "--reason", " "), "Hãy nói lý do bằng một câu"),
        (("correct", SLUG, "--reason", "x"), "chưa công bố trong archive/"),
        (("withdraw", SLUG), "Thiếu tùy chọn “--reason”"),
        (("build", "--draft", "--final"), "Chọn một trong hai"),
    ],
)
def test_a_wrong_call_is_answered_with_what_was_expected(
    desk: Workspace, capsys: pytest.CaptureFixture[str], arguments: tuple[str, ...], sentence: str
) -> None:
    assert desk
    code, _, err = run(capsys, *arguments)
    assert code == 2
    assert sentence in err


def test_an_archive_that_is_not_ours_is_not_written_to(desk: Workspace, capsys: pytest.CaptureFixture[str]) -> None:
    desk.write("archive/cua-toi.txt", "của tôi")
    run(capsys, "approve", SLUG, "--by", "nguyen-van-an")
    code, _, err = run(capsys, "publish", SLUG)
    assert code == 1
    assert "không phải kho lưu trữ do chungtay lập" in err
    assert sorted(path.name for path in (desk.root / "archive").iterdir()) == ["cua-toi.txt"]


def test_an_edition_that_is_named_twice_is_published_once(desk: Workspace, capsys: pytest.CaptureFixture[str]) -> None:
    assert desk
    run(capsys, "approve", SLUG, "--by", "nguyen-van-an")
    assert run(capsys, "publish", SLUG, SLUG)[1].count("đã công bố v") == 1


def test_a_report_is_named_by_its_key_as_every_command_prints_it(
    workspace: Workspace, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    set_up(with_reports(workspace))
    text = (workspace.root / "chungtay.yaml").read_text("utf-8")
    workspace.write("chungtay.yaml", text.replace("publishing:\n", "publishing:\n  report_formats: [json]\n", 1))
    monkeypatch.chdir(workspace.root)
    mai, hoa = (f"bao-cao-nam-hoc/2022-2023/{unit}" for unit in ("quan-hoang-mai", "huyen-ung-hoa"))
    for key in (mai, hoa):
        assert run(capsys, "approve", key, "--by", "nguyen-van-an")[1].startswith(f"{key}: đã duyệt")
    code, out, _ = run(capsys, "publish", mai, hoa, mai)
    assert (code, out.count(": đã công bố v1")) == (0, 2)
    assert "không có gì để đính chính" in run(capsys, "correct", mai, "--reason", "Báo lại")[2]
    assert run(capsys, "withdraw", hoa, "--reason", "Nhầm")[1].startswith(f"{hoa}: đã thu hồi, v2")
    assert (
        "mà bao-cao-nam-hoc/2022-2023/quan-hoang-mai đã có cả hai"
        in run(capsys, "build", mai, "--year", "2022-2023")[2]
    )
    assert "Ý bạn là “bao-cao-nam-hoc/2022-2023/quan-hoang-mai”?" in run(capsys, "build", mai.replace("g-m", "gm"))[2]
