"""The list of digests to keep, or sign, elsewhere: what the archive said on a day, against what it says later.

Digests inside an archive find rot, not malice: who may write there may write new digests, too. A list kept elsewhere finds both.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from pathlib import Path

from chungtay_reports.archive.ocfl import sums
from chungtay_reports.archive.ocfl.checking.findings import Finding
from chungtay_reports.archive.ocfl.checking.roots import check_root
from chungtay_reports.archive.ocfl.failures import ArchiveError, told
from chungtay_reports.archive.ocfl.inventory import INVENTORY, MAX_INVENTORY
from chungtay_reports.archive.ocfl.reading import read_bytes
from chungtay_reports.errors import UsageError, why


def digest_list(root: Path) -> bytes:
    """List the sha512 of every object's inventory, one a line, as `sha512sum -c` in the archive's folder reads it."""
    with told(root):
        paths = [f"{place}/{INVENTORY}" for place in check_root(root).objects]
        if not paths:
            raise ArchiveError(f"{root.name} không phải kho lưu trữ, hoặc chưa có ấn phẩm nào để lập danh sách.")
        return sums.sums_bytes({path: _sha512(root / path) for path in paths if (root / path).is_file()})


def read_list(kept: Path) -> Mapping[str, str]:
    """Read a list that was kept elsewhere: path of an inventory → sha512; UsageError when it is none."""
    try:
        return sums.read_sums(kept.read_bytes())
    except (OSError, ValueError) as error:
        reason = why(error) if isinstance(error, OSError) else f"{error}; cần tệp do “archive verify --digests” ghi"
        raise UsageError(f"Không đọc được danh sách mã kiểm tra {kept.name}: {reason}.") from error


def check_against(root: Path, listed: Mapping[str, str]) -> tuple[Finding, ...]:
    """Compare an archive with a list kept elsewhere; objects may have grown since, not changed or gone."""
    return tuple(
        Finding((root / path).parent.name, path, "A111", fault)
        for path, digest in listed.items()
        if (fault := _fault(root / path, digest))
    )


def _fault(inventory: Path, digest: str) -> str:
    """Say what became of an inventory that was listed; nothing when it, or that of an older version, is as it was."""
    try:
        if inventory.name != INVENTORY or not inventory.is_file():
            return "không còn trong kho"
        there = {_sha512(each) for each in (inventory, *inventory.parent.glob(f"v*/{INVENTORY}"))}
    except OSError as error:
        return why(error)
    return "" if digest in there else "không có phiên bản nào như danh sách ghi"


def _sha512(path: Path) -> str:
    return hashlib.sha512(read_bytes(path, MAX_INVENTORY)).hexdigest()
