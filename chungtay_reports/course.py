"""How far a piece of work has come, by what its parts are expected to cost: a long page is not one step of many."""

from __future__ import annotations

import threading
from collections.abc import Callable

Step = Callable[[int, int], None]  # of a second thousand parts: those that are done, of all


def silent(_done: int, _whole: int) -> None:
    """Report how far it is to nobody."""


class Course:
    """What is left to do, in seconds: `alone` what one process does after another, `shared` what several do at once.

    `step` is told whenever something is done, from whatever thread did it, one call at a time.
    """

    def __init__(self, step: Step = silent, processes: int = 1) -> None:
        self._step, self._processes = step, max(1, processes)
        self._alone = self._shared = 0.0
        self._whole = 0.0
        self._told = 0
        self._turn = threading.RLock()

    def expect(self, *, alone: float = 0, shared: float = 0) -> None:
        """Add to what is left (or take off what was expected in vain); the whole grows with it."""
        with self._turn:
            before = self._left
            self._alone += alone
            self._shared += shared
            self._whole += self._left - before

    def done(self, *, alone: float = 0, shared: float = 0) -> None:
        """Take off what is done, and tell."""
        with self._turn:
            self._alone -= alone
            self._shared -= shared
            self.tell()

    def tell(self) -> None:
        """Tell how far the work is; never less than told before."""
        with self._turn:
            whole = round(1000 * max(self._whole, 0))
            self._told = min(max(self._told, whole - round(1000 * max(self._left, 0))), whole)
            self._step(self._told, whole)

    @property
    def _left(self) -> float:
        """Return about how long the rest takes: the work of one, or all of it shared out, whichever is longer."""
        return max(self._alone, (self._alone + self._shared) / self._processes)
