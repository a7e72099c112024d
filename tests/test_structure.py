"""The shape of the code: small parts, imports that point down, texts that any machine reads alike."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
import unicodedata
from collections import defaultdict
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest
from builds import REPO
from problem_codes import codes

PACKAGE = REPO / "chungtay_reports"
MODULES = sorted(PACKAGE.rglob("*.py"))
MODULE_LINES, FUNCTION_LINES = 400, 60
NOUNS = {"chungtay_reports/model.py"}  # the nouns stand together, so that one file says what there is
BINARY = {".png", ".ttf", ".woff2", ".mo", ".ico", ".pdf", ".docx", ".xlsx", ".icc"}
MACHINE_PATHS = re.compile(rb"(?<![\w.~-])/(?:home|Users|root|work|mnt|private)/[\w.-]+")
HOSTS = re.compile(
    rb"https?://[^\s\"'<>)]*(?:pypi|pythonhosted|npmjs|npmmirror|artifactory|nexus|registry|jfrog|simple/)[^\s\"'<>)]*",
    re.IGNORECASE,
)


@cache
def tracked() -> tuple[Path, ...]:
    """Every file of the repo under version control that is there."""
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=REPO, capture_output=True, check=True).stdout
    paths = (REPO / name.decode() for name in listed.split(b"\0") if name)
    return tuple(sorted(path for path in paths if path.is_file()))


def texts() -> Iterator[tuple[str, bytes]]:
    for path in tracked():
        if path.suffix not in BINARY:
            yield path.relative_to(REPO).as_posix(), path.read_bytes()


def functions(path: Path) -> Iterator[tuple[str, int]]:
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield node.name, (node.end_lineno or node.lineno) - node.lineno + 1


# ----------------------------------------------------------------- code


def test_imports_point_down_only() -> None:
    linter = Path(sys.executable).with_name("lint-imports")
    result = subprocess.run([linter, "--no-logo"], cwd=REPO, capture_output=True, encoding="utf-8", check=False)
    assert result.returncode == 0, result.stdout


def test_every_module_belongs_to_a_layer() -> None:
    contracts = (REPO / ".importlinter").read_text("utf-8")
    assert "exhaustive = true" in contracts
    assert "type = layers" in contracts


def test_no_module_is_a_giant() -> None:
    lengths = {path.relative_to(REPO).as_posix(): len(path.read_text("utf-8").splitlines()) for path in MODULES}
    assert {name: lines for name, lines in lengths.items() if lines > MODULE_LINES and name not in NOUNS} == {}


def test_no_function_is_longer_than_a_screen() -> None:
    long = {
        f"{path.relative_to(REPO).as_posix()}:{name}": lines
        for path in MODULES
        for name, lines in functions(path)
        if lines > FUNCTION_LINES
    }
    assert long == {}


def test_every_module_says_in_its_first_line_what_it_is_for() -> None:
    silent = [
        path.relative_to(REPO).as_posix()
        for path in MODULES
        if not ast.get_docstring(ast.parse(path.read_text("utf-8")))
    ]
    assert silent == []


def test_no_module_is_named_after_nothing() -> None:
    empty = {"utils", "util", "helpers", "helper", "manager", "service", "handler", "base", "core", "common", "misc"}
    assert [path.name for path in MODULES if path.stem in empty] == []


def test_a_problem_code_is_declared_once_and_looks_like_one() -> None:
    objects: dict[str, set[int]] = defaultdict(set)
    names: dict[str, list[str]] = defaultdict(list)
    for name, code in codes():
        objects[code.code].add(id(code))
        names[code.code].append(name)
    assert len(objects) > 100
    assert {code: names[code] for code, same in objects.items() if len(same) > 1} == {}
    assert [code for code in objects if not re.fullmatch(r"[A-Z]\d{3}", code)] == []


def test_the_sentence_of_a_problem_is_vietnamese_and_tidy() -> None:
    texts_ = {code.text for _, code in codes()}
    said = {text: re.sub(r"\{.*?\}|\W", "", text) for text in texts_}
    assert [text for text, letters in said.items() if letters and not re.search(r"[à-ỹđ]", letters.casefold())] == []
    assert [text for text in texts_ if text != text.strip() or "  " in text] == []


# ----------------------------------------------------------------- templates and files


def test_templates_never_switch_escaping_off() -> None:
    templates = sorted((REPO / "templates").rglob("*.j2"))
    assert templates
    unsafe = re.compile(r"\|\s*safe\b|autoescape\s+false|Markup\(")
    assert [path.name for path in templates if unsafe.search(path.read_text("utf-8"))] == []


def test_texts_are_utf_8_in_nfc_with_plain_line_ends() -> None:
    wrong = []
    for name, data in texts():
        # wrong bytes are what a broken example is about; a table of facts keeps the line ends of CSV
        if not name.startswith("tests/broken/") and not name.endswith(".csv"):
            text = data.decode("utf-8", "replace")
            if unicodedata.normalize("NFC", text) != text or re.search("[\r\ufeff\ufffd]", text):
                wrong.append(name)
    assert wrong == []


def test_no_file_names_a_machine_or_a_package_host() -> None:
    found = {
        name: [*MACHINE_PATHS.findall(data), *HOSTS.findall(data)]
        for name, data in texts()
        if name != "tests/test_structure.py" and (MACHINE_PATHS.search(data) or HOSTS.search(data))
    }
    assert found == {}


def test_dependencies_are_pinned_with_hashes() -> None:
    for path in sorted((REPO / "requirements").glob("*.txt")):
        text = path.read_text("utf-8")
        pins = re.findall(r"^[a-z0-9._-]+(?:\[[a-z,]+\])?==\S+.*\\$", text, re.MULTILINE | re.IGNORECASE)
        names = re.findall(r"^[a-z0-9][^\s=]*", text, re.MULTILINE | re.IGNORECASE)
        assert pins
        assert len(pins) == len(names), path.name
        assert "--index-url" not in text


@pytest.mark.parametrize("name", ["README.md", "LICENSE", "CHANGELOG.md", "CONTRIBUTING.md", "docs/huong-dan.md"])
def test_what_every_reader_looks_for_is_there(name: str) -> None:
    assert (REPO / name).read_text("utf-8").strip()
