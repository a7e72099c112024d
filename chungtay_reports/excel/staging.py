"""What the record files would be after an import, read again and compared before anything is written."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from chungtay_reports.disk import make_folder, replace_file
from chungtay_reports.errors import Code, Place, Problem, WriteError
from chungtay_reports.excel.edits import Change, edited
from chungtay_reports.excel.filing import Filed
from chungtay_reports.excel.flat import plain
from chungtay_reports.excel.shelf import Shelf
from chungtay_reports.records import RECORD_TYPES, Activity, Agreement, Record, Statistic, Submission
from chungtay_reports.source.files import MAX_YAML, Parsed, parse_yaml, read_text
from chungtay_reports.source.validation import value_at

BROKEN_FILE = Code("X142", "tệp này đang có lỗi nên chưa nhập thêm vào được; hãy chạy chungtay check và sửa trước")

_FILES: dict[type, str] = {
    Agreement: "agreements",
    Activity: "activities",
    Statistic: "statistics",
    Submission: "submissions",
}
_ROOM_BYTES = MAX_YAML * 9 // 10
_ROOM_NODES = 40_000  # of the 50,000 that a YAML file may have


@dataclass(frozen=True, slots=True)
class Staged:
    """The new text of every file that an import changes, by path relative to the workspace, sorted."""

    files: Mapping[str, str]
    problems: tuple[Problem, ...] = ()


def stage(filed: Sequence[Filed], shelf: Shelf) -> Staged:
    """Work out the new texts; each is parsed again and must hold exactly the records that were meant."""
    changes: dict[str, list[Change]] = defaultdict(list)
    added: dict[tuple[str, str], list[Record]] = defaultdict(list)
    for one in filed:
        if not one.changed:
            continue
        if one.old:
            after = None if one.moved else _after(one)
            raw = value_at(one.old.parsed.data, one.old.path)
            changes[one.old.parsed.file].append(Change(one.old.path, raw, after))
        if one.old is None or one.moved:
            folder = f"content/records/{one.loaded.entry.year}/{one.loaded.entry.unit}"
            added[folder, _FILES[type(one.loaded.record)]].append(one.loaded.record)
    texts: dict[str, tuple[str, Parsed | None]] = {}
    problems: list[Problem] = []
    new: dict[str, list[Mapping[str, Any]]] = defaultdict(list)
    for (folder, name), records in sorted(added.items()):
        for file, share in _shared_out(f"{folder}/{name}", records, shelf.root, texts):
            new[file] += share
    staged = {}
    for file in sorted({*changes, *(file for file in new if new[file])}):
        text, parsed = _opened(file, shelf.root, texts)
        if parsed is None and text.strip():
            problems.append(BROKEN_FILE.at(Place(file)))
            continue
        whole = edited(text, parsed, changes[file], new[file])
        staged[file] = whole if _says_something(whole) else ""  # a file of comments alone is refused by check
        _prove(file, staged[file], parsed, changes[file], new[file])
    return Staged({} if problems else staged, tuple(problems))


def write(staged: Staged, root: Path) -> None:
    """Replace every file, or, when one cannot be written, put back those that were."""
    done: list[tuple[Path, bytes | None]] = []
    try:
        for file, text in staged.files.items():
            path = root / file
            before = path.read_bytes() if path.exists() else None
            make_folder(path.parent)
            if text:
                replace_file(path, text.encode())
            else:
                path.unlink()
            done.append((path, before))
    except (WriteError, OSError):
        for path, before in reversed(done):
            if before is None:
                path.unlink(missing_ok=True)
            else:
                replace_file(path, before)
        raise


def _after(one: Filed) -> Mapping[str, Any]:
    """Return what a changed record is to say, keeping fields that were written though they say the default."""
    after = plain(one.loaded.record)
    if one.old:
        raw, before = value_at(one.old.parsed.data, one.old.path), plain(one.old.record)
        after |= {name: value for name, value in raw.items() if name not in before and name not in after}
    return after


def _opened(file: str, root: Path, texts: dict[str, tuple[str, Parsed | None]]) -> tuple[str, Parsed | None]:
    if file not in texts:
        text = read_text(root, file, MAX_YAML) if (root / file).exists() else ""
        if isinstance(text, Problem):
            texts[file] = "?", None
        else:
            parsed = parse_yaml(text, file)[0] if _says_something(text) else None
            texts[file] = text if _says_something(text) else "", parsed
    return texts[file]


def _says_something(text: str) -> bool:
    return any(line.strip() and not line.strip().startswith("#") for line in text.split("\n"))


def _shared_out(
    stem: str, records: Sequence[Record], root: Path, texts: dict[str, tuple[str, Parsed | None]]
) -> Iterator[tuple[str, list[Mapping[str, Any]]]]:
    """Deal records to activities.yaml, activities-2.yaml, …, so that no file grows beyond what is read."""
    left: list[Mapping[str, Any]] = [plain(record) for record in records]
    number = 1
    while left:
        file = f"{stem}.yaml" if number == 1 else f"{stem}-{number}.yaml"
        text, parsed = _opened(file, root, texts)
        size, nodes = len(text.encode()), _nodes(parsed.data if parsed else None)
        taken = 0
        for data in left:
            size, nodes = size + len(str(data).encode()), nodes + _nodes(data)
            if size > _ROOM_BYTES or nodes > _ROOM_NODES:
                break
            taken += 1
        yield file, left[:taken]
        left, number = left[taken:], number + 1


def _nodes(data: object) -> int:
    if isinstance(data, dict):
        return 1 + sum(1 + _nodes(value) for value in data.values())
    return 1 + sum(map(_nodes, data)) if isinstance(data, list) else 1


def _prove(
    file: str,
    text: str,
    before: Parsed | None,
    changes: Sequence[Change],
    added: Sequence[Mapping[str, Any]],
) -> None:
    """Read the new text as `check` would, and compare; a difference is a bug and stops everything."""
    old = list(_items(before.data)) if before else []
    paths = {change.path[0] if change.path else 0: change.after for change in changes}
    kept = (paths.get(index, item) for index, item in enumerate(old))
    wanted = [*(item for item in kept if item is not None), *added]
    parsed, problems = parse_yaml(text, file) if text else (None, ())
    found = list(_items(parsed.data)) if parsed else []
    if problems or [_meant(item) for item in found] != [_meant(item) for item in wanted]:
        raise AssertionError(f"{file}: the text that would be written does not say what was meant")


def _items(data: object) -> Iterator[Mapping[str, Any]]:
    yield from data if isinstance(data, list) else [data] if isinstance(data, dict) else []


def _meant(data: Mapping[str, Any]) -> object:
    """Return what a record says; one that was broken before is compared as it is written."""
    model = RECORD_TYPES.get(str(data.get("kind")))
    try:
        return model.model_validate(data) if model else data
    except ValueError:
        return data
