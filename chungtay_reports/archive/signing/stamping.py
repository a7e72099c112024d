"""Timestamps from an authority (RFC 3161): asked for once told to, within a time and a size, every answer checked."""

from __future__ import annotations

import asyncio
import contextlib
import time
from collections.abc import Iterator
from http.client import HTTPException, HTTPResponse
from typing import Any, ClassVar
from urllib.error import HTTPError
from urllib.parse import urlsplit
from urllib.request import HTTPRedirectHandler, Request, build_opener

from chungtay_reports.errors import ReportsError, UsageError

SECONDS = 20.0  # for the whole answer: one that drips is given up as well
LARGEST = 100_000  # bytes of an answer
REPLY = "application/timestamp-reply"
GRANTED = frozenset({"granted", "granted_with_mods"})


class StampingError(ReportsError):
    """The authority gave no timestamp, or one that is not for this signature."""

    exit_code = 1


def stamper(address: str, seconds: float = SECONDS) -> Any:
    """Make what pyHanko asks for timestamps; UsageError when the address is none of a web server."""
    from pyhanko.sign.timestamps import TimeStamper  # noqa: PLC0415 - an extra

    host = _host(address)

    class Stamper(TimeStamper):
        """Speak to one authority; every failure says in Vietnamese what it was."""

        async def async_timestamp(self, message_digest: bytes, md_algorithm: str) -> Any:
            nonce, request = self.request_cms(message_digest, md_algorithm)  # type: ignore[no-untyped-call]
            data = await asyncio.to_thread(_asked, address, host, request.dump(), seconds)
            return _token(data, host, nonce, message_digest)

    return Stamper()  # type: ignore[no-untyped-call]


def _host(address: str) -> str:
    with contextlib.suppress(ValueError):
        parts = urlsplit(address)
        if parts.scheme in {"http", "https"} and parts.hostname:
            return parts.hostname if parts.port is None else f"{parts.hostname}:{parts.port}"
    raise UsageError(f"“{address}” không phải địa chỉ nơi cấp dấu thời gian; viết như https://dau-thoi-gian.vi-du.vn/.")


def _asked(address: str, host: str, query: bytes, seconds: float) -> bytes:
    headers = {"Content-Type": "application/timestamp-query", "Accept": REPLY}
    request = Request(address, query, headers)  # noqa: S310 - only http and https come this far
    deadline = time.monotonic() + seconds
    try:
        with build_opener(_Straight).open(request, timeout=seconds) as answer:
            if answer.headers.get_content_type() != REPLY:
                raise StampingError(f"{host} trả lời không phải như một nơi cấp dấu thời gian; hãy xem lại địa chỉ.")
            return b"".join(_within(answer, host, deadline, seconds))
    except HTTPError as error:
        raise StampingError(f"Nơi cấp dấu thời gian {host} từ chối, mã HTTP {error.code}.") from error
    except (OSError, HTTPException) as error:
        if isinstance(error, TimeoutError) or isinstance(getattr(error, "reason", None), TimeoutError):
            raise _late(host, seconds) from error
        raise StampingError(
            f"Không nối được với nơi cấp dấu thời gian {host}; hãy xem lại mạng và địa chỉ, hoặc ký không có --tsa."
        ) from error


class _Straight(HTTPRedirectHandler):
    """Go nowhere else than where the user said."""

    def redirect_request(self, *asked: object) -> None:
        """Follow nothing: the redirect is then told as the refusal that it is."""


def _within(answer: HTTPResponse, host: str, deadline: float, seconds: float) -> Iterator[bytes]:
    size = 0
    while chunk := answer.read1(8192):
        size += len(chunk)
        if time.monotonic() > deadline:
            raise _late(host, seconds)
        if size > LARGEST:
            raise StampingError(f"{host} trả lời dài quá mức một dấu thời gian; hãy xem lại địa chỉ.")
        yield chunk


def _late(host: str, seconds: float) -> StampingError:
    return StampingError(f"Nơi cấp dấu thời gian {host} không trả lời xong trong {seconds:g} giây; hãy thử lại sau.")


def _token(data: bytes, host: str, nonce: int, digest: bytes) -> Any:
    """Take the token out of an answer that grants one for this very question."""
    from asn1crypto import cms, core, tsp  # noqa: PLC0415 - come with the extra

    class Answer(core.Sequence):  # type: ignore[misc]
        """Read an answer without a token too: asn1crypto's own demands one even of a refusal."""

        _fields: ClassVar = [("status", tsp.PKIStatusInfo), ("time_stamp_token", cms.ContentInfo, {"optional": True})]

    try:
        answer = Answer.load(data, strict=True)
        status = answer["status"]["status"].native
        if status not in GRANTED:
            why = "; ".join(answer["status"]["status_string"].native or ()) or status
            raise StampingError(f"Nơi cấp dấu thời gian {host} không cấp: {why}.")
        token = answer["time_stamp_token"]
        said = token["content"]["encap_content_info"]["content"].parsed
        if said["nonce"].native != nonce or said["message_imprint"]["hashed_message"].native != digest:
            raise StampingError(
                f"Dấu thời gian của {host} không phải cho lần hỏi này (số nonce hoặc mã băm khác); tệp không được ghi."
            )
    except (ValueError, TypeError, KeyError, AttributeError) as error:
        raise StampingError(f"Không đọc được trả lời của nơi cấp dấu thời gian {host}.") from error
    return token
