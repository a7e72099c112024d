"""What is handed over: one version of one object, its files with their digests, and what is known about it."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from pathlib import PurePosixPath

from chungtay_reports.archive.ocfl import ArchiveError, Inventory, Store
from chungtay_reports.archive.ocfl.inventory import Version
from chungtay_reports.archive.publication import FILE, Publication, PublicationUnreadableError, read_publication
from chungtay_reports.model import HANOI

MIME_TYPES = {
    ".css": "text/css",
    ".csv": "text/csv",
    ".docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    ".html": "text/html",
    ".jpg": "image/jpeg",
    ".js": "text/javascript",
    ".json": "application/json",
    ".md": "text/markdown",
    ".pdf": "application/pdf",
    ".png": "image/png",
    ".svg": "image/svg+xml",
    ".ttf": "font/ttf",
    ".txt": "text/plain",
    ".webp": "image/webp",
    ".woff2": "font/woff2",
    ".xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    ".xml": "application/xml",
    ".xsd": "application/xml",
    ".yaml": "application/yaml",
}
_LONGEST = 150
_PLAIN = rf"[A-Za-z0-9._-]{{1,{_LONGEST}}}"
_PDF_A = re.compile(rb"pdfaid:(part|conformance)\W+([1-4A-Ua-u])\b")


@dataclass(frozen=True, slots=True)
class PackageFile:
    """A file of a package: its path there, its bytes, the moment since which it is in the archive."""

    path: str
    data: bytes
    created: str

    @property
    def sha256(self) -> str:
        return hashlib.sha256(self.data).hexdigest()

    @property
    def sha512(self) -> str:
        return hashlib.sha512(self.data).hexdigest()

    @property
    def mime(self) -> str:
        return MIME_TYPES.get(PurePosixPath(self.path).suffix.lower(), "application/octet-stream")

    @property
    def format(self) -> tuple[str, str]:
        """Name the format and its version, as far as the file itself says: “PDF/A”, “1a”."""
        if self.mime == "application/pdf":
            said = {name.decode(): value.decode() for name, value in _PDF_A.findall(self.data)}
            if "part" in said:
                return "PDF/A", said["part"] + said.get("conformance", "").lower()
        return self.mime, ""


class PackageType(StrEnum):
    """What a package is for, in the words of OAIS: handed over (nộp lưu), or kept (lưu trữ)."""

    SIP = "SIP"
    AIP = "AIP"

    @property
    def profile(self) -> str:
        return f"https://eark{self.lower()}.dilcis.eu/profile/E-ARK-{self}.xml"


@dataclass(frozen=True, slots=True)
class Package:
    """One version of an object; `publication` is None when the object holds something else than an edition."""

    id: str
    version: Version
    versions: tuple[Version, ...]  # up to this one
    files: tuple[PackageFile, ...]
    publication: Publication | None

    @property
    def name(self) -> str:
        """Name the package and its folder."""
        return package_name(self.id, self.version.name)

    @property
    def title(self) -> str:
        return self.publication.title if self.publication else self.id

    @property
    def organisation(self) -> str:
        return self.version.user.name

    @property
    def created(self) -> str:
        return moment(self.version.created)


def package_name(object_id: str, version: str) -> str:
    """Name a package in letters that every file system has; no two objects or versions get the same name."""
    plain = object_id.replace(":", "_")
    if "_" in object_id or not re.fullmatch(_PLAIN, plain):
        plain = f"{re.sub(r'[^A-Za-z0-9.-]', '_', object_id)[:_LONGEST]}-{hashlib.sha256(object_id.encode()).hexdigest()[:12]}"
    return f"{plain}_{version}"


def moment(when: datetime) -> str:
    """Write a moment as Thông tư 05/2025/TT-BNV asks: ISO 8601, in Hanoi's time."""
    return when.astimezone(HANOI).isoformat(timespec="seconds")


def read_package(store: Store, object_id: str, number: int | None = None) -> Package:
    """Read a version of an object, the newest without a number; every file is checked against its digest."""
    inventory = store.inventory(object_id)
    if inventory is None:
        raise ArchiveError(f"Kho lưu trữ không có “{object_id}”.")
    version = inventory.version(number)
    files = tuple(
        PackageFile(path, store.read(object_id, path, version.number), moment(_since(inventory, digest)))
        for path, digest in sorted(version.state.items())
    )
    earlier = tuple(each for each in inventory.versions if each.number <= version.number)
    return Package(object_id, version, earlier, files, _publication({file.path: file.data for file in files}))


def _since(inventory: Inventory, digest: str) -> datetime:
    first = inventory.manifest[digest][0].partition("/")[0]
    return inventory.version(int(first.removeprefix("v"))).created


def _publication(files: Mapping[str, bytes]) -> Publication | None:
    try:
        return read_publication(files[FILE].decode()) if FILE in files else None
    except (PublicationUnreadableError, UnicodeDecodeError):
        return None
