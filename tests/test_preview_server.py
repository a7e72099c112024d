"""The preview's server holds against whoever can reach a port of this machine: other sites, other users, rude clients."""

from __future__ import annotations

import socket
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from chungtay_reports.errors import MachineError, ReportsError
from chungtay_reports.preview import server as serving
from chungtay_reports.preview.answering import Answering
from chungtay_reports.preview.server import Server
from chungtay_reports.preview.stage import HTML, Page, digest_of, page

PAGE = b"<p>672</p>"
CHANNEL = "/su-kien?trang=/&dau="
SAME = "Sec-Fetch-Site: same-origin"

Ask = Callable[..., tuple[int, str, bytes]]


class Desk:
    """A server with two pages on its stage, in a thread of its own."""

    def __init__(self) -> None:
        self.answering = Answering()
        self.answering.stage.show({"/": page("x.html", PAGE), "/a b.css": page("x.css", b"p {}")})
        self.server = Server(4700, self.answering.answer, self.answering.refuse)
        threading.Thread(target=self.server.serve, daemon=True).start()

    def connect(self) -> socket.socket:
        connection = socket.create_connection(("127.0.0.1", self.server.port), timeout=8)
        connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        return connection

    def raw(self, head: bytes) -> tuple[int, str, bytes]:
        """Send these very bytes; returns status, head and body of the answer, or 0 when there is none."""
        with self.connect() as connection:
            connection.sendall(head)
            data = b""
            try:
                while piece := connection.recv(65536):
                    data += piece
            except ConnectionError:
                pass
        if not data:
            return 0, "", b""
        answered, _, body = data.partition(b"\r\n\r\n")
        return int(answered.split()[1]), answered.decode("latin-1"), body

    def ask(
        self, target: str = "/", *fields: str, method: str = "GET", host: str | None = None
    ) -> tuple[int, str, bytes]:
        host = f"127.0.0.1:{self.server.port}" if host is None else host
        lines = [f"{method} {target} HTTP/1.1", *([f"Host: {host}"] if host else []), *fields, "", ""]
        return self.raw("\r\n".join(lines).encode("latin-1"))


@pytest.fixture(scope="module")
def desk() -> Iterator[Desk]:
    made = Desk()
    yield made
    made.server.close()


def test_a_page_of_the_stage_is_served_with_headers_that_keep_it_here(desk: Desk) -> None:
    status, head, body = desk.ask()
    assert (status, body) == (200, PAGE)
    for wanted in (
        "default-src 'none'",
        "frame-ancestors 'self'",
        "form-action 'none'",
        "X-Content-Type-Options: nosniff",
        "Cache-Control: no-store",
        "Referrer-Policy: no-referrer",
        "Cross-Origin-Resource-Policy: same-origin",
        f"Content-Length: {len(PAGE)}",
    ):
        assert wanted in head
    assert "unsafe" not in head
    assert "Access-Control" not in head
    assert "Server:" not in head


def test_it_listens_on_this_machine_only(desk: Desk) -> None:
    assert desk.server._socket.getsockname()[0] == "127.0.0.1"


def test_a_busy_port_gives_the_next_one(desk: Desk) -> None:
    other = Server(desk.server.port, desk.answering.answer, desk.answering.refuse)
    assert desk.server.port < other.port < desk.server.port + serving.TRIED_PORTS
    other.close()


def test_no_free_port_is_said_in_words(monkeypatch: pytest.MonkeyPatch, desk: Desk) -> None:
    monkeypatch.setattr(serving, "TRIED_PORTS", 1)
    with pytest.raises(MachineError, match="--port"):
        Server(desk.server.port, desk.answering.answer, desk.answering.refuse)


def test_a_name_is_decoded_once_and_looked_up_letter_by_letter(desk: Desk) -> None:
    assert desk.ask("/a%20b.css")[0] == 200
    assert desk.ask("/a%2520b.css")[0] == 404
    assert desk.ask("/A%20b.css")[0] == 404


@pytest.mark.parametrize("name", ["127.0.0.1", "localhost", "LOCALHOST", "[::1]"])
def test_the_names_of_this_machine_are_answered(desk: Desk, name: str) -> None:
    assert desk.ask(host=f"{name}:{desk.server.port}")[0] == 200


@pytest.mark.parametrize(
    "host", ["evil.example:{port}", "127.0.0.1", "127.0.0.1:1", "127.0.0.1.evil.example:{port}", "localhost.:{port}",
             "127.0.0.1:{port}@evil.example", "0.0.0.0:{port}", "[::1]"]
)  # fmt: skip
def test_any_other_name_is_refused_whatever_it_resolves_to(desk: Desk, host: str) -> None:
    status, _, body = desk.ask(host=host.format(port=desk.server.port))
    assert status == 421
    assert PAGE not in body


def test_a_missing_or_repeated_host_is_refused(desk: Desk) -> None:
    own = f"127.0.0.1:{desk.server.port}"
    assert desk.ask(host="")[0] == 400
    assert desk.ask("/", f"Host: {own}")[0] == 400
    assert desk.raw(b"GET / HTTP/1.0\r\n\r\n")[0] == 421
    assert desk.ask(f"http://{own}/")[0] == 400


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "OPTIONS", "PATCH", "TRACE", "CONNECT", "get"])
def test_only_reading_is_allowed(desk: Desk, method: str) -> None:
    status, head, _ = desk.ask(method=method)
    assert status == 405
    assert "Allow: GET, HEAD" in head


def test_head_has_the_headers_and_no_body(desk: Desk) -> None:
    status, head, body = desk.ask(method="HEAD")
    assert (status, body) == (200, b"")
    assert f"Content-Length: {len(PAGE)}" in head


@pytest.mark.parametrize("field", ["Content-Length: 5", "Transfer-Encoding: chunked", "Content-Length: x"])
def test_a_request_with_a_body_is_refused(desk: Desk, field: str) -> None:
    assert desk.ask("/", field)[0] == 400


@pytest.mark.parametrize(
    "target",
    ["/..%2f..%2fetc/passwd", "/%2e%2e/%2e%2e/etc/passwd", "/../chungtay.yaml", "/nguon/../chungtay.yaml", "/.git/config",
     "/.cache/lock", "//etc/passwd", "/etc/passwd", "/%00", "/x%5c..%5cy", "/x\\y", "/%", "/%zz", "/%ff%fe", "/nguon/content",
     "/build/manifest.json", "/ /", "/\x7f", "x", "*", "/%2e%2e%2fchungtay.yaml"],
)  # fmt: skip
def test_nothing_but_the_stage_can_be_reached(desk: Desk, target: str) -> None:
    status, _, body = desk.ask(target)
    assert status in {400, 404}
    assert b"root:" not in body
    assert b"organisation" not in body


def test_a_missing_page_is_named_without_letting_it_speak(desk: Desk) -> None:
    status, head, body = desk.ask("/%3Cscript%3Ealert(1)%3C/script%3E%E2%80%AE")
    assert status == 404
    assert b"<script>alert" not in body
    assert b"&lt;script&gt;" in body
    assert "\u202e" not in body.decode()
    assert "text/html; charset=utf-8" in head


def test_a_header_cannot_be_smuggled_into_an_answer(desk: Desk) -> None:
    status, head, _ = desk.ask("/%0d%0aX-Evil:%201")
    assert status == 404
    assert "X-Evil" not in head


# ----------------------------------------------------------------- other sites


@pytest.mark.parametrize("site", ["cross-site", "same-site"])
@pytest.mark.parametrize("mode", ["no-cors", "cors", "navigate"])
def test_another_sites_page_can_neither_embed_nor_fetch(desk: Desk, site: str, mode: str) -> None:
    status, _, body = desk.ask("/", f"Sec-Fetch-Site: {site}", f"Sec-Fetch-Mode: {mode}", "Sec-Fetch-Dest: iframe")
    assert (status, PAGE in body) == (403, False)


def test_a_link_on_another_site_can_be_followed(desk: Desk) -> None:
    fields = ("Sec-Fetch-Site: cross-site", "Sec-Fetch-Mode: navigate", "Sec-Fetch-Dest: document")
    assert desk.ask("/", *fields)[0] == 200


@pytest.mark.parametrize("origin", ["https://evil.example", "null", "http://127.0.0.1:1", "https://127.0.0.1:{port}"])
def test_another_origin_is_refused_everywhere(desk: Desk, origin: str) -> None:
    field = f"Origin: {origin.format(port=desk.server.port)}"
    assert desk.ask("/", field)[0] == 403
    assert desk.ask(CHANNEL, field)[0] == 403
    assert desk.ask(CHANNEL, field, SAME)[0] == 403


def test_the_channel_needs_to_know_who_listens(desk: Desk) -> None:
    assert desk.ask(CHANNEL)[0] == 403
    assert desk.ask(CHANNEL, "Sec-Fetch-Site: none")[0] == 403
    assert desk.ask(CHANNEL, "Sec-Fetch-Site: same-site")[0] == 403
    assert (
        desk.ask(CHANNEL, "Sec-Fetch-Site: cross-site", "Sec-Fetch-Mode: navigate", "Sec-Fetch-Dest: document")[0]
        == 403
    )


# ----------------------------------------------------------------- the channel


def listen(desk: Desk, mark: str, field: str = SAME) -> socket.socket:
    connection = desk.connect()
    head = f"GET {CHANNEL}{mark} HTTP/1.1\r\nHost: 127.0.0.1:{desk.server.port}\r\n{field}\r\n\r\n"
    connection.sendall(head.encode())
    return connection


def heard(connection: socket.socket, wanted: str) -> bool:
    data, deadline = "", time.monotonic() + 5
    while wanted not in data and time.monotonic() < deadline:
        piece = connection.recv(4096).decode()
        if not piece:
            break
        data += piece
    return wanted in data


def test_an_old_page_is_told_at_once_and_the_newest_when_something_newer_comes() -> None:
    desk = Desk()
    with listen(desk, "cu") as old:
        assert heard(old, "event: tai-lai")
    with listen(desk, digest_of(PAGE), f"Origin: http://localhost:{desk.server.port}") as new:
        assert heard(new, "event: xong")
        desk.answering.stage.work()
        assert heard(new, "event: dang-dung")
        desk.answering.stage.show({"/": page("x.html", b"<p>673</p>")})
        assert heard(new, "event: tai-lai")
    desk.server.close()


def test_a_page_that_did_not_change_is_not_told_to_reload() -> None:
    desk = Desk()
    with listen(desk, digest_of(PAGE)) as connection:
        assert heard(connection, "event: xong")
        desk.answering.stage.work()
        assert heard(connection, "event: dang-dung")
        desk.answering.stage.show({"/": page("x.html", PAGE), "/other": page("y.html", b"new")})
        assert heard(connection, "event: xong")
    desk.server.close()


# ----------------------------------------------------------------- rude clients


@pytest.mark.parametrize(
    "head",
    [b"GET / HTTP/9.9\r\nHost: x\r\n\r\n", b"GET /\r\n\r\n", b"\r\n\r\n", b"GET  / HTTP/1.1\r\nHost: x\r\n\r\n",
     b"GET / HTTP/1.1\r\nHost : x\r\n\r\n", b"GET / HTTP/1.1\r\n folded: x\r\n\r\n", b"G\xc3\x8aT / HTTP/1.1\r\n\r\n",
     b"GET / HTTP/1.1\r\nA: \x00\r\n\r\n", b"GET / HTTP/1.1\nHost: x\r\n\r\n", b"\x16\x03\x01\x02\x00\x01\r\n\r\n"],
)  # fmt: skip
def test_what_is_not_plainly_http_is_refused(desk: Desk, head: bytes) -> None:
    assert desk.raw(head)[0] in {400, 505}


def test_a_long_address_a_long_head_and_many_fields_are_refused(desk: Desk) -> None:
    assert desk.ask("/?" + "&".join(["utm=1"] * 8))[0] == 200
    assert desk.ask("/?" + "&".join(["utm=1"] * 9))[0] == 400
    assert desk.ask("/" + "a" * 3000)[0] == 414
    assert desk.ask("/", "X: " + "a" * 20_000)[0] in {431, 0}
    assert desk.ask("/", *[f"X-{n}: 1" for n in range(80)])[0] == 431


def test_a_head_that_drips_is_cut_off(monkeypatch: pytest.MonkeyPatch, desk: Desk) -> None:
    monkeypatch.setattr(serving, "HEAD_SECONDS", 0.4)
    started = time.monotonic()
    with desk.connect() as connection:
        for _ in range(30):
            try:
                connection.sendall(b"G")
            except ConnectionError:
                break
            time.sleep(0.05)
        connection.settimeout(2)
        try:
            answer = connection.recv(100)
        except ConnectionError:
            answer = b""
    assert answer.startswith(b"HTTP/1.1 408") or not answer
    assert time.monotonic() - started < 3


def test_more_connections_than_the_limit_are_closed_and_the_others_answered(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(serving, "MAX_CONNECTIONS", 4)
    desk = Desk()
    held = [desk.connect() for _ in range(4)]
    time.sleep(0.2)
    assert desk.ask()[0] == 0
    held[0].close()
    time.sleep(0.2)
    assert desk.ask()[0] == 200
    for connection in held:
        connection.close()
    desk.server.close()


def test_more_listeners_than_the_limit_are_sent_away_and_pages_still_answered(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(serving, "MAX_STREAMS", 2)
    desk = Desk()
    held = [listen(desk, digest_of(PAGE)) for _ in range(2)]
    assert all(heard(connection, "event: xong") for connection in held)
    with listen(desk, digest_of(PAGE)) as third:
        assert not heard(third, "event:")
    assert desk.ask()[0] == 200
    for connection in held:
        connection.close()
    desk.server.close()


def test_a_page_that_fails_is_a_page_and_the_server_goes_on() -> None:
    desk = Desk()

    def broken() -> bytes:
        raise ZeroDivisionError("<b>không chia được</b>")

    def refused() -> bytes:
        raise ReportsError("Bản in dàn quá lâu.")

    desk.answering.stage.show(
        {"/": page("x.html", PAGE), "/hong": Page(HTML, broken, "1"), "/lau": Page(HTML, refused, "1")}
    )
    status, _, body = desk.ask("/hong")
    assert status == 500
    assert f"ZeroDivisionError ở {Path(__file__).name}" in body.decode()
    assert b"&lt;b&gt;" in body
    assert "Bản in dàn quá lâu." in desk.ask("/lau")[2].decode()
    assert desk.ask()[0] == 200
    desk.server.close()


def test_before_anything_is_made_every_address_says_so_and_waits() -> None:
    answering = Answering()
    server = Server(4700, answering.answer, answering.refuse)
    threading.Thread(target=server.serve, daemon=True).start()
    with socket.create_connection(("127.0.0.1", server.port), timeout=5) as connection:
        connection.sendall(f"GET /an-pham/x/index.html HTTP/1.1\r\nHost: localhost:{server.port}\r\n\r\n".encode())
        answer = connection.makefile("rb").read().decode()
    assert answer.startswith("HTTP/1.1 503")
    assert "Đang dựng…" in answer
    assert 'name="xem-thu" content="dang-dung"' in answer
    server.close()
