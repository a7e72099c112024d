"""The workspace that goes into the archive with an edition: whole files, as few as rebuild it byte for byte."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from chungtay_reports import resources
from chungtay_reports.edition import Edition
from chungtay_reports.errors import ContentError, Problem
from chungtay_reports.fingerprint import Work
from chungtay_reports.official.paper import Paper
from chungtay_reports.source.files import read_bytes, read_yaml
from chungtay_reports.workspace.approval import FOLDER as APPROVALS
from chungtay_reports.workspace.layout import Files, school_year_of, survey
from chungtay_reports.workspace.library import Library
from chungtay_reports.workspace.media import MEDIA
from chungtay_reports.workspace.notices import FOLDER as NOTICES

SETTINGS = "chungtay.yaml"
BULLETIN, OFFICIAL = ("bulletin", "shared"), ("official", "shared")  # folders of templates
MAX_FILE = 50_000_000


def sources(root: Path, work: Work, library: Library) -> dict[str, bytes]:
    """Read the files that an edition is made of: those that it names, and whole school years of records up to its own."""
    files = survey(root)
    wanted = [SETTINGS, *files.units, *files.metrics, *files.people, *_sheets(work, files)]
    if isinstance(work, Paper):
        wanted += [library.reports[work.slug].file, *files.offices]
        wanted += [path for path in files.narratives if path == f"content/narratives/{work.year}/{work.unit}.md"]
        last = work.ledger.period.end if work.ledger else work.dated
    else:
        slugs = bulletins_of(work, library)
        wanted += [library.bulletins[slug].file for slug in slugs]
        wanted += [*files.quotes, *_media(root, files, _photos(slugs, work, library))]
        last = max(library.bulletins[slug].front.period.end for slug in slugs)
    year = school_year_of(last, library.settings.calendar)
    wanted += [record.path for record in files.records if record.year <= year]
    return _read(root, wanted) | _templates(root, OFFICIAL if isinstance(work, Paper) else BULLETIN)


def everything(root: Path) -> dict[str, bytes]:
    """Read the whole workspace: what is archived when less of it gives other bytes."""
    return _read(root, [SETTINGS, *_below(root, "content")]) | _templates(root, (*BULLETIN, *OFFICIAL), own=[""])


def _read(root: Path, paths: Iterable[str]) -> dict[str, bytes]:
    found = {path: read_bytes(root, path, MAX_FILE) for path in sorted(set(paths))}
    problems = tuple(each for each in found.values() if isinstance(each, Problem))
    if problems:
        raise ContentError(problems)
    return {path: data for path, data in found.items() if isinstance(data, bytes)}


def _sheets(work: Work, files: Files) -> Iterator[str]:
    """List the edition's own approvals and notices."""
    own = {f"{folder}/{work.folder}.yaml" for folder in (APPROVALS, NOTICES)}
    yield from (path for path in (*files.approvals, *files.notices) if path in own)


def bulletins_of(work: Edition, library: Library) -> tuple[str, ...]:
    """Name the bulletin, those that it lists, and those which they name in turn: check wants to find them all."""
    found = dict.fromkeys([work.slug])
    waiting = [related.slug for related in work.related] + list(library.bulletins[work.slug].front.related)
    while waiting:
        slug = waiting.pop()
        if slug not in found and slug in library.bulletins:
            found[slug] = None
            waiting += library.bulletins[slug].front.related
    return tuple(sorted(found))


def _photos(slugs: Iterable[str], work: Edition, library: Library) -> set[str]:
    shown = {asset.name.rpartition(".")[0] for asset in work.assets}
    return shown.union(*(library.bulletins[slug].front.photos for slug in slugs))


def _media(root: Path, files: Files, wanted: set[str]) -> Iterator[str]:
    """List the files that describe these pictures, and every picture that those files describe."""
    for file in files.media:
        parsed, _ = read_yaml(root, file)
        data = parsed.data if parsed else None
        items = [item for item in (data if isinstance(data, list) else [data]) if isinstance(item, dict)]
        if any(item.get("id") in wanted for item in items):
            yield file
            yield from (f"{MEDIA}/{item['file']}" for item in items if "file" in item)


def _templates(root: Path, folders: Sequence[str], own: Sequence[str] = ()) -> dict[str, bytes]:
    """Read the templates that were used: the workspace's own, the packaged ones for the rest; fonts stay with the program.

    The workspace's own are those of the same folders, or `own`.
    """
    found = packaged_templates(folders)
    if (root / "templates").resolve() != resources.template_folder():
        for folder in dict.fromkeys(own or folders):
            found |= _read(root, _below(root, f"templates/{folder}"))
    return dict(sorted(found.items()))


def packaged_templates(folders: Iterable[str] = (*BULLETIN, *OFFICIAL)) -> dict[str, bytes]:
    """Read the templates that came with the program, where a workspace has its own."""
    packaged = resources.template_folder()
    paths = (path for folder in dict.fromkeys(folders) for path in sorted((packaged / folder).rglob("*")))
    return {f"templates/{path.relative_to(packaged).as_posix()}": path.read_bytes() for path in paths if path.is_file()}


def _below(root: Path, folder: str) -> Iterator[str]:
    """List the plain files below a folder of the workspace, sorted, without hidden ones."""
    for path in sorted((root / folder).rglob("*")):
        relative = path.relative_to(root)
        if path.is_file() and not path.is_symlink() and not any(part.startswith(".") for part in relative.parts):
            yield relative.as_posix()
