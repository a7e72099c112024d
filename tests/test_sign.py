"""A signed copy keeps PDF/A-3a and PDF/UA-1, names its signers, and shows whatever was done to it afterwards."""

from __future__ import annotations

import contextlib
import io
import json
import os
import subprocess
import sys
from collections.abc import Iterator
from datetime import datetime, timedelta, timezone
from pathlib import Path

import copies
import page
import pikepdf
import pytest
import reportkit
import signers
from builds import chungtay
from commands import run
from conftest import VALID, Workspace
from PIL import Image, ImageDraw

from chungtay_reports import documents, pipeline
from chungtay_reports.archive import proof
from chungtay_reports.archive.signing import fields, keys, signer
from chungtay_reports.archive.signing.fields import COVERED, LEADER, MM, OFFICE
from chungtay_reports.archive.signing.keys import UnusableKeyError
from chungtay_reports.archive.signing.signer import Signing
from chungtay_reports.errors import ContentError, UsageError
from chungtay_reports.press import Press

NOW = datetime(2026, 11, 25, 9, 30, 5, tzinfo=timezone(timedelta(hours=7)))


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("ky")


@pytest.fixture(scope="module")
def report(folder: Path) -> bytes:
    """A district's report of the tiny workspace, with room for a signature."""
    import shutil  # noqa: PLC0415

    workspace = Workspace(folder / "kho")
    shutil.copytree(VALID, workspace.root)
    reportkit.with_reports(workspace)
    request = pipeline.Request(("bao-cao-nam-hoc",), ("quan-hoang-mai",))
    library, works, _ = pipeline.works(workspace.root, request, copies.TODAY)
    with Press(1) as press:
        return press.typeset(documents._job(works[0], library.settings, None))


def signed(pdf: bytes, folder: Path, name: str, how: Signing) -> bytes:
    key = keys.from_file(signers.p12(folder, name), signers.PASSPHRASE)
    return signer.sign(pdf, key, how, [signers.pem(folder)])[0]


@pytest.fixture(scope="module")
def once(report: bytes, folder: Path) -> bytes:
    return signed(report, folder, signers.LEADER, Signing(LEADER, NOW, picture=picture()))


@pytest.fixture(scope="module")
def twice(once: bytes, folder: Path) -> bytes:
    return signed(once, folder, signers.OFFICE, Signing(OFFICE, NOW))


def picture() -> bytes:
    image = Image.new("RGBA", (300, 120))
    ImageDraw.Draw(image).line([(10, 100), (150, 20), (290, 90)], fill=(29, 63, 187, 255), width=6)
    out = io.BytesIO()
    image.save(out, "PNG")
    return out.getvalue()


def verified(pdf: bytes, folder: Path, *trust: Path) -> proof.Report:
    path = folder / "kiem.pdf"
    path.write_bytes(pdf)
    return proof.verify(path, trust=trust)


def codes(pdf: bytes, folder: Path) -> set[str]:
    return {problem.code for problem in verified(pdf, folder, signers.pem(folder)).problems}


# --------------------------------------------------------------------------- what a signature says


def test_the_leader_signs_and_the_copy_names_them_what_they_signed_and_that_nothing_changed(
    once: bytes, folder: Path
) -> None:
    found = verified(once, folder, signers.pem(folder))
    assert found.sound
    (one,) = found.signatures
    assert one.signer.startswith(signers.LEADER)
    assert (one.role, one.intact, one.trusted) == ("lãnh đạo", True, True)
    assert (one.coverage, one.changes) == ("ký toàn bộ tệp", "từ đó không sửa gì")
    assert one.time == "25/11/2026 09:30:05 (giờ Việt Nam)"  # the second that the block shows
    assert found.figures.right == found.figures.total > 0


def test_the_office_signs_after_the_leader_and_both_signatures_hold(twice: bytes, folder: Path) -> None:
    found = verified(twice, folder, signers.pem(folder))
    assert found.sound
    leader, office = found.signatures
    assert (leader.changes, office.changes) == ("về sau chỉ ký thêm, đúng như được phép", "từ đó không sửa gì")
    assert office.coverage == "ký toàn bộ tệp"
    assert (leader.intact, leader.trusted, office.intact, office.trusted) == (True, True, True, True)


def test_another_judge_finds_both_signatures_valid(twice: bytes, folder: Path) -> None:
    path = folder / "hai.pdf"
    path.write_bytes(twice)
    said = subprocess.run(["pdfsig", "-nocert", path], capture_output=True, text=True, check=False).stdout
    assert said.count("Signature is Valid") == 2
    assert said.count("ETSI.CAdES.detached") == 2


@pytest.mark.parametrize("profile", ["3a", "ua1"])
def test_a_signed_copy_is_still_pdf_a_3a_and_pdf_ua_1(once: bytes, profile: str, folder: Path) -> None:
    path = folder / "chuan.pdf"
    path.write_bytes(once)
    checked = page.validate_pdf(path, profile=profile)
    assert checked.is_compliant, [failure.message for failure in checked.failures]


@pytest.mark.parametrize("profile", ["3a", "ua1"])
def test_a_copy_signed_twice_is_so_too(twice: bytes, profile: str, folder: Path) -> None:
    """This judge wants every signature to cover the whole file; of several, only the last one can (docs/decisions)."""
    path = folder / "chuan.pdf"
    path.write_bytes(twice)
    checked = page.validate_pdf(path, profile=profile)
    assert {failure.message for failure in checked.failures} <= {
        "a signature /ByteRange does not cover the complete PDF except for its signature contents"
    }


def test_signing_leaves_the_metadata_and_the_pages_as_they_were(report: bytes, twice: bytes) -> None:
    with pikepdf.open(io.BytesIO(report)) as before, pikepdf.open(io.BytesIO(twice)) as after:
        assert before.Root.Metadata.read_bytes() == after.Root.Metadata.read_bytes()
        contents = [[sheet.Contents.read_bytes() for sheet in document.pages] for document in (before, after)]
    assert contents[0] == contents[1]


def test_the_blocks_stand_where_the_decree_puts_them(twice: bytes) -> None:
    found = fields.form(twice)
    assert found.room
    assert found.fields == {"lanh-dao": True, "co-quan": True}
    with pikepdf.open(io.BytesIO(twice)) as document:
        boxes = {str(field.T): [float(side) for side in field.Rect] for field in document.Root.AcroForm.Fields}
        drawn = {str(field.T): len(field.AP.N.read_bytes()) for field in document.Root.AcroForm.Fields}
    leader, office, room = boxes["lanh-dao"], boxes["co-quan"], found.room
    assert (leader[0] + leader[2]) / 2 == pytest.approx(room.left + room.width / 2, abs=0.1)
    assert office[2] - leader[0] == pytest.approx((leader[2] - leader[0]) * COVERED, abs=0.1)
    assert office[0] < leader[0]
    assert all(room.bottom - 0.1 <= box[1] < box[3] <= room.bottom + room.height + 0.1 for box in (leader, office))
    assert leader[2] - leader[0] == pytest.approx(LEADER.width * MM, abs=0.1)
    assert min(drawn.values()) > 0


def test_each_field_has_words_for_those_who_do_not_see_it_and_a_place_in_the_structure(twice: bytes) -> None:
    with pikepdf.open(io.BytesIO(twice)) as document:
        for field in document.Root.AcroForm.Fields:
            assert "hữ ký số" in str(field.TU)
            numbers = list(document.Root.StructTreeRoot.ParentTree.Nums)
            element = numbers[[int(n) for n in numbers[::2]].index(int(field.StructParent)) * 2 + 1]
            assert element.S == "/Form"
            assert element.K.Obj.objgen == field.objgen


def test_a_bulletin_is_signed_without_a_block_and_closed_at_once(folder: Path) -> None:
    found = signed(copies.bulletin(), folder, signers.OFFICE, Signing(OFFICE, NOW))
    with pikepdf.open(io.BytesIO(found)) as document:
        (field,) = document.Root.AcroForm.Fields
        assert [float(side) for side in field.Rect] == [0, 0, 0, 0]
        assert document.Root.Perms.DocMDP.Reference[0].TransformParams.P == 1
    with pytest.raises(UsageError, match="đã ký khóa"):
        signed(found, folder, signers.LEADER, Signing(LEADER, NOW))


def test_the_first_signature_allows_exactly_one_more_and_the_last_allows_nothing(once: bytes) -> None:
    with pikepdf.open(io.BytesIO(once)) as document:
        assert document.Root.Perms.DocMDP.Reference[0].TransformParams.P == 2
        office = next(field for field in document.Root.AcroForm.Fields if field.T == "co-quan")
        assert (office.Lock.Action, office.Lock.P) == ("/All", 1)


def test_nobody_signs_twice_in_one_place(once: bytes, folder: Path) -> None:
    with pytest.raises(UsageError, match="đã có chữ ký số của người có thẩm quyền"):
        signed(once, folder, signers.LEADER, Signing(LEADER, NOW))


# --------------------------------------------------------------------------- whom to trust


def test_without_a_certificate_to_trust_trust_is_left_open_and_with_a_wrong_one_it_is_denied(
    once: bytes, folder: Path
) -> None:
    assert verified(once, folder).signatures[0].trusted is None
    other = signers.pem(folder, signers.authority("Nơi khác"))
    found = verified(once, folder, other)
    assert {problem.code for problem in found.problems} == {"S103"}
    assert found.exit_code == 1


# --------------------------------------------------------------------------- shadow attacks


@pytest.mark.parametrize(
    "attack", [copies.overlaid, copies.with_a_page, copies.with_another_attachment, copies.with_a_note]
)
@pytest.mark.parametrize("stage", ["once", "twice"])
def test_whatever_is_added_after_a_signature_is_found_and_named(
    attack: object, stage: str, once: bytes, twice: bytes, folder: Path
) -> None:
    assert callable(attack)
    found = codes(attack({"once": once, "twice": twice}[stage]), folder)
    assert {"S104", "S105"} <= found


def test_a_byte_changed_within_the_signed_part_breaks_the_signature(once: bytes, folder: Path) -> None:
    place = once.index(b"/Lang") + 6
    broken = bytearray(once)
    broken[place + 1] ^= 1
    assert "S102" in codes(bytes(broken), folder)


def test_a_signature_that_was_cut_off_leaves_a_copy_that_says_it_is_not_signed(
    twice: bytes, once: bytes, folder: Path
) -> None:
    assert twice.startswith(once)
    found = verified(twice[: len(once)], folder, signers.pem(folder))
    assert [one.role for one in found.signatures] == ["lãnh đạo"]


def test_the_office_does_not_shut_the_leader_out_unasked(report: bytes, folder: Path) -> None:
    with pytest.raises(UsageError, match=r"Lãnh đạo ký trước.*--alone"):
        signed(report, folder, signers.OFFICE, Signing(OFFICE, NOW))
    alone = signed(report, folder, signers.OFFICE, Signing(OFFICE, NOW, alone=True))
    with pytest.raises(UsageError, match="ký khóa"):
        signed(alone, folder, signers.LEADER, Signing(LEADER, NOW))


def test_what_does_not_prove_itself_is_not_signed(folder: Path) -> None:
    forged = copies.with_file("figures.json", lambda text: text.replace('"value": ', '"value": 1', 1))
    with pytest.raises(ContentError):
        signed(forged, folder, signers.LEADER, Signing(LEADER, NOW))


# --------------------------------------------------------------------------- keys


def test_a_key_that_others_can_read_is_refused(tmp_path: Path) -> None:
    path = signers.p12(tmp_path, signers.LEADER)
    path.chmod(0o640)
    with pytest.raises(UnusableKeyError, match="chmod 600"):
        keys.guarded(path)


def test_a_key_in_a_workspace_is_refused(workspace: Workspace) -> None:
    path = signers.p12(workspace.root / "content", signers.LEADER)
    with pytest.raises(UnusableKeyError, match="nằm trong kho"):
        keys.guarded(path)


def test_a_key_behind_a_link_is_refused(tmp_path: Path) -> None:
    (tmp_path / "noi.p12").symlink_to(signers.p12(tmp_path, signers.LEADER))
    with pytest.raises(UsageError, match="Không mở được khóa"):
        keys.guarded(tmp_path / "noi.p12")


def test_a_wrong_passphrase_is_said_to_be_wrong_and_is_not_repeated(tmp_path: Path) -> None:
    with pytest.raises(UnusableKeyError, match="sai mật khẩu") as caught:
        keys.from_file(signers.p12(tmp_path, signers.LEADER), "đoán mò")
    assert "đoán mò" not in str(caught.value)


@pytest.fixture
def session() -> Iterator[object]:
    with keys.from_token(signers.SOFTHSM, signers.token(), "lanh-dao", signers.PIN) as found:
        yield found


def test_a_token_signs_without_giving_its_key_away(report: bytes, session: object, folder: Path) -> None:
    made, found = signer.sign(report, session, Signing(LEADER, NOW, alone=True), [signers.pem(folder)])
    assert found.signatures[0].signer.startswith(signers.LEADER)
    assert found.signatures[0].trusted
    with pikepdf.open(io.BytesIO(made)) as document:
        assert document.Root.Perms.DocMDP.Reference[0].TransformParams.P == 1


def test_a_wrong_pin_is_said_to_be_wrong() -> None:
    signers.token()
    with (
        pytest.raises(UnusableKeyError, match="sai mã PIN"),
        keys.from_token(signers.SOFTHSM, "thu", "lanh-dao", "0000"),
    ):
        pass


def test_a_certificate_that_a_token_has_not_is_said_to_be_missing() -> None:
    signers.token()
    with (
        pytest.raises(UnusableKeyError, match="không có chứng thư tên “khac”"),
        keys.from_token(signers.SOFTHSM, "thu", "khac", signers.PIN),
    ):
        pass


@pytest.mark.parametrize(
    ("end", "days", "said"),
    [("after", 1, "đã hết hạn"), ("before", -1, "chưa có hiệu lực"), ("before", 1, ""), ("after", -1, "")],
)
def test_a_certificate_signs_only_while_it_is_valid(tmp_path: Path, end: str, days: int, said: str) -> None:
    key = keys.from_file(signers.p12(tmp_path, signers.LEADER), signers.PASSPHRASE)
    now = getattr(signers.identity(signers.LEADER).certificate, f"not_valid_{end}_utc") + timedelta(days=days)
    with pytest.raises(UnusableKeyError, match=said) if said else contextlib.nullcontext():
        keys.refuse_other_times(key, now)


def test_the_command_refuses_a_certificate_that_has_ended(report: bytes, tmp_path: Path) -> None:
    (tmp_path / "bao-cao.pdf").write_bytes(report)
    key = signers.p12(tmp_path, signers.LEADER)
    late = str(int(signers.identity(signers.LEADER).certificate.not_valid_after_utc.timestamp()) + 86_400)
    environment = {"CHUNGTAY_KEY_PASSPHRASE": signers.PASSPHRASE, "SOURCE_DATE_EPOCH": late}
    result = chungtay("sign", "bao-cao.pdf", "--p12", key.name, cwd=tmp_path, **environment)
    assert (result.returncode, "đã hết hạn" in result.stderr) == (1, True)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["bao-cao.pdf", key.name]


# --------------------------------------------------------------------------- the command


def test_the_command_signs_beside_the_file_and_says_what_it_made(report: bytes, tmp_path: Path) -> None:
    (tmp_path / "bao-cao.pdf").write_bytes(report)
    key = signers.p12(tmp_path, signers.LEADER)
    secret = {"CHUNGTAY_KEY_PASSPHRASE": signers.PASSPHRASE}
    arguments = ("bao-cao.pdf", "--p12", key.name, "--trust", signers.pem(tmp_path).name)
    result = chungtay("sign", *arguments, cwd=tmp_path, **secret)
    assert result.returncode == 0, result.stderr
    assert result.stdout == "bao-cao-da-ky.pdf\n"
    assert f"Chữ ký số (lãnh đạo): {signers.LEADER}" in result.stderr
    assert signers.PASSPHRASE not in result.stdout + result.stderr
    assert (tmp_path / "bao-cao.pdf").read_bytes() == report
    again = chungtay("verify", "bao-cao-da-ky.pdf", "--format", "json", cwd=tmp_path)
    assert json.loads(again.stdout)["signatures"][0]["intact"] is True


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("khong-co.pdf", "--p12", "khoa.p12"), "Không có tệp"),
        (("a.pdf",), "Hãy nêu một khóa"),
        (("a.pdf", "--pkcs11", "lib.so"), "cần cả --token TÊN và --cert TÊN"),
        (("a.pdf", "--p12", "khong-co.p12"), "Không mở được khóa"),
        (("a.pdf", "--p12", "khoa.p12", "--image", "a.pdf"), "không phải ảnh PNG"),
    ],
)
def test_a_wrong_call_says_what_is_missing(arguments: tuple[str, ...], said: str, tmp_path: Path) -> None:
    (tmp_path / "a.pdf").write_bytes(copies.bulletin())
    signers.p12(tmp_path, signers.LEADER)
    result = chungtay("sign", *arguments, cwd=tmp_path, CHUNGTAY_KEY_PASSPHRASE="x")
    assert result.returncode == 2
    assert said in result.stderr


def test_without_the_extra_the_command_says_how_to_install_it(tmp_path: Path) -> None:
    (tmp_path / "a.pdf").write_bytes(b"")
    hide = "import sys; sys.modules['pyhanko'] = None; from chungtay_reports.cli import main; main()"
    run = [sys.executable, "-c", hide, "sign", "a.pdf", "--p12", "k.p12"]
    result = subprocess.run(run, cwd=tmp_path, capture_output=True, text=True, check=False)
    assert result.returncode == 3
    assert "pip install 'chungtay-reports[sign]'" in result.stderr


@pytest.mark.parametrize("secret", [b"m\xe3t kh\xefu\n", None])
def test_a_passphrase_that_cannot_be_read_is_said_in_words_and_not_repeated(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], secret: bytes | None
) -> None:
    for name in ("x.pdf", "khoa.p12"):
        (tmp_path / name).write_bytes(b"x")
        (tmp_path / name).chmod(0o600)
    descriptor = -1
    if secret is not None:
        descriptor, ours = os.pipe()
        os.write(ours, secret)
        os.close(ours)
    asked = ("sign", "x.pdf", "--p12", "khoa.p12", f"--passphrase-fd={descriptor}")
    code, _, err = run(capsys, "-C", str(tmp_path), *asked)
    assert code == 2
    assert f"Không đọc được mật khẩu từ --passphrase-fd {descriptor}." in err
