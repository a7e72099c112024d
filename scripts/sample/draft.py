"""A record before it has an id, and the books that number and file them."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from datetime import date

from sample.text import Value

PREFIXES = {
    "giao-uoc-cap-huyen": "GU",
    "ke-hoach-ket-noi": "KH",
    "ghi-nho-song-phuong": "GN",
    "cam-ket-giao-uoc": "CK",
    "ket-nghia": "KN",
    "doi-tac-ngoai": "DT",
    "chuyen-de": "CD",
    "giao-luu-chuyen-mon": "GL",
    "hoi-thao": "HT",
    "day-truc-tuyen": "TT",
    "van-hoa-van-nghe": "VH",
    "the-thao": "TD",
    "tham-quan": "TQ",
    "ho-tro-hoc-sinh": "HS",
    "ho-tro-co-so-vat-chat": "VC",
    "chia-se-hoc-lieu": "HL",
    "nhan-rong-mo-hinh": "MH",
    "thong-ke": "TK",
    "nop-bao-cao": "BC",
}
FILES = {
    **dict.fromkeys(("GU", "KH", "GN", "CK", "KN", "DT"), "agreements"),
    "TK": "statistics",
    "BC": "submissions",
}


@dataclass(slots=True)
class Draft:
    """One record: where it is filed, when it happened, and its fields in the order they are written."""

    folder: str  # district id, or the Sở
    year: str
    kind: str
    day: date
    fields: dict[str, Value]
    id: str = ""
    links: dict[str, Draft] = field(default_factory=dict)  # field → record whose id it takes

    def row(self) -> dict[str, Value]:
        """The record as it is written."""
        linked = {name: draft.id for name, draft in self.links.items()}
        return {"id": self.id, "kind": self.kind, **{k: linked.get(k, v) for k, v in self.fields.items()}}


def number(drafts: list[Draft]) -> None:
    """Give every draft its id, by kind and calendar year, in the order of days."""
    counter: Counter[tuple[str, int]] = Counter()
    for draft in sorted(drafts, key=lambda draft: draft.day):  # stable: equal days keep the order of making
        prefix = PREFIXES[draft.kind]
        counter[prefix, draft.day.year] += 1
        draft.id = f"{prefix}-{draft.day.year}-{counter[prefix, draft.day.year]:04d}"


def file_name(draft: Draft) -> str:
    """The file of a folder that a draft belongs to."""
    return FILES.get(PREFIXES[draft.kind], "activities")
