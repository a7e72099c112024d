"""Nothing has changed since the last build: said from digests alone, before anything that takes long is even imported.

`.cache/last-build.json` holds the digests of every input and of every output of the last build, with the command that
it answered. Times of files only spare reading them again, and only where they prove something (see `census`). Where all
of them do, the answer is also laid down for `at_rest`, which compares nothing but stamps.
"""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import asdict, dataclass
from datetime import date
from pathlib import Path
from typing import Any

from chungtay_reports import at_rest, machine
from chungtay_reports.at_rest import Stamped
from chungtay_reports.census import (
    NOBODY,
    Census,
    archive_census,
    digest_of,
    files_census,
    library_folder,
    program_census,
    program_digest,
    workspace_census,
)
from chungtay_reports.disk import BUILD, MANIFEST, FileNote, replace_file
from chungtay_reports.errors import Place, Problem, Severity, WriteError
from chungtay_reports.shelf import FOREIGN, Shelf

_KEY = "last-build.json"
RECORDS = "content/records/"
_EPOCH = date(1970, 1, 1)


@dataclass(frozen=True, slots=True)
class Answer:
    """What the last build of the same command said."""

    notes: tuple[FileNote, ...]
    warnings: tuple[Problem, ...]


@dataclass(frozen=True, slots=True)
class Look:
    """A look at a workspace: `state` names its inputs, the command and the day; `answer` is there when nothing has changed.

    `aside` names all of that but the records.
    """

    root: Path
    state: str
    aside: str
    program: str
    inputs: Census
    before: Census  # the outputs of the last build, as they were then
    answer: Answer | None
    others: tuple[Census, ...] = ()  # of the archive, of outputs and of the program, as far as they were looked at
    libraries: tuple[str, ...] = ()

    def keep(self, notes: Sequence[FileNote], warnings: Sequence[Problem]) -> None:
        """Note what a build that began with this look has made."""
        outputs = files_census(self.root, _outputs(notes), _file_system_time(self.root), self.before)
        self._write(outputs, notes, warnings)

    def digests(self, notes: Sequence[FileNote]) -> dict[str, str]:
        """Take the digests of files in build/ that are there, by their paths below it."""
        found = files_census(self.root, _outputs(notes), self.inputs.began, self.before)
        return {path.removeprefix(f"{BUILD}/"): digest for path, digest in found.digests.items()}

    def renew(self, before: tuple[Census, Census], outputs: Census) -> None:
        """Note the same again where stamps prove more now than they did, so that fewer files are read the next time."""
        if self.answer and not all(census.settled for census in before):
            self._write(outputs, self.answer.notes, self.answer.warnings)

    def rest(self, arguments: Sequence[str], today: date, words: tuple[str, str]) -> None:
        """Let the same command be answered from stamps alone, with these words, where every stamp proves something."""
        censuses, given = (self.inputs, *self.others), list(arguments)
        if not self.answer or not at_rest.plain(given) or not all(one.settled and one.whole for one in censuses):
            return
        asked = at_rest.asked(given, (today - _EPOCH).days, list(self.libraries))
        seen = at_rest.seen(*map(_stamped, censuses))
        told = (*words, "colours" if self.answer.warnings else "")
        data = at_rest.packed(library_folder(), list(_outputs(self.answer.notes)), told, asked, seen)
        with suppress(WriteError):  # then it is looked for the longer way again
            replace_file(self.root / at_rest.FILE, data)

    def _write(self, outputs: Census, notes: Sequence[FileNote], warnings: Sequence[Problem]) -> None:
        data = {
            "state": self.state,
            "inputs": _plain(self.inputs),
            "outputs": _plain(outputs),
            "notes": [asdict(note) for note in notes],
            "warnings": [asdict(warning) for warning in warnings],
        }
        with suppress(WriteError):  # what was built is there, whether the next look is a short one or not
            Shelf(self.root / ".cache").keep(_KEY, json.dumps(data, ensure_ascii=False).encode())


def look(root: Path, command: Mapping[str, object], today: date) -> Look:
    """Compare inputs and outputs with those of the last build; `command` is all that was asked for."""
    kept = Shelf(root / ".cache").find(_KEY)
    try:
        return _look(root, command, today, json.loads(kept) if kept else {})
    except FOREIGN:
        return _look(root, command, today, {})


def _look(root: Path, command: Mapping[str, object], today: date, last: Mapping[str, Any]) -> Look:
    began = _file_system_time(root)
    inputs = workspace_census(root, began, _census(last.get("inputs")))
    program, published = program_census(began), archive_census(root, began)
    libraries = tuple(at_rest.libraries_in(library_folder()))
    asked = json.dumps([command, today.isoformat()], sort_keys=True, default=str)
    records = {path: found for path, found in inputs.digests.items() if path.startswith(RECORDS)}
    parts = {
        "program": (own := program_digest(program, libraries)),
        "others": digest_of({path: found for path, found in inputs.digests.items() if path not in records}),
        "published": digest_of(published.digests),
        "asked": asked,
    }
    aside = hashlib.sha256(json.dumps(parts, sort_keys=True).encode()).hexdigest()
    state = hashlib.sha256(f"{aside}{digest_of(records)}".encode()).hexdigest()
    before = _census(last.get("outputs"))
    if not last or last["state"] != state:
        return Look(root, state, aside, own, inputs, before, None)
    notes = tuple(FileNote(**note) for note in last["notes"])
    outputs = files_census(root, _outputs(notes), began, before)
    answer = _answer(notes, before, outputs, last["warnings"])
    found = Look(root, state, aside, own, inputs, before, answer, (published, outputs, program), libraries)
    found.renew((_census(last["inputs"]), before), outputs)
    return found


def _answer(notes: tuple[FileNote, ...], before: Census, now: Census, warnings: Sequence[Any]) -> Answer | None:
    whole = len(now.digests) == len(_outputs(notes))
    if (
        not whole
        or now.digests != before.digests
        or any(now.digests.get(f"{BUILD}/{note.path}") != note.sha256 for note in notes)
    ):
        return None
    kept = tuple(FileNote(**{**asdict(note), "cached": True, "why": "không đổi"}) for note in notes)
    return Answer(kept, tuple(_problem(warning) for warning in warnings))


def _outputs(notes: Sequence[FileNote]) -> tuple[str, ...]:
    return (f"{BUILD}/{MANIFEST}", *(f"{BUILD}/{note.path}" for note in notes))


def _stamped(census: Census) -> list[Stamped]:
    return [(path, *census.stamps[path]) for path in census.digests]


def _plain(census: Census) -> dict[str, object]:
    files = {path: [digest, *census.stamps.get(path, ())] for path, digest in census.digests.items()}
    return {"began": census.began, "files": files}


def _census(data: Any) -> Census:
    if not data:
        return NOBODY
    files = data["files"]
    stamps = {path: tuple(found[1:]) for path, found in files.items() if len(found) > 1}
    return Census(data["began"], {path: found[0] for path, found in files.items()}, stamps)


def _problem(data: Any) -> Problem:
    return Problem(**{**data, "place": Place(**data["place"]), "severity": Severity(data["severity"])})


def _file_system_time(root: Path) -> int:
    """Ask the file system what time it is, by writing; 0 (no stamp proves anything) when it cannot be written to."""
    clock = root / ".cache" / "clock"
    try:
        clock.parent.mkdir(mode=0o700, exist_ok=True)
        handle = os.open(clock, machine.READ | os.O_RDWR | os.O_CREAT, 0o600)  # through no link
        try:
            os.ftruncate(handle, 0)
            os.utime(clock)
            return os.fstat(handle).st_mtime_ns
        finally:
            os.close(handle)
    except OSError:
        return 0
