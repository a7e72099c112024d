"""Short cuts in the setting of pages change no byte of what is set."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import editions
import papers
import pytest

from chungtay_reports.formats import paper_pdf, pdf
from chungtay_reports.press import Press, PrintJob, speed, wire

TESTS = Path(__file__).parent

# The press as it is without the short cuts: one job comes in by a file, its PDF goes out to another.
PLAIN = """
import sys
from pathlib import Path
from chungtay_reports.press import speed, wire
speed.measured = lambda: False
speed.with_room = lambda function: function
from chungtay_reports.press.setting import Setter
with open(sys.argv[1], "rb") as job:
    pdf, reasons = Setter().set(wire.unpack(*wire.receive(job)))
assert not reasons, reasons
Path(sys.argv[2]).write_bytes(pdf)
"""


def bulletin() -> PrintJob:
    return pdf.print_job(editions.edition(), editions.settings())


def report() -> PrintJob:
    return paper_pdf.print_job(papers.long_annex(60), editions.settings())


def set_plainly(job: PrintJob, folder: Path) -> bytes:
    with (folder / "job").open("wb") as file:
        wire.send(file, *wire.pack(job))
    fonts = folder / "fonts.conf"
    fonts.write_text(f"<fontconfig><cachedir>{folder}/cache</cachedir></fontconfig>", encoding="utf-8")
    environment = {**os.environ, "FONTCONFIG_FILE": str(fonts), "PYTHONPATH": str(TESTS.parent)}
    command = [sys.executable, "-W", "ignore", "-c", PLAIN, str(folder / "job"), str(folder / "pdf")]
    subprocess.run(command, env=environment, check=True, cwd=folder)
    return (folder / "pdf").read_bytes()


@pytest.mark.parametrize("job", [bulletin, report])
def test_a_page_is_set_to_the_same_bytes_with_and_without_short_cuts(job: object, tmp_path: Path) -> None:
    with Press() as press:
        assert press.typeset(job()) == set_plainly(job(), tmp_path)  # type: ignore[operator]


def test_short_cuts_are_for_the_versions_that_were_measured_only(monkeypatch: pytest.MonkeyPatch) -> None:
    assert speed.measured()
    monkeypatch.setitem(speed.MEASURED, "weasyprint", "69.")
    assert not speed.measured()
