"""Describe a package for catalogues: Dublin Core, and a finding aid in EAD with one entry."""

from __future__ import annotations

from collections.abc import Iterator
from xml.etree import ElementTree as ET

from chungtay_reports.archive.handover.package import Package
from chungtay_reports.archive.handover.xmltext import node, xml_bytes

_KINDS = {"ban-tin": "Bản tin", "bao-cao": "Báo cáo"}
ARCHIVED_CORE = "mo-ta/dublin-core.xml"
_LANGUAGE = "vie"  # ISO 639-2, as EAD wants it


def dublin_core(package: Package) -> bytes:
    """Describe the package in Dublin Core: as the archive has it, or in the little that is known of any object."""
    archived = next((file.data for file in package.files if file.path == ARCHIVED_CORE), None)
    made = node("metadata", *(node(f"dc:{name}", text) for name, text in _elements(package)))
    return archived if archived is not None else xml_bytes(made)


def _elements(package: Package) -> Iterator[tuple[str, str]]:
    yield "identifier", package.id
    yield "title", package.title
    yield "creator", package.organisation
    yield "publisher", package.organisation
    yield "date", package.created
    yield from (("format", mime) for mime in sorted({file.mime for file in package.files}))
    yield "language", "vi"


def finding_aid(package: Package) -> bytes:
    """Describe the package in EAD 2002."""
    day = package.created[:10]
    header = node(
        "ead:eadheader",
        node("ead:eadid", package.id),
        node("ead:filedesc", node("ead:titlestmt", node("ead:titleproper", package.title))),
        langencoding="iso639-2b",
        dateencoding="iso8601",
    )
    identity = node(
        "ead:did",
        node("ead:unitid", package.id),
        node("ead:unittitle", package.title),
        node("ead:unitdate", *_period(package, day)),
        node("ead:origination", node("ead:corpname", package.organisation)),
        node("ead:langmaterial", node("ead:language", "Tiếng Việt", langcode=_LANGUAGE)),
        node("ead:physdesc", f"{len(package.files)} tệp"),
    )
    changes = (
        node(
            "ead:change",
            node("ead:date", each.created.isoformat(timespec="seconds")),
            node("ead:item", f"{each.name}: {each.message} ({each.user.name})"),
        )
        for each in package.versions
    )
    header.append(node("ead:revisiondesc", *changes))
    return xml_bytes(node("ead:ead", header, node("ead:archdesc", identity, *_scope(package), level="item")))


def _period(package: Package, day: str) -> Iterator[str]:
    period = package.publication.period if package.publication else None
    yield f"{period.start.isoformat()}/{period.end.isoformat()}" if period else day


def _scope(package: Package) -> Iterator[ET.Element]:
    publication = package.publication
    if publication:
        parts = [
            _KINDS.get(publication.kind, publication.kind),
            publication.issue,
            publication.period.name,
            publication.unit,
        ]
        yield node("ead:scopecontent", node("ead:p", ". ".join(part for part in parts if part)))
