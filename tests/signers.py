"""Keys and certificates that tests make for themselves: an authority, two signers, PKCS#12 files and a SoftHSM2 token."""

from __future__ import annotations

import datetime as dt
import os
import subprocess
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from tempfile import mkdtemp

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.serialization import pkcs12
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

PASSPHRASE = "chỉ để thử"
PIN = "1234"
SOFTHSM = Path("/usr/lib/softhsm/libsofthsm2.so")
LEADER, OFFICE = "Nguyễn Thị Minh Họa", "Phòng Giáo dục và Đào tạo quận Cầu Giấy"

SINCE = dt.datetime(2026, 11, 1, tzinfo=dt.UTC)  # the days on which tests sign lie after it, whenever they run
STAMPER = "Nơi cấp dấu thời gian thử"


@dataclass(frozen=True)
class Identity:
    key: rsa.RSAPrivateKey
    certificate: x509.Certificate


@cache
def authority(name: str = "Nơi cấp chứng thư thử") -> Identity:
    return _issued(name, None)


@cache
def stamper() -> Identity:
    """Issue the certificate of one that attests times."""
    return _issued(STAMPER, authority(), x509.ExtendedKeyUsage([ExtendedKeyUsageOID.TIME_STAMPING]))


@cache
def identity(name: str) -> Identity:
    return _issued(name, authority())


@cache
def identity_of_days(since: dt.datetime, until: dt.datetime) -> Identity:
    """Issue a certificate that is valid between two moments, to a leader."""
    return _issued(LEADER, authority(), days=(since, until))


def _issued(
    name: str,
    issuer: Identity | None,
    purpose: x509.ExtendedKeyUsage | None = None,
    days: tuple[dt.datetime, dt.datetime] | None = None,
) -> Identity:
    key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    subject = x509.Name(
        [x509.NameAttribute(NameOID.COMMON_NAME, name), x509.NameAttribute(NameOID.ORGANIZATION_NAME, "Cơ quan thử")]
    )
    since, until = days or (SINCE, dt.datetime.now(dt.UTC) + dt.timedelta(days=365))
    usage = x509.KeyUsage(
        digital_signature=True, content_commitment=True, key_cert_sign=issuer is None, crl_sign=issuer is None,
        key_encipherment=False, data_encipherment=False, key_agreement=False, encipher_only=False, decipher_only=False,
    )  # fmt: skip
    draft = (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(issuer.certificate.subject if issuer else subject)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(since)
        .not_valid_after(until)
        .add_extension(x509.BasicConstraints(ca=issuer is None, path_length=None), critical=True)
        .add_extension(usage, critical=True)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
    )
    if purpose:
        draft = draft.add_extension(purpose, critical=True)
    return Identity(key, draft.sign(issuer.key if issuer else key, hashes.SHA256()))


def p12(folder: Path, name: str, found: Identity | None = None) -> Path:
    """Write a PKCS#12 file as its owner would keep it."""
    found = found or identity(name)
    encryption = serialization.BestAvailableEncryption(PASSPHRASE.encode())
    path = folder / "khoa.p12"
    path.unlink(missing_ok=True)
    data = pkcs12.serialize_key_and_certificates(
        name.encode(), found.key, found.certificate, [authority().certificate], encryption
    )
    path.write_bytes(data)
    path.chmod(0o600)
    return path


def pem(folder: Path, found: Identity | None = None) -> Path:
    path = folder / "noi-cap.pem"
    path.write_bytes((found or authority()).certificate.public_bytes(serialization.Encoding.PEM))
    return path


@cache
def token() -> str:
    """Set up a SoftHSM2 token with the leader's key; its configuration is in the environment. Returns its label."""
    folder = Path(mkdtemp(prefix="softhsm-"))
    (folder / "tokens").mkdir()
    (folder / "softhsm2.conf").write_text(f"directories.tokendir = {folder / 'tokens'}\nobjectstore.backend = file\n")
    os.environ["SOFTHSM2_CONF"] = str(folder / "softhsm2.conf")
    found = identity(LEADER)
    key = found.key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    (folder / "khoa.pem").write_bytes(key)
    run = ["softhsm2-util", "--init-token", "--free", "--label", "thu", "--so-pin", PIN, "--pin", PIN]
    subprocess.run(run, check=True, capture_output=True)
    load = ["--import", str(folder / "khoa.pem"), "--token", "thu", "--label", "lanh-dao", "--id", "01", "--pin", PIN]
    subprocess.run(["softhsm2-util", *load], check=True, capture_output=True)
    (folder / "khoa.pem").unlink()
    _store_certificate(found.certificate)
    return "thu"


def _store_certificate(certificate: x509.Certificate) -> None:
    import pkcs11  # noqa: PLC0415
    from pkcs11.util.x509 import decode_x509_certificate  # noqa: PLC0415

    der = certificate.public_bytes(serialization.Encoding.DER)
    with pkcs11.lib(str(SOFTHSM)).get_token(token_label="thu").open(rw=True, user_pin=PIN) as session:
        attributes = decode_x509_certificate(der)
        attributes |= {pkcs11.Attribute.TOKEN: True, pkcs11.Attribute.LABEL: "lanh-dao", pkcs11.Attribute.ID: b"\x01"}
        session.create_object(attributes)
