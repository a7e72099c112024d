"""What an archive says about a document: Dublin Core, and the fields of Decree 30/2020 (Appendix VI) and Decree 113/2025.

Fields that only the clerk can fill (number, day of issue of a paper) stay empty: the program makes drafts for signature.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from xml.sax.saxutils import escape

from chungtay_reports.archive.publication import Publication

DUBLIN_CORE = "http://purl.org/dc/elements/1.1/"
HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n'
LANGUAGE = "Tiếng Việt"
OPEN = "Công khai"
TYPE_NAMES = {"ban-tin": "Bản tin", "bao-cao": "Báo cáo", "cong-van": "Công văn"}

Fields = Mapping[str, str | int | Mapping[str, str]]


@dataclass(frozen=True, slots=True)
class Facts:
    """What the description needs beside the publication itself."""

    identifier: str  # the object's id in the archive
    organisation: str  # who issues: “Phòng Giáo dục và Đào tạo quận Cầu Giấy”
    publisher: str  # who publishes: the organisation of the workspace
    notation: str  # “BC-PGDĐT”, or empty
    signer_post: str
    signer: str
    addressees: tuple[str, ...]
    subjects: tuple[str, ...]
    pages: int  # 0 when there is no PDF
    retention: str
    note: str


def descriptions(publication: Publication, facts: Facts) -> dict[str, bytes]:
    """Write every description: name of the file → bytes."""
    decree30, decree113 = _decree30(publication, facts), _decree113(publication, facts)
    return {
        "dublin-core.xml": _dublin_core(publication, facts).encode(),
        "nd30-phu-luc-vi.json": _json(decree30),
        "nd30-phu-luc-vi.xml": _xml("Document", decree30).encode(),
        "nd113-tai-lieu.json": _json(decree113),
        "nd113-tai-lieu.xml": _xml("TaiLieu", decree113).encode(),
    }


def _dublin_core(publication: Publication, facts: Facts) -> str:
    rows = [
        ("identifier", facts.identifier),
        ("title", publication.title),
        ("creator", facts.organisation),
        ("publisher", facts.publisher),
        *(("subject", subject) for subject in facts.subjects),
        ("description", facts.note),
        ("date", publication.issued.isoformat()),
        ("type", TYPE_NAMES.get(publication.kind, publication.kind)),
        ("format", "application/pdf"),
        ("language", "vi"),
        ("coverage", f"{publication.period.start.isoformat()}/{publication.period.end.isoformat()}"),
        *(("relation", f"{facts.identifier} {earlier.version}") for earlier in publication.history),
    ]
    lines = "".join(f"  <dc:{name}>{escape(value)}</dc:{name}>\n" for name, value in rows if value)
    return f'{HEAD}<metadata xmlns:dc="{DUBLIN_CORE}">\n{lines}</metadata>\n'


def _decree30(publication: Publication, facts: Facts) -> Fields:
    """Fill the fields of an outgoing document by the names that the decree gives them."""
    official = publication.kind != "ban-tin"
    return {
        "FileCode": {"OrganId": "", "FileCatalog": f"{publication.issued.year}", "FileNotation": ""},
        "DocOrdinal": "",
        "TypeName": TYPE_NAMES.get(publication.kind, publication.kind),
        "CodeNumber": "" if official else publication.issue,
        "CodeNotation": facts.notation,
        "IssuedDate": "" if official else publication.issued.date().isoformat(),
        "OrganName": facts.organisation,
        "Subject": publication.title,
        "Language": LANGUAGE,
        "PageAmount": facts.pages or "",
        "Description": facts.note,
        "Signer": {"Position": facts.signer_post, "FullName": facts.signer},
        "To": {"OrganId": "", "OrganName": "; ".join(facts.addressees)},
        "Priority": "",
        "IssuedAmount": "",
        "DueDate": "",
    }


def _decree113(publication: Publication, facts: Facts) -> Fields:
    """Fill the basic data of a document; the decree lists them in words, the names of the elements are ours."""
    official = publication.kind != "ban-tin"
    return {
        "MaDinhDanh": facts.identifier,
        "MaLuuTru": "",
        "ThoiHanLuuTru": facts.retention,
        "TenLoai": TYPE_NAMES.get(publication.kind, publication.kind),
        "So": "" if official else publication.issue,
        "KyHieu": facts.notation,
        "NgayBanHanh": "" if official else publication.issued.date().isoformat(),
        "CoQuanBanHanh": facts.organisation,
        "TrichYeu": publication.title,
        "NgonNgu": LANGUAGE,
        "SoTrang": facts.pages or "",
        "MucDoTiepCan": OPEN,
        "Tep": publication.files.get("luu-tru", ""),
        "GhiChu": facts.note,
    }


def _json(fields: Fields) -> bytes:
    return (json.dumps(fields, ensure_ascii=False, indent=1) + "\n").encode()


def _xml(root: str, fields: Fields) -> str:
    return f"{HEAD}<{root}>\n{''.join(_element(name, value) for name, value in fields.items())}</{root}>\n"


def _element(name: str, value: str | int | Mapping[str, str], indent: str = "  ") -> str:
    if isinstance(value, Mapping):
        inner = "".join(_element(key, text, indent + "  ") for key, text in value.items())
        return f"{indent}<{name}>\n{inner}{indent}</{name}>\n"
    return f"{indent}<{name}>{escape(str(value))}</{name}>\n"
