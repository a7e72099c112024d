"""Say what happened to the files (PREMIS 3): every publication as an event, who acted, and the digests of every file."""

from __future__ import annotations

from collections.abc import Sequence
from xml.etree import ElementTree as ET

from chungtay_reports import __version__
from chungtay_reports.archive.handover.package import Package, PackageFile, moment
from chungtay_reports.archive.handover.xmltext import node, xml_bytes
from chungtay_reports.archive.publication import Approval

SOFTWARE = "chungtay-reports"


def premis_of_package(package: Package) -> bytes:
    """Describe the publication as an intellectual entity, with an event for each version and the agents that acted."""
    approvals = package.publication.approvals if package.publication else ()
    events = [*_publications(package), *_approvals(package, approvals)]
    entity = node(
        "premis:object",
        _identifier("object", package.id),
        node("premis:originalName", package.title),
        *(_linking("Event", _identity(event)) for event in events),
        xsi__type="premis:intellectualEntity",
    )
    agents = [_agent(name, name, "organization") for name in dict.fromkeys(each.user.name for each in package.versions)]
    agents += [_agent(each.by, f"{each.name}, {each.post}", "person") for each in approvals]
    agents.append(_agent(SOFTWARE, "Chung tay Reports", "software"))
    return xml_bytes(node("premis:premis", entity, *events, *agents, version="3.0"))


def _publications(package: Package) -> list[ET.Element]:
    return [
        node(
            "premis:event",
            _identifier("event", f"{package.id}#{each.name}"),
            node("premis:eventType", "accession" if each.number == 1 else "modification"),
            node("premis:eventDateTime", moment(each.created)),
            node("premis:eventDetailInformation", node("premis:eventDetail", each.message)),
            node("premis:eventOutcomeInformation", node("premis:eventOutcome", "success")),
            _linking("Agent", each.user.name),
            _linking("Agent", SOFTWARE),
            _linking("Object", package.id),
        )
        for each in package.versions
    ]


def _approvals(package: Package, approvals: Sequence[Approval]) -> list[ET.Element]:
    return [
        node(
            "premis:event",
            _identifier("event", f"{package.id}#{package.version.name}/{each.by}"),
            node("premis:eventType", "approval"),
            node("premis:eventDateTime", each.on.isoformat()),
            node("premis:eventDetailInformation", node("premis:eventDetail", f"Duyệt bản có mã {each.digest}")),
            _linking("Agent", each.by),
            _linking("Object", package.id),
        )
        for each in approvals
    ]


def premis_of_representation(package: Package, name: str, files: Sequence[PackageFile]) -> bytes:
    """Describe one representation: each file with its digests, size, format and the name that it had."""
    whole = node(
        "premis:object",
        _identifier("object", f"{package.id}#{package.version.name}/{name}"),
        *(_part(package, file) for file in files),
        xsi__type="premis:representation",
    )
    return xml_bytes(node("premis:premis", whole, *(_file(package, file) for file in files), version="3.0"))


def _file(package: Package, file: PackageFile) -> ET.Element:
    format_name, format_version = file.format
    version = [node("premis:formatVersion", format_version)] if format_version else []
    return node(
        "premis:object",
        _identifier("object", f"{package.id}#{package.version.name}/{file.path}"),
        node(
            "premis:objectCharacteristics",
            *(
                node(
                    "premis:fixity",
                    node("premis:messageDigestAlgorithm", algorithm),
                    node("premis:messageDigest", digest),
                )
                for algorithm, digest in (("SHA-256", file.sha256), ("SHA-512", file.sha512))
            ),
            node("premis:size", str(len(file.data))),
            node("premis:format", node("premis:formatDesignation", node("premis:formatName", format_name), *version)),
        ),
        node("premis:originalName", file.path),
        xsi__type="premis:file",
    )


def _part(package: Package, file: PackageFile) -> ET.Element:
    return node(
        "premis:relationship",
        node("premis:relationshipType", "structural"),
        node("premis:relationshipSubType", "has part"),
        node(
            "premis:relatedObjectIdentifier",
            node("premis:relatedObjectIdentifierType", "local"),
            node("premis:relatedObjectIdentifierValue", f"{package.id}#{package.version.name}/{file.path}"),
        ),
    )


def _agent(identifier: str, name: str, kind: str) -> ET.Element:
    version = [node("premis:agentVersion", __version__)] if kind == "software" else []
    return node(
        "premis:agent",
        _identifier("agent", identifier),
        node("premis:agentName", name),
        node("premis:agentType", kind),
        *version,
    )


def _identifier(kind: str, value: str) -> ET.Element:
    return node(
        f"premis:{kind}Identifier",
        node(f"premis:{kind}IdentifierType", "local"),
        node(f"premis:{kind}IdentifierValue", value),
    )


def _identity(event: ET.Element) -> str:
    return event[0][1].text or ""


def _linking(kind: str, value: str) -> ET.Element:
    return node(
        f"premis:linking{kind}Identifier",
        node(f"premis:linking{kind}IdentifierType", "local"),
        node(f"premis:linking{kind}IdentifierValue", value),
    )
