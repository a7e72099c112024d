"""The history of a package in PREMIS 3: every element where the data dictionary has it, and no link that leads nowhere."""

from __future__ import annotations

from pathlib import Path
from xml.etree.ElementTree import ElementTree as Tree

import pytest
from archives import add
from defusedxml import ElementTree
from test_handover import publication

from chungtay_reports.archive.handover import export
from chungtay_reports.archive.ocfl import Store
from chungtay_reports.archive.publication import to_json

PREMIS = "{http://www.loc.gov/premis/v3}"
KIND = "{http://www.w3.org/2001/XMLSchema-instance}type"
# What the PREMIS 3.0 data dictionary lets stand in each element, in its order; of its units, those that we write.
ORDER = {
    "premis": ("object", "event", "agent", "rights"),
    "object": (
        "objectIdentifier", "preservationLevel", "significantProperties", "objectCharacteristics", "originalName",
        "storage", "relationship", "linkingEventIdentifier",
    ),
    "objectCharacteristics": ("compositionLevel", "fixity", "size", "format", "creatingApplication"),
    "fixity": ("messageDigestAlgorithm", "messageDigest", "messageDigestOriginator"),
    "format": ("formatDesignation", "formatRegistry", "formatNote"),
    "formatDesignation": ("formatName", "formatVersion"),
    "relationship": (
        "relationshipType", "relationshipSubType", "relatedObjectIdentifier", "relatedEventIdentifier",
    ),
    "event": (
        "eventIdentifier", "eventType", "eventDateTime", "eventDetailInformation", "eventOutcomeInformation",
        "linkingAgentIdentifier", "linkingObjectIdentifier",
    ),
    "eventDetailInformation": ("eventDetail",),
    "eventOutcomeInformation": ("eventOutcome", "eventOutcomeDetail"),
    "agent": ("agentIdentifier", "agentName", "agentType", "agentVersion", "agentNote"),
}  # fmt: skip


@pytest.fixture(scope="module")
def histories(tmp_path_factory: pytest.TempPathFactory) -> list[Tree]:
    """Read the histories of a package and of its representations."""
    folder: Path = tmp_path_factory.mktemp("premis")
    store = Store.create(folder / "archive")
    for number in (1, 2):
        record = to_json(publication(f"v{number}")).encode()
        add(store, {"an-pham.json": record, "luu-tru/a.pdf": b"%PDF", "tai-lieu/a.pdf": b"%%PDF %d" % number}, "urn:a")
    (package,) = export(store.root, "eark", folder / "out")
    return [ElementTree.parse(path) for path in sorted(package.rglob("premis.xml"))]


def test_every_element_stands_where_the_data_dictionary_has_it(histories: list[Tree]) -> None:
    assert len(histories) == 3
    for element in (each for history in histories for each in history.iter()):
        name = element.tag.removeprefix(PREMIS)
        inside = [child.tag.removeprefix(PREMIS) for child in element]
        if name.endswith("Identifier"):
            assert inside == [f"{name}Type", f"{name}Value"]
        else:
            assert inside == sorted(inside, key=ORDER.get(name, ()).index)


def test_every_link_leads_to_something_that_is_described(histories: list[Tree]) -> None:
    described = {
        (kind, value.text)
        for history in histories
        for kind in ("object", "event", "agent")
        for value in history.iter(f"{PREMIS}{kind}IdentifierValue")
    }
    linked = {
        (kind.lower(), value.text)
        for history in histories
        for kind, link in (
            ("Object", "linkingObject"), ("Event", "linkingEvent"), ("Agent", "linkingAgent"), ("Object", "relatedObject"),
        )
        for value in history.iter(f"{PREMIS}{link}IdentifierValue")
    }  # fmt: skip
    assert {kind for kind, _ in linked} == {"object", "event", "agent"}
    assert linked <= described


def test_what_was_published_names_every_event_that_made_it(histories: list[Tree]) -> None:
    of_package = next(each for each in histories if each.find(f"{PREMIS}event") is not None)
    entity = of_package.find(f"{PREMIS}object")
    assert entity is not None
    assert entity.attrib[KIND] == "premis:intellectualEntity"
    named = [value.text for value in entity.iter(f"{PREMIS}linkingEventIdentifierValue")]
    assert named == [value.text for value in of_package.iter(f"{PREMIS}eventIdentifierValue")]
    assert len(named) == 3
