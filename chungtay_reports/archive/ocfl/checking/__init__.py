"""Check an archive: `validate` any OCFL root or object, `digest_list` and `check_against` a list kept elsewhere."""

from chungtay_reports.archive.ocfl.checking.digest_list import check_against, digest_list, read_list
from chungtay_reports.archive.ocfl.checking.findings import Finding, Part, Report
from chungtay_reports.archive.ocfl.checking.validation import validate

__all__ = ["Finding", "Part", "Report", "check_against", "digest_list", "read_list", "validate"]
