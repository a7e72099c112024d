"""A workbook to bytes that depend on nothing but what is in it."""

from __future__ import annotations

import io
import re
import zipfile
from datetime import datetime

from openpyxl import Workbook

_ZIP_TIME = (1980, 1, 1, 0, 0, 0)
_CREATED = datetime(2022, 12, 1)  # noqa: DTZ001 - the format has no zones; the day the movement began
_MODIFIED = re.compile(rb"(<dcterms:modified[^>]*>)[^<]*(</dcterms:modified>)")


def packed(book: Workbook) -> bytes:
    """Save a workbook: the same sheets give the same bytes, whatever the clock says."""
    book.properties.creator = "Chung tay Reports"
    book.properties.created = _CREATED
    raw = io.BytesIO()
    book.save(raw)
    out = io.BytesIO()
    with zipfile.ZipFile(raw) as source, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as target:
        for name in source.namelist():
            data = source.read(name)
            if name == "docProps/core.xml":
                data = _MODIFIED.sub(rb"\g<1>2022-12-01T00:00:00Z\g<2>", data)
            entry = zipfile.ZipInfo(name, _ZIP_TIME)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.external_attr = 0o644 << 16
            entry.create_system = 3
            target.writestr(entry, data)
    return out.getvalue()
