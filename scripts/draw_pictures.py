"""Draw the pictures of docs/ whose sources have changed, and write down what each was drawn from: `make pictures`.

Needs chromium, poppler-utils and LibreOffice; no network. `--all` draws every picture anew.
"""

from __future__ import annotations

import argparse
import tempfile
from collections.abc import Callable, Collection, Mapping
from pathlib import Path

import draw_docs
import draw_life
import draw_papers
import draw_preview
from picture_sources import INPUTS, PICTURES, changed, record, recorded, sources

# By the names of `INPUTS`: draws the pictures that are asked for, in a workspace of its own in an empty folder.
DRAWERS: Mapping[str, Callable[[Collection[str], Path], None]] = {
    "bulletin": draw_docs.bulletin,
    "site": draw_docs.site,
    "preview": draw_preview.draw,
    "report": draw_papers.report,
    "letter": draw_papers.letter,
    "form": draw_papers.form,
    "life": draw_life.draw,
}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--all", action="store_true", help="draw every picture, changed or not")
    everything = parser.parse_args().all
    now, then = sources(), recorded()  # before drawing: what changes meanwhile is not in the pictures
    for name, draw in DRAWERS.items():
        wanted = [
            picture
            for picture in INPUTS[name]
            if everything or not (PICTURES / picture).exists() or changed(then.get(picture), now[picture])
        ]
        if wanted:
            with tempfile.TemporaryDirectory() as folder:
                draw(wanted, Path(folder).resolve())
        record({picture: now[picture] for picture in wanted})


if __name__ == "__main__":
    main()
