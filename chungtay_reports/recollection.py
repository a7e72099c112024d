"""What the inputs of earlier builds said, so that a change can be told as what was and what is, and not as “changed”.

`.cache/inputs.json` keeps, by the digests that `making` compares, the files of each group, their text where it is short,
the options and the versions. Nothing is decided by it: without it, the same is made and less is told.
"""

from __future__ import annotations

import hashlib
import json
import platform
import sysconfig
import zlib
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from chungtay_reports import __version__, at_rest
from chungtay_reports.errors import shown
from chungtay_reports.shelf import FOREIGN, Shelf
from chungtay_reports.workspace.library import Entry

KEY = "inputs.json"
LONGEST_TEXT, ALL_TEXT = 256_000, 8_000_000  # bytes
SHOWN = 60  # characters of a line
MORE = 2  # changes that are told, of many
NOTHING = "không"

_WORDS = {
    "formats": "định dạng",
    "as_of": "--as-of",
    "draft": "--draft",
    "final": "--final",
    "published": "bản đã công bố",
}
_OWN = {"source": "mã nguồn của chương trình", "templates": "mẫu đi kèm chương trình", "fonts": "phông chữ đi kèm"}


@dataclass(frozen=True, slots=True)
class Inputs:
    """What is known of digests: a group's files (path → digest), a file's size and text, and plain values by name."""

    groups: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    sizes: Mapping[str, int] = field(default_factory=dict)
    texts: Mapping[str, str] = field(default_factory=dict)
    values: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)

    def over(self, before: Inputs) -> Inputs:
        """Add what was known before and is not told anew."""
        return Inputs(
            {**before.groups, **self.groups},
            {**before.sizes, **self.sizes},
            {**before.texts, **self.texts},
            {**before.values, **self.values},
        )

    def change(self, old: str | None, new: str | None, now: Inputs) -> str:
        """Tell how a group or a set of values got from one digest to another; nothing when the old one is not known."""
        was, is_now = self.values.get(old or ""), now.values.get(new or "")
        if was is not None and is_now is not None:
            return _listed(_of_values(was, is_now))
        before, after = self.groups.get(old or ""), now.groups.get(new or "")
        if (before is None and old) or (after is None and new):
            return ""
        return _listed(self._of_files(before or {}, after or {}, now))

    def _of_files(self, before: Mapping[str, str], after: Mapping[str, str], now: Inputs) -> Iterator[str]:
        for path in sorted({**before, **after}):
            old, new = before.get(path), after.get(path)
            if old is None:
                yield f"thêm {path}"
            elif new is None:
                yield f"bỏ {path}"
            elif old != new:
                yield self._of_file(path, old, new, now)

    def _of_file(self, path: str, old: str, new: str, now: Inputs) -> str:
        if old in self.texts and new in now.texts:
            return _of_text(path, self.texts[old], now.texts[new])
        sizes = self.sizes.get(old), now.sizes.get(new)
        return f"{path} ({sizes[0]} → {sizes[1]} byte)" if None not in sizes and sizes[0] != sizes[1] else path


Known = tuple[Mapping[str, Mapping[str, str]], Mapping[str, Mapping[str, Any]], str]
# files of groups by the group's digest; values by theirs; the digest of the program


class Story:
    """Tells how a group got from one digest to another. Everything is read when the first change is asked for."""

    def __init__(self, root: Path, known: Callable[[], Known]) -> None:
        self._root, self._known = root, known
        self._before: Inputs | None = None
        self._now: Inputs | None = None

    def __call__(self, old: str | None, new: str | None) -> str:
        before = self._recalled()
        if self._now is None:
            self._now = self._look(before)
        return before.change(old, new, self._now.over(before))

    def keep(self, digests: Iterable[str]) -> None:
        """Write down what these digests stand for, unless it is known already."""
        before, wanted = self._recalled(), set(digests)
        if wanted != before.groups.keys() | before.values.keys():
            keep(self._root, before, self._look(before), wanted)

    def _recalled(self) -> Inputs:
        if self._before is None:
            self._before = recall(self._root)
        return self._before

    def _look(self, before: Inputs) -> Inputs:
        """Read what is not known yet."""
        groups, values, program = self._known()
        new = {name: files for name, files in groups.items() if name not in before.groups}
        own = {} if program in before.values else {program: _program()}
        return look(self._root, new, {**values, **own})


def _program() -> dict[str, str]:
    """Name the versions of program, interpreter and libraries, and digest the program's own files by what they are."""
    package = Path(__file__).resolve().parent
    folders = (package, package.parent / "templates")
    files = sorted(path for folder in folders for path in folder.rglob("*") if path.is_file())
    parts = {name: hashlib.sha256() for name in _OWN}
    for path in files:
        kind = (
            "fonts"
            if path.suffix in {".ttf", ".woff2"}
            else "templates"
            if "templates" in path.relative_to(package.parent).parts
            else "source"
        )
        if path.suffix not in {".pyc", ".po"}:
            parts[kind].update(f"{path.name}\0{hashlib.sha256(path.read_bytes()).hexdigest()}\0".encode())
    names = (path.stem for path in Path(sysconfig.get_path("purelib")).glob("*.dist-info"))
    libraries = dict(name.rsplit("-", 1) for name in sorted(names) if "-" in name)
    libraries |= {Path(path).name: Path(path).resolve().name for path, *_ in at_rest.system()}
    own = {name: each.hexdigest() for name, each in parts.items()}
    return {"Chung tay": __version__, "Python": platform.python_version(), **libraries, **own}


def recall(root: Path) -> Inputs:
    """Read what is known of the inputs of earlier builds."""
    data = Shelf(root / ".cache").find(KEY)
    try:
        return Inputs(**json.loads(zlib.decompress(data))) if data else Inputs()
    except (*FOREIGN, zlib.error):
        return Inputs()


def keep(root: Path, before: Inputs, now: Inputs, digests: Iterable[str]) -> None:
    """Write down what is known of these digests, unless that is known already."""
    wanted = set(digests)
    groups = {name: files for name, files in {**before.groups, **now.groups}.items() if name in wanted}
    files = {sha256 for group in groups.values() for sha256 in group.values()}
    values = {name: found for name, found in {**before.values, **now.values}.items() if name in wanted}
    if groups.keys() == before.groups.keys() and values.keys() == before.values.keys():
        return
    texts, room = {}, ALL_TEXT
    for sha256, text in sorted({**before.texts, **now.texts}.items()):
        if sha256 in files and len(text) <= room:
            texts[sha256] = text
            room -= len(text)
    sizes = {sha256: size for sha256, size in {**before.sizes, **now.sizes}.items() if sha256 in files}
    data = {"groups": groups, "sizes": sizes, "texts": texts, "values": values}
    Shelf(root / ".cache").keep(KEY, zlib.compress(json.dumps(data, ensure_ascii=False, sort_keys=True).encode(), 1))


def look(root: Path, groups: Mapping[str, Mapping[str, str]], values: Mapping[str, Mapping[str, Any]]) -> Inputs:
    """Read the files of groups as they are now."""
    sizes, texts = {}, {}
    for path, sha256 in {path: sha256 for files in groups.values() for path, sha256 in files.items()}.items():
        try:
            data = (root / path).read_bytes()
        except OSError:
            continue
        if hashlib.sha256(data).hexdigest() == sha256:
            sizes[sha256] = len(data)
            if len(data) <= LONGEST_TEXT and (text := _text(data)) is not None:
                texts[sha256] = text
    return Inputs(groups, sizes, texts, values)


def of_record(id_: str, before: Sequence[Entry], after: Sequence[Entry]) -> str:
    """Tell how a record got from one state of the books to another: added, taken out, moved, or field by field."""
    (old, was), (new, place) = _found(id_, before), _found(id_, after)
    if not place:
        return f"bỏ bản ghi {id_} ({was})"
    if not was:
        return f"thêm bản ghi {id_} ({place})"
    changes = list(_of_values(old, new))
    if not changes:
        return f"bản ghi {id_} đổi chỗ ({was} → {place})"
    return f"bản ghi {id_} đổi: {_listed(changes)} ({place})"


def _found(id_: str, entries: Sequence[Entry]) -> tuple[dict[str, Any], str]:
    entry = next((entry for entry in entries if entry.record.id == id_), None)
    if entry is None:
        return {}, ""
    plain = entry.record.model_dump(mode="json", by_alias=True, exclude_defaults=True)
    return dict(_flat(plain)), f"{entry.place.file}:{entry.place.line}"


def _flat(value: Mapping[str, Any], above: str = "") -> Iterator[tuple[str, Any]]:
    for name, part in value.items():
        if isinstance(part, dict):
            yield from _flat(part, f"{above}{name}.")
        else:
            yield f"{above}{name}", part


def _of_values(before: Mapping[str, Any], after: Mapping[str, Any]) -> Iterator[str]:
    for name in {**before, **after}:
        old, new = before.get(name), after.get(name)
        if old == new:
            continue
        if name in _OWN:
            yield f"{_OWN[name]} khác trước"
        elif name == "published":
            yield "kho lưu trữ có bản công bố khác"
        else:
            yield f"{_WORDS.get(name, name)} {_plain(old)} → {_plain(new)}"


def _of_text(path: str, old: str, new: str) -> str:
    """Show the first line that differs, as it was and as it is."""
    was, now = old.splitlines(), new.splitlines()
    start = 0
    while start < min(len(was), len(now)) and was[start] == now[start]:
        start += 1
    end = 0
    while end < min(len(was), len(now)) - start and was[-1 - end] == now[-1 - end]:
        end += 1
    gone, come = was[start : len(was) - end], now[start : len(now) - end]
    where = f"{path}:{start + 1}"
    if not gone and not come:
        return f"{where} (cách xuống dòng)"
    if not gone:
        return f"{where} thêm {_quoted(come)}"
    if not come:
        return f"{where} bỏ {_quoted(gone)}"
    first, second = _around(gone[0].strip(), come[0].strip())
    rest = f" và {max(len(gone), len(come)) - 1} dòng sau" if max(len(gone), len(come)) > 1 else ""
    return f"{where} “{first}” → “{second}”{rest}"


def _around(old: str, new: str) -> tuple[str, str]:
    """Cut two lines to what differs, with a little before it."""
    start = next((n for n, (a, b) in enumerate(zip(old, new, strict=False)) if a != b), min(len(old), len(new)))
    if max(len(old), len(new)) <= SHOWN:
        return shown(old), shown(new)
    cut = max(0, start - SHOWN // 3)
    lead = "…" if cut else ""
    return tuple(lead + shown(text[cut:], SHOWN) for text in (old, new))  # type: ignore[return-value]


def _quoted(lines: Sequence[str]) -> str:
    first = next((line.strip() for line in lines if line.strip()), "")
    many = f"{len(lines)} dòng" if len(lines) > 1 or not first else ""
    return ", ".join(filter(None, (many, f"“{shown(first, SHOWN)}”" if first else "")))


def _plain(value: Any) -> str:
    if value is None or value is False or value == []:
        return NOTHING
    if value is True:
        return "có"
    return shown(", ".join(map(str, value)) if isinstance(value, list | tuple) else value, SHOWN)


def _listed(changes: Iterable[str]) -> str:
    found = list(changes)
    more = f", và {len(found) - MORE} thay đổi khác" if len(found) > MORE else ""
    return ", ".join(found[:MORE]) + more


def _text(data: bytes) -> str | None:
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError:
        return None
    return None if "\0" in text else text
