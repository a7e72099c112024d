"""The lines that an author adds to a record that was wrong: filled in with what the record says now, to be pasted."""

from __future__ import annotations

import json
from datetime import date

from chungtay_reports.workspace.library import Entry

WHY = "vì sao"
GROUPS = ("counts", "support", "title", "date", "signed_on")  # what is corrected most often, first


def mending(entry: Entry, day: date) -> str:
    """Write a correction and a removal of a record as of a day; `was` holds what the record says now."""
    record = entry.record
    written = record.model_dump(mode="json", by_alias=True, exclude_none=True)
    name = next((group for group in GROUPS if written.get(group)), "kind")
    was = json.dumps({name: written[name]}, ensure_ascii=False)
    told = f"on: {day.isoformat()}, by: {record.recorded.by}, reason: {json.dumps(WHY, ensure_ascii=False)}"
    return (
        "# Ghi sai một trường: sửa thẳng trường ấy, rồi thêm vào bản ghi; was là chữ cũ, chỉ giữ trường đã sửa.\n"
        f"  corrections:\n    - {{{told}, was: {was}}}\n"
        "# Cả bản ghi là nhầm: đừng xóa, hãy thêm vào bản ghi.\n"
        f"  removed: {{{told}}}\n"
    )
