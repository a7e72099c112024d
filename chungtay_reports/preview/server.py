"""A web server for one person on this machine: 127.0.0.1, GET and HEAD, with limits on time, size and connections."""

from __future__ import annotations

import contextlib
import socket
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from http import HTTPStatus

from chungtay_reports.errors import MachineError
from chungtay_reports.preview.request import MAX_HEAD, METHODS, Request, RequestError, judge, parse

ADDRESS = "127.0.0.1"
TRIED_PORTS = 20
HEAD_SECONDS = 5.0
SEND_SECONDS = 15.0
MAX_CONNECTIONS = 64
MAX_STREAMS = 24

POLICY = (
    "default-src 'none'; img-src 'self'; style-src 'self'; font-src 'self'; script-src 'self'; connect-src 'self'; "
    "frame-src 'self'; base-uri 'none'; form-action 'none'"
)  # of a page in its own words; the header adds what only a header can say
_ALWAYS = (
    ("Content-Security-Policy", f"{POLICY}; frame-ancestors 'self'"),
    ("X-Content-Type-Options", "nosniff"),
    ("Cache-Control", "no-store"),
    ("Referrer-Policy", "no-referrer"),
    ("Cross-Origin-Resource-Policy", "same-origin"),
    ("Cross-Origin-Opener-Policy", "same-origin"),
    ("X-Frame-Options", "SAMEORIGIN"),
    ("Connection", "close"),
)


@dataclass(frozen=True, slots=True)
class Response:
    """What is sent back: a whole body, or a stream of pieces that lasts until the browser leaves."""

    status: HTTPStatus
    media_type: str
    body: bytes = b""
    fields: Mapping[str, str] = field(default_factory=dict)
    stream: Iterator[bytes] | None = None


Answer = Callable[[Request], Response]
Refuse = Callable[[RequestError], Response]


class Server:
    """Answer requests on the first free port from `port` on, each connection in a thread of its own."""

    def __init__(self, port: int, answer: Answer, refuse: Refuse) -> None:
        self._answer, self._refuse = answer, refuse
        self._socket = _listen(port)
        self._closed = threading.Event()
        self._connections = threading.BoundedSemaphore(MAX_CONNECTIONS)
        self._streams = threading.BoundedSemaphore(MAX_STREAMS)
        self.port: int = self._socket.getsockname()[1]

    @property
    def address(self) -> str:
        """Where a browser finds it."""
        return f"http://{ADDRESS}:{self.port}"

    def serve(self) -> None:
        """Accept connections until `close`; call it in the main thread, so that Ctrl-C ends it."""
        while not self._closed.is_set():
            try:
                connection, _ = self._socket.accept()
            except OSError:
                if self._closed.is_set():
                    return
                time.sleep(0.05)  # out of file descriptors, or a connection that was gone already
                continue
            if not self._connections.acquire(blocking=False):
                connection.close()
                continue
            threading.Thread(target=self._attend, args=(connection,), daemon=True).start()

    def close(self) -> None:
        """Stop accepting; connections that are open end with their threads."""
        self._closed.set()
        with contextlib.suppress(OSError):
            self._socket.shutdown(socket.SHUT_RDWR)
        self._socket.close()

    def _attend(self, connection: socket.socket) -> None:
        try:
            with connection, contextlib.suppress(OSError):
                self._converse(connection)
        finally:
            self._connections.release()

    def _converse(self, connection: socket.socket) -> None:
        method = "GET"
        try:
            head = _read_head(connection)
            if head is None:
                return
            request = parse(head)
            method = request.method
            judge(request, self.port)
            response = self._answer(request)
        except RequestError as error:
            response = self._refuse(error)
        connection.settimeout(SEND_SECONDS)
        connection.sendall(_head(response))
        if method == "HEAD":
            return
        connection.sendall(response.body)
        if response.stream is not None:
            self._pour(connection, response.stream)
        _part(connection)

    def _pour(self, connection: socket.socket, stream: Iterator[bytes]) -> None:
        if not self._streams.acquire(blocking=False):
            return
        try:
            for piece in stream:
                if self._closed.is_set():
                    return
                connection.sendall(piece)
        finally:
            self._streams.release()


def _listen(port: int) -> socket.socket:
    for candidate in range(port, min(port + TRIED_PORTS, 65_536)):
        listener = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            listener.bind((ADDRESS, candidate))
            listener.listen(MAX_CONNECTIONS)
        except OSError:
            listener.close()
            continue
        return listener
    raise MachineError(
        f"Các cổng từ {port} đến {min(port + TRIED_PORTS, 65_536) - 1} đều bận; hãy chọn cổng khác bằng --port."
    )


def _read_head(connection: socket.socket) -> bytes | None:
    """Read up to the empty line within the time for all of it, however slowly the bytes drip; None when nobody asks."""
    deadline, data = time.monotonic() + HEAD_SECONDS, b""
    while b"\r\n\r\n" not in data:
        left = deadline - time.monotonic()
        if left <= 0:
            raise RequestError(HTTPStatus.REQUEST_TIMEOUT, "Yêu cầu gửi quá chậm.")
        connection.settimeout(left)
        try:
            piece = connection.recv(4096)
        except TimeoutError:
            continue
        if not piece:
            return None
        data += piece
        if len(data) > MAX_HEAD:
            raise RequestError(HTTPStatus.REQUEST_HEADER_FIELDS_TOO_LARGE, "Đầu thư quá dài.")
    return data.partition(b"\r\n\r\n")[0]


def _head(response: Response) -> bytes:
    lines = [f"HTTP/1.1 {response.status.value} {response.status.phrase}"]
    lines += [f"{name}: {value}" for name, value in _ALWAYS]
    lines.append(f"Content-Type: {response.media_type}")
    if response.stream is None:
        lines.append(f"Content-Length: {len(response.body)}")
    if response.status == HTTPStatus.METHOD_NOT_ALLOWED:
        lines.append(f"Allow: {', '.join(METHODS)}")
    lines += [f"{name}: {value}" for name, value in response.fields.items()]
    return "\r\n".join((*lines, "", "")).encode("latin-1")


def _part(connection: socket.socket) -> None:
    """Let the other side read to the end: closing on unread bytes would reset the connection under its answer."""
    connection.shutdown(socket.SHUT_WR)
    connection.settimeout(0.5)
    for _ in range(16):
        if not connection.recv(4096):
            return
