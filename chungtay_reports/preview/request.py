"""What a browser asks: one request line and its headers, read strictly, and judged before anything is looked up."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from http import HTTPStatus
from urllib.parse import parse_qsl, unquote_to_bytes

MAX_HEAD = 16_384
MAX_TARGET = 2_048
MAX_FIELDS = 64
MAX_ASKED = 8  # things after the “?”
METHODS = ("GET", "HEAD")
HOSTS = ("127.0.0.1", "localhost", "[::1]")
CHANNEL = "/su-kien"  # where pages wait to be told that they are old

_TOKEN = re.compile(r"[!#$%&'*+.^_`|~0-9A-Za-z-]+")
_VALUE = re.compile(r"[\t\x20-\x7e\x80-\xff]*")
_TARGET = re.compile(r"/[\x21-\x7e]*")
# An encoded slash, backslash or NUL is never part of a name here, and hides one from whoever looks for it.
_HIDDEN = re.compile(r"%(?:2f|5c|00)|\\", re.IGNORECASE)
_ENCODED = re.compile(r"%(?![0-9A-Fa-f]{2})")


class RequestError(Exception):
    """A request that is not answered: its HTTP status, and a Vietnamese sentence that says why."""

    def __init__(self, status: HTTPStatus, reason: str) -> None:
        super().__init__(reason)
        self.status = status
        self.reason = reason


@dataclass(frozen=True, slots=True)
class Request:
    """A request that was well formed; `path` is decoded once, `fields` have lower-case names."""

    method: str
    path: str
    query: Mapping[str, str]
    fields: Mapping[str, str]


def parse(head: bytes) -> Request:
    """Read the head of a request, up to and without its empty line; RequestError when it is not plainly one."""
    lines = head.decode("latin-1").split("\r\n")
    method, target, version = _request_line(lines[0])
    fields = _fields(lines[1:])
    if method not in METHODS:
        raise RequestError(HTTPStatus.METHOD_NOT_ALLOWED, "Máy xem thử chỉ cho đọc: GET hoặc HEAD.")
    if fields.get("content-length", "0") != "0" or "transfer-encoding" in fields:
        raise RequestError(HTTPStatus.BAD_REQUEST, "Máy xem thử không nhận dữ liệu gửi lên.")
    if version == "HTTP/1.1" and "host" not in fields:
        raise RequestError(HTTPStatus.BAD_REQUEST, "Yêu cầu thiếu tên máy (Host).")
    raw, _, query = target.partition("?")
    return Request(method, _path(raw), _query(query), fields)


def judge(request: Request, port: int) -> None:
    """Refuse what does not come from a page of ours or from the address bar; RequestError says why.

    The Host list defeats DNS rebinding, the fetch metadata other sites' pages (https://www.w3.org/TR/fetch-metadata/):
    a page of another port of this machine is “same-site”, so it is a stranger, too.
    """
    hosts = {f"{host}:{port}" for host in HOSTS}
    if request.fields.get("host", "").lower() not in hosts:
        raise RequestError(HTTPStatus.MISDIRECTED_REQUEST, "Tên máy (Host) không phải máy xem thử này.")
    site, origin = request.fields.get("sec-fetch-site", ""), request.fields.get("origin", "")
    if origin and origin.lower() not in {f"http://{host}" for host in hosts}:
        raise RequestError(HTTPStatus.FORBIDDEN, "Trang web khác không được đọc bản xem thử.")
    if request.path == CHANNEL:
        if site != "same-origin" and not (origin and not site):
            raise RequestError(HTTPStatus.FORBIDDEN, "Kênh báo tải lại chỉ dành cho trang xem thử.")
    elif site in {"cross-site", "same-site"} and not _visit(request):
        raise RequestError(HTTPStatus.FORBIDDEN, "Trang web khác không được nhúng bản xem thử.")


def _visit(request: Request) -> bool:
    """Tell whether a person follows a link, as against a page that fetches or embeds."""
    mode, target = request.fields.get("sec-fetch-mode"), request.fields.get("sec-fetch-dest")
    return mode == "navigate" and target == "document"


def _request_line(line: str) -> tuple[str, str, str]:
    parts = line.split(" ")
    if len(parts) != 3 or not _TOKEN.fullmatch(parts[0]):
        raise RequestError(HTTPStatus.BAD_REQUEST, "Dòng yêu cầu sai dạng.")
    if parts[2] not in {"HTTP/1.1", "HTTP/1.0"}:
        raise RequestError(HTTPStatus.HTTP_VERSION_NOT_SUPPORTED, "Chỉ dùng HTTP/1.1.")
    if len(parts[1]) > MAX_TARGET:
        raise RequestError(HTTPStatus.REQUEST_URI_TOO_LONG, "Địa chỉ quá dài.")
    return parts[0], parts[1], parts[2]


def _fields(lines: list[str]) -> dict[str, str]:
    if len(lines) > MAX_FIELDS:
        raise RequestError(HTTPStatus.REQUEST_HEADER_FIELDS_TOO_LARGE, "Quá nhiều dòng đầu thư.")
    fields: dict[str, str] = {}
    for line in lines:
        name, colon, value = line.partition(":")
        if not colon or not _TOKEN.fullmatch(name) or not _VALUE.fullmatch(value):
            raise RequestError(HTTPStatus.BAD_REQUEST, "Dòng đầu thư sai dạng.")
        key = name.lower()
        if key in fields and key in {"host", "origin", "content-length", "sec-fetch-site"}:
            raise RequestError(HTTPStatus.BAD_REQUEST, "Dòng đầu thư lặp lại.")
        fields[key] = value.strip()
    return fields


def _query(text: str) -> dict[str, str]:
    try:
        return dict(parse_qsl(text, max_num_fields=MAX_ASKED))
    except ValueError:
        raise RequestError(HTTPStatus.BAD_REQUEST, "Địa chỉ hỏi quá nhiều điều.") from None


def _path(raw: str) -> str:
    if not _TARGET.fullmatch(raw) or _HIDDEN.search(raw) or _ENCODED.search(raw):
        raise RequestError(HTTPStatus.BAD_REQUEST, "Địa chỉ sai dạng.")
    try:
        return unquote_to_bytes(raw).decode("utf-8")
    except UnicodeDecodeError:
        raise RequestError(HTTPStatus.BAD_REQUEST, "Địa chỉ sai dạng.") from None
