"""Set one page in type: WeasyPrint with our fonts, our addresses and no tolerance for what it would only log."""

from __future__ import annotations

import io
import logging
import re
from collections.abc import Mapping
from datetime import UTC
from typing import Any

from weasyprint import CSS, HTML, Attachment
from weasyprint.text.fonts import FontConfiguration
from weasyprint.urls import URLFetcher, URLFetcherResponse

from chungtay_reports import resources
from chungtay_reports.press.columns import balance_columns_quickly
from chungtay_reports.press.conformance import describe_drawings, end_streams_clearly, finish
from chungtay_reports.press.edits import tag_edits
from chungtay_reports.press.job import Fetched, PrintJob
from chungtay_reports.press.shortcuts import take_short_cuts
from chungtay_reports.press.speed import measured, with_room
from chungtay_reports.press.spreads import continue_below_columns

end_streams_clearly()
tag_edits()
balance_columns_quickly()
if measured():
    continue_below_columns()
    take_short_cuts()

SCHEME = "chungtay://"
FONTS = {face.ttf.name: face.ttf for face in resources.FACES}

# What is tried in this order until nothing of the text is lost, see `Setter._whole`.
NUDGES = ("", *(f"main {{ padding-top: {millimetres}mm }}" for millimetres in (0.8, 1.6, 2.4)))
# Named places that are always on a page: headings, numbers, tables, sections; a drawing has names of its own inside.
PLACES = re.compile(r'<(?:h[1-6]|a|p|table|section|figure|tr|td|th|div)\b[^>]* id="([^"]+)"')

# WeasyPrint's log lines that stand for a mistake of ours or of an author, and what to say about them.
REASONS = (
    (
        re.compile(r"\.notdef glyph rendered .*: \"(.)\" \((U\+[0-9A-F]+)\)", re.DOTALL),
        "Không phông chữ nào đi kèm có ký tự “{0}” ({1}); hãy viết bằng chữ khác.",
    ),
    (re.compile(r"Font-face '?(.+?)'? cannot be loaded"), "Không nạp được phông chữ “{0}”."),
    (re.compile(r"Image \"(.+)\" has no required alt"), "Ảnh “{0}” thiếu lời mô tả (alt)."),
    (re.compile(r"Failed to load image at '(.+?)'"), "Không mở được ảnh “{0}”."),
    (re.compile(r"No anchor #(\S+)"), "Liên kết nội bộ trỏ tới “{0}” nhưng trang không có chỗ đó."),
    (re.compile(r"Anchor defined twice: '(.+)'"), "Chỗ “{0}” được đặt tên hai lần trong trang."),
)


class Setter:
    """Sets page after page; the bundled faces are loaded once and are the only ones there are."""

    def __init__(self) -> None:
        self._log = _Log()
        logger = logging.getLogger("weasyprint")
        logger.handlers, logger.propagate = [self._log], False
        logger.setLevel(logging.WARNING)
        self._fonts = FontConfiguration()
        CSS(string=resources.font_css(), font_config=self._fonts, url_fetcher=_Shelf({}))
        if self._log.lines:
            raise OSError("; ".join(self._log.lines))

    @with_room
    def set(self, job: PrintJob) -> tuple[bytes, tuple[str, ...]]:
        """Make the PDF; with it every reason why it must not be used, none when it is good."""
        fetcher = _Shelf(job.assets)
        page = HTML(string=job.html, url_fetcher=fetcher, media_type="print")
        describe_drawings(page.etree_element)
        document, lost = self._whole(page, job)
        uninvited = len(document.metadata.attachments)
        _imprint(document.metadata, job)
        pdf = document.write_pdf(
            finisher=lambda rendered, file: finish(rendered, file, job),
            pdf_variant=job.variant,
            attachments=[_attachment(job, index) for index in _by_name(job)],
            cache={},
        )
        reasons = [f"Trang gọi “{url}”, ngoài những gì bản in được dùng." for url in fetcher.refused]
        if uninvited:
            reasons.append("Trang tự đính kèm tệp; chỉ chương trình mới được đính kèm.")
        reasons += [_reason(line) for line in self._log.lines if not _mentions(line, fetcher.refused)]
        if lost:
            reasons.append(f"Trang in thiếu phần nội dung từ chỗ “{lost[0]}” trở đi.")
        return pdf, tuple(dict.fromkeys(reasons))

    def _whole(self, html: HTML, job: PrintJob) -> tuple[Any, list[str]]:
        """Lay the pages out so that all of the text is on them; with them the places that are on none nevertheless.

        Where columns end within a millimetre of the foot of a page and a block across them follows, WeasyPrint 70 drops
        all that comes after. A text that begins a little lower does not meet that place.
        """
        named = PLACES.findall(job.html)
        for nudge in NUDGES:
            styles = [CSS(string=nudge, url_fetcher=_Shelf({}))] if nudge else None
            self._log.lines.clear()
            document = html.render(font_config=self._fonts, stylesheets=styles, pdf_variant=job.variant)
            there = {name for page in document.pages for name in page.anchors}
            lost = [name for name in named if name not in there]
            if not lost:
                break
        return document, lost


class _Shelf(URLFetcher):  # type: ignore[misc] # WeasyPrint has no types
    """The only place that a page is fed from; any other address is refused and noted."""

    def __init__(self, assets: Mapping[str, Fetched]) -> None:
        super().__init__(allowed_protocols=("chungtay",), allow_redirects=False)
        self._assets = assets
        self.refused: list[str] = []

    def fetch(self, url: str, headers: object = None) -> URLFetcherResponse:
        del headers
        found = self._find(url.removeprefix(SCHEME)) if url.startswith(SCHEME) else None
        if found is None:
            self.refused.append(url[:200])
            raise ValueError(url[:200])
        return URLFetcherResponse(url, found.data, {"Content-Type": found.media_type})

    def _find(self, address: str) -> Fetched | None:
        font = FONTS.get(address.removeprefix("fonts/")) if address.startswith("fonts/") else None
        return Fetched("font/ttf", font.read_bytes()) if font else self._assets.get(address)


class _Log(logging.Handler):
    """Keeps what WeasyPrint has to say about the current document."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.lines: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.lines.append(record.getMessage())


def _imprint(metadata: object, job: PrintJob) -> None:
    imprint, issued = job.imprint, job.imprint.issued.isoformat(timespec="seconds")
    values = {
        "title": imprint.title,
        "authors": [imprint.author],
        "description": imprint.subject,
        "keywords": list(imprint.keywords),
        "generator": imprint.generator,
        "created": issued,
        "modified": issued,
        "attachments": [],
        "custom": {},
        "lang": "vi",
    }
    for name, value in values.items():
        setattr(metadata, name, value)


def _by_name(job: PrintJob) -> list[int]:
    """Order the attachments by name: the name tree of embedded files must be sorted."""
    return sorted(range(len(job.attachments)), key=lambda index: job.attachments[index].name)


def _attachment(job: PrintJob, index: int) -> Attachment:
    attached, issued = job.attachments[index], job.imprint.issued.astimezone(UTC)
    return Attachment(
        file_obj=io.BytesIO(attached.data),
        url_fetcher=_Shelf({}),
        name=attached.name,
        description=attached.description,
        created=issued,
        modified=issued,
        relationship=attached.relationship,
    )


def _reason(line: str) -> str:
    for pattern, sentence in REASONS:
        if match := pattern.search(line):
            return sentence.format(*match.groups())
    return f"WeasyPrint báo: {line[:300]}."


def _mentions(line: str, urls: list[str]) -> bool:
    return any(url in line for url in urls)
