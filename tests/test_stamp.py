"""A timestamp authority on loopback: a good one is named, a dead, slow or lying one is told in Vietnamese and nothing is written."""

from __future__ import annotations

import asyncio
import threading
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
import signers
from asn1crypto import keys as asn1_keys
from asn1crypto import tsp
from asn1crypto import x509 as asn1_x509
from builds import chungtay
from conftest import Workspace
from cryptography.hazmat.primitives import serialization
from presses import NOON, SLUG, approve, set_up
from pyhanko.sign.timestamps.dummy_client import DummyTimeStamper

from chungtay_reports import pipeline
from chungtay_reports.archive import proof
from chungtay_reports.archive.signing import keys, signer, stamping
from chungtay_reports.archive.signing.fields import OFFICE
from chungtay_reports.archive.signing.stamping import StampingError, stamper
from chungtay_reports.errors import ContentError, ReportsError, UsageError

Answer = Callable[[tsp.TimeStampReq], bytes]
STAMPED = datetime(2026, 11, 22, 5, 0, 7, tzinfo=UTC)
REPLY = "application/timestamp-reply"


def _dummy(found: signers.Identity) -> DummyTimeStamper:
    key = found.key.private_bytes(
        serialization.Encoding.DER, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    certificate = asn1_x509.Certificate.load(found.certificate.public_bytes(serialization.Encoding.DER))
    return DummyTimeStamper(certificate, asn1_keys.PrivateKeyInfo.load(key))


def honest(found: signers.Identity) -> Answer:
    return lambda request: _dummy(found).request_tsa_response(request).dump()


def wrong_nonce(request: tsp.TimeStampReq) -> bytes:
    request["nonce"] = request["nonce"].native + 1
    return honest(signers.stamper())(tsp.TimeStampReq.load(request.dump()))


def wrong_digest(request: tsp.TimeStampReq) -> bytes:
    request["message_imprint"]["hashed_message"] = b"0" * 32
    return honest(signers.stamper())(tsp.TimeStampReq.load(request.dump(force=True)))


def refused(request: tsp.TimeStampReq) -> bytes:
    del request
    status = tsp.PKIStatusInfo({"status": "rejection", "status_string": ["Hết hạn mức"]}).dump()
    return bytes([0x30, len(status)]) + status  # RFC 3161 leaves the token out, asn1crypto cannot write that


def rubbish(request: tsp.TimeStampReq) -> bytes:
    del request
    return b"0\x03abc"


def endless(request: tsp.TimeStampReq) -> bytes:
    del request
    return b"0" * (stamping.LARGEST + 1)


class Authority(ThreadingHTTPServer):
    """An authority whose answers a test chooses."""

    answer: Answer
    status = 200
    kind = REPLY
    drip = 0.0  # seconds between bytes

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.server_port}/"


class _Desk(BaseHTTPRequestHandler):
    server: Authority

    def do_POST(self) -> None:
        request = tsp.TimeStampReq.load(self.rfile.read(int(self.headers["Content-Length"])))
        body = self.server.answer(request)
        self.send_response(self.server.status)
        self.send_header("Content-Type", self.server.kind)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        try:
            for start in range(0, len(body), 1 if self.server.drip else len(body)):
                self.wfile.write(body[start : start + 1] if self.server.drip else body)
                time.sleep(self.server.drip)
        except ConnectionError:
            pass  # whoever asked has given up

    def log_message(self, *said: object) -> None:
        """Say nothing."""


@pytest.fixture
def authority() -> Iterator[Authority]:
    server = Authority(("127.0.0.1", 0), _Desk)
    server.answer = honest(signers.stamper())
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
    thread.start()
    yield server
    server.shutdown()
    server.server_close()
    thread.join()


@pytest.fixture(scope="module")
def printed(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    import shutil  # noqa: PLC0415

    from conftest import VALID  # noqa: PLC0415

    desk = Workspace(tmp_path_factory.mktemp("dau") / "kho")
    shutil.copytree(VALID, desk.root)
    approve(set_up(desk, "pdf"))
    pipeline.build(desk.root, pipeline.Request((SLUG,), formats=("pdf",), final=True), NOON.date())
    return (desk.root / "build" / SLUG / f"{SLUG}.pdf").read_bytes()


def sign(printed: bytes, address: str, folder: Path, *trust: Path) -> proof.Report:
    key = keys.from_file(signers.p12(folder, signers.OFFICE), signers.PASSPHRASE)
    return signer.sign(printed, key, signer.Signing(OFFICE, NOON, stamp=address), trust)[1]


def asked(address: str, seconds: float = 5) -> str:
    """Ask for a timestamp that will not come; return what the user is told."""
    with pytest.raises(StampingError) as error:
        asyncio.run(stamper(address, seconds).async_timestamp(b"1" * 32, "sha256"))
    return str(error.value)


# --------------------------------------------------------------------------- a good one


def test_the_time_is_the_authoritys_and_it_is_named(printed: bytes, authority: Authority, tmp_path: Path) -> None:
    report = sign(printed, authority.address, tmp_path, signers.pem(tmp_path))
    (found,) = report.signatures
    assert (found.stamped, found.trusted) == (True, True)
    assert found.stamper == f"{signers.STAMPER}, Cơ quan thử"
    (told,) = [line for line in proof.sentences(report) if line.startswith("Chữ ký số")]
    assert f"giờ do {signers.STAMPER}, Cơ quan thử chứng thực" in told


def test_an_authority_that_nobody_trusts_makes_the_signing_fail(
    printed: bytes, authority: Authority, tmp_path: Path
) -> None:
    authority.answer = honest(signers.authority("Nơi cấp lạ"))
    with pytest.raises(ContentError) as error:
        sign(printed, authority.address, tmp_path, signers.pem(tmp_path))
    (problem,) = error.value.problems
    assert problem.code == "S109"
    assert "Nơi cấp lạ, Cơ quan thử không phải nơi cấp dấu thời gian được tin cậy" in problem.message


def test_a_certificate_that_is_for_signing_letters_stamps_no_time(
    printed: bytes, authority: Authority, tmp_path: Path
) -> None:
    authority.answer = honest(signers.identity(signers.LEADER))
    with pytest.raises(ContentError) as error:
        sign(printed, authority.address, tmp_path, signers.pem(tmp_path))
    assert [problem.code for problem in error.value.problems] == ["S109"]


# --------------------------------------------------------------------------- a bad one


@pytest.mark.parametrize(
    ("answer", "told"),
    [
        (wrong_nonce, "không phải cho lần hỏi này"),
        (wrong_digest, "không phải cho lần hỏi này"),
        (refused, "không cấp: Hết hạn mức"),
        (rubbish, "Không đọc được trả lời"),
        (endless, "dài quá mức"),
    ],
)
def test_an_answer_that_is_none_to_the_question_is_refused(authority: Authority, answer: Answer, told: str) -> None:
    authority.answer = answer
    assert told in asked(authority.address)


def test_a_web_page_is_no_timestamp(authority: Authority) -> None:
    authority.kind = "text/html"
    assert "trả lời không phải như một nơi cấp dấu thời gian" in asked(authority.address)
    for status in (503, 302):
        authority.status = status
        assert f"từ chối, mã HTTP {status}" in asked(authority.address)


def test_an_authority_that_drips_is_given_up_in_time(authority: Authority) -> None:
    authority.drip = 0.05
    assert "không trả lời xong trong 0.3 giây" in asked(authority.address, 0.3).replace(",", ".")


@pytest.mark.parametrize("address", ["tsa.vn", "ftp://tsa.vn/", "file:///etc/passwd", "http://", "http://[::1"])
def test_what_is_no_address_of_a_web_server_is_refused(address: str) -> None:
    with pytest.raises(UsageError, match="không phải địa chỉ nơi cấp dấu thời gian"):
        stamper(address)


def test_the_command_says_that_nobody_answers_and_writes_no_file(printed: bytes, tmp_path: Path) -> None:
    (tmp_path / "ban-tin.pdf").write_bytes(printed)
    key = signers.p12(tmp_path, signers.OFFICE)
    ran = chungtay(
        *("sign", "ban-tin.pdf", "--p12", str(key), "--role", "co-quan", "--tsa", "http://127.0.0.1:9/"),
        cwd=tmp_path,
        CHUNGTAY_KEY_PASSPHRASE=signers.PASSPHRASE,
    )
    assert ran.returncode == 1
    assert "Không nối được với nơi cấp dấu thời gian 127.0.0.1:9" in ran.stderr
    assert sorted(path.name for path in tmp_path.iterdir()) == ["ban-tin.pdf", "khoa.p12"]
    assert issubclass(StampingError, ReportsError)
