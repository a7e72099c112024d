"""Which state each edition is in, as far as the archive knows: what `build` leaves without the mark of a draft."""

from __future__ import annotations

import json
from pathlib import Path

from chungtay_reports.archive import ARCHIVE
from chungtay_reports.archive.publication import Publication, publications, to_json
from chungtay_reports.errors import ReportsError


def publication_data(publication: Publication) -> dict[str, object]:
    """Show a publication to programs: its record as the archive has it."""
    data: dict[str, object] = json.loads(to_json(publication))
    return data


def published(root: Path) -> dict[str, str]:
    """Return the digest of the newest published version of every edition, by its key.

    An archive that cannot be read publishes nothing here: its editions are drafts until somebody has mended it, and
    `archive verify` says what is wrong.
    """
    try:
        return {each.key: each.fingerprint.digest for each in publications(root / ARCHIVE)}
    except ReportsError:
        return {}
