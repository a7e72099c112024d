"""A signed PDF goes into the archive in the place of the one that is built, when it is the very same edition."""

from __future__ import annotations

import hashlib
import io
import json
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pikepdf
import pytest
import signers
from builds import chungtay, pdf_pages
from conftest import TODAY, Workspace
from presses import BULLETIN, LATER, NOON, SLUG, approve, correct, edit, remove_a_record, set_up

from chungtay_reports import life, pipeline
from chungtay_reports.archive import proof
from chungtay_reports.archive.ocfl import Part, Store, validate
from chungtay_reports.archive.publication import publications
from chungtay_reports.archive.seals import check_seals
from chungtay_reports.archive.signing import keys, signer
from chungtay_reports.archive.signing.fields import LEADER, OFFICE, prepared
from chungtay_reports.errors import ContentError
from chungtay_reports.pipeline import Request

REASON = "Một chuyên đề ghi hai lần"
ALL = Request(editions=(SLUG,))


@pytest.fixture
def desk(workspace: Workspace) -> Workspace:
    ready = set_up(workspace, "pdf, json")
    approve(ready)
    return ready


def built(desk: Workspace, *, final: bool = True) -> bytes:
    pipeline.build(desk.root, replace(ALL, formats=("pdf",), final=final, draft=not final), TODAY)
    return (desk.root / "build" / SLUG / f"{SLUG}.pdf").read_bytes()


def signed(pdf: bytes, folder: Path) -> Path:
    key = keys.from_file(signers.p12(folder, signers.OFFICE), signers.PASSPHRASE)
    path = folder / "da-ky.pdf"
    path.write_bytes(signer.sign(pdf, key, signer.Signing(OFFICE, NOON))[0])
    return path


def test_the_archive_holds_the_signed_pdf_and_the_one_that_a_rebuild_gives(desk: Workspace, tmp_path: Path) -> None:
    plain = built(desk)
    path = signed(plain, tmp_path)
    life.publish(desk.root, ALL, NOON, signed=[path])
    (publication,) = publications(desk.root / "archive")
    store = Store(desk.root / "archive")
    (id_,) = store.objects()
    assert store.read(id_, publication.files["pdf"]) == path.read_bytes()
    assert store.read(id_, publication.files["pdf-chua-ky"]) == plain


def test_both_copies_are_known_to_the_index_as_the_newest_version(desk: Workspace, tmp_path: Path) -> None:
    plain = built(desk)
    path = signed(plain, tmp_path)
    life.publish(desk.root, ALL, NOON, signed=[path])
    (listed,) = proof.index_of(desk.root / "archive")
    assert set(listed.pdf) == {hashlib.sha256(data).hexdigest() for data in (plain, path.read_bytes())}
    report = proof.verify(path, (listed,))
    assert report.exit_code == 0
    assert report.standing.endswith("(đúng từng byte)")
    result = chungtay("archive", "index", "--out", "chung-thuc.json", cwd=desk.root)
    assert result.returncode == 0, result.stderr
    assert proof.read_index((desk.root / "chung-thuc.json").read_text("utf-8")) == (listed,)


@pytest.mark.parametrize("case", ["draft", "unsigned", "other"])
def test_what_is_not_the_signed_edition_does_not_go_out(desk: Workspace, tmp_path: Path, case: str) -> None:
    path = signed(built(desk, final=case != "draft"), tmp_path)
    if case == "unsigned":
        path.write_bytes(built(desk))
    if case == "other":
        edit(desk, BULLETIN, "byline: Ban biên tập", "byline: Tổ biên tập")
        approve(desk)
    with pytest.raises(ContentError) as error:
        life.publish(desk.root, ALL, NOON, signed=[path])
    assert [problem.code for problem in error.value.problems] == ["S108"]
    assert not (desk.root / "archive").exists()


def test_the_same_command_again_finds_its_signed_copy_published(desk: Workspace, tmp_path: Path) -> None:
    """Of several editions one may be in the archive when a run is cut short; the next run brings the others."""
    path = signed(built(desk), tmp_path)
    life.publish(desk.root, ALL, NOON, signed=[path])
    (again,) = life.publish(desk.root, ALL, LATER, signed=[path])
    assert (again.new, again.publication.version) == (False, "v1")
    other = signer.Signing(OFFICE, LATER)
    key = keys.from_file(signers.p12(tmp_path, signers.OFFICE), signers.PASSPHRASE)
    path.write_bytes(signer.sign(built(desk), key, other)[0])
    with pytest.raises(ContentError) as error:
        life.publish(desk.root, ALL, LATER, signed=[path])
    (problem,) = error.value.problems
    assert (problem.code, "đã công bố v1 với một tệp PDF khác" in problem.message) == ("S108", True)


def test_of_two_signed_copies_of_an_edition_none_goes_out(desk: Workspace, tmp_path: Path) -> None:
    path = signed(built(desk), tmp_path)
    other = path.rename(tmp_path / "ban-khac.pdf")
    with pytest.raises(ContentError) as error:
        life.publish(desk.root, ALL, NOON, signed=[other, signed(built(desk), tmp_path)])
    (problem,) = error.value.problems
    assert (problem.code, "ban-khac.pdf cũng là bản đã ký" in problem.message) == ("S108", True)
    assert not (desk.root / "archive").exists()


def test_a_copy_that_somebody_may_still_sign_does_not_go_out(desk: Workspace, tmp_path: Path) -> None:
    path = signed(prepared(built(desk), (OFFICE, LEADER), None), tmp_path)
    with pytest.raises(ContentError) as error:
        life.publish(desk.root, ALL, NOON, signed=[path])
    (problem,) = error.value.problems
    assert (problem.code, "của chữ ký số của người có thẩm quyền" in problem.message) == ("S111", True)
    assert not (desk.root / "archive").exists()


def test_a_correction_is_seen_in_an_old_copy(desk: Workspace, tmp_path: Path) -> None:
    """The whole way: published, printed, corrected; the copy in somebody's drawer learns of it from the index."""
    copy = tmp_path / "trong-ngan-keo.pdf"
    copy.write_bytes(built(desk))
    life.publish(desk.root, ALL, NOON)
    assert proof.verify(copy, proof.index_of(desk.root / "archive")).exit_code == 0
    remove_a_record(desk)
    correct(desk, "Một chuyên đề ghi hai lần")
    report = proof.verify(copy, proof.index_of(desk.root / "archive"))
    assert (report.exit_code, [problem.code for problem in report.problems]) == (4, ["V121"])
    assert "Một chuyên đề ghi hai lần" in report.problems[0].message


def test_the_copy_in_the_archive_carries_its_certificate(desk: Workspace) -> None:
    life.publish(desk.root, ALL, NOON)
    store = Store(desk.root / "archive")
    (id_,) = store.objects()
    (publication,) = publications(desk.root / "archive")
    with pikepdf.open(io.BytesIO(store.read(id_, publication.files["pdf"]))) as opened:
        certificate = json.loads(opened.attachments["ban-in.json"].get_file().read_bytes())
    assert certificate["fingerprint"]["digest"] == publication.fingerprint.digest


def handed_out(desk: Workspace, verb: str, tmp_path: Path) -> Path:
    """Let a correction or a withdrawal be printed for its signer, and sign it."""
    printed = life.correction_to_sign if verb == "correct" else life.withdrawal_to_sign
    return signed(printed(desk.root, ALL, REASON, LATER), tmp_path)


@pytest.fixture
def wrong(desk: Workspace) -> Workspace:
    """A desk whose bulletin is published, found wrong, and approved again."""
    life.publish(desk.root, ALL, NOON)
    remove_a_record(desk)
    approve(desk, LATER.date(), LATER.date())
    return desk


@pytest.mark.parametrize("verb", ["correct", "withdraw"])
def test_a_correction_or_a_withdrawal_goes_out_with_its_signature(wrong: Workspace, tmp_path: Path, verb: str) -> None:
    path = handed_out(wrong, verb, tmp_path)
    assert [each.version for each in publications(wrong.root / "archive")] == ["v1"]
    assert not (wrong.root / "content" / "notices").exists()
    made = getattr(life, verb)(wrong.root, ALL, REASON, LATER, signed=[path])
    assert made.version == "v2"
    store = Store(wrong.root / "archive")
    (id_,) = store.objects()
    assert store.read(id_, made.files["pdf"]) == path.read_bytes()
    assert made.files["pdf-chua-ky"] in store.inventory(id_).version().state  # type: ignore[union-attr]
    report = proof.verify(path, proof.index_of(wrong.root / "archive"))
    assert (len(report.signatures), report.exit_code) == (1, 0 if verb == "correct" else 4)
    assert validate(wrong.root / "archive").findings == ()
    assert check_seals(wrong.root / "archive", Part()) == ()


def test_a_signed_correction_of_another_day_or_reason_does_not_go_out(wrong: Workspace, tmp_path: Path) -> None:
    path = handed_out(wrong, "correct", tmp_path)
    for reason, moment in ((REASON, LATER + timedelta(days=1)), ("Lý do khác", LATER)):
        with pytest.raises(ContentError) as error:
            life.correct(wrong.root, ALL, reason, moment, signed=[path])
        assert [problem.code for problem in error.value.problems] == ["S108"]
    assert [each.version for each in publications(wrong.root / "archive")] == ["v1"]
    assert not (wrong.root / "content" / "notices").exists()


def test_a_signed_copy_of_an_edition_without_pdf_is_refused(desk: Workspace, tmp_path: Path) -> None:
    path = signed(built(desk), tmp_path)
    edit(desk, "chungtay.yaml", "formats: [pdf, json]", "formats: [html, json]")
    with pytest.raises(ContentError) as error:
        life.publish(desk.root, ALL, NOON, signed=[path])
    (problem,) = error.value.problems
    assert problem.code == "S108"
    assert "không đặt dựng PDF" in problem.message


def test_the_command_hands_out_what_is_to_be_signed_and_then_takes_it_signed(wrong: Workspace, tmp_path: Path) -> None:
    asked = ("correct", SLUG, "--reason", REASON)
    clock = {"SOURCE_DATE_EPOCH": str(int(LATER.timestamp()))}
    first = chungtay(*asked, "--to-sign", "dinh-chinh.pdf", cwd=wrong.root, **clock)
    assert (first.returncode, first.stdout) == (0, "dinh-chinh.pdf\n")
    assert "Chưa công bố gì" in first.stderr
    path = signed((wrong.root / "dinh-chinh.pdf").read_bytes(), tmp_path)
    second = chungtay(*asked, "--signed", str(path), cwd=wrong.root, **clock)
    assert second.returncode == 0, second.stderr
    assert "đã đính chính, v2" in second.stdout
    both = chungtay(*asked, "--signed", "a.pdf", "--to-sign", "b.pdf", cwd=wrong.root, **clock)
    assert (both.returncode, "Mỗi lần một việc" in both.stderr) == (2, True)


def test_a_withdrawn_pdf_promises_no_figures_to_compute(wrong: Workspace, tmp_path: Path) -> None:
    path = tmp_path / "thu-hoi.pdf"
    path.write_bytes(life.withdrawal_to_sign(wrong.root, ALL, REASON, LATER))
    words = " ".join(pdf_pages(path))
    assert "kiểm lại được từng chữ bằng lệnh “chungtay verify”" in words
    assert "mọi con số" not in words
