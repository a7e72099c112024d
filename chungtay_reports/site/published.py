"""The published editions as the archive holds them: the very bytes that were approved, with what became of them since."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from pathlib import Path

from chungtay_reports.archive import ARCHIVE
from chungtay_reports.archive.ocfl import Store
from chungtay_reports.archive.proof.index import Listed, index_of
from chungtay_reports.archive.publication import Publication, State, object_id, publications
from chungtay_reports.settings import Settings
from chungtay_reports.site.shown import Change, Facts, Issue, Shown, shown
from chungtay_reports.standing.withdrawal import sentence
from chungtay_reports.vietnamese import school_year

DOCUMENTS = "tai-lieu/"
OLDER = "ban-cu"  # below an edition: what it was before its corrections
FOR_NEWSROOMS = (".fragment.html", ".txt")


def published(root: Path, settings: Settings, now: datetime) -> tuple[Shown, ...]:
    """Read the newest version of everything published by `now`; what is under embargo then is not read at all."""
    folder = root / ARCHIVE
    found = tuple(one for one in publications(folder) if _free(one, now))
    if not found:
        return ()
    store = Store(folder)
    return tuple(_shown(one, store, settings) for one in found)


def register(root: Path, editions: Sequence[Shown]) -> tuple[Listed, ...]:
    """List every published version of the editions that are shown."""
    known = {edition.key for edition in editions}
    listed = index_of(root / ARCHIVE) if known else ()
    return tuple(one for one in listed if one.key in known)


def _free(publication: Publication, now: datetime) -> bool:
    return publication.published <= now and (publication.embargo is None or publication.embargo <= now)


def _shown(publication: Publication, store: Store, settings: Settings) -> Shown:
    """Read an edition, with what it was before its corrections; a withdrawn one takes its past with it."""
    history = () if publication.state is State.WITHDRAWN else publication.history
    older = tuple(
        replace(
            _version(version, store, settings, f"{publication.key}/{OLDER}/{version.version}"), replaced=publication.key
        )
        for version in history
    )
    return replace(_version(publication, store, settings, publication.key), older=older)


def _version(publication: Publication, store: Store, settings: Settings, key: str) -> Shown:
    start = settings.calendar.school_year_start
    facts = Facts(
        key=key,
        kind=publication.kind,
        title=publication.title,
        number=publication.issue,
        unit=publication.unit,
        year=publication.year or school_year(publication.period.end, start).removeprefix("năm học "),
        issued=_issued(publication),
        issues=tuple(_issue(version) for version in (*publication.history, publication)),
    )
    return shown(facts, _files(publication, store, settings), publication.as_of)


def _issued(publication: Publication) -> datetime:
    """Date an edition by what readers had of it: a notice that withdraws a report has a day of its own."""
    last = publication.history[-1:] if publication.state is State.WITHDRAWN else ()
    return last[0].issued if last else publication.issued


def _issue(publication: Publication) -> Issue:
    changes = tuple(Change(change.label, change.old, change.new, change.where) for change in publication.changes)
    reason = sentence(publication.reason) if publication.reason else ""
    return Issue(publication.version, publication.published, publication.state.value, reason, changes)


def _files(publication: Publication, store: Store, settings: Settings) -> dict[str, bytes]:
    """Read the documents of a version, named from the edition's own folder."""
    id_ = object_id(settings.organisation.office, publication.key)
    inventory = store.inventory(id_)
    paths = sorted(inventory.version(publication.number).state) if inventory else ()
    wanted = (path for path in paths if path.startswith(DOCUMENTS) and not path.endswith(FOR_NEWSROOMS))
    return {_name(path, publication.key): store.read(id_, path, publication.number) for path in wanted}


def _name(path: str, key: str) -> str:
    return path.removeprefix(DOCUMENTS).removeprefix(f"{key}/")
