"""The file around the text: parts, settings and properties that depend on nothing but the paper, and a fixed zip."""

from __future__ import annotations

import io
import zipfile
from datetime import UTC, datetime

import docx
from docx.document import Document as WordDocument
from docx.opc.constants import RELATIONSHIP_TYPE as RT
from docx.opc.part import Part

from chungtay_reports.official.docx.ooxml import el
from chungtay_reports.official.docx.styles import LANGUAGE
from chungtay_reports.official.paper import Paper
from chungtay_reports.official.phrases import kind_words

EPOCH = (1980, 1, 1, 0, 0, 0)  # the earliest time that a zip can say
WORD_2013 = 15  # the compatibility mode without “Compatibility Mode” in the title bar
WORD = "http://schemas.microsoft.com/office/word"
CONTENT_TYPES = "[Content_Types].xml"
APPLICATION = (
    '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
    '<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/extended-properties">'
    "<Application>Chung tay Reports</Application></Properties>"
)

# What python-docx's template carries that a paper has no use for: pictures of another text, numbering, old styles.
UNUSED = frozenset(
    {
        "http://schemas.microsoft.com/office/2007/relationships/stylesWithEffects",
        RT.CUSTOM_XML,
        RT.FONT_TABLE,
        RT.NUMBERING,
        RT.THEME,
        RT.THUMBNAIL,
        RT.WEB_SETTINGS,
    }
)


def blank(paper: Paper, issued: datetime) -> WordDocument:
    """Open an empty document with the properties of the paper, and no page, style or part of the template."""
    document = docx.Document()
    for holder in (document.part, document.part.package):
        for name in [name for name, rel in holder.rels.items() if rel.reltype in UNUSED]:
            del holder.rels[name]
    for child in list(document.element.body):
        document.element.body.remove(child)
    _settings(document)
    _properties(document, paper, issued)
    return document


def _settings(document: WordDocument) -> None:
    settings = document.settings.element
    for child in list(settings):
        settings.remove(child)
    names = ("overrideTableStyleFontSizeAndJustification", "enableOpenTypeFeatures", "doNotFlipMirrorIndents")
    settings.extend(
        [
            el("zoom", percent=100),
            el("defaultTabStop", val=720),
            el("characterSpacingControl", val="doNotCompress"),
            el(
                "compat",
                el("compatSetting", name="compatibilityMode", uri=WORD, val=WORD_2013),
                *(el("compatSetting", name=name, uri=WORD, val=1) for name in names),
            ),
            el("themeFontLang", val=LANGUAGE),
            el("decimalSymbol", val=","),
            el("listSeparator", val=";"),
        ]
    )


def _properties(document: WordDocument, paper: Paper, issued: datetime) -> None:
    moment = issued.astimezone(UTC).replace(tzinfo=None)  # python-docx writes “Z” behind it
    core = document.core_properties
    head = paper.letterhead
    core.title, core.subject = head.subject or f"{kind_words(paper)}: {paper.title}", paper.title
    core.author = core.last_modified_by = head.author
    core.created = core.modified = moment
    core.language, core.category = LANGUAGE, kind_words(paper)
    core.comments, core.keywords, core.revision = paper.illustration, "", 1
    for rel in document.part.package.rels.values():
        if rel.reltype == RT.EXTENDED_PROPERTIES and isinstance(rel.target_part, Part):
            rel.target_part._blob = APPLICATION.encode()  # noqa: SLF001 - python-docx has no name for this part


def packed(document: WordDocument) -> bytes:
    """Write the file: the same bytes for the same paper, whatever the clock."""
    buffer = io.BytesIO()
    document.save(buffer)
    fixed = io.BytesIO()
    with zipfile.ZipFile(buffer) as written, zipfile.ZipFile(fixed, "w") as file:
        for name in sorted(written.namelist(), key=lambda name: (name != CONTENT_TYPES, name)):
            entry = zipfile.ZipInfo(name, EPOCH)
            entry.compress_type, entry.create_system, entry.external_attr = zipfile.ZIP_DEFLATED, 3, 0o644 << 16
            file.writestr(entry, written.read(name), compresslevel=9)
    return fixed.getvalue()
