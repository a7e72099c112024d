"""What an object holds: its versions, the state of each, and where the content of every digest lies."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from chungtay_reports.archive.ocfl.failures import ArchiveError, NoVersionError

ALGORITHM = "sha512"
INVENTORY = "inventory.json"
SIDECAR = f"{INVENTORY}.{ALGORITHM}"
TYPE = "https://ocfl.io/1.1/spec/#inventory"
MAX_INVENTORY = 50_000_000  # bytes


@dataclass(frozen=True, slots=True)
class User:
    """Who made a version; `address` is a mailto: or another URI."""

    name: str
    address: str


@dataclass(frozen=True, slots=True)
class Version:
    """One version: when, why, by whom, and its files (logical path → sha512)."""

    number: int
    created: datetime
    message: str
    user: User
    state: Mapping[str, str]

    @property
    def name(self) -> str:
        return f"v{self.number}"


@dataclass(frozen=True, slots=True)
class Inventory:
    """An object's inventory; `manifest` says for every digest where its content lies below the object, oldest place first."""

    id: str
    versions: tuple[Version, ...]
    manifest: Mapping[str, tuple[str, ...]]

    @property
    def head(self) -> Version:
        return self.versions[-1]

    def version(self, number: int | None = None) -> Version:
        """Choose a version, the newest without a number; ArchiveError when there is none of that number."""
        if number is None:
            return self.head
        for version in self.versions:
            if version.number == number:
                return version
        raise NoVersionError(f"{self.id} không có phiên bản v{number}; mới nhất là {self.head.name}.")


def grown(before: Inventory | None, object_id: str, version: Version, files: Mapping[str, str]) -> Inventory:
    """Add a version; `files` are the logical paths whose content is kept in it, with their digests."""
    manifest = dict(before.manifest) if before else {}
    for path, digest in files.items():
        manifest[digest] = (*manifest.get(digest, ()), f"{version.name}/content/{path}")
    return Inventory(object_id, (*(before.versions if before else ()), version), manifest)


def inventory_bytes(inventory: Inventory) -> bytes:
    """Write inventory.json, one digest on a line, so that grep and sed can read it too."""
    data = {
        "id": inventory.id,
        "type": TYPE,
        "digestAlgorithm": ALGORITHM,
        "head": inventory.head.name,
        "manifest": {
            digest: list(paths) for digest, paths in sorted(inventory.manifest.items(), key=lambda item: item[1])
        },
        "versions": {version.name: _version_data(version) for version in inventory.versions},
    }
    return (_lined(data) + "\n").encode()


def sidecar_bytes(inventory: bytes) -> bytes:
    """Write the sidecar of an inventory, in the form that sha512sum writes and checks."""
    return f"{hashlib.sha512(inventory).hexdigest()}  {INVENTORY}\n".encode()


def read_inventory(data: bytes, sidecar: bytes, where: str) -> Inventory:
    """Read an inventory that we wrote; ArchiveError when it is not what its sidecar says, or not of our form."""
    recorded = sidecar.decode("ascii", "replace").split()
    if recorded != [hashlib.sha512(data).hexdigest(), INVENTORY]:
        raise ArchiveError(
            f"{where}/{INVENTORY} không khớp mã kiểm tra; chạy “chungtay archive verify” để biết chỗ hỏng."
        )
    try:
        found = json.loads(data)
        if found["digestAlgorithm"] != ALGORITHM:
            raise ArchiveError(
                f"{where} dùng {found['digestAlgorithm']}, không phải {ALGORITHM}: không do chungtay viết."
            )
        versions = tuple(_version(name, value) for name, value in found["versions"].items())
        manifest = {digest: (str(paths[0]), *map(str, paths[1:])) for digest, paths in found["manifest"].items()}
        ordered = tuple(sorted(versions, key=lambda version: version.number))
        inventory = Inventory(str(found["id"]), ordered, manifest)
        head = found["head"]
    except (ValueError, KeyError, TypeError, AttributeError, IndexError, RecursionError) as error:
        raise ArchiveError(f"{where}/{INVENTORY} không đúng dạng ({type(error).__name__}: {error}).") from error
    if not ordered or ordered[-1].name != head:
        raise ArchiveError(f"{where}/{INVENTORY}: “head” không phải phiên bản mới nhất.")
    return inventory


def _version_data(version: Version) -> dict[str, object]:
    state: dict[str, list[str]] = {}
    for path, digest in sorted(version.state.items()):
        state.setdefault(digest, []).append(path)
    return {
        "created": version.created.isoformat(timespec="seconds"),
        "message": version.message,
        "user": {"name": version.user.name, "address": version.user.address},
        "state": state,
    }


def _version(name: str, value: Any) -> Version:
    if not re.fullmatch(r"v[1-9]\d{0,8}", name):
        raise ValueError(f"tên phiên bản {name!r}")
    user = value.get("user", {})
    state = {str(path): str(digest) for digest, paths in value["state"].items() for path in paths}
    return Version(
        int(name[1:]),
        datetime.fromisoformat(value["created"]),
        str(value.get("message", "")),
        User(str(user.get("name", "")), str(user.get("address", ""))),
        state,
    )


def _lined(value: object, depth: int = 0) -> str:
    """Write an object with each member on a line of its own, everything else on one line."""
    if not isinstance(value, dict) or not value:
        return json.dumps(value, ensure_ascii=False)
    inner = " " * (depth + 1)
    members = (
        f"{inner}{json.dumps(key, ensure_ascii=False)}: {_lined(each, depth + 1)}" for key, each in value.items()
    )
    return "{\n" + ",\n".join(members) + "\n" + " " * depth + "}"
