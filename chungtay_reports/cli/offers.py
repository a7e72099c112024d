"""What the shell's completion offers for names: from the names of files and the text of lines, without reading the workspace."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from pathlib import Path
from urllib.parse import unquote

import click
from click.shell_completion import CompletionItem

from chungtay_reports.archive import ARCHIVE
from chungtay_reports.cli.shell import Shell
from chungtay_reports.errors import UsageError

Complete = Callable[[click.Context, click.Parameter, str], list[CompletionItem]]

_UNIT = re.compile(r"^\s*- \{?id: ([a-z0-9-]+)", re.MULTILINE)
_METRIC = re.compile(r"^- name: ([a-z0-9_]+)", re.MULTILINE)
_RECORD = re.compile(r"^(?:- )?id: ([A-Za-z0-9-]+)", re.MULTILINE)
_PERSON = re.compile(r"^- id: ([a-z0-9-]+)", re.MULTILINE)


def _completing(find: Callable[[Path], Iterable[str]]) -> Complete:
    """Offer what `find` lists in the workspace's content; nothing outside of a workspace."""

    def complete(ctx: click.Context, param: click.Parameter, incomplete: str) -> list[CompletionItem]:  # noqa: ARG001
        folder = ctx.find_root().params.get("folder") or Path()
        try:
            content = Shell(folder, quiet=True, debug=False).workspace() / "content"
            names = sorted({name for name in find(content) if name.startswith(incomplete)})
        except (UsageError, OSError):
            return []
        return [CompletionItem(name) for name in names]

    return complete


def _named(content: Path, folder: str, pattern: re.Pattern[str]) -> Iterable[str]:
    for path in (content / folder).rglob("*.yaml"):
        yield from pattern.findall(path.read_text("utf-8", "replace"))


def _editions(content: Path) -> Iterable[str]:
    return (path.stem for name in ("bulletins", "reports") for path in (content / name).glob("*.md"))


def _years(content: Path) -> Iterable[str]:
    return (path.name for path in (content / "records").glob("????-????"))


def _keys(content: Path) -> Iterable[str]:
    """Name bulletins, and the report of each unit that has records of a year."""
    yield from (path.stem for path in (content / "bulletins").glob("*.md"))
    units = [f"{path.parent.name}/{path.name}" for path in (content / "records").glob("????-????/*") if path.is_dir()]
    yield from (f"{path.stem}/{unit}" for path in (content / "reports").glob("*.md") for unit in units)


def _people(content: Path) -> Iterable[str]:
    return _PERSON.findall((content / "people.yaml").read_text("utf-8", "replace"))


def _archived(content: Path) -> Iterable[str]:
    """Name what is in the archive by its key: “urn:chungtay:<office>:” goes before it, with “:” for “/”."""
    ids = (unquote(path.name).split(":", 3) for path in (content.parent / ARCHIVE).glob("urn%3achungtay*"))
    return (parts[3].replace(":", "/") for parts in ids if len(parts) == 4)


complete_editions = _completing(_editions)
complete_keys = _completing(_keys)
complete_units = _completing(lambda content: _named(content, "units", _UNIT))
complete_years = _completing(_years)
complete_metrics = _completing(lambda content: _named(content, "metrics", _METRIC))
complete_records = _completing(lambda content: _named(content, "records", _RECORD))
complete_traces = _completing(
    lambda content: (*_named(content, "records", _RECORD), *_named(content, "metrics", _METRIC))
)
complete_people = _completing(_people)
complete_archived = _completing(_archived)


def complete_codes(ctx: click.Context, param: click.Parameter, incomplete: str) -> list[CompletionItem]:  # noqa: ARG001
    """Offer the codes of problems, each with what it means."""
    from chungtay_reports.explain import explanations

    wanted = incomplete.upper()
    return [CompletionItem(code, help=each.meaning) for code, each in explanations().items() if code.startswith(wanted)]


def complete_groups(ctx: click.Context, param: click.Parameter, incomplete: str) -> list[CompletionItem]:  # noqa: ARG001
    """Offer what figures may be grouped by."""
    from chungtay_reports.figures.columns import DIMENSIONS

    return [CompletionItem(name) for name in DIMENSIONS if name.startswith(incomplete)]


def complete_formats(ctx: click.Context, param: click.Parameter, incomplete: str) -> list[CompletionItem]:  # noqa: ARG001
    """Offer the next format of a list with commas."""
    from chungtay_reports.formats import FORMATS, PAPER_FORMATS

    *before, last = incomplete.split(",")
    lead = "".join(f"{name}," for name in before)
    names = (name for name in dict.fromkeys((*FORMATS, *PAPER_FORMATS)) if name not in before)
    return [CompletionItem(f"{lead}{name}") for name in names if name.startswith(last)]


def complete_schemas(ctx: click.Context, param: click.Parameter, incomplete: str) -> list[CompletionItem]:  # noqa: ARG001
    """Offer the names of schemas, each with what it is of."""
    from chungtay_reports.schemas import SCHEMAS

    return [CompletionItem(name, help=each.title) for name, each in SCHEMAS.items() if name.startswith(incomplete)]
