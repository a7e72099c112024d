"""The press lets nothing in that is not ours, says what WeasyPrint would only log, and stops what takes too much."""

from __future__ import annotations

import io
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from editions import edition, small
from hypothesis import given
from hypothesis import strategies as st

from chungtay_reports.errors import MachineError, ReportsError
from chungtay_reports.press import Limits, Press, TypesetError, TypesetLimitError, wire
from chungtay_reports.press.job import Fetched


@pytest.fixture(scope="module")
def press() -> Iterator[Press]:
    with Press(1) as started:
        yield started


# --------------------------------------------------------------------------- nothing else gets in


@pytest.mark.parametrize(
    "body",
    [
        '<img src="file:///etc/passwd" alt="x">',
        '<img src="http://127.0.0.1/x.png" alt="x">',
        '<img src="data:image/png;base64,iVBORw0KGgo=" alt="x">',
        '<img src="chungtay://images/../../etc/passwd" alt="x">',
        '<img src="chungtay://images/khong-co.png" alt="x">',
        '<link rel="attachment" href="file:///etc/passwd">',
        '<link rel="stylesheet" href="file:///etc/passwd">',
        "<style>@import 'http://127.0.0.1/x.css'</style>",
        "<style>@font-face { font-family: X; src: url(file:///usr/share/fonts/x.ttf) }</style>",
        "<style>p { background: url(file:///etc/passwd) }</style><p>Chữ</p>",
        '<img src="chungtay://images/x.svg" alt="x">',
    ],
)
def test_an_address_that_is_not_ours_is_refused(press: Press, body: str) -> None:
    inside = b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><image href="file:///etc/passwd"/></svg>'
    with pytest.raises(TypesetError, match=r"ngoài những gì bản in được dùng|tự đính kèm"):
        press.typeset(small(body, assets={"images/x.svg": Fetched("image/svg+xml", inside)}))


def test_a_letter_that_no_face_has_is_refused_by_name(press: Press) -> None:
    with pytest.raises(TypesetError, match=r"“‰” \(U\+2030\)"):
        press.typeset(small("<p>5‰</p>"))


@pytest.mark.parametrize(
    ("body", "reason"),
    [
        ('<a href="#khong-co">x</a>', "không có chỗ đó"),
        ('<p id="a">x</p><p id="a">y</p>', "hai lần"),
        ('<img src="chungtay://images/x.png">', "thiếu lời mô tả"),
        ('<img src="chungtay://images/hong.png" alt="x">', "Không mở được ảnh"),
        ("<div>" * 700, "RecursionError"),
        ('<p style="font-size:1e9px">x</p>', "ZeroDivisionError"),
    ],
)
def test_what_weasyprint_would_only_log_is_an_error(press: Press, body: str, reason: str) -> None:
    images = {
        "images/x.png": Fetched("image/png", edition().assets[0].data),
        "images/hong.png": Fetched("image/png", b"\x89PNG\r\n\x1a\nhong"),
    }
    with pytest.raises(TypesetError, match=reason):
        press.typeset(small(body, assets=images))


# --------------------------------------------------------------------------- limits


def test_a_page_that_takes_too_long_is_stopped_and_the_next_one_is_set() -> None:
    endless = "<table>" + "<tr><td>Chữ<td>Chữ<td>Chữ</tr>" * 40_000 + "</table>"  # parsing alone takes longer
    short = replace(small("<p>Chữ</p>"), seconds=60)  # the worker of this one must start first, on any machine
    with Press(1, Limits(seconds=1)) as press:
        press.typeset(short)
        with pytest.raises(TypesetLimitError, match="quá 1 giây"):
            press.typeset(small(endless))
        assert press.typeset(short)


def test_a_page_that_computes_too_long_is_stopped_whatever_the_clock_says() -> None:
    endless = "<table>" + "<tr><td>Chữ<td>Chữ<td>Chữ</tr>" * 40_000 + "</table>"
    with Press(1, Limits(seconds=600, cpu_seconds=0)) as press:
        with pytest.raises(TypesetLimitError, match="quá 600 giây"):
            press.typeset(small(endless))
        assert press.typeset(small("<p>Chữ</p>"))


def test_a_page_that_takes_too_much_memory_is_stopped_and_the_next_one_is_set() -> None:
    with Press(1, Limits(address_space=600 * 1024**2)) as press:
        with pytest.raises(TypesetLimitError, match=r"bộ nhớ|đột ngột"):
            press.typeset(small('<table><tr><td colspan="100000000">Chữ</table>'))
        assert press.typeset(small("<p>Chữ</p>"))


def test_a_machine_without_pango_is_told_what_to_install(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "libpango-1.0.so.0").touch()  # the loader finds this one first, and it is no library
    monkeypatch.setenv("LD_LIBRARY_PATH", str(tmp_path))
    with Press(1) as press, pytest.raises(MachineError, match="apt install libpango"):
        press.typeset(small("<p>Chữ</p>"))


def test_a_page_that_fails_stops_no_other(press: Press) -> None:
    answers = list(press.typeset_all([small("<p>Một</p>"), small("<p>‰</p>"), small("<p>Ba</p>")]))
    assert [isinstance(answer, ReportsError) for answer in answers] == [False, True, False]


HEADS = st.one_of(
    st.binary(max_size=40),
    st.sampled_from(
        [b"[" * 100_000, b"[]", b"{}", b'{"sizes": 3}', b'{"sizes": ["a"]}', b'{"sizes": [-1]}', b'{"sizes": [9]}']
    ),
)


@given(HEADS, st.binary(max_size=8))
def test_what_does_not_speak_like_a_worker_is_as_good_as_gone(head: bytes, rest: bytes) -> None:
    with pytest.raises(EOFError):
        wire.receive(io.BytesIO(len(head).to_bytes(8, "big") + head + rest))
