"""Tell which files of a workspace were saved: changes that come together come as one set."""

from __future__ import annotations

import contextlib
import queue
import re
import threading
from collections.abc import Iterator
from pathlib import Path

from watchfiles import watch

from chungtay_reports.archive import ARCHIVE
from chungtay_reports.workspace.ground import SETTINGS

# The root itself is watched alone: below it lie build/, .git/, .venv/ and other folders of no interest.
FOLDERS = ("content", "templates", ARCHIVE)
QUIET_MS = 60  # a set is whole when nothing more came for so long
LONGEST_MS = 800
_TEMPORARY = re.compile(r"(^|/)(\.[^/]*|[^/]*~|#[^/]*#|4913|[^/]*\.(sw[a-z]|tmp|part|bak))(/|$)")


class Watch:
    """The changes of a workspace since the watch was set: paths relative to its root, in sets, until `stop` is set."""

    def __init__(self, root: Path, stop: threading.Event) -> None:
        self._root = root.resolve()
        self._stop, self._again = stop, threading.Event()
        self._polling: bool | None = None  # None leaves it to the library; True when the system has no watches left
        self._sets: queue.SimpleQueue[frozenset[str]] = queue.SimpleQueue()
        for look in (self._below, self._beside):
            threading.Thread(target=look, daemon=True).start()

    def __iter__(self) -> Iterator[frozenset[str] | None]:
        """Give None at once, then wait for the next set; what came while the last was worked on comes together."""
        yield None
        while not self._stop.is_set():
            try:
                changed = self._sets.get(timeout=0.5)
            except queue.Empty:
                continue
            with contextlib.suppress(queue.Empty):
                while True:
                    changed |= self._sets.get_nowait()
            yield changed

    @property
    def waiting(self) -> bool:
        """Say whether something has changed that nobody has worked on."""
        return not self._sets.empty()

    def _below(self) -> None:
        """Watch the folders; start anew when one of them comes or goes."""
        while not self._stop.is_set():
            self._again.clear()
            there = [self._root / name for name in FOLDERS if (self._root / name).is_dir()]
            if not there:
                self._again.wait(0.5)
                continue
            with self._or_polling(*there):
                for changes in self._watch(*there, stop=self._again, recursive=True):
                    self._put(changes)
            self._stop.wait(0.05)

    def _beside(self) -> None:
        while not self._stop.is_set():
            with self._or_polling(self._root):
                for changes in self._watch(self._root, stop=self._stop, recursive=False):
                    if changes & set(FOLDERS):
                        self._again.set()
                    self._put(changes & {SETTINGS, *FOLDERS})
            self._stop.wait(0.2)

    def _watch(self, *paths: Path, stop: threading.Event, recursive: bool) -> Iterator[frozenset[str]]:
        for changes in watch(
            *paths,
            watch_filter=None,
            debounce=LONGEST_MS,
            step=QUIET_MS,
            rust_timeout=500,
            stop_event=stop,
            raise_interrupt=False,
            recursive=recursive,
            force_polling=self._polling,
        ):
            paths_ = (Path(path) for _, path in changes)
            yield frozenset(
                path.relative_to(self._root).as_posix() for path in paths_ if path.is_relative_to(self._root)
            )

    @contextlib.contextmanager
    def _or_polling(self, *paths: Path) -> Iterator[None]:
        """Look at the files now and then when the system refuses to tell (its watches are counted)."""
        try:
            yield
        except (OSError, RuntimeError):
            self._polling = self._polling or all(path.is_dir() for path in paths) or None

    def _put(self, changes: frozenset[str]) -> None:
        wanted = frozenset(path for path in changes if not _TEMPORARY.search(path))
        if wanted:
            self._sets.put(wanted)
