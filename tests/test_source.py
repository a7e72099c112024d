"""Bytes and YAML: what is refused, what it is called, and where it stands."""

from __future__ import annotations

import os
import socket
import unicodedata
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chungtay_reports.errors import Place, Problem, Severity
from chungtay_reports.source import encodings
from chungtay_reports.source import files as source
from chungtay_reports.source.files import clean_text, read_bytes, read_yaml

SENTENCE = "Các trường của huyện đã tổ chức nhiều chuyên đề và hội thảo với quận nội thành"


# --------------------------------------------------------------------------- bytes


def test_a_symlink_a_folder_a_fifo_a_socket_and_a_device_are_refused_by_name(tmp_path: Path) -> None:
    (tmp_path / "real.yaml").write_text("a: 1\n")
    (tmp_path / "link.yaml").symlink_to("real.yaml")
    (tmp_path / "folder.yaml").mkdir()
    os.mkfifo(tmp_path / "fifo.yaml")
    listener = socket.socket(socket.AF_UNIX)
    listener.bind(str(tmp_path / "socket.yaml"))
    (tmp_path / "device.yaml").symlink_to("/dev/zero")
    for name, word in {
        "link": "symlink",
        "folder": "thư mục",
        "fifo": "FIFO",
        "socket": "socket",
        "device": "symlink",
    }.items():
        problem = read_bytes(tmp_path, f"{name}.yaml", 1000)
        assert isinstance(problem, Problem)
        assert problem.code == "Y101"
        assert word in problem.message
    listener.close()


def test_a_symlinked_folder_on_the_way_is_refused(tmp_path: Path) -> None:
    (tmp_path / "outside").mkdir()
    (tmp_path / "outside" / "a.yaml").write_text("a: 1\n")
    (tmp_path / "root").mkdir()
    (tmp_path / "root" / "inside").symlink_to(tmp_path / "outside")
    problem = read_bytes(tmp_path / "root", "inside/a.yaml", 1000)
    assert isinstance(problem, Problem)
    assert problem.code == "Y101"


@pytest.mark.parametrize("path", ["../a.yaml", "/etc/passwd", "a/../../b", "", "a//b", "a\0b"])
def test_a_path_that_leaves_the_workspace_is_refused(tmp_path: Path, path: str) -> None:
    problem = read_bytes(tmp_path, path, 1000)
    assert isinstance(problem, Problem)
    assert problem.code == "Y106"


def test_a_missing_file_is_a_problem_with_its_reason(tmp_path: Path) -> None:
    problem = read_bytes(tmp_path, "none.yaml", 1000)
    assert isinstance(problem, Problem)
    assert (problem.code, "không có tệp này" in problem.message) == ("Y105", True)


def test_a_file_over_the_limit_is_refused_and_one_at_the_limit_is_read(tmp_path: Path) -> None:
    (tmp_path / "a").write_bytes(b"x" * 1000)
    assert read_bytes(tmp_path, "a", 1000) == b"x" * 1000
    problem = read_bytes(tmp_path, "a", 999)
    assert isinstance(problem, Problem)
    assert problem.code == "Y102"


def test_a_bom_and_windows_line_ends_are_accepted_and_columns_do_not_shift(tmp_path: Path) -> None:
    (tmp_path / "a.yaml").write_bytes("\ufefftên: một\r\nngày: hai\r\n".encode())
    parsed, problems = read_yaml(tmp_path, "a.yaml")
    assert parsed
    assert problems == ()
    assert parsed.data == {"tên": "một", "ngày": "hai"}
    assert parsed.place(("ngày",)) == Place("a.yaml", 2, 7)


def _tcvn3(text: str) -> bytes:
    back = {char: byte for byte, char in encodings._TCVN3.items()}
    return bytes(back.get(char, ord(char) if ord(char) < 128 else 63) for char in text)


def _vni(text: str) -> bytes:
    whole = {char: byte for byte, char in encodings._VNI_WHOLE.items()}
    tones = {mark: byte for byte, mark in encodings._VNI_TONES.items()}
    hats = {mark: byte for byte, mark in encodings._VNI_HATS.items()}
    out = bytearray()
    for char in text:
        letters = unicodedata.normalize("NFD", char)
        if char in whole:
            out.append(whole[char])
        elif letters[1:2] in ("\u0302", "\u0323") and "\u0302" in letters:
            tone = letters[1:].replace("\u0302", "")
            out += bytes([ord(letters[0]), hats[tone]])
        elif "\u031b" in letters:
            tone = letters[1:].replace("\u031b", "")
            out += bytes([whole[unicodedata.normalize("NFC", letters[0] + "\u031b")]])
            out += bytes([tones[tone]]) if tone else b""
        elif len(letters) == 2 and letters[1] in tones:
            out += bytes([ord(letters[0]), tones[letters[1]]])
        else:
            out.append(ord(char) if ord(char) < 128 else 63)
    return bytes(out)


@pytest.mark.parametrize(
    ("data", "name"),
    [
        (unicodedata.normalize("NFD", SENTENCE).encode("cp1258", errors="replace"), "CP1258"),
        (_tcvn3(SENTENCE), "TCVN3"),
        (_vni(SENTENCE), "VNI"),
        (SENTENCE.encode("utf-16"), "UTF-16"),
        (SENTENCE.encode("utf-16-le"), "UTF-16"),
    ],
)
def test_an_old_vietnamese_encoding_is_named_and_never_converted(tmp_path: Path, data: bytes, name: str) -> None:
    (tmp_path / "a.yaml").write_bytes(data)
    parsed, (problem,) = read_yaml(tmp_path, "a.yaml")
    assert parsed is None
    assert problem.code == "Y104"
    assert name in problem.message


def test_bytes_in_no_known_encoding_are_refused_at_their_line_without_a_guess(tmp_path: Path) -> None:
    (tmp_path / "a.yaml").write_bytes("tên: một\nngày: ".encode() + b"\xff\xfe\xfd")
    _, (problem,) = read_yaml(tmp_path, "a.yaml")
    assert (problem.code, problem.place.line, problem.place.column) == ("Y104", 2, 7)
    assert "có vẻ" not in problem.message


def test_anything_unforeseen_is_a_problem_of_the_file_and_not_a_traceback(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object) -> None:
        raise RecursionError

    (tmp_path / "a.yaml").write_text("a: 1\n")
    monkeypatch.setattr(source, "parse_quickly", broken)
    _, (problem,) = read_yaml(tmp_path, "a.yaml")
    assert (problem.code, "RecursionError" in problem.message) == ("Y199", True)


# --------------------------------------------------------------------------- text


@given(st.text())
def test_clean_text_is_nfc_and_cleaning_it_again_changes_and_finds_nothing_new(text: str) -> None:
    cleaned, _ = clean_text(text, Place("f"))
    again, problems = clean_text(cleaned, Place("f"))
    assert cleaned == again == unicodedata.normalize("NFC", cleaned)
    assert all(problem.severity is Severity.WARNING for problem in problems)


def test_decomposed_vietnamese_is_composed_without_a_word() -> None:
    assert clean_text(unicodedata.normalize("NFD", "Ứng Hòa, Đỗ Văn Nam"), Place("f")) == ("Ứng Hòa, Đỗ Văn Nam", ())


def test_a_character_is_reported_at_its_own_line_and_column() -> None:
    _, (problem,) = clean_text("dòng một\nhai \u202e ba", Place("f", 10, 5))
    assert (problem.code, problem.place) == ("Y112", Place("f", 11, 5))


def test_ordinary_signs_of_vietnamese_text_are_not_suspicious() -> None:
    text = "“Nhà trường” – 5 % ≥ 3… GD&ĐT, 1.000 m², 30°, ‘a’ → b\u00a0c"
    assert clean_text(text, Place("f")) == (text, ())
