"""Build XML as a tree and write it the same way every time: UTF-8, indented, namespaces with their usual prefixes."""

from __future__ import annotations

import re
from xml.etree import ElementTree as ET

PREFIXES = {
    "csip": "https://DILCIS.eu/XML/METS/CSIPExtensionMETS",
    "dc": "http://purl.org/dc/elements/1.1/",
    "dcterms": "http://purl.org/dc/terms/",
    "ead": "urn:isbn:1-931666-22-9",
    "mets": "http://www.loc.gov/METS/",
    "premis": "http://www.loc.gov/premis/v3",
    "sip": "https://DILCIS.eu/XML/METS/SIPExtensionMETS",
    "xlink": "http://www.w3.org/1999/xlink",
    "xs": "http://www.w3.org/2001/XMLSchema",
    "xsi": "http://www.w3.org/2001/XMLSchema-instance",
}
for _prefix, _uri in PREFIXES.items():
    ET.register_namespace(_prefix, _uri)
_ILLEGAL = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def node(tag: str, *content: ET.Element | str, **attributes: str) -> ET.Element:
    """Make an element: `node("mets:div", child, ID="x", xlink__href="y")`; two underscores in a name stand for the colon."""
    made = ET.Element(
        _qualified(tag), {_qualified(name.replace("__", ":")): _legal(text) for name, text in attributes.items()}
    )
    for each in content:
        if isinstance(each, str):
            made.text = _legal(each)
        else:
            made.append(each)
    return made


def xml_bytes(root: ET.Element) -> bytes:
    """Write a document."""
    ET.indent(root)
    text: bytes = ET.tostring(root, encoding="utf-8")
    return b'<?xml version="1.0" encoding="UTF-8"?>\n' + text + b"\n"


def _qualified(name: str) -> str:
    prefix, colon, local = name.partition(":")
    return f"{{{PREFIXES[prefix]}}}{local}" if colon else name


def _legal(text: str) -> str:
    return _ILLEGAL.sub("\ufffd", text)
