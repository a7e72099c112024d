"""The commands of the archive: what it holds, whether it is whole, and lists of digests to keep elsewhere."""

from __future__ import annotations

import json
import shutil
import subprocess
from datetime import UTC, datetime
from pathlib import Path

import pikepdf
import pytest
from archives import BULLETIN, REPORT, SECOND, add, small_archive
from commands import run
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, pkcs12
from cryptography.x509.oid import NameOID
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.sign import PdfSignatureMetadata, SimpleSigner, sign_pdf
from pyhanko.sign.fields import MDPPerm

from chungtay_reports.archive.ocfl import Store


@pytest.fixture
def root(shelf: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A workspace's archive, with the command run in the workspace."""
    (shelf / "chungtay.yaml").write_text("")
    monkeypatch.chdir(shelf)
    return small_archive(shelf / "archive").root


def test_a_whole_archive_ends_with_0_and_is_said_to_be_whole(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    del root
    assert run(capsys, "archive", "verify") == (0, "", "Đã đọc 2 ấn phẩm, 6 tệp nội dung: kho lưu trữ nguyên vẹn.\n")


def test_damage_ends_with_1_and_a_line_with_file_code_and_object(
    root: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = Store(root).place(REPORT) / "v1/content/bao-cao.pdf"
    file.write_bytes(b"?")
    code, out, err = run(capsys, "archive", "verify")
    assert (code, err) == (1, "Đã đọc 2 ấn phẩm, 6 tệp nội dung: 1 lỗi.\n")
    assert out == (
        f"{file.relative_to(root)}: lỗi E092: {REPORT}: Tệp thiếu hoặc không khớp mã kiểm tra: nội dung đã bị thay đổi.\n"
    )
    code, out, _ = run(capsys, "archive", "verify", "archive", "--format", "json")
    (finding,) = json.loads(out)["findings"]
    assert (code, finding["object"], finding["file"], finding["code"]) == (
        1,
        REPORT,
        file.relative_to(root).as_posix(),
        "E092",
    )


def test_any_folder_is_checked_also_outside_a_workspace(
    root: Path, capsys: pytest.CaptureFixture[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    assert run(capsys, "archive", "verify", root)[0] == 0
    assert run(capsys, "archive", "verify", Store(root).place(BULLETIN))[0] == 0
    assert "không có kho" not in run(capsys, "-C", root.parent, "archive", "verify", "archive")[2]


def test_the_list_of_digests_is_read_by_sha512sum(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(capsys, "archive", "verify", "--digests", "kept.sha512")[0] == 0
    kept = root.parent / "kept.sha512"
    result = subprocess.run(["sha512sum", "-c", "--strict", kept], cwd=root, capture_output=True, check=False)
    assert (result.returncode, result.stdout.count(b"OK")) == (0, 2)


def test_a_list_kept_elsewhere_finds_what_was_set_back_but_allows_growth(
    root: Path, capsys: pytest.CaptureFixture[str], shelf: Path
) -> None:
    shutil.copytree(root, shelf / "old")
    run(capsys, "archive", "verify", "--digests", "kept.sha512")
    add(Store(root), {**SECOND, "ba.txt": b"3"}, day=60)
    assert run(capsys, "archive", "verify", "--against", "kept.sha512")[0] == 0
    run(capsys, "archive", "verify", "--digests", "kept.sha512")
    code, out, _ = run(capsys, "archive", "verify", "old", "--against", "kept.sha512")
    assert (code, out.count("A111")) == (1, 1), "the old copy is valid in itself, but it is not what was kept"
    shutil.rmtree(Store(root).place(REPORT))
    assert "không còn trong kho" in run(capsys, "archive", "verify", "--against", "kept.sha512")[1]


@pytest.mark.parametrize("damage", ["link", "large"])
def test_a_list_kept_elsewhere_does_not_hide_what_else_is_found(
    root: Path, capsys: pytest.CaptureFixture[str], damage: str
) -> None:
    run(capsys, "archive", "verify", "--digests", "kept.sha512")
    file = Store(root).place(REPORT) / "inventory.json"
    file.rename(root.parent / "elsewhere")
    if damage == "link":
        file.symlink_to(root.parent / "elsewhere")
    else:
        with file.open("wb") as holes:
            holes.truncate(50_000_001)
    code, out, err = run(capsys, "archive", "verify", "--against", "kept.sha512")
    assert (code, "A104" in out, out.count("A111")) == (1, True, 1)
    assert "Không đọc được" not in err


def test_a_part_is_checked_and_said_to_be_a_part(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    del root
    read = [run(capsys, "archive", "verify", "--sample", f"{part}/3")[2] for part in (1, 2, 3)]
    assert sum(int(line.split()[2]) for line in read) == 2
    assert "trong 2 ấn phẩm" in read[0]
    assert all("kho lưu trữ nguyên vẹn" not in line for line in read), "nobody has read the rest"
    assert "phần đã đọc nguyên vẹn" in "".join(read)
    none = run(capsys, "archive", "verify", "--since", "2030-01-01")[2]
    assert none == "Đã đọc 0 trong 2 ấn phẩm, 0 tệp nội dung: phần này không có ấn phẩm nào.\n"


def test_the_list_shows_objects_versions_and_reasons(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    del root
    code, out, err = run(capsys, "archive", "list")
    assert (code, err) == (0, "2 ấn phẩm.\n")
    assert f"{BULLETIN}\n  v1  01/06/2024 12:00  Công bố · Sở Giáo dục và Đào tạo Hà Nội\n  v2" in out
    listed = json.loads(run(capsys, "archive", "list", "--format", "json")[1])["objects"]
    assert [(each["id"], len(each["versions"])) for each in listed] == [(BULLETIN, 2), (REPORT, 1)]


def test_an_object_with_a_damaged_record_is_listed_by_its_id(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    store = Store(root)
    add(store, {"an-pham.json": b"{}"}, "urn:x")
    assert run(capsys, "archive", "list")[1].startswith("urn:chungtay:")
    (store.place("urn:x") / "v1" / "content" / "an-pham.json").write_bytes(b"[]")
    code, out, _ = run(capsys, "archive", "list")
    assert (code, "urn:x\n  v1  " in out) == (0, True)


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (("verify", "--sample", "3/2"), "viết như 2/12"),
        (("verify", "--sample", "x"), "viết như 2/12"),
        (("verify", "--since", "hôm qua"), "không đúng dạng ngày"),
        (("verify", "nowhere"), "Không có thư mục"),
        (("verify", "--digests", "archive/list"), "phải cất ở ngoài kho"),
        (("verify", "--against", "nothing"), "Không đọc được danh sách mã kiểm tra nothing: không có tệp này"),
        (("verify", "--against", "chungtay.yaml"), "archive verify --digests"),
        (("verify", "--digests", "list", "--sample", "1/2"), "Chỉ lập danh sách mã kiểm tra khi đọc cả kho"),
        (("verify", "--trust", "nothing.pem"), "nothing.pem"),
        (("verify", "--trust", "chungtay.yaml"), "không phải chứng thư số"),
        (("export", "out"), "Thiếu tùy chọn “--to”"),
        (("export", "--to", "bagit", "out", "khong-co"), "không có ấn phẩm “khong-co”"),
        (("export", "--to", "bagit", "archive/out"), "phải ghi ở ngoài kho"),
        (("list", "."), "không phải kho lưu trữ"),
    ],
)
@pytest.mark.usefixtures("root")
def test_a_wrong_command_is_answered_in_vietnamese(
    capsys: pytest.CaptureFixture[str], arguments: tuple[str, ...], says: str
) -> None:
    code, _, err = run(capsys, "archive", *arguments)
    assert code == (1 if arguments == ("list", ".") else 2)
    assert "Đã đọc" not in err, "what is wrong with a command is said before an archive is read"
    assert says in " ".join(err.split())


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("verify", "không-có"), "Không có thư mục không-có."),
        (
            ("export", "--to", "bagit", "--version", "9", "tui", BULLETIN),
            f"{BULLETIN} không có phiên bản v9; mới nhất là v2.",
        ),
    ],
)
def test_what_is_not_there_is_a_wrong_call(
    root: Path, capsys: pytest.CaptureFixture[str], arguments: tuple[str, ...], said: str
) -> None:
    del root
    code, _, err = run(capsys, "archive", *arguments)
    assert (code, said in err) == (2, True), err


def test_a_workspace_without_an_archive_says_so(shelf: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (shelf / "chungtay.yaml").write_text("")
    code, _, err = run(capsys, "-C", shelf, "archive", "verify")
    assert (code, "chưa công bố ấn phẩm nào" in err) == (2, True)


def signed_pdf(root: Path) -> tuple[bytes, Path]:
    """A PDF with a signature, and the certificate of the authority that vouches for the signer."""
    key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "Văn thư Sở GD&ĐT")])
    certificate = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(7)
        .not_valid_before(datetime(2020, 1, 1, tzinfo=UTC))
        .not_valid_after(datetime(2060, 1, 1, tzinfo=UTC))
        .add_extension(x509.KeyUsage(*[True, True, *[False] * 3, True, False, False, False]), critical=True)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    sealed = pkcs12.serialize_key_and_certificates(b"x", key, certificate, None, NoEncryption())
    (root / "key.p12").write_bytes(sealed)
    (root / "ca.pem").write_bytes(certificate.public_bytes(Encoding.PEM))
    with pikepdf.new() as pdf:
        pdf.add_blank_page()
        pdf.save(root / "plain.pdf")
    signer = SimpleSigner.load_pkcs12(root / "key.p12")
    meta = PdfSignatureMetadata(field_name="co-quan", certify=True, docmdp_permissions=MDPPerm.NO_CHANGES)
    with (root / "plain.pdf").open("rb") as file:
        out = sign_pdf(IncrementalPdfFileWriter(file), meta, signer=signer)
    return out.getvalue(), root / "ca.pem"


def test_signatures_in_archived_pdfs_are_checked_too(
    root: Path, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    data, authority = signed_pdf(tmp_path)
    broken = data.replace(b"/MediaBox", b"/MediaBow", 1)
    assert broken != data
    store = Store(root)
    add(store, {"tốt.pdf": data}, "urn:a")
    assert run(capsys, "archive", "verify", "--trust", authority) == (
        0, "", "Đã đọc 3 ấn phẩm, 7 tệp nội dung: kho lưu trữ nguyên vẹn.\n"
    )  # fmt: skip
    add(store, {"hỏng.pdf": broken}, "urn:b")
    code, out, _ = run(capsys, "archive", "verify", "--trust", authority)
    assert code == 1
    assert "urn%3ab/v1/content/hỏng.pdf: lỗi A113: urn:b: Chữ ký số trong tệp PDF không còn được công nhận" in out


@pytest.mark.parametrize("code", ["A104", "E092", "w010"])
def test_a_code_of_the_archive_is_explained(capsys: pytest.CaptureFixture[str], code: str) -> None:
    ended, out, err = run(capsys, "explain", code)
    assert (ended, err) == (0, "")
    assert out.startswith(f"{code.upper()} · Kho lưu trữ\n\nNghĩa   ")
    assert "bản sao lưu" in out
    assert "Sai" not in out
