"""The rules of an inventory in itself (OCFL 1.0 and 1.1, section 3.5): every way in which the JSON can be wrong."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from datetime import date
from typing import Any

from chungtay_reports.archive.ocfl.checking.claims import VERSION, spec_of
from chungtay_reports.archive.ocfl.reading import ALGORITHMS

Fault = tuple[str, str]  # code, detail
SIZES = {"sha512": 128, "sha256": 64}
_KEYS = frozenset({"id", "type", "digestAlgorithm", "head", "contentDirectory", "manifest", "versions", "fixity"})
_VERSION_KEYS = frozenset({"created", "state", "message", "user"})
_LATER = object()  # a head that is missing has a fault of its own
_LONGEST_PATH = 4096
_URI = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:\S+")
_MOMENT = re.compile(
    r"\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])[Tt]([01]\d|2[0-3]):[0-5]\d:([0-5]\d|60)(\.\d+)?([Zz]|[+-]([01]\d|2[0-3]):[0-5]\d)",
    re.ASCII,
)
_CONTENT, _LOGICAL = ("E099", "E100", "E101"), ("E052", "E053", "E095")


def faults(data: object, spec: str) -> Iterator[Fault]:
    """Find what is wrong in an inventory of an object that declares version `spec` of OCFL."""
    if not isinstance(data, dict):
        yield "E033", "cần một đối tượng JSON"
        return
    for rule in _RULES:
        yield from rule(data, spec)


def _head(data: Mapping[str, Any], spec: str) -> Iterator[Fault]:
    for key in ("id", "type", "digestAlgorithm", "head"):
        if key not in data:
            yield "E036", key
    if "id" in data and not (isinstance(data["id"], str) and data["id"].strip()):
        yield "E037", "cần chữ"
    elif "id" in data and not _URI.fullmatch(data["id"]):
        yield "W005", data["id"]
    if "type" in data and spec_of(data["type"]) != spec:
        yield "E038", f"{data['type']}; cần https://ocfl.io/{spec}/spec/#inventory"
    algorithm = data.get("digestAlgorithm", "sha512")
    if algorithm not in SIZES if isinstance(algorithm, str) else True:
        yield "E025", f"digestAlgorithm {algorithm}"
    elif algorithm == "sha256":
        yield "W004", ""
    if spec != "1.0":
        for key in sorted(set(data) - _KEYS):
            yield "E102", key


def _content_directory(data: Mapping[str, Any], spec: str) -> Iterator[Fault]:  # noqa: ARG001
    name = data.get("contentDirectory", "content")
    if not isinstance(name, str) or not name or "/" in name:
        yield "E017", str(name)
    elif name in {".", ".."}:
        yield "E018", name


def _manifest(data: Mapping[str, Any], spec: str) -> Iterator[Fault]:  # noqa: ARG001
    if "manifest" not in data:
        yield "E041", "manifest"
        return
    if not isinstance(data["manifest"], dict):
        yield "E106", ""
        return
    algorithm = data.get("digestAlgorithm")
    yield from _block(data["manifest"], algorithm if isinstance(algorithm, str) else "", ("E025", "E092", "E096"))
    paths = [path for path in _paths(data["manifest"]) if isinstance(path, str)]
    yield from _path_faults(paths, _CONTENT)
    versions = data.get("versions")
    names = versions if isinstance(versions, dict) else {}
    directory = data.get("contentDirectory", "content")
    for path in paths:
        if "\\" in path:
            yield "E035", path
        version, _, rest = path.partition("/")
        if version not in names or not rest.startswith(f"{directory}/"):
            yield "E042", path


def _versions(data: Mapping[str, Any], spec: str) -> Iterator[Fault]:
    versions = data.get("versions")
    if "versions" not in data:
        yield "E041", "versions"
        return
    if not isinstance(versions, dict):
        yield "E044", ""
        return
    if not versions:
        yield "E008", ""
    yield from _names(list(versions), data.get("head", _LATER))
    for name, block in versions.items():
        if isinstance(block, dict):
            yield from ((code, f"{name}: {detail}" if detail else name) for code, detail in _version(block, data, spec))
        else:
            yield "E047", name


def _names(names: list[str], head: object) -> Iterator[Fault]:
    matches = {name: VERSION.fullmatch(name) for name in names}
    yield from (("E046", name) for name, match in matches.items() if not match)
    numbered = sorted((int(match[2]), name) for name, match in matches.items() if match)
    numbers = [number for number, _ in numbered]
    if numbers and numbers[0] != 1:
        yield "E009", numbered[0][1]
    if numbers and numbers != list(range(numbers[0], numbers[0] + len(numbers))):
        yield "E010", ", ".join(name for _, name in numbered[:50])
    padded = {len(name) for _, name in numbered if name.startswith("v0")}
    if padded:
        yield "W001", numbered[0][1]
        if len({len(name) for _, name in numbered}) > 1:
            yield "E012", ", ".join(name for _, name in numbered[:50])
        elif not all(name.startswith("v0") for _, name in numbered):
            yield "E011", numbered[-1][1]
    if head is not _LATER and numbered and head != numbered[-1][1]:
        yield "E040", f"{head}; mới nhất là {numbered[-1][1]}"


def _version(block: Mapping[str, Any], data: Mapping[str, Any], spec: str) -> Iterator[Fault]:
    for key in ("created", "state"):
        if key not in block:
            yield "E048", key
    created = block.get("created", "2000-01-01T00:00:00Z")
    if not isinstance(created, str) or not _is_moment(created):
        yield "E049", str(created)
    if "state" in block:
        yield from _state(block["state"], data.get("manifest"), spec)
    for key in ("message", "user"):
        if key not in block:
            yield "W007", key
    if not isinstance(block.get("message", ""), str):
        yield "E094", ""
    if "user" in block:
        yield from _user(block["user"])
    if spec != "1.0":
        yield from (("E102", key) for key in sorted(set(block) - _VERSION_KEYS))


def _is_moment(text: str) -> bool:
    try:
        return bool(_MOMENT.fullmatch(text) and date.fromisoformat(text[:10]))
    except ValueError:
        return False


def _user(user: object) -> Iterator[Fault]:
    if not isinstance(user, dict) or not isinstance(user.get("name"), str) or not user["name"]:
        yield "E054", ""
        return
    address = user.get("address")
    if address is None:
        yield "W008", ""
    elif not isinstance(address, str):
        yield "E054", "address cần là chữ"
    elif not _URI.fullmatch(address):
        yield "W009", address


def _state(state: object, manifest: object, spec: str) -> Iterator[Fault]:
    if not isinstance(state, dict):
        yield "E050", "cần một đối tượng JSON"
        return
    known = set(manifest) if isinstance(manifest, dict) else set()
    folded = {digest.lower() for digest in known}
    for digest, paths in state.items():
        if digest not in known and (spec != "1.0" or digest.lower() not in folded):
            yield "E050", digest
        if not isinstance(paths, list) or not all(isinstance(path, str) for path in paths):
            yield "E051", digest
    yield from _path_faults([path for path in _paths(state) if isinstance(path, str)], _LOGICAL)


def _used(data: Mapping[str, Any], spec: str) -> Iterator[Fault]:  # noqa: ARG001
    manifest, versions = data.get("manifest"), data.get("versions")
    if isinstance(manifest, dict) and isinstance(versions, dict):
        states = [block.get("state") for block in versions.values() if isinstance(block, dict)]
        used = {digest.lower() for state in states if isinstance(state, dict) for digest in state}
        yield from (("E107", digest) for digest in manifest if digest.lower() not in used)


def _fixity(data: Mapping[str, Any], spec: str) -> Iterator[Fault]:
    fixity = data.get("fixity", {})
    if not isinstance(fixity, dict):
        yield ("E111" if spec != "1.0" else "E057"), ""
        return
    known = set(_texts(_paths(data["manifest"]))) if isinstance(data.get("manifest"), dict) else set()
    for algorithm, block in fixity.items():
        if algorithm not in ALGORITHMS:
            yield "E056", algorithm
        if not isinstance(block, dict):
            yield "E057", algorithm
            continue
        yield from _block(block, algorithm, ("E057", "E057", "E097"))
        yield from (("E057", path) for path in _texts(_paths(block)) if path not in known)


def _block(block: Mapping[str, Any], algorithm: str, codes: tuple[str, str, str]) -> Iterator[Fault]:
    """Check a mapping from digests to lists of paths: form of a digest, form of a list, a digest twice."""
    form, shape, twice = codes
    seen: set[str] = set()
    for digest, paths in block.items():
        if not re.fullmatch(r"[0-9A-Fa-f]+", digest) or len(digest) != SIZES.get(algorithm, len(digest)):
            yield form, digest
        if digest.lower() in seen:
            yield twice, digest
        seen.add(digest.lower())
        if not isinstance(paths, list) or not paths or not all(isinstance(path, str) for path in paths):
            yield shape, f"{digest} cần một danh sách đường dẫn"


def _path_faults(paths: list[str], codes: tuple[str, str, str]) -> Iterator[Fault]:
    parts_code, ends_code, meets_code = codes
    folders: set[str] = set()
    for path in paths:
        if len(path) > _LONGEST_PATH:  # its folders alone would fill the memory
            yield parts_code, f"{path[:100]}… dài quá {_LONGEST_PATH} ký tự"
            continue
        if path.startswith("/") or path.endswith("/"):
            yield ends_code, path
        elif any(part in {"", ".", ".."} for part in path.split("/")):
            yield parts_code, path
        cut = path.find("/")
        while cut >= 0:
            folders.add(path[:cut])
            cut = path.find("/", cut + 1)
    seen: set[str] = set()
    for path in paths:
        if path in seen or path in folders:
            yield meets_code, path
        seen.add(path)


def _paths(block: Mapping[str, Any]) -> list[object]:
    return [path for paths in block.values() if isinstance(paths, list) for path in paths]


def _texts(values: list[object]) -> list[str]:
    return [value for value in values if isinstance(value, str)]


_RULES: tuple[Callable[[Mapping[str, Any], str], Iterator[Fault]], ...] = (
    _head,
    _content_directory,
    _manifest,
    _versions,
    _used,
    _fixity,
)
