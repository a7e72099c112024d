"""One PDF proves itself anywhere, or says in Vietnamese why it does not; whatever it holds, the answer is a report."""

from __future__ import annotations

import hashlib
import io
import json
import os
import re
import zlib
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import copies
import editions
import papers
import pikepdf
import pytest
import signers
from builds import chungtay
from cryptography.hazmat.primitives.serialization import Encoding
from hypothesis import given, settings
from hypothesis import strategies as st
from proofs import PLACE, checked, codes, listed

from chungtay_reports.archive import proof
from chungtay_reports.archive.proof import index, require_certificate
from chungtay_reports.archive.proof.lettering import letters
from chungtay_reports.archive.proof.report import data, from_data, of_check, sentences
from chungtay_reports.errors import UsageError
from chungtay_reports.formats import paper_pdf
from chungtay_reports.press import Press


def test_a_copy_as_it_was_printed_proves_every_figure_line_and_page() -> None:
    found = checked(copies.bulletin())
    assert found.problems == ()
    assert found.figures.total == found.figures.right == len(copies.figures(copies.bulletin())["figures"]) > 3
    assert found.lines.total == found.lines.right > 5
    assert found.pages.total == found.pages.right > 0


def test_a_copy_that_a_program_saved_again_without_changing_it_is_still_right() -> None:
    assert codes(copies.edited(lambda _: None)) == []


def test_a_number_changed_on_the_page_is_found_and_its_sentence_named() -> None:
    """The glyphs of one number give way to those of another."""

    def change(document: pikepdf.Pdf) -> None:
        page = document.pages[0]
        content = list(pikepdf.parse_content_stream(page))
        shown = [i for i, one in enumerate(content) if str(one.operator) in {"TJ", "Tj"}]
        bold = next(
            i
            for i in shown
            if re.fullmatch(r"\d", reading_of(page, content[: i + 1])[-1:] or "x") and len(flat(content[i])) == 2
        )
        other = next(flat(content[i])[:2] for i in shown if i != bold and flat(content[i])[:2] != flat(content[bold]))
        content[bold] = pikepdf.ContentStreamInstruction([pikepdf.String(other)], pikepdf.Operator("Tj"))
        page.Contents.write(pikepdf.unparse_content_stream(content))

    found = checked(copies.edited(change))
    assert {problem.code for problem in found.problems} == {"V113", "V114"}
    assert any(
        "tít" in problem.message or "sapo" in problem.message or "đoạn" in problem.message for problem in found.problems
    )
    assert found.figures.right == found.figures.total


def flat(instruction: pikepdf.ContentStreamInstruction) -> bytes:
    shown = instruction.operands[-1]
    strings = [shown] if isinstance(shown, pikepdf.String) else [s for s in shown if isinstance(s, pikepdf.String)]
    return b"".join(bytes(string) for string in strings)


def reading_of(page: pikepdf.Page, content: list[pikepdf.ContentStreamInstruction]) -> str:
    from chungtay_reports.archive.proof.lettering import _decoded, _glyphs  # noqa: PLC0415

    fonts: dict[tuple[int, int], dict[int, str]] = {}
    name = next(str(one.operands[0]) for one in reversed(content) if str(one.operator) == "Tf")
    return _decoded(content[-1].operands[-1], _glyphs(page.Resources, name, fonts))


def test_a_value_changed_in_the_ledger_is_found_and_the_right_one_named() -> None:
    def change(text: str) -> str:
        return re.sub(r'"value": (\d+)', lambda found: f'"value": {int(found[1]) + 5}', text, count=1)

    found = checked(copies.with_file("figures.json", change))
    assert {"V109", "V111", "V112", "V116"} <= {problem.code for problem in found.problems}
    assert found.figures.right == found.figures.total - 1
    (wrong,) = [problem.message for problem in found.problems if problem.code == "V111"]
    assert re.search(r"ghi là \d+, nhưng tính lại .* thì ra \d+", wrong)


def test_a_changed_record_is_found_even_when_no_figure_moves() -> None:
    found = checked(copies.with_file("records.json", lambda text: text.replace('"title": "', '"title": "Giả ', 1)))
    assert [problem.code for problem in found.problems] == ["V109"]
    assert found.figures.right == found.figures.total


def test_a_record_that_is_gone_is_missed_by_every_figure_that_counts_it() -> None:
    ledger: Any = copies.figures(copies.bulletin())["figures"]
    counted = next(row["records"][0] for row in ledger if row["records"] and not row["metric"].startswith("@"))

    def change(text: str) -> str:
        rows = json.loads(text)
        del rows["records"][counted]
        return json.dumps(rows, ensure_ascii=False)

    found = checked(copies.with_file("records.json", change))
    assert {"V109", "V111"} <= {problem.code for problem in found.problems}
    assert found.figures.right < found.figures.total


@pytest.mark.parametrize("name", ["figures.json", "records.json", "records.csv", "ban-in.json"])
def test_a_missing_attachment_is_named(name: str) -> None:
    found = [problem for problem in checked(copies.without_file(name)).problems if problem.code == "V108"]
    assert [name in problem.message for problem in found] == [True]


@pytest.mark.parametrize("name", ["figures.json", "records.json", "ban-in.json"])
def test_an_attachment_that_is_no_longer_json_is_named(name: str) -> None:
    assert "V110" in codes(copies.with_file(name, lambda text: text[: len(text) // 2]))


@pytest.mark.parametrize("name", ["figures.json", "records.json", "ban-in.json"])
def test_a_copy_of_a_newer_program_is_told_as_that(name: str) -> None:
    found = checked(copies.with_file(name, lambda text: text.replace('"version": "1', '"version": "2', 1)))
    (problem,) = (problem for problem in found.problems if problem.code == "V110")
    assert "bản chungtay mới hơn ghi, theo phiên bản 2" in problem.message
    assert "cập nhật chungtay" in problem.message


def test_figures_that_cannot_be_read_are_not_told_as_none_at_all() -> None:
    found = checked(copies.with_file("figures.json", lambda text: text[: len(text) // 2]))
    told = " ".join(sentences(of_check("x.pdf", "0" * 64, found)))
    assert "không tính lại được" in told
    assert "không in con số nào" not in told


def test_another_text_in_the_certificate_no_longer_has_its_fingerprint_nor_its_place_on_the_page() -> None:
    def change(text: str) -> str:
        rows = json.loads(text)
        rows["lines"].append(["đoạn 99", "Một câu chưa từng in."])
        return json.dumps(rows, ensure_ascii=False)

    assert codes(copies.with_file("ban-in.json", change)) == ["V113", "V117"]


def test_a_forged_code_is_not_the_one_on_the_page() -> None:
    forged = copies.with_file("ban-in.json", lambda text: re.sub(r'"short": ".', '"short": "@', text))
    assert codes(forged) == ["V118"]


def test_text_drawn_over_a_page_is_found() -> None:
    page, content, drawn = copies.first_page(copies.bulletin())
    del page
    overlaid = copies.appended(copies.bulletin(), {content: copies.stream(drawn + b"\n1 g 0 0 300 300 re f\n")})
    assert codes(overlaid) == ["V105", "V114"]


@pytest.mark.parametrize("what", [copies.stamped, copies.with_a_drawn_link, copies.with_a_drawn_field, copies.cropped])
def test_what_is_stuck_over_a_page_or_cut_off_it_is_found(what: Callable[[pikepdf.Pdf], object]) -> None:
    found = checked(copies.edited(what))
    assert [problem.code for problem in found.problems] == ["V114"]
    assert found.pages.right == found.pages.total - 1


def test_a_further_page_is_found() -> None:
    def change(document: pikepdf.Pdf) -> None:
        document.add_blank_page()

    assert codes(copies.edited(change)) == ["V115"]


def test_a_pdf_of_somebody_else_is_said_not_to_be_ours() -> None:
    out = io.BytesIO()
    with pikepdf.new() as document:
        document.add_blank_page()
        document.save(out)
    assert codes(out.getvalue()) == ["V107"]


@pytest.mark.parametrize(
    ("change", "what"),
    [
        (lambda d: d.Root.__setitem__("/OpenAction", pikepdf.Dictionary(S=pikepdf.Name.JavaScript, JS="1")), "tự chạy"),
        (lambda d: d.pages[0].obj.__setitem__("/AA", d.make_indirect(pikepdf.Dictionary(S=pikepdf.Name.Launch))), "Launch"),
        (lambda d: d.Root.__setitem__("/OCProperties", pikepdf.Dictionary()), "ẩn hiện"),
        (lambda d: d.Root.__setitem__("/AcroForm", pikepdf.Dictionary(Fields=[pikepdf.Dictionary(FT=pikepdf.Name.Tx)])), "ô điền"),
    ],
)  # fmt: skip
def test_whatever_could_act_or_hide_is_named(change: object, what: str) -> None:
    assert callable(change)
    found = [problem for problem in checked(copies.edited(change)).problems if problem.code == "V104"]
    assert any(what in problem.message for problem in found)


def test_a_stranger_among_the_attachments_is_named() -> None:
    def change(document: pikepdf.Pdf) -> None:
        document.attachments["thu.exe"] = pikepdf.AttachedFileSpec(document, b"MZ", filename="thu.exe")  # type: ignore[call-arg]

    assert codes(copies.edited(change)) == ["V106"]


def test_a_truncated_file_is_called_damaged() -> None:
    whole = copies.bulletin()
    for part in (0.2, 0.6, 0.95):
        assert set(codes(whole[: int(len(whole) * part)])) & {"V101", "V102", "V107"}
    assert codes(b"") == ["V101"]
    assert codes(b"<html>") == ["V101"]


@settings(max_examples=40, deadline=None)
@given(st.integers(0, 10**9), st.integers(1, 255))
def test_a_flipped_byte_never_ends_in_a_traceback(place: int, flip: int) -> None:
    whole = bytearray(copies.bulletin())
    whole[place % len(whole)] ^= flip
    codes(bytes(whole))


def test_letters_ignore_what_typesetting_may_change_and_nothing_else() -> None:
    assert letters("Nhà trường\u00a0chung tay - “x”") == letters("NHÀ TRƯỜNG CHUNG\u00adTAY\n“x”")
    assert letters("672") != letters("762")
    assert letters("ho\u0300a") == letters("hòa") != letters("hoà")


# --------------------------------------------------------------------------- hostile files, in the fenced process


def bomb(size: int) -> bytes:
    """A page whose content unpacks to `size` bytes."""
    packed = zlib.compress(b"q Q " * (size // 4), 9)
    return copies.edited(lambda document: document.pages[0].Contents.write(packed, filter=pikepdf.Name.FlateDecode))


def looping() -> bytes:
    """A drawing that draws itself."""

    def change(document: pikepdf.Pdf) -> None:
        form = document.make_stream(
            b"/X Do " * 50, Type=pikepdf.Name.XObject, Subtype=pikepdf.Name.Form, BBox=[0, 0, 1, 1]
        )
        form.Resources = pikepdf.Dictionary(XObject=pikepdf.Dictionary(X=form))
        document.pages[0].Resources.XObject = pikepdf.Dictionary(X=form)
        document.pages[0].Contents.write(b"/X Do")

    return copies.edited(change)


@pytest.mark.parametrize(("make", "code"), [(lambda: bomb(1 << 30), "V103"), (looping, "V103")])
def test_a_bomb_or_a_loop_ends_in_a_message(make: object, code: str, tmp_path: Path) -> None:
    assert callable(make)
    path = tmp_path / "bom.pdf"
    path.write_bytes(make())
    limits = proof.Limits(seconds=10, cpu_seconds=5, address_space=1 << 30)
    assert [problem.code for problem in proof.verify(path, limits=limits).problems] == [code]


@pytest.mark.parametrize("memory", [1 << 30, 3 << 30])
def test_a_bomb_is_told_as_one_whatever_memory_there_is(memory: int, tmp_path: Path) -> None:
    path = tmp_path / "bom.pdf"
    path.write_bytes(bomb(1 << 28))
    (problem,) = proof.verify(path, limits=proof.Limits(address_space=memory)).problems
    assert (problem.code, "nở ra hơn 64 MB" in problem.message) == ("V103", True)


def test_a_file_too_large_to_be_ours_is_not_opened(tmp_path: Path) -> None:
    path = tmp_path / "to.pdf"
    with path.open("wb") as file:
        file.truncate(101_000_000)
    (problem,) = proof.verify(path).problems
    assert problem.code == "V103"
    assert "101 MB" in problem.message


# --------------------------------------------------------------------------- the command


def test_a_report_travels_between_processes_unchanged() -> None:
    report = of_check(PLACE.file, "0" * 64, checked(copies.without_file("records.csv")))
    assert from_data(json.loads(json.dumps(data(report)))) == report


def test_the_command_tells_a_clerk_what_the_file_is_without_a_workspace(tmp_path: Path) -> None:
    (tmp_path / "a.pdf").write_bytes(copies.bulletin())
    (tmp_path / "chung-thuc.json").write_text(index.to_json([listed()]), "utf-8")
    result = chungtay("verify", "a.pdf", "--index", "chung-thuc.json", cwd=tmp_path)
    assert result.returncode == 0, result.stderr
    assert "Tệp này đúng là bản tin “" in result.stdout
    assert re.search(r"Tính lại: (\d+)/\1 con số khớp", result.stdout)
    assert "chưa ký" in result.stdout
    assert "là bản mới nhất đã công bố" in result.stdout


def test_the_command_gives_json_and_ends_with_one_when_a_file_is_not_right(tmp_path: Path) -> None:
    forged = copies.with_file("figures.json", lambda text: text.replace('"value": ', '"value": 1', 1))
    (tmp_path / "a.pdf").write_bytes(forged)
    result = chungtay("verify", "a.pdf", "--format", "json", cwd=tmp_path)
    assert result.returncode == 1
    found = json.loads(result.stdout)
    assert found["sound"] is False
    assert found["sha256"] == hashlib.sha256(forged).hexdigest()
    assert "V111" in [problem["code"] for problem in found["problems"]]


@pytest.mark.parametrize("name", ["khong-co.pdf", ".", "/dev/zero"])
def test_what_is_no_file_is_a_mistake_of_usage(name: str, tmp_path: Path) -> None:
    result = chungtay("verify", name, cwd=tmp_path)
    assert result.returncode == 2
    assert "Lỗi:" in result.stderr


def test_a_name_that_is_no_unicode_is_no_fault_of_the_copy(tmp_path: Path) -> None:
    path = Path(os.fsdecode(os.fsencode(tmp_path) + b"/b\xe1o.pdf"))
    path.write_bytes(copies.bulletin())
    assert proof.verify(path).problems == ()
    for form in ("text", "json"):
        assert chungtay("verify", path.name, "--format", form, cwd=tmp_path).returncode == 0


def test_a_folder_in_the_place_of_the_list_is_told_how_the_list_is_made(tmp_path: Path) -> None:
    (tmp_path / "a.pdf").write_bytes(copies.bulletin())
    (tmp_path / "archive").mkdir()
    result = chungtay("verify", "a.pdf", "--index", "archive", cwd=tmp_path)
    assert (result.returncode, result.stdout) == (2, "")
    assert "chungtay archive index" in result.stderr


def test_a_file_that_is_no_certificate_is_a_mistake_of_usage(tmp_path: Path) -> None:
    right, file = signers.pem(tmp_path).read_bytes(), tmp_path / "thu.txt"
    require_certificate(tmp_path / "noi-cap.pem")
    file.write_bytes("Nơi cấp chứng thư thử\n".encode() + right)
    require_certificate(file)
    file.write_bytes(signers.authority().certificate.public_bytes(Encoding.DER))
    require_certificate(file)
    for wrong in (
        b"",
        "không phải".encode(),
        b"0123",
        right[:300],
        right.replace(b"CERTIFICATE", b"CERTIFICATE REQUEST"),
    ):
        file.write_bytes(wrong)
        with pytest.raises(UsageError, match=r"thu\.txt không phải chứng thư số"):
            require_certificate(file)
    (tmp_path / "a.pdf").write_bytes(copies.bulletin())
    result = chungtay("verify", "a.pdf", "--trust", "thu.txt", cwd=tmp_path)
    assert (result.returncode, result.stdout) == (2, "")
    assert "thu.txt không phải chứng thư số" in result.stderr


def test_a_signature_that_cannot_be_checked_is_not_called_missing() -> None:
    report = replace(of_check("a.pdf", "0" * 64, checked(copies.bulletin())), signed=1)
    assert "Chữ ký số: có 1, nhưng chưa kiểm được." in list(sentences(report))


def test_sentences_never_call_a_changed_file_right() -> None:
    report = of_check("a.pdf", "0" * 64, checked(copies.without_file("records.csv")))
    assert next(sentences(report)).startswith("Tệp này KHÔNG còn đúng như bản tin")


# --------------------------------------------------------------------------- what shows no figures


@pytest.fixture(scope="module")
def letter() -> bytes:
    with Press(1) as press:
        return press.typeset(paper_pdf.print_job(papers.letter(), editions.settings()))


def test_a_letter_without_figures_proves_its_text_and_pages(letter: bytes) -> None:
    found = checked(letter)
    assert found.problems == ()
    assert (found.figures.total, found.lines.right) == (0, found.lines.total)
    assert found.lines.total > 5
    assert "không in con số nào" in " ".join(sentences(of_check("cong-van.pdf", "0" * 64, found)))


def test_a_report_from_which_all_data_were_taken_is_no_letter() -> None:
    def strip(document: pikepdf.Pdf) -> None:
        for name in ("figures.json", "records.json", "records.csv"):
            del document.attachments[name]
        stream = document.attachments["ban-in.json"].get_file().obj
        certificate = json.loads(stream.read_bytes()) | {"files": {}}
        stream.write(json.dumps(certificate, ensure_ascii=False).encode())

    assert codes(copies.edited(strip)) == ["V116"]
