"""Look at a workspace while it is being written: a web server on this machine that shows what the last save made.

`serve` is all there is. One thread watches the files, one makes the pages, each connection has its own; what can be
seen is the table of pages on the `Stage`, exchanged whole.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from fractions import Fraction
from pathlib import Path

from chungtay_reports.errors import Problem, Severity
from chungtay_reports.preview.answering import Answering
from chungtay_reports.preview.editor import editor
from chungtay_reports.preview.notices import Notice, notice_page
from chungtay_reports.preview.printing import Printer
from chungtay_reports.preview.server import Server
from chungtay_reports.preview.stage import Page, confession, marked
from chungtay_reports.vietnamese.numerals import number

__all__ = ["Opening", "Server", "serve"]

Say = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Opening:
    """How to begin: the workspace, the port to try first, the author's editor as named by them."""

    root: Path
    port: int
    editor: str
    today: Callable[[], date]


def serve(opening: Opening, ready: Callable[[Server], None], say: Say) -> None:
    """Serve until Ctrl-C; `ready` is called once the address answers, `say` after every rebuild."""
    workbench = _Workbench(opening, say)
    server = Server(opening.port, workbench.answering.answer, workbench.answering.refuse)
    threading.Thread(target=workbench.work, daemon=True).start()
    try:
        ready(server)
        server.serve()
    finally:
        workbench.stop()
        server.close()


class _Workbench:
    """Makes the pages in a thread of its own: at first, and again whenever files are saved."""

    def __init__(self, opening: Opening, say: Say) -> None:
        self.answering = Answering()
        self._opening, self._say = opening, say
        self._editor = editor(opening.editor, opening.root)
        self._stopped = threading.Event()
        self._printer = Printer()

    def stop(self) -> None:
        self._stopped.set()
        self._printer.close()

    def work(self) -> None:
        # The server answers while the rest of the program, pandas above all, is still being imported.
        from chungtay_reports.preview.pages import Gallery  # noqa: PLC0415
        from chungtay_reports.preview.watching import Watch  # noqa: PLC0415
        from chungtay_reports.preview.workshop import Workshop  # noqa: PLC0415

        watch = Watch(self._opening.root, self._stopped)
        workshop = Workshop(self._opening.root, self._opening.today)
        turn = threading.RLock()
        gallery = Gallery(self._opening.root, self._editor, self._printer, turn)
        stage = self.answering.stage
        for changed in watch:
            stage.work()
            started = time.perf_counter()
            if changed is None or any(path.startswith("templates") for path in changed):
                gallery.forget()
            with turn:
                state = workshop.renew(changed)
                try:
                    stage.show(gallery.pages(state))
                except Exception as error:  # noqa: BLE001 - whatever happens, the next save is another chance
                    state = replace(state, fault=confession(error))
                    stage.add({"/": _faulty(state.fault)})
            self._say(_told(state.everything, state.fault, time.perf_counter() - started))
            if news := gallery.look(state, lambda: watch.waiting or self._stopped.is_set()):
                stage.add(news)
            self._printer.warm()


def _faulty(fault: str) -> Page:
    lines = ("Lần dựng vừa rồi dừng giữa chừng; các trang khác là của lần trước. Lưu lại một tệp để dựng lại.",)
    return marked(notice_page(Notice("Lỗi của chương trình", "", lines, fault=fault)))


def _told(problems: Sequence[Problem], fault: str, seconds: float) -> str:
    """Say in a line what a rebuild gave."""
    errors = sum(problem.severity is Severity.ERROR for problem in problems)
    result = fault or (f"còn {errors} lỗi" if errors else "không có lỗi")
    return f"Dựng trong {number(Fraction(seconds), 1)} giây; {result}."
