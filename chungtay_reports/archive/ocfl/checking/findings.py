"""What a check of an archive found: each finding names the object, the file and the code; the report counts what was read."""

from __future__ import annotations

import hashlib
from dataclasses import asdict, dataclass

from chungtay_reports.archive.ocfl.checking.codes import SENTENCES
from chungtay_reports.errors import shown


@dataclass(frozen=True, slots=True, order=True)
class Finding:
    """One thing wrong; `object` is its id (or its folder, when the id cannot be read; empty at the root), `file` below the root."""

    object: str
    file: str
    code: str
    detail: str = ""
    warning: bool = False

    @property
    def message(self) -> str:
        """The sentence of the code, then what is so here."""
        return f"{SENTENCES[self.code]}: {self.detail}" if self.detail else SENTENCES[self.code]

    def __str__(self) -> str:
        kind = "cảnh báo" if self.warning else "lỗi"
        whose = f"{shown(self.object)}: " if self.object else ""
        return f"{shown(self.file, 400) or '.'}: {kind} {self.code}: {whose}{shown(self.message, 400)}."


@dataclass(frozen=True, slots=True)
class Part:
    """Which part of an archive is read: versions made on or after `since`, and the objects of one part in `of`."""

    since: str = ""  # YYYY-MM-DD
    sample: int = 1
    of: int = 1

    @property
    def whole(self) -> bool:
        return not self.since and self.of == 1

    def takes(self, object_id: str) -> bool:
        """Whether an object belongs to the sample; always the same answer for the same id."""
        digest = hashlib.sha256(object_id.encode("utf-8", "surrogatepass")).hexdigest()
        return int(digest, 16) % self.of + 1 == self.sample


@dataclass(frozen=True, slots=True)
class Report:
    """All findings of a check, sorted; `objects` were checked out of `present`, `files` and `bytes` read."""

    root: str
    part: Part
    present: int
    objects: int
    files: int
    bytes: int
    findings: tuple[Finding, ...]

    @property
    def valid(self) -> bool:
        """Whether there is no error; warnings are allowed."""
        return all(finding.warning for finding in self.findings)

    def data(self) -> dict[str, object]:
        """Say it all as plain data, for JSON."""
        found = [{**asdict(finding), "message": finding.message} for finding in self.findings]
        return {**asdict(self), "valid": self.valid, "findings": found}
