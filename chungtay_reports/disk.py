"""Files are written whole or not at all: staged next to build/, flushed, then exchanged in one rename each.

Layout: `build/<edition>/…` and `build/manifest.json` are the output; `.cache/` holds the lock, the staging folder and
the document cache. A killed build leaves the last good output; what it staged is removed by the next one.
"""

from __future__ import annotations

import contextlib
import errno
import hashlib
import json
import os
import shutil
import time
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from chungtay_reports import machine
from chungtay_reports.errors import DiskError, WriteError, of_the_machine, why

if TYPE_CHECKING:  # a build that has nothing to do reads a manifest and needs no edition
    from chungtay_reports.edition import Document

LOCK_SECONDS = 10
LEFT_SECONDS = 600  # a file half written that long ago was left by a command that was killed
BUILD, MANIFEST = "build", "manifest.json"
_CANNOT_EXCHANGE = frozenset({errno.EINVAL, errno.ENOSYS})  # what a file system that cannot says


@dataclass(frozen=True, slots=True)
class FileNote:
    """One line of `build/manifest.json`; `path` is relative to build/, `seconds` the time its making took."""

    edition: str
    unit: str
    format: str
    path: str
    sha256: str
    bytes: int
    seconds: float
    cached: bool
    why: str = ""  # it was made, or kept


def note(document: Document, seconds: float = 0.0, *, cached: bool = False) -> FileNote:
    """Describe a document for the manifest."""
    sha256 = hashlib.sha256(document.data).hexdigest()
    return FileNote(
        document.edition,
        document.unit,
        document.format,
        document.path,
        sha256,
        len(document.data),
        round(seconds, 3),
        cached,
    )


@contextlib.contextmanager
def lock(root: Path) -> Iterator[bool]:
    """Hold the workspace's build lock; wait at most ten seconds for another build, then say who has it.

    Gives whether it was had at once: what was looked at just before is then as it was.
    """
    cache = root / ".cache"
    with _world(cache):
        cache.mkdir(mode=0o700, exist_ok=True)
        handle = os.open(cache / "lock", machine.READ | os.O_RDWR | os.O_CREAT, 0o600)
    at_once = True
    try:
        deadline = time.monotonic() + LOCK_SECONDS
        while not machine.try_lock(handle):
            if time.monotonic() > deadline:
                os.lseek(handle, 0, os.SEEK_SET)
                holder = os.read(handle, 32).decode("ascii", "replace").strip()
                raise WriteError(f"Một lệnh dựng khác đang chạy trong kho này (tiến trình {holder}); hãy thử lại sau.")
            at_once = False
            time.sleep(0.05)
        os.ftruncate(handle, 0)
        os.lseek(handle, 0, os.SEEK_SET)
        os.write(handle, str(os.getpid()).encode())
        _sweep(cache, root / BUILD)
        yield at_once
    finally:
        os.close(handle)


def _sweep(cache: Path, build: Path) -> None:
    """Remove what commands that were killed left half written, and keep others out of the cache.

    A command that only reads fills the cache without the lock: what it is writing just now is young, and stays.
    """
    with _world(cache):
        if cache.stat().st_mode & 0o077:
            with contextlib.suppress(PermissionError):  # somebody else's: then it is for them to say who may read it
                cache.chmod(0o700)
        now = (cache / "lock").stat().st_mtime
        for path in (*cache.rglob(".*.tmp"), *build.glob(f".{MANIFEST}.*.tmp")):
            with contextlib.suppress(FileNotFoundError, IsADirectoryError, PermissionError):
                if now - path.stat().st_mtime > LEFT_SECONDS:
                    path.unlink()


def write_editions(
    root: Path,
    build: Path,
    made: Sequence[tuple[Document, FileNote]],
    *,
    whole: bool = False,
    keep: Sequence[str] = (),
    kept: Sequence[FileNote] = (),
) -> tuple[FileNote, ...]:
    """Replace the folder of every edition in `made`; with `whole`, remove editions that are no longer made.

    Those in the folders `keep`, which can still be made, stay, and so do the files `kept`, which are noted anew. Files in an edition's folder that no manifest lists are somebody else's: they stay. Returns the new manifest.
    """
    _refuse_foreign(root, build)
    previous = read_manifest(build)
    ours = {entry.path for entry in previous}
    staging = root / ".cache" / "staging"
    with _world(build):
        shutil.rmtree(staging, ignore_errors=True)
        staging.mkdir(parents=True, mode=0o700)
        build.mkdir(exist_ok=True)
        for document, _ in made:
            _write(staging / document.path, document.data)
        editions = sorted({document.folder for document, _ in made})
        for name in editions:
            if (build / name).exists() and not (build / name).is_dir():
                raise _in_the_way(f"{build.name}/{name}")
            _keep_strangers(build, staging, name, ours)
            _sync_folders(staging / name)
        renewed = {entry.path: entry for entry in kept}
        others = tuple(renewed.get(entry.path, entry) for entry in previous if not inside(entry.path, editions))
        staying = tuple(entry for entry in others if not whole or entry.path in renewed or inside(entry.path, keep))
        notes = tuple(sorted((*staying, *(entry for _, entry in made)), key=lambda entry: entry.path))
        with machine.undisturbed():
            for name in editions:
                (build / name).parent.mkdir(parents=True, exist_ok=True)
                _exchange(staging / name, build / name)
            if whole:
                _remove(build, ours - {entry.path for entry in staying}, editions)
            replace_file(build / MANIFEST, _manifest_text(notes).encode())
        shutil.rmtree(staging, ignore_errors=True)
    return notes


def read_manifest(build: Path) -> tuple[FileNote, ...]:
    """The files of the last build; none when there is no manifest or it is not ours."""
    try:
        data = json.loads((build / MANIFEST).read_text("utf-8"))
        notes = tuple(FileNote(**entry) for entry in data["files"])
        return notes if all(_below(note.path) for note in notes) else ()
    except (OSError, ValueError, TypeError, KeyError, AttributeError, RecursionError):
        return ()


def _below(path: str) -> bool:
    """Say whether a path of a manifest leads to a file below its folder, and nowhere else."""
    parts = path.split("/")
    return not any(part in {"", ".", ".."} or "\\" in part or ":" in part for part in parts)


def replace_file(path: Path, data: bytes) -> None:
    """Write a single file whole or not at all."""
    temporary = path.with_name(f".{path.name}.{os.getpid()}.tmp")
    with _world(path):
        try:
            temporary.unlink(
                missing_ok=True
            )  # another one with our number was killed: in a container all have the same
            _write(temporary, data)
            temporary.replace(path)
            machine.flush_folder(path.parent)
        finally:
            temporary.unlink(missing_ok=True)


def clear_way(path: Path) -> None:
    """Remove a folder or a link where a file of our own is to stand."""
    with _world(path):
        if path.is_symlink():
            path.unlink()
        elif path.is_dir():
            shutil.rmtree(path)


def append_file(path: Path, data: bytes) -> None:
    """Write at the end of a file of our own; whoever reads it must know how much of it counts."""
    with _world(path):
        handle = os.open(path, os.O_WRONLY | os.O_APPEND | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_BINARY", 0))
        with os.fdopen(handle, "ab") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())


def digest(path: Path) -> str:
    """Return the SHA-256 of a file, nothing when it cannot be read."""
    try:
        return hashlib.sha256(path.read_bytes()).hexdigest()
    except OSError:
        return ""


def make_folder(folder: Path, mode: int = 0o777) -> None:
    """Make a folder and those above it; it may be there already."""
    with _world(folder):
        folder.mkdir(mode, parents=True, exist_ok=True)


def _manifest_text(notes: tuple[FileNote, ...]) -> str:
    return json.dumps({"files": [asdict(entry) for entry in notes]}, ensure_ascii=False, indent=1) + "\n"


def _refuse_foreign(root: Path, build: Path) -> None:
    content = (root / "content").resolve()
    if build.is_symlink():
        raise WriteError(f"{build.name}/ là liên kết tượng trưng; chungtay chỉ ghi vào thư mục thật.")
    if build.exists() and not build.is_dir():
        raise WriteError(f"“{build.name}” đang là một tệp; hãy đổi tên tệp ấy để chungtay tạo thư mục {build.name}/.")
    target = build.resolve()
    if target == root.resolve() or target == content or target in content.parents or content in target.parents:
        raise WriteError(f"{build} chứa hoặc trùng với nội dung nguồn; hãy chọn thư mục khác để ghi.")
    if build.exists() and any(build.iterdir()) and not (build / MANIFEST).exists():
        raise WriteError(f"{build.name}/ đã có tệp nhưng không có {MANIFEST}: không phải thư mục do chungtay tạo.")


def _write(path: Path, data: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("xb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())


def _keep_strangers(build: Path, staging: Path, name: str, ours: set[str]) -> None:
    for path in sorted((build / name).rglob("*")):
        relative = path.relative_to(build)
        if path.is_dir() and not path.is_symlink():
            continue
        if relative.as_posix() in ours:
            continue
        if (staging / relative).is_dir():
            raise _in_the_way(f"{build.name}/{relative.as_posix()}")
        if not (staging / relative).exists():
            (staging / relative).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(path, staging / relative, follow_symlinks=False)


def _in_the_way(path: str) -> WriteError:
    return WriteError(f"{path} đang là một tệp; hãy đổi tên tệp ấy để chungtay tạo thư mục.")


def _sync_folders(folder: Path) -> None:
    for path in (folder, *(path for path in folder.rglob("*") if path.is_dir() and not path.is_symlink())):
        machine.flush_folder(path)


def _exchange(new: Path, old: Path) -> None:
    """Put `new` where `old` is, atomically; afterwards `new` holds what was there before, if anything."""
    if not old.exists():
        new.rename(old)
    elif not machine.exchange(new, old, _CANNOT_EXCHANGE):
        aside = new.with_name(f"{new.name}.old")
        old.rename(aside)
        new.rename(old)
    machine.flush_folder(old.parent)


def inside(path: str, folders: Sequence[str]) -> bool:
    """Say whether a path lies in one of the folders."""
    return any(path.startswith(f"{folder}/") for folder in folders)


def _remove(build: Path, paths: set[str], keep: list[str]) -> None:
    for relative in sorted(paths):
        if not inside(relative, keep):
            (build / relative).unlink(missing_ok=True)
            for folder in (build / relative).parents:
                if folder == build or any(folder.iterdir()):
                    break
                folder.rmdir()


@contextlib.contextmanager
def _world(path: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        where = error.filename or path
        kind = DiskError if of_the_machine(error) else WriteError
        raise kind(f"Không ghi được {where}: {why(error)}. Bản cũ vẫn còn nguyên.") from error
