"""What the shell's completion offers for names: from the names of files and the text of lines, without reading the workspace."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from pathlib import Path

import click
from click.shell_completion import CompletionItem

from chungtay_reports.cli.shell import Shell
from chungtay_reports.errors import UsageError

Complete = Callable[[click.Context, click.Parameter, str], list[CompletionItem]]

_UNIT = re.compile(r"^\s*- \{?id: ([a-z0-9-]+)", re.MULTILINE)
_METRIC = re.compile(r"^- name: ([a-z0-9_]+)", re.MULTILINE)
_RECORD = re.compile(r"^(?:- )?id: ([A-Za-z0-9-]+)", re.MULTILINE)


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


complete_editions = _completing(_editions)
complete_units = _completing(lambda content: _named(content, "units", _UNIT))
complete_years = _completing(_years)
complete_metrics = _completing(lambda content: _named(content, "metrics", _METRIC))
complete_records = _completing(lambda content: _named(content, "records", _RECORD))


def complete_codes(ctx: click.Context, param: click.Parameter, incomplete: str) -> list[CompletionItem]:  # noqa: ARG001
    """Offer the codes of problems, each with what it means."""
    from chungtay_reports.explain import explanations

    wanted = incomplete.upper()
    return [CompletionItem(code, help=each.meaning) for code, each in explanations().items() if code.startswith(wanted)]
