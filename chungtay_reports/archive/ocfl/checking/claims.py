"""What an inventory claims, read leniently: whatever is malformed is left out, for `inventory_rules` to complain of."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

VERSION = re.compile(r"v(0*)([1-9]\d{0,17})")


@dataclass(frozen=True, slots=True)
class Claims:
    """An inventory of any OCFL writer; digests are in lower case, paths as they are written."""

    id: str
    spec: str  # "1.0" | "1.1" | ""
    algorithm: str
    head: str
    content_directory: str
    content_directory_set: bool
    versions: tuple[str, ...]  # in their order
    manifest: Mapping[str, str]  # content path → digest
    states: Mapping[str, Mapping[str, str]]  # version → logical path → digest
    notes: Mapping[str, tuple[str, str, str]]  # version → created, message, user as text
    fixity: Mapping[str, tuple[tuple[str, str], ...]]  # content path → (algorithm, digest)


def read_claims(data: Mapping[str, Any]) -> Claims:
    """Take from an inventory what is well formed."""
    versions = {name: block for name, block in _object(data.get("versions")).items() if VERSION.fullmatch(name)}
    directory = data.get("contentDirectory")
    fixity: dict[str, tuple[tuple[str, str], ...]] = {}
    for algorithm, block in _object(data.get("fixity")).items():
        for path, digest in _pairs(block):
            fixity[path] = (*fixity.get(path, ()), (algorithm, digest))
    return Claims(
        id=_text(data.get("id")),
        spec=spec_of(data.get("type")),
        algorithm=_text(data.get("digestAlgorithm")),
        head=_text(data.get("head")),
        content_directory=directory if isinstance(directory, str) and directory else "content",
        content_directory_set=isinstance(directory, str),
        versions=tuple(sorted(versions, key=lambda name: int(name[1:]))),
        manifest=dict(_pairs(data.get("manifest"))),
        states={name: dict(_pairs(_object(block).get("state"))) for name, block in versions.items()},
        notes={name: _note(_object(block)) for name, block in versions.items()},
        fixity=fixity,
    )


def spec_of(type_: object) -> str:
    """Say which version of OCFL an inventory's type names; empty when none."""
    match = re.fullmatch(r"https://ocfl\.io/(1\.[01])/spec/#inventory", type_) if isinstance(type_, str) else None
    return match[1] if match else ""


def _object(value: object) -> dict[str, Any]:
    return value if isinstance(value, dict) else {}


def _text(value: object) -> str:
    return value if isinstance(value, str) else ""


def _pairs(block: object) -> Iterator[tuple[str, str]]:
    for digest, paths in _object(block).items():
        for path in paths if isinstance(paths, list) else ():
            if isinstance(path, str):
                yield path, digest.lower()


def _note(block: dict[str, Any]) -> tuple[str, str, str]:
    user = _object(block.get("user"))
    return _text(block.get("created")), _text(block.get("message")), f"{user.get('name', '')} {user.get('address', '')}"
