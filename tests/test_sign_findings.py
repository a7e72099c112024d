"""What is said of signatures that cannot be checked, that are rubbish, and that certify nothing."""

from __future__ import annotations

import io
import re
import sys
from pathlib import Path

import pikepdf
import pytest
import signers
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.sign import PdfSignatureMetadata, sign_pdf
from pyhanko.sign.signers import SimpleSigner

from chungtay_reports.archive.signing.validation import validated
from chungtay_reports.errors import Place

PLACE = Place("ban-tin.pdf")


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


def test_a_signature_that_is_rubbish_is_said_to_be_unreadable(approved: bytes) -> None:
    rubbish = re.sub(
        rb"/Contents <[0-9a-f]+", lambda found: found.group()[:10] + b"f" * (len(found.group()) - 10), approved
    )
    assert rubbish != approved
    assert codes(rubbish) == ["S106"]
