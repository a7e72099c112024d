"""Draw the illustrations of content/media: SVG by our own code, rendered once by Chromium, few colours."""

from __future__ import annotations

import argparse
import io
import subprocess
import tempfile
from collections.abc import Callable
from pathlib import Path

from drawing import indoors, outdoors
from drawing.shapes import HEIGHT, WIDTH
from PIL import Image

MEDIA = Path(__file__).resolve().parent.parent / "content" / "media"
COLOURS = 128
DRAWINGS: dict[str, Callable[[], str]] = {
    "sinh-hoat-chuyen-de": indoors.study_session,
    "lop-tieng-anh-truc-tuyen": indoors.online_lesson,
    "hoc-sinh-tham-quan": outdoors.visit,
    "tieng-trong-hoc-bai": outdoors.evening_drum,
    "nhip-cau-hai-truong": outdoors.bridge,
}


def main() -> None:
    """Draw all, or those named."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("names", nargs="*", choices=[[], *DRAWINGS], default=[])
    parser.add_argument("--out", type=Path, default=MEDIA)
    arguments = parser.parse_args()
    for name in arguments.names or DRAWINGS:
        (arguments.out / f"{name}.png").write_bytes(_png(DRAWINGS[name]()))


def _png(svg: str) -> bytes:
    with tempfile.TemporaryDirectory() as folder:
        page, picture = Path(folder, "drawing.html"), Path(folder, "drawing.png")
        page.write_text(
            f"<!doctype html><meta charset=utf-8><style>*{{margin:0}}svg{{display:block}}</style>{svg}",
            encoding="utf-8",
        )
        subprocess.run(  # noqa: S603 - our own page
            ["chromium", "--headless", "--no-sandbox", "--hide-scrollbars", "--disable-gpu",  # noqa: S607
             f"--window-size={WIDTH},{HEIGHT}", f"--screenshot={picture}", page.as_uri()],
            check=True, capture_output=True,
        )  # fmt: skip
        image = Image.open(picture).convert("RGB").crop((0, 0, WIDTH, HEIGHT))
    few = image.quantize(COLOURS, method=Image.Quantize.MEDIANCUT, dither=Image.Dither.NONE)
    data = io.BytesIO()
    few.save(data, "PNG", optimize=True)
    return data.getvalue()


if __name__ == "__main__":
    main()
