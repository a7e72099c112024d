"""BagIt 1.0 (RFC 8493): the files of a version under data/, with sha256 and sha512 manifests that sha256sum can check."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping

from chungtay_reports.archive.handover.package import Package

_DECLARATION = b"BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n"
_ALGORITHMS = ("sha256", "sha512")


def bag(package: Package) -> dict[str, bytes]:
    """Lay a package out as a bag: path → bytes."""
    payload = {f"data/{file.path}": file.data for file in package.files}
    tags = {"bagit.txt": _DECLARATION, "bag-info.txt": _info(package, payload)}
    tags |= {f"manifest-{name}.txt": _manifest(payload, name) for name in _ALGORITHMS}
    return {**payload, **tags, **{f"tagmanifest-{name}.txt": _manifest(tags, name) for name in _ALGORITHMS}}


def _manifest(files: Mapping[str, bytes], algorithm: str) -> bytes:
    lines = (f"{hashlib.new(algorithm, data).hexdigest()}  {_encoded(path)}\n" for path, data in sorted(files.items()))
    return "".join(lines).encode()


def _encoded(path: str) -> str:
    return path.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _info(package: Package, payload: Mapping[str, bytes]) -> bytes:
    size = sum(map(len, payload.values()))
    about = {
        "Source-Organization": package.organisation,
        "External-Description": package.title,
        "External-Identifier": package.id,
        "Internal-Sender-Identifier": f"{package.id} {package.version.name}",
        "Internal-Sender-Description": package.version.message,
        "Version-Created": package.created,
        "Payload-Oxum": f"{size}.{len(payload)}",
    }
    return "".join(f"{label}: {' '.join(text.split())}\n" for label, text in about.items() if text.split()).encode()
