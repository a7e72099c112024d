"""Read one inventory file of an object with its sidecar, and say which of the two is damaged."""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from chungtay_reports.archive.ocfl.checking.claims import Claims, read_claims
from chungtay_reports.archive.ocfl.checking.inventory_rules import SIZES, Fault, faults
from chungtay_reports.archive.ocfl.checking.strict_json import strict_json
from chungtay_reports.archive.ocfl.checking.survey import Survey
from chungtay_reports.archive.ocfl.inventory import INVENTORY, MAX_INVENTORY
from chungtay_reports.archive.ocfl.reading import TooLargeError, read_bytes
from chungtay_reports.errors import why

_SIDECAR = re.compile(rb"([0-9A-Fa-f]+)([ \t]+)inventory\.json(\r?\n)?")
_MOST_FAULTS = 200  # of one inventory; more only say the same again
_ALIKE = 0.7  # two digests of different bytes agree in about 1/16 of their letters

Located = tuple[str, Fault]  # path below the object, what is wrong


@dataclass(frozen=True, slots=True)
class Written:
    """One inventory file: its bytes, what it claims, whether its sidecar vouches for it."""

    folder: str  # “” or “v1”
    data: bytes
    claims: Claims | None
    vouched: bool
    sidecar: str  # the name of the sidecar file that was read, or empty
    style: tuple[bytes, bytes, bool]  # separator, line end, upper case

    @property
    def path(self) -> str:
        return f"{self.folder}/{INVENTORY}" if self.folder else INVENTORY


def read_written(place: Path, seen: Survey, folder: str, spec: str) -> tuple[Written | None, list[Located]]:
    """Read an inventory file with its sidecar; without `spec` it may follow any."""
    path = f"{folder}/{INVENTORY}" if folder else INVENTORY
    files = seen.children(folder)[0]
    if INVENTORY not in files:
        return None, [(path, ("W010", "") if folder else ("E063", ""))]
    try:
        data = read_bytes(place / path, MAX_INVENTORY)
    except TooLargeError:
        return None, [(path, ("E033", "lớn hơn 50 MB"))]
    except OSError as error:
        return None, [(path, ("A109", why(error)))]
    found: list[Located] = []
    claims = None
    try:
        parsed = strict_json(data)
        claims = read_claims(parsed) if isinstance(parsed, dict) else None
        against = spec or (claims.spec if claims and claims.spec else "1.1")
        found += [(path, fault) for fault in islice(faults(parsed, against), _MOST_FAULTS)]
    except ValueError as error:
        found.append((path, ("E033", str(error))))
    name, vouched, style, said = _sidecar(place, path, files, data, claims.algorithm if claims else "")
    written = Written(folder, data, claims, vouched, name, style)
    if not vouched and said and said[0][0] == path:
        return written, said  # damaged bytes: what they say is of no interest
    return written, found + said


def _sidecar(
    place: Path, path: str, files: tuple[str, ...], data: bytes, algorithm: str
) -> tuple[str, bool, tuple[bytes, bytes, bool], list[Located]]:
    there = [name for name in files if name.startswith(f"{INVENTORY}.")]
    named = f"{INVENTORY}.{algorithm}" if algorithm in SIZES else (there[0] if there else f"{INVENTORY}.sha512")
    used = named if named in there else (there[0] if len(there) == 1 else "")
    folder = path.removesuffix(INVENTORY)
    plain = (b"", b"", False)
    if not used or used.removeprefix(f"{INVENTORY}.") not in SIZES:
        return "", False, plain, [(folder + named, ("E058", ""))]
    missing: list[Located] = [] if used == named else [(folder + named, ("E058", f"chỉ có {used}"))]
    try:
        match = _SIDECAR.fullmatch(read_bytes(place / f"{folder}{used}", 1000))
    except OSError as error:
        return used, False, plain, [(folder + used, ("E061", why(error)))]
    actual = hashlib.new(used.removeprefix(f"{INVENTORY}."), data).hexdigest()
    if match is None or match[1] not in {match[1].lower(), match[1].upper()}:
        return used, False, plain, [*missing, (folder + used, ("E061", ""))]
    style = (match[2], match[3] or b"", match[1] != match[1].lower())
    recorded = match[1].decode().lower()
    if recorded == actual:
        return used, not missing, style, missing
    if alike(recorded, actual) or len(recorded) != len(actual):
        return used, False, style, [*missing, (folder + used, ("E060", "chính tệp mã kiểm tra đã bị thay đổi"))]
    return used, False, style, [*missing, (path, ("E060", used))]


def alike(recorded: str, actual: str) -> bool:
    """Whether two digests differ so little that the record is what was damaged: of other bytes it would differ everywhere."""
    return len(recorded) == len(actual) and sum(a == b for a, b in zip(recorded, actual, strict=True)) > _ALIKE * len(
        actual
    )
