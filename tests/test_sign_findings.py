"""What is said of signatures that cannot be checked, that are rubbish, and that certify nothing."""

from __future__ import annotations

import io
import re
import sys
from datetime import datetime, timedelta
from pathlib import Path

import copies
import pikepdf
import pytest
import signers
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.sign import PdfSignatureMetadata, sign_pdf
from pyhanko.sign.signers import PdfSigner, SimpleSigner

from chungtay_reports.archive import proof
from chungtay_reports.archive.signing import keys, signer
from chungtay_reports.archive.signing.fields import LEADER
from chungtay_reports.archive.signing.signer import Signing
from chungtay_reports.archive.signing.validation import validated
from chungtay_reports.errors import ContentError, Place
from chungtay_reports.model import HANOI

PLACE = Place("ban-tin.pdf")
BEGIN, HOUR = datetime(2026, 11, 2, 7, tzinfo=HANOI), timedelta(hours=1)
END = BEGIN + 24 * HOUR


@pytest.fixture(scope="module")
def approved(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """An empty page with a plain signature, as any program may put it there: it approves, it certifies nothing."""
    page, folder = io.BytesIO(), tmp_path_factory.mktemp("ky")
    with pikepdf.new() as document:
        document.add_blank_page()
        document.save(page)
    key = SimpleSigner.load_pkcs12(str(signers.p12(folder, signers.LEADER)), passphrase=signers.PASSPHRASE.encode())
    signed: bytes = sign_pdf(IncrementalPdfFileWriter(page), PdfSignatureMetadata("Ky1"), signer=key).getvalue()
    return signed


def codes(pdf: bytes, trust: tuple[str, ...] = ()) -> list[str]:
    return [problem.code for problem in validated(pdf, PLACE, trust)[1]]


def test_a_signature_that_certifies_nothing_is_warned_of(approved: bytes, tmp_path: Path) -> None:
    assert codes(approved, (str(signers.pem(tmp_path)),)) == ["S107"]


def test_without_what_checks_signatures_it_is_said_what_to_install(
    approved: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "pyhanko.pdf_utils.reader", None)
    signatures, (problem,) = validated(approved, PLACE, ())
    assert signatures == ()
    assert problem.code == "S101"
    assert "chungtay-reports[sign]" in problem.message


# --------------------------------------------------------------------------- the days of a certificate


def by_certificate_of(since: datetime, until: datetime, moment: datetime, folder: Path) -> bytes:
    found = signers.identity_of_days(since, until)
    key = keys.from_file(signers.p12(folder, signers.LEADER, found), signers.PASSPHRASE)
    return signer.sign(copies.bulletin(), key, Signing(LEADER, moment), [signers.pem(folder)])[0]


def test_a_copy_outlives_the_certificate_that_it_was_signed_with(tmp_path: Path) -> None:
    """An archive is read for decades, a certificate lasts some years: what counts is the day of the signing."""
    path = tmp_path / "ban-tin.pdf"
    path.write_bytes(by_certificate_of(BEGIN, END, BEGIN + HOUR, tmp_path))
    report = proof.verify(path, trust=[signers.pem(tmp_path)])
    (found,) = report.signatures
    assert (found.trusted, found.in_days, report.problems) == (True, True, ())
    (told,) = [line for line in proof.sentences(report) if line.startswith("Chữ ký số")]
    assert "2/11/2026 08:00:00 (giờ Việt Nam), theo đồng hồ của người ký; nguyên vẹn" in told
    assert "có hiệu lực từ 2/11/2026 đến 3/11/2026" in told


@pytest.mark.parametrize("moment", ["before", "after"])
def test_a_signature_outside_the_days_of_its_certificate_is_told_without_knowing_the_authority(
    moment: str, tmp_path: Path
) -> None:
    when = BEGIN - HOUR if moment == "before" else END + HOUR
    with pytest.raises(ContentError) as error:
        by_certificate_of(BEGIN, END, when, tmp_path)
    assert [problem.code for problem in error.value.problems] == ["S110"]
    found, problems = validated(dated(BEGIN, END, when, tmp_path), PLACE, ())
    assert (found[0].trusted, found[0].in_days) == (None, False)
    assert {problem.code for problem in problems} == {"S110", "S107"}
    assert "chỉ có hiệu lực từ 2/11/2026 đến 3/11/2026, mà chữ ký đề" in problems[0].message


def dated(since: datetime, until: datetime, moment: datetime, folder: Path) -> bytes:
    """Sign an empty page at a moment, as a program would that does not look at the days."""
    page = io.BytesIO()
    with pikepdf.new() as document:
        document.add_blank_page()
        document.save(page)
    key = keys.from_file(
        signers.p12(folder, signers.LEADER, signers.identity_of_days(since, until)), signers.PASSPHRASE
    )
    maker = PdfSigner(PdfSignatureMetadata("Ky1"), key)
    session_of = maker.init_signing_session

    def then(*given: object, **named: object) -> object:
        session = session_of(*given, **named)  # type: ignore[arg-type]
        session.system_time = moment
        return session

    maker.init_signing_session = then  # type: ignore[method-assign]
    signed: bytes = maker.sign_pdf(IncrementalPdfFileWriter(page)).getvalue()
    return signed


def test_a_signature_that_is_rubbish_is_said_to_be_unreadable(approved: bytes) -> None:
    rubbish = re.sub(
        rb"/Contents <[0-9a-f]+", lambda found: found.group()[:10] + b"f" * (len(found.group()) - 10), approved
    )
    assert rubbish != approved
    assert codes(rubbish) == ["S106"]
