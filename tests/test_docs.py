"""The documentation is true: its commands run, its files pass, what it shows is what one sees, its links lead somewhere."""

from __future__ import annotations

import re
import shlex
import shutil
import subprocess
import sys
import unicodedata
from collections.abc import Iterator
from pathlib import Path

import click
import pytest
import yaml
from guide import Block, Reader, blocks
from PIL import Image

from chungtay_reports.cli import COMMANDS, commands
from chungtay_reports.cli.examples import EXAMPLES
from chungtay_reports.prose.placeholders import PLACEHOLDERS
from chungtay_reports.vietnamese.hedges import Refusal, hedge

ROOT = Path(__file__).parent.parent
DOCS = ROOT / "docs"
PAGES = (
    "README.md",
    "CHANGELOG.md",
    *(page.relative_to(ROOT).as_posix() for page in sorted((*DOCS.glob("*.md"), *DOCS.glob("viec/*.md")))),
)
GUIDE = "docs/huong-dan.md"
LARGEST_PICTURE = 120_000

_LINK = re.compile(r"(?<!`)\[[^\]\n]*\]\(([^)\s]+)\)")
_CALL = re.compile(r"\{\{ (\w+)\(")
_COMMAND = re.compile(r"`chungtay ([a-z]+)")


def text(page: str) -> str:
    return (ROOT / page).read_text(encoding="utf-8")


def anchors(page: str) -> set[str]:
    """The anchors that GitHub gives to the headings of a page."""
    headings = re.findall(r"^#+ (.+)$", re.sub(r"```.*?```", "", text(page), flags=re.DOTALL), re.MULTILINE)
    plain = (re.sub(r"[`*]", "", heading).strip().lower() for heading in headings)
    return {re.sub(r"[^\w\- ]", "", heading).replace(" ", "-") for heading in plain}


def five_minutes() -> Iterator[Block]:
    part = text("README.md").split("## Five minutes", 1)[1].split("\n## ", 1)[0]
    yield from blocks(part)


@pytest.mark.slow
def test_the_guide_can_be_followed_from_an_empty_folder(tmp_path: Path) -> None:
    reader = Reader(tmp_path)
    for block in blocks(text(GUIDE)):
        reader.follow(block)
    assert (reader.folder / "build" / "so-ket-hoc-ky" / "so-ket-hoc-ky.pdf").is_file()


@pytest.mark.slow
def test_the_page_on_reports_can_be_followed_in_the_sample(tmp_path: Path) -> None:
    shutil.copytree(ROOT / "content", tmp_path / "content")
    shutil.copy(ROOT / "chungtay.yaml", tmp_path)
    reader = Reader(tmp_path)
    for block in blocks(text("docs/bao-cao.md")):
        reader.follow(block)


@pytest.mark.slow
def test_the_five_minutes_of_the_readme_run(tmp_path: Path) -> None:
    reader = Reader(tmp_path)
    for block in five_minutes():
        shown = "\n".join(line for line in block.text.splitlines() if not line.startswith(". .venv"))
        reader.follow(Block(block.language, block.info, shown + "\n", block.line))
    assert (reader.folder / "build" / "vi-du" / "vi-du.pdf").is_file()


@pytest.mark.parametrize("page", sorted(path.name for path in DOCS.glob("viec/*.md")))
def test_a_task_can_be_done_in_a_new_workspace_as_its_page_says(tmp_path: Path, page: str) -> None:
    reader = Reader(tmp_path)
    reader.run(Block("sh", (), "chungtay init kho && cd kho\n", 0))
    for block in blocks(re.sub(r"^   (?=\S)", "", text(f"docs/viec/{page}"), flags=re.MULTILINE)):
        reader.follow(block)


def test_the_number_that_the_readme_asks_to_type_is_refused_as_it_says(tmp_path: Path) -> None:
    reader = Reader(tmp_path)
    reader.run(Block("sh", (), "chungtay init demo && cd demo\n", 0))
    told = re.search(
        r"type a number into `([^`]+)`, for example `([^`]+)`.*?`(\{\{[^`]+\}\})`", text("README.md"), re.DOTALL
    )
    assert told
    file = reader.folder / told[1]
    file.write_text(file.read_text("utf-8") + f"\n{told[2]}\n", encoding="utf-8")
    reader.run(Block("sh", ("exit=1",), "chungtay check\n", 0))
    assert told[3] in reader.printed


def test_the_examples_of_the_reference_pass_check_in_a_new_workspace(tmp_path: Path) -> None:
    reader = Reader(tmp_path)
    reader.run(Block("sh", (), "chungtay init kho && cd kho\n", 0))
    for page in ("docs/ban-ghi.md", "docs/chi-tieu.md", "docs/so-sanh.md"):
        for block in blocks(text(page)):
            reader.follow(block)
    reader.run(Block("sh", (), "chungtay check\n", 0))


@pytest.mark.parametrize("page", PAGES)
def test_every_yaml_block_is_yaml(page: str) -> None:
    for block in blocks(text(page)):
        if block.language == "yaml":
            assert yaml.safe_load(block.text), f"{page}:{block.line}"


@pytest.mark.parametrize("page", PAGES)
def test_every_link_and_picture_leads_somewhere(page: str) -> None:
    bare = re.sub(r"```.*?```|`[^`\n]*`", "", text(page), flags=re.DOTALL)
    for target in _LINK.findall(bare):
        if target.startswith(("https:", "mailto:")):
            continue
        name, _, anchor = target.partition("#")
        path = (ROOT / page).parent / name if name else ROOT / page
        assert path.exists(), f"{page} → {target}"
        if anchor:
            assert anchor in anchors(path.resolve().relative_to(ROOT).as_posix()), f"{page} → {target}"


@pytest.mark.parametrize("page", [page for page in PAGES if page != "docs/ma-loi.md"])  # it shows wrong ones
def test_every_placeholder_and_command_that_is_named_exists(page: str) -> None:
    assert set(_CALL.findall(text(page))) - {"tên"} <= set(PLACEHOLDERS)
    assert set(_COMMAND.findall(text(page))) <= set(COMMANDS)


@pytest.mark.parametrize("name", COMMANDS)
def test_help_explains_every_option(name: str) -> None:
    command = commands.get_command(None, name)  # type: ignore[arg-type]
    assert command is not None
    for option in command.params:
        assert not isinstance(option, click.Option) or option.help, f"{name} {option.name}"


def parse(line: str) -> str:
    """Let click read a command as it is printed, without running it; it refuses what nobody could type. Return its name."""
    program, *words = shlex.split(line, comments=True)
    assert program == "chungtay"
    group: click.Group = commands
    context = group.make_context(program, words)
    name, *words = (*context._protected_args, *context.args)
    first, command = name, group.get_command(context, name)
    if isinstance(command, click.Group) and words:
        name, *words = words
        command = command.get_command(context, name)
    assert command is not None, line
    command.make_context(name, words, parent=context)
    return first


@pytest.mark.parametrize("line", ["chungtay build --too html", "chungtay trace", "chungtay buld", "chungtay new x"])
def test_what_nobody_could_type_would_be_found(line: str) -> None:
    with pytest.raises((click.UsageError, AssertionError)):
        parse(line)


@pytest.mark.parametrize("page", [page for page in PAGES if page != "docs/ma-loi.md"])
def test_every_command_in_a_block_can_be_typed_as_it_is_printed(page: str) -> None:
    bare = re.sub(r"^   (?=\S)", "", text(page), flags=re.MULTILINE)
    for block in blocks(bare):
        for line in block.text.splitlines() if block.language == "sh" else ():
            for part in re.split(r" && | \|\| | >> ", line):
                if part.startswith("chungtay ") and part != "chungtay --version":
                    parse(part)


@pytest.mark.parametrize("name", COMMANDS)
def test_the_examples_of_the_help_can_be_typed_and_are_shown(name: str) -> None:
    command = commands.get_command(click.Context(commands), name)
    assert command is not None
    shown_help = command.get_help(click.Context(command, info_name=name, max_content_width=200, terminal_width=200))
    for line in EXAMPLES[name]:
        assert parse(line.partition(" >> ")[0]) == name
        assert line in shown_help


def test_the_guide_and_the_readme_list_every_command() -> None:
    for page, heading in ((GUIDE, "## Các lệnh"), ("README.md", "## Five minutes")):
        part = text(page).split(heading, 1)[1].split("\n## ", 1)[0]
        rows = "".join(line.split("|")[1] for line in part.replace("\\|", "/").splitlines() if line.startswith("|"))
        named = set(re.findall(r"`(?:chungtay )?([a-z]+)(?=[` ])", rows)) & set(COMMANDS)
        assert named == set(COMMANDS), page


def test_what_the_guide_says_of_hedges_is_what_they_do() -> None:
    part = text(GUIDE).split("## Ước lượng", 1)[1].split("\n## ", 1)[0]
    head, *rows = [
        line.strip("|").split("|") for line in part.splitlines() if line.startswith("|") and "---" not in line
    ]
    kinds = [kind.strip(" `") for kind in head[1:]]
    assert len(rows) >= 5
    for value, *cells in rows:
        for kind, cell in zip(kinds, cells, strict=True):
            answer = hedge(kind, int(value))  # type: ignore[arg-type]
            said = f"từ chối; gợi ý “{answer.offer}”" if isinstance(answer, Refusal) else answer.text
            assert cell.strip() == said, (value, kind)


def test_the_reference_of_records_and_metrics_is_what_the_models_say() -> None:
    script = (sys.executable, ROOT / "scripts" / "write_docs.py", "--check")
    ended = subprocess.run(script, capture_output=True, text=True, check=False)
    assert ended.returncode == 0, f"{ended.stdout}: run “make docs”"


def test_pictures_are_light_and_shown_somewhere() -> None:
    pages = "".join(text(page) for page in PAGES)
    for picture in sorted((DOCS / "images").glob("*.png")):
        with Image.open(picture) as image:
            image.verify()
        assert picture.stat().st_size <= LARGEST_PICTURE, picture.name
        assert f"images/{picture.name}" in pages, picture.name


@pytest.mark.parametrize("page", PAGES)
def test_every_page_is_composed_unicode_without_stray_spaces(page: str) -> None:
    assert unicodedata.is_normalized("NFC", text(page))
    assert not re.search(r"[ \t]+$", text(page), re.MULTILINE)
