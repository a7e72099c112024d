"""The METS files of an E-ARK package: what is in it, where, with which digest, and how the parts belong together."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from urllib.parse import quote
from xml.etree import ElementTree as ET

from chungtay_reports import __version__
from chungtay_reports.archive.handover.package import Package, PackageFile, PackageType
from chungtay_reports.archive.handover.xmltext import node, xml_bytes

_TYPE = "Textual works – Digital"
_CONTENT = "Ấn phẩm của Chung tay Reports"  # no content information type of E-ARK fits
_METADATA = {  # how METS calls what lies in metadata/
    "metadata/descriptive/dc.xml": ("DC", ""),
    "metadata/descriptive/ead.xml": ("EAD", ""),
    "metadata/preservation/premis.xml": ("PREMIS", ""),
}


def package_mets(
    package: Package, kind: PackageType, files: Sequence[PackageFile], representations: Sequence[str]
) -> bytes:
    """Write the METS.xml of a package from the files that lie in it beside METS.xml itself."""
    by_area = {
        area: [file for file in files if file.path.startswith(f"{area}/")] for area in ("documentation", "schemas")
    }
    reps = {
        name: [file for file in files if file.path == f"representations/{name}/METS.xml"] for name in representations
    }
    metadata = [file for file in files if file.path.startswith("metadata/")]
    described = [file for file in metadata if "/preservation/" not in file.path]
    preserved = [file for file in metadata if "/preservation/" in file.path]
    groups = {"Documentation": by_area["documentation"], "Schemas": by_area["schemas"]}
    groups |= {f"Representations/{name}": each for name, each in reps.items()}
    root = _root(kind, package.name, package.title)
    root.append(_header(package, kind))
    root.extend(_described(file) for file in described)
    root.append(_preserved(preserved))
    root.append(node("mets:fileSec", *(_group(use, each) for use, each in groups.items()), ID=_id("fileSec")))
    inner = [node("mets:div", *_pointers(use), ID=_id(f"div {use}"), LABEL=use) for use in ("Documentation", "Schemas")]
    inner.append(_representations(representations))
    root.append(_structure(package.name, described, preserved, inner))
    return xml_bytes(root)


def representation_mets(package: Package, kind: PackageType, name: str, files: Sequence[PackageFile]) -> bytes:
    """Write the METS.xml of a representation; the paths of `files` are below it."""
    data = [file for file in files if file.path.startswith("data/")]
    preserved = [file for file in files if file.path.startswith("metadata/preservation/")]
    root = _root(kind, name, f"{package.title}: {name}")
    root.append(_header(package, kind))
    root.append(_preserved(preserved))
    root.append(node("mets:fileSec", _group("Data", data), ID=_id("fileSec")))
    inner = [node("mets:div", *_pointers("Data"), ID=_id("div Data"), LABEL="Data")]
    root.append(_structure(name, [], preserved, inner))
    return xml_bytes(root)


def _root(kind: PackageType, name: str, label: str) -> ET.Element:
    return node(
        "mets:mets",
        OBJID=name,
        LABEL=label,
        TYPE=_TYPE,
        PROFILE=kind.profile,
        csip__CONTENTINFORMATIONTYPE="OTHER",
        csip__OTHERCONTENTINFORMATIONTYPE=_CONTENT,
    )


def _header(package: Package, kind: PackageType) -> ET.Element:
    status = "NEW" if package.version.number == 1 else "VERSION"
    return node(
        "mets:metsHdr",
        node(
            "mets:agent",
            node("mets:name", "Chung tay Reports"),
            node("mets:note", __version__, csip__NOTETYPE="SOFTWARE VERSION"),
            ROLE="CREATOR",
            TYPE="OTHER",
            OTHERTYPE="SOFTWARE",
        ),
        node("mets:agent", node("mets:name", package.organisation), ROLE="ARCHIVIST", TYPE="ORGANIZATION"),
        node(
            "mets:agent",
            node("mets:name", package.organisation),
            ROLE="OTHER",
            OTHERROLE="SUBMITTER",
            TYPE="ORGANIZATION",
        ),
        node("mets:altRecordID", package.id, TYPE="REFERENCECODE"),
        CREATEDATE=package.created,
        LASTMODDATE=package.created,
        RECORDSTATUS=status,
        csip__OAISPACKAGETYPE=kind.value,
    )


def _described(file: PackageFile) -> ET.Element:
    return node("mets:dmdSec", _reference(file), ID=_id(f"dmd {file.path}"), CREATED=file.created, STATUS="CURRENT")


def _preserved(files: Sequence[PackageFile]) -> ET.Element:
    return node(
        "mets:amdSec",
        *(node("mets:digiprovMD", _reference(file), ID=_id(f"amd {file.path}"), STATUS="CURRENT") for file in files),
    )


def _reference(file: PackageFile) -> ET.Element:
    kind, other = _METADATA.get(file.path, ("OTHER", file.path.rpartition("/")[2]))
    return node(
        "mets:mdRef",
        LOCTYPE="URL",
        MDTYPE=kind,
        **({"OTHERMDTYPE": other} if other else {}),
        MIMETYPE=file.mime,
        xlink__type="simple",
        xlink__href=quote(file.path),
        **_measures(file),
    )


def _group(use: str, files: Sequence[PackageFile]) -> ET.Element:
    made = [
        node(
            "mets:file",
            node("mets:FLocat", LOCTYPE="URL", xlink__type="simple", xlink__href=quote(file.path)),
            ID=_id(f"file {file.path}"),
            MIMETYPE=file.mime,
            **_measures(file),
            **(
                {"sip__FILEFORMATNAME": file.format[0], "sip__FILEFORMATVERSION": file.format[1]}
                if file.format[1]
                else {}
            ),
        )
        for file in files
    ]
    return node(
        "mets:fileGrp",
        *made,
        ID=_id(f"group {use}"),
        USE=use,
        csip__CONTENTINFORMATIONTYPE="OTHER",
        csip__OTHERCONTENTINFORMATIONTYPE=_CONTENT,
    )


def _measures(file: PackageFile) -> dict[str, str]:
    return {
        "SIZE": str(len(file.data)),
        "CREATED": file.created,
        "CHECKSUM": file.sha256,
        "CHECKSUMTYPE": "SHA-256",
    }


def _pointers(*uses: str) -> list[ET.Element]:
    return [node("mets:fptr", FILEID=_id(f"group {use}")) for use in uses]


def _representations(names: Sequence[str]) -> ET.Element:
    parts = [
        node(
            "mets:div",
            node(
                "mets:mptr",
                LOCTYPE="URL",
                xlink__type="simple",
                xlink__href=f"representations/{name}/METS.xml",
                xlink__title=_id(f"group Representations/{name}"),
            ),
            ID=_id(f"div Representations/{name}"),
            LABEL=f"Representations/{name}",
        )
        for name in names
    ]
    pointers = _pointers(*(f"Representations/{name}" for name in names))
    return node("mets:div", *pointers, *parts, ID=_id("div Representations"), LABEL="Representations")


def _structure(
    label: str, described: Sequence[PackageFile], preserved: Sequence[PackageFile], inner: Sequence[ET.Element]
) -> ET.Element:
    linked = {
        "DMDID": " ".join(_id(f"dmd {file.path}") for file in described),
        "ADMID": " ".join(_id(f"amd {file.path}") for file in preserved),
    }
    metadata = node(
        "mets:div", ID=_id("div Metadata"), LABEL="Metadata", **{name: ids for name, ids in linked.items() if ids}
    )
    whole = node("mets:div", metadata, *inner, ID=_id("div"), LABEL=label)
    return node("mets:structMap", whole, ID=_id("structMap"), TYPE="PHYSICAL", LABEL="CSIP")


def _id(what: str) -> str:
    """Name a part of the document: always the same, and never a digit first."""
    return f"id-{hashlib.sha256(what.encode()).hexdigest()[:20]}"
