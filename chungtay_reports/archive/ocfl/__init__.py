"""Keep files for decades: an OCFL 1.1 storage root that is written whole or not at all, and checked byte by byte.

This package knows nothing of editions. `Store` writes and reads archives of ours; `validate` judges any OCFL root.
"""

from chungtay_reports.archive.ocfl.checking import (
    Finding,
    Part,
    Report,
    check_against,
    digest_list,
    read_list,
    validate,
)
from chungtay_reports.archive.ocfl.failures import ArchiveError
from chungtay_reports.archive.ocfl.inventory import Inventory, User, Version
from chungtay_reports.archive.ocfl.store import Store

__all__ = [
    "ArchiveError",
    "Finding",
    "Inventory",
    "Part",
    "Report",
    "Store",
    "User",
    "Version",
    "check_against",
    "digest_list",
    "read_list",
    "validate",
]
