"""The press without its short cuts, in a process of its own: what plain WeasyPrint makes of a job, to compare with."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path

from chungtay_reports.press import PrintJob, shortcuts, speed, wire, worker


class PlainPress:
    """Sets job after job in one process, which is given the job by a pipe and answers by one."""

    def __init__(self, process: subprocess.Popen[bytes]) -> None:
        self._process = process

    def typeset(self, job: PrintJob) -> bytes | tuple[str, ...]:
        """Set a job; the reasons against it where it must not be used."""
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        wire.send(self._process.stdin, *wire.pack(job))
        header, blobs = wire.receive(self._process.stdout)
        return blobs[0] if blobs else tuple(header["reasons"])


@contextmanager
def plain_press(folder: Path, *kept: str) -> Iterator[PlainPress]:
    """Open a press that takes no short cut but those in `kept`."""
    fonts = folder / "fonts.conf"
    fonts.write_text(f"<fontconfig><cachedir>{folder}/cache</cachedir></fontconfig>", encoding="utf-8")
    here = Path(__file__).parent
    environment = {**os.environ, "FONTCONFIG_FILE": str(fonts), "PYTHONPATH": str(here.parent)}
    command = [sys.executable, "-W", "ignore", __file__, *kept]
    process = subprocess.Popen(command, env=environment, stdin=subprocess.PIPE, stdout=subprocess.PIPE)
    with process:
        yield PlainPress(process)
        assert process.stdin is not None
        process.stdin.close()


# Short cuts that say the same in other words: plain WeasyPrint's bytes are those of the press with these alone.
OTHER_WORDS = ("draw_rules_whole", "write_each_object_once", "keep_compressed_pixels")
FEWER_TAGS = "tag_plain_cells_directly"  # it needs what others do, so the press that is compared is one without it


def short_press(folder: Path) -> AbstractContextManager[PlainPress]:
    """Open a press that takes every short cut but that which tags in fewer words."""
    return plain_press(folder, *(cut.__name__ for cut in shortcuts.SHORT_CUTS if cut.__name__ != FEWER_TAGS))


def main(kept: list[str]) -> None:
    shortcuts.SHORT_CUTS = tuple(cut for cut in shortcuts.SHORT_CUTS if cut.__name__ in kept)
    speed.with_room = lambda function: function
    from chungtay_reports.press.setting import Setter  # noqa: PLC0415 - as it is without short cuts

    setter = Setter()
    while True:
        try:
            job = wire.receive(sys.stdin.buffer)
        except EOFError:
            return
        wire.send(sys.stdout.buffer, *worker._answer(setter, *job, 0))


if __name__ == "__main__":
    main(sys.argv[1:])
