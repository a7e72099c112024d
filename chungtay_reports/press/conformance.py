"""Make WeasyPrint's PDF/A-3a a PDF/UA-1 file too, and say in it what a screen reader and an archive need.

Runs as WeasyPrint's finisher, on the objects of the file just before they are written. ISO 14289-1 (PDF/UA-1),
ISO 19005-3 (PDF/A-3), ISO 32000-1 §14.7-14.8.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise
from typing import Any

import pydyf

from chungtay_reports.press.edits import say_edits
from chungtay_reports.press.job import DEPOSIT, PrintJob
from chungtay_reports.press.own import own_description

UA_IDENTIFICATION = b"""\
<rdf:Description rdf:about="" xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/" pdfuaid:part="1"/>
<rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:language><rdf:Bag>\
<rdf:li>vi</rdf:li></rdf:Bag></dc:language></rdf:Description>
<rdf:Description rdf:about="" xmlns:pdfaExtension="http://www.aiim.org/pdfa/ns/extension/" \
xmlns:pdfaSchema="http://www.aiim.org/pdfa/ns/schema#" xmlns:pdfaProperty="http://www.aiim.org/pdfa/ns/property#">\
<pdfaExtension:schemas><rdf:Bag><rdf:li rdf:parseType="Resource">\
<pdfaSchema:schema>PDF/UA identification schema</pdfaSchema:schema>\
<pdfaSchema:namespaceURI>http://www.aiim.org/pdfua/ns/id/</pdfaSchema:namespaceURI>\
<pdfaSchema:prefix>pdfuaid</pdfaSchema:prefix>\
<pdfaSchema:property><rdf:Seq><rdf:li rdf:parseType="Resource">\
<pdfaProperty:name>part</pdfaProperty:name><pdfaProperty:valueType>Integer</pdfaProperty:valueType>\
<pdfaProperty:category>internal</pdfaProperty:category>\
<pdfaProperty:description>Part of ISO 14289 to which the file conforms</pdfaProperty:description>\
</rdf:li></rdf:Seq></pdfaSchema:property></rdf:li><rdf:li rdf:parseType="Resource">\
<pdfaSchema:schema>Chung tay Reports</pdfaSchema:schema>\
<pdfaSchema:namespaceURI>urn:chungtay-reports:xmp:1</pdfaSchema:namespaceURI>\
<pdfaSchema:prefix>chungtay</pdfaSchema:prefix>\
<pdfaSchema:property><rdf:Seq><rdf:li rdf:parseType="Resource">\
<pdfaProperty:name>pages</pdfaProperty:name><pdfaProperty:valueType>Text</pdfaProperty:valueType>\
<pdfaProperty:category>internal</pdfaProperty:category>\
<pdfaProperty:description>SHA-256 of what is drawn on each page</pdfaProperty:description>\
</rdf:li><rdf:li rdf:parseType="Resource">\
<pdfaProperty:name>signing</pdfaProperty:name><pdfaProperty:valueType>Text</pdfaProperty:valueType>\
<pdfaProperty:category>internal</pdfaProperty:category>\
<pdfaProperty:description>Page, left, bottom, width and height of the room for a signature, in points\
</pdfaProperty:description>\
</rdf:li></rdf:Seq></pdfaSchema:property></rdf:li></rdf:Bag></pdfaExtension:schemas></rdf:Description>
"""


SVG = "{http://www.w3.org/2000/svg}"
END = b"\nendstream"


def end_streams_clearly() -> None:
    """Have pydyf end a stream whose last byte is a carriage return by CR LF instead of LF.

    The line end after such a byte reads as CR LF, so strict readers find one byte less than `/Length` says
    (ISO 19005-3, 6.1.7.1). It happens to one compressed stream in 256.
    """
    plain = pydyf.Stream.data.fget

    def data(self: pydyf.Stream) -> bytes:
        written: bytes = plain(self)
        return written.removesuffix(END) + b"\r" + END if written.endswith(b"\r" + END) else written

    pydyf.Stream.data = property(data)


def describe_drawings(page: Any) -> None:
    """Add to each drawing's title, which WeasyPrint gives as its alternative text, the description that it carries."""
    for drawing in page.iter(f"{SVG}svg"):
        title, description = drawing.find(f"{SVG}title"), drawing.findtext(f"{SVG}desc")
        if title is not None and title.text and description:
            title.text = f"{title.text}. {description}"


def finish(document: Any, pdf: pydyf.PDF, job: PrintJob) -> None:
    """Put the finishing touches to a file: identification, attachments, link texts, table heads, running lines."""
    _describe_attachments(pdf, job)
    _describe_links(document, job)
    _scope_table_heads(_tagged_heads(document), pdf)
    say_edits(document, pdf, _target(pdf, pdf.catalog["StructTreeRoot"]))
    _set_running_lines_apart(pdf)
    _identify(document, pdf, job)


def _identify(document: Any, pdf: pydyf.PDF, job: PrintJob) -> None:
    """Declare PDF/UA-1 beside PDF/A-3a, and what is drawn; the XMP stays readable without a PDF library."""
    metadata = _target(pdf, pdf.catalog["Metadata"])
    if job.variant == DEPOSIT:
        metadata.compress = False
        _flatten_groups(pdf)
        return
    xml = b"".join(metadata.stream)
    head, end, tail = xml.rpartition(b"</rdf:RDF>")
    metadata.stream = [head + UA_IDENTIFICATION + own_description(document, pdf, job) + end + tail]
    metadata.compress = False


def _flatten_groups(pdf: pydyf.PDF) -> None:
    """Take the transparency group from drawings that have nothing transparent (ISO 19005-1, 6.4)."""
    for item in pdf.objects:
        if isinstance(item, pydyf.Stream) and item.extra.get("Subtype") == "/Form":
            item.extra.pop("Group", None)


def _describe_attachments(pdf: pydyf.PDF, job: PrintJob) -> None:
    """Give each embedded file its type as the job says it, and name it once in the catalogue's AF."""
    types = {attached.name: attached.media_type for attached in job.attachments}
    for specification in _of_type(pdf, "/Filespec"):
        file = _target(pdf, specification["EF"]["F"])
        file.extra["Subtype"] = "/" + types[specification["UF"].string].replace("/", "#2f")
    if "AF" in pdf.catalog:
        pdf.catalog["AF"] = pydyf.Array(dict.fromkeys(pdf.catalog["AF"]))


def _describe_links(document: Any, job: PrintJob) -> None:
    """Say in words where each link within the document leads, instead of its raw address."""
    for page in document.pages:
        for _, target, _, box in page.links:
            if target in job.destinations and box.link_annotation:
                box.link_annotation["Contents"] = pydyf.String(job.destinations[target])


def _tagged_heads(document: Any) -> list[Any]:
    """Find the boxes of tagged head cells."""
    boxes = (box for page in document.pages for box in page._page_box.descendants())  # noqa: SLF001 - no public name
    return [box for box in boxes if getattr(box, "mark", None) is not None and box.mark["S"] == "/TH"]


def _scope_table_heads(heads: list[Any], pdf: pydyf.PDF) -> None:
    """Write the scope of each head cell, and the tree by which cells find their heads."""
    identified = []
    for box in heads:
        element = box.mark
        element["A"]["Scope"] = "/Row" if box.element.get("scope") == "row" else "/Column"
        if "ID" in element:
            identified.append((element["ID"].string, element.reference))
    if identified:
        names = pydyf.Array()
        for key, reference in sorted(set(identified)):
            names.extend((pydyf.String(key), reference))
        limits = pydyf.Array((names[0], names[-2]))
        leaf = pydyf.Dictionary({"Names": names, "Limits": limits})
        pdf.add_object(leaf)
        root = _target(pdf, pdf.catalog["StructTreeRoot"])
        root["IDTree"] = pydyf.Dictionary({"Kids": pydyf.Array([leaf.reference])})


def _set_running_lines_apart(pdf: pydyf.PDF) -> None:
    """Mark page heads and feet as artifacts: WeasyPrint tags them like text but hangs them nowhere in the tree."""
    root = _target(pdf, pdf.catalog["StructTreeRoot"])
    reached = set(_reached(pdf, root))
    pages = [_target(pdf, reference) for reference in pdf.page_references]
    numbers = _target(pdf, root["ParentTree"])["Nums"]
    for page_number, elements in zip(numbers[::2], numbers[1::2], strict=True):
        if page_number >= len(pages):
            return
        apart = {mcid for mcid, reference in enumerate(elements) if _number(reference) not in reached}
        if apart:
            elements[:] = ["null" if mcid in apart else reference for mcid, reference in enumerate(elements)]
            _mark_artifacts(_target(pdf, pages[page_number]["Contents"]), apart)
    for element in _of_type(pdf, "/StructElem"):
        if element.number not in reached:
            element.clear()


def _mark_artifacts(stream: pydyf.Stream, apart: set[int]) -> None:
    items = stream.stream
    for index, (tag, properties) in enumerate(pairwise(items)):
        if isinstance(properties, pydyf.Dictionary) and properties.get("MCID") in apart:
            assert isinstance(tag, str)  # noqa: S101 - pydyf writes “/Span”
            items[index] = "/Artifact"
            items[index + 1] = pydyf.Dictionary({"Type": "/Pagination"})


def _reached(pdf: pydyf.PDF, root: pydyf.Dictionary) -> Iterator[int]:
    waiting = [root]
    while waiting:
        element = waiting.pop()
        yield element.number
        kids = element.get("K", ())
        waiting.extend(_target(pdf, kid) for kid in kids if isinstance(kid, bytes))


def _of_type(pdf: pydyf.PDF, name: str) -> Iterator[pydyf.Dictionary]:
    return (item for item in pdf.objects if isinstance(item, dict) and item.get("Type") == name)


def _number(reference: bytes) -> int:
    return int(reference.split()[0])


def _target(pdf: pydyf.PDF, reference: bytes) -> Any:
    return pdf.objects[_number(reference)]
