"""The command line speaks Vietnamese, ends with the right code, and says what to do next."""

from __future__ import annotations

import ast
import io
import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import click
import pytest
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from commands import breaks, run
from conftest import Workspace

from chungtay_reports import cli
from chungtay_reports.cli import COMMANDS, commands
from chungtay_reports.cli.shell import PRINTED_PROBLEMS
from chungtay_reports.errors import MachineError

CATALOGUE = Path(cli.__file__).parent / "locale" / "vi" / "LC_MESSAGES"
EDITION = "2023-07-tong-ket"
# words that may stand in Vietnamese help: names of formats and files, options, the program itself
ENGLISH = re.compile(
    r"\b(usage|options?|commands?|arguments?|show|exit|error|try|help|message|version|default|required|range|integer"
    r"|path|file|directory|missing|invalid|value|such|got|unexpected|extra|does|not|did|you|mean|the|this|and|for)\b",
    re.IGNORECASE,
)
LITERAL = re.compile(
    r"--[a-z-]+|-[a-zA-Z]\b|\[text\|json\]|'text'|chungtay\.yaml|[a-z/*-]+\.(?:yaml|json|md)|“chungtay [^”]*”"
)


def each_command() -> Iterator[tuple[str, ...]]:
    yield ()
    for name in COMMANDS:
        yield (name,)
        found = commands.get_command(click.Context(commands), name)
        if isinstance(found, click.Group):
            yield from ((name, each) for each in found.commands)


# ----------------------------------------------------------------- Vietnamese everywhere


@pytest.mark.parametrize("path", list(each_command()), ids=lambda path: " ".join(path) or "chungtay")
def test_help_is_vietnamese_to_the_last_word(capsys: pytest.CaptureFixture[str], path: tuple[str, ...]) -> None:
    code, out, err = run(capsys, *path, "--help")
    assert (code, err) == (0, "")
    assert out.startswith("Cách dùng: chungtay")
    assert ENGLISH.findall(LITERAL.sub("", out)) == []
    assert "..." not in out, "a short help was cut"


MISTAKES = (
    (("chek",), "Không có lệnh chek. Ý bạn là “check”"),
    (("build", "--jbos", "2"), "Không có tùy chọn --jbos. Ý bạn là “--jobs”"),
    (("build", "--jobs", "0"), "0 nằm ngoài khoảng"),
    (("build", "--jobs", "hai"), "“hai” không phải là số hợp lệ"),
    (("build", "--jobs"), "cần một giá trị đi kèm"),
    (("build", "--draft=x"), "không nhận giá trị"),
    (("build", "--as-of", "31/12/2023"), "không đúng dạng ngày năm-tháng-ngày"),
    (("build", "--as-of", "2999-12-31"), "Ngày 31/12/2999 chưa tới"),
    (("build", "--as-of", "2999-12-31", "--explain"), "--as-of muộn nhất là hôm nay"),
    (("build", "--as-of", "2999-12-31", "--check"), "--as-of muộn nhất là hôm nay"),
    (("check", "--format", "yaml"), "không thuộc các giá trị"),
    (("trace",), "Thiếu tham số"),
    (("new", "agreement"), "Thiếu tùy chọn “--unit”"),
    (("new", "agrement"), "Không có lệnh agrement. Ý bạn là “agreement”"),
    (("init", "a", "b"), "Thừa tham số (b)"),
    (("schema", "--write", __file__), "là một tệp, cần thư mục"),
    (("build", "2023-07-tong-kt"), "Không có ấn phẩm “2023-07-tong-kt”."),
    (("build", "--to", "odt"), "Không có định dạng “odt”; có: html, pdf"),
    (("build", "--to", "docx"), "Không ấn phẩm nào được chọn có định dạng docx; bản tin có html, pdf"),
    (("figures", "chuyen_d"), "Không có chỉ tiêu “chuyen_d”. Ý bạn là “chuyen_de”?"),
    (("figures", "chuyen_de", "--by", "don_v"), "Ý bạn là “don_vi”?"),
    (("figures", "truong_ky_ket", "--by", "chu_de"), "Không chia được"),
    (("figures", "--by", "don_vi"), "Hãy nêu tên một CHỈ_TIÊU"),
    (("figures", "--from", "2023-03-01", "--to", "2023-02-01"), "Ngày --to phải sau ngày --from"),
    (("figures", "--edition", "x"), "Không có ấn phẩm “x”."),
    (("trace", "chuyen_d"), "Không thấy “chuyen_d”"),
    (("build", "2023-07-tong-kt"), "Ý bạn là “2023-07-tong-ket”?"),
    (("trace", "2", "--edition", "2023-07-tong-kt"), "Ý bạn là “2023-07-tong-ket”?"),
    (("new", "activity", "--unit", "quan-hoang-may"), "Ý bạn là “quan-hoang-mai”?"),
    (("new", "bulletin", "Tổng kết"), "chỉ dùng chữ thường không dấu"),
    (("new", "bulletin", EDITION), f"Đã có content/bulletins/{EDITION}.md"),
    (("schema", "recods"), "Ý bạn là “records”?"),
    (("check", "nope.yaml"), "Không có tệp hay thư mục “nope.yaml”"),
    (("check", "/"), "nằm ngoài kho"),
    (("init", "."), "đã có nội dung"),
    (("-C", "khong-co", "check"), "Không có thư mục khong-co"),
    (("build", "--to", ","), "--to cần ít nhất một định dạng"),
    (("build", "content/bulletins/2023-07-tong-ket.md"), "Ý bạn là “2023-07-tong-ket”?"),
    (("build", "--year", "2023"), "Kho chưa có báo cáo nào"),
    (("build", "--unit", "quan-hoang-mai"), "chungtay new report TÊN --year"),
    (("build", "--executor", "dask:/x"), "--executor phải là local hoặc dask://máy:cổng"),
    (("figures", "khong_co"), "Xem mọi chỉ tiêu: chungtay figures."),
    (("trace", "GU-2022-9931"), "Ý bạn là “GU-2022-0031”?"),
    (("diff", "@2023-07-31", "2023-07-tong-ket"), "Bản trước phải nêu tên ấn phẩm"),
    (("reconcile", "--year", "2024"), "Không có bản ghi của năm học “2024”."),
    (("coverage", "--reply-by", "2024-01-01"), "chỉ dùng cùng --letters"),
    (("preview", "--port", "80"), "80 nằm ngoài khoảng từ 1024 đến 65535"),
    (("import", "khong-co.xlsx"), "Không có tệp khong-co.xlsx."),
)


@pytest.mark.parametrize(("arguments", "says"), MISTAKES, ids=lambda value: " ".join(value) if value is tuple else None)
@pytest.mark.usefixtures("at")
def test_a_mistake_on_the_command_line_ends_with_2_and_a_vietnamese_sentence(
    capsys: pytest.CaptureFixture[str], arguments: tuple[str, ...], says: str
) -> None:
    code, out, err = run(capsys, *arguments)
    assert (code, out) == (2, "")
    assert says in err
    assert "Lỗi: " in err
    assert ENGLISH.findall(LITERAL.sub("", err.replace(__file__, ""))) == []


def test_every_sentence_that_click_may_say_to_a_user_is_translated() -> None:
    of_developers = re.compile(
        r"declar|dynamic|Choice\(|flag for|Could not determine|DeprecationWarning|defined twice|colour|stream|iterable"
        r"|Windows|env var|editor|UUID|boolean|prog\)s|Confirm|continue|two entered|invalid input|start character|Repeat"
        r"|len_type|Missing (?:parameter: |\{)"
    )
    said = set()
    for path in sorted(Path(click.__file__).parent.glob("*.py")):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in {"_", "ngettext"}:
                first = node.args[0]
                if isinstance(first, ast.Constant):
                    said.add(str(first.value))
    with (CATALOGUE / "chungtay.po").open("rb") as file:
        known = {message.id if isinstance(message.id, str) else message.id[0] for message in read_po(file)}
    assert sorted(text for text in said - known if not of_developers.search(text)) == []


def test_the_compiled_messages_are_those_of_the_catalogue() -> None:
    with (CATALOGUE / "chungtay.po").open("rb") as source:
        compiled = io.BytesIO()
        write_mo(compiled, read_po(source))
    assert (CATALOGUE / "chungtay.mo").read_bytes() == compiled.getvalue(), "run: make messages"


# ----------------------------------------------------------------- exit codes and output


def test_a_clean_workspace_ends_with_0_and_says_so_on_standard_error(
    at: Workspace, capsys: pytest.CaptureFixture[str]
) -> None:
    assert at.root.is_dir()
    assert run(capsys, "check") == (0, "", "Đã kiểm tra: không có lỗi.\n")


def test_quiet_prints_results_and_problems_only(at: Workspace, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(capsys, "--quiet", "check") == (0, "", "")
    breaks(at, 1)
    code, out, err = run(capsys, "-q", "check")
    assert (code, err) == (1, "")
    assert out.count("\n") == 1


def test_problems_end_with_1_and_stand_on_a_line_each_with_file_line_and_column(
    at: Workspace, capsys: pytest.CaptureFixture[str]
) -> None:
    breaks(at, 3)
    code, out, err = run(capsys, "check")
    assert code == 1
    assert all(
        re.match(r"content/records/\S+:\d+:\d+: lỗi R101: .*Ý bạn là “host”\?$", line) for line in out.splitlines()
    )
    assert len(out.splitlines()) == 3
    assert err == "Đã kiểm tra: 3 lỗi.\nChưa rõ cách sửa? Gõ: chungtay explain R101\n"


def test_more_problems_than_a_screen_holds_are_counted(at: Workspace, capsys: pytest.CaptureFixture[str]) -> None:
    breaks(at, PRINTED_PROBLEMS + 7)
    code, out, err = run(capsys, "check")
    assert code == 1
    assert len(out.splitlines()) == PRINTED_PROBLEMS + 1
    assert out.endswith("… và 7 vấn đề nữa.\n")
    assert f"{PRINTED_PROBLEMS + 7} lỗi" in err


def test_a_build_with_problems_ends_with_1_and_writes_nothing(
    at: Workspace, capsys: pytest.CaptureFixture[str]
) -> None:
    breaks(at, 1)
    code, out, err = run(capsys, "build")
    assert (code, out) == (1, "")
    assert "Dừng lại: 1 lỗi trong nội dung. Chưa có gì được ghi." in err
    assert not (at.root / "build").exists()


@pytest.mark.usefixtures("at")
def test_a_build_may_tell_of_today_and_of_no_later_day(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1795453200")  # 24/11/2026 in Hanoi, the day before that in Greenwich
    assert run(capsys, "build", "--explain", "--as-of", "2026-11-24")[0] == 0
    code, _, err = run(capsys, "build", "--explain", "--as-of", "2026-11-25")
    assert code == 2
    assert "muộn nhất là hôm nay, 2026-11-24." in err


@pytest.mark.usefixtures("at")
@pytest.mark.parametrize("epoch", ["99999999999999", "9" * 30, "9" * 5000])
def test_a_moment_that_no_calendar_has_is_refused_in_words(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, epoch: str
) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", epoch)
    code, out, err = run(capsys, "check")
    assert (code, out) == (2, "")
    assert "không phải số giây của ngày nào" in err


def test_check_of_a_path_prints_the_problems_of_that_path_only(
    at: Workspace, capsys: pytest.CaptureFixture[str]
) -> None:
    breaks(at, 1)
    at.activity(id="HD-2023-3000", unit="huyen-ung-hoa", hots="sai")
    code, out, _ = run(capsys, "check", "content/records/2022-2023/huyen-ung-hoa")
    assert (code, out.count("\n")) == (1, 1)
    assert "huyen-ung-hoa" in out
    assert run(capsys, "check", "content/bulletins", f"content/bulletins/{EDITION}.md")[0] == 0


def test_paths_are_below_the_folder_given_by_capital_c(
    workspace: Workspace, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    breaks(workspace, 1)
    assert run(capsys, "-C", workspace.root, "check", "content/bulletins")[0] == 0
    assert run(capsys, "-C", workspace.root, "check", "content/records")[0] == 1
    assert list(tmp_path.iterdir()) == [workspace.root]


def test_files_are_written_below_the_folder_given_by_capital_c_and_named_as_they_were_asked_for(
    workspace: Workspace, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    of_unit = ("--unit", "quan-hoang-mai", "--year", "2022-2023")
    for arguments, file in (
        (("form", *of_unit), "bieu-quan-hoang-mai-2022-2023.xlsx"),
        (("form", *of_unit, "-o", "bieu.xlsx"), "bieu.xlsx"),
        (("import", "bieu.xlsx", "--dry-run"), ""),
        (("diff", f"{EDITION}@2023-07-01", f"{EDITION}@2023-07-31", "--pdf", "so.pdf"), "so.pdf"),
    ):
        code, out, err = run(capsys, "-C", "workspace", *arguments)
        assert (code, file in out + err) == (0, True), (out, err)
        assert not file or (workspace.root / file).is_file()
    assert list(tmp_path.iterdir()) == [workspace.root]


def test_the_workspace_is_found_from_a_folder_inside_it(at: Workspace, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(capsys, "-C", at.root / "content" / "records", "check")[0] == 0


def test_outside_a_workspace_the_message_says_how_to_make_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    code, _, err = run(capsys, "check")
    assert code == 2
    assert "Không thấy chungtay.yaml" in err
    assert "chungtay init" in err


def test_what_the_machine_lacks_ends_with_3(
    at: Workspace, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def lacking(*_: object) -> None:
        raise MachineError("Thiếu Pango.")

    monkeypatch.setattr("chungtay_reports.pipeline.check", lacking)
    assert run(capsys, "-C", at.root, "check") == (3, "", "Lỗi: Thiếu Pango.\n")


def test_a_fault_of_the_program_is_confessed_without_a_traceback_and_with_one_on_request(
    at: Workspace, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def broken(*_: object) -> None:
        raise KeyError("truong\x1b[31m")

    monkeypatch.setattr("chungtay_reports.pipeline.check", broken)
    code, out, err = run(capsys, "-C", at.root, "check")
    assert (code, out) == (70, "")
    assert "Lỗi của chương trình: KeyError ở test_cli.py" in err
    assert "--debug" in err
    assert "\x1b" not in err
    assert "Traceback" not in err
    with pytest.raises(KeyError):
        cli.main(["--debug", "check"])


@pytest.mark.parametrize(
    ("arguments", "key"),
    [
        (("check",), "problems"),
        (("figures",), "figures"),
        (("figures", "chuyen_de", "--by", "don_vi"), "figures"),
        (("trace", "2"), "figures"),
        (("trace", "HD-2023-0412"), "record"),
        (("build", "--to", "json,csv,json"), "files"),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, tuple) else value,
)
@pytest.mark.usefixtures("at")
def test_json_for_scripts_can_be_parsed_and_nothing_else_is_on_standard_output(
    capsys: pytest.CaptureFixture[str], arguments: tuple[str, ...], key: str
) -> None:
    code, out, _ = run(capsys, *arguments, "--format", "json")
    assert code == 0
    assert key in json.loads(out)


def test_doctor_lists_what_it_looked_for_and_how_to_mend_it(at: Workspace, capsys: pytest.CaptureFixture[str]) -> None:
    code, out, _ = run(capsys, "doctor", "--format", "json")
    found: list[dict[str, Any]] = json.loads(out)
    assert code == 0
    assert {"what", "found", "ok", "required", "remedy"} == set(found[0])
    assert all(each["remedy"] for each in found)
    assert run(capsys, "-C", at.root, "doctor")[1].startswith("✓ Python")
    code, out, _ = run(capsys, "-C", at.root / "khong-co", "doctor")
    assert code == 3
    assert "✗ Thư mục đang làm việc: không ghi được" in out


def test_problems_as_json_carry_their_place_code_and_hint(at: Workspace, capsys: pytest.CaptureFixture[str]) -> None:
    breaks(at, 1)
    code, out, _ = run(capsys, "check", "--format", "json")
    problem = json.loads(out)["problems"][0]
    assert code == 1
    assert (problem["code"], problem["severity"], problem["hint"]) == ("R101", "error", "host")
    assert problem["file"].startswith("content/records/")
    assert problem["line"] == 1
    assert problem["column"] > 1


def test_the_program_says_its_version(capsys: pytest.CaptureFixture[str]) -> None:
    code, out, _ = run(capsys, "--version")
    assert code == 0
    assert re.fullmatch(r"chungtay \d+\.\d+\.\d+\n", out)
