"""The pixels of a picture are in the PDF what they are in its file; a file that is not whole is left to WeasyPrint."""

from __future__ import annotations

import io
from dataclasses import replace
from pathlib import Path

import editions
import pikepdf
import pytest
from PIL import Image
from plain_press import plain_press

from chungtay_reports.formats import pdf
from chungtay_reports.press import Press, PrintJob
from chungtay_reports.press.job import Fetched
from chungtay_reports.press.pictures import _pixels

RUN = Image.linear_gradient("L").resize((60, 40))
COLOURS = Image.merge("RGB", (RUN, RUN.transpose(Image.Transpose.FLIP_LEFT_RIGHT), RUN.rotate(180)))


def png(image: Image.Image, **options: object) -> bytes:
    file = io.BytesIO()
    image.save(file, "PNG", **options)
    return file.getvalue()


def bulletin(picture: bytes) -> PrintJob:
    job = pdf.print_job(editions.edition(), editions.settings())
    return replace(
        job,
        assets={
            name: Fetched("image/png", picture) if "/" in name and "css" not in name else asset
            for name, asset in job.assets.items()
        },
    )


def pictures(data: bytes) -> list[bytes]:
    with pikepdf.open(io.BytesIO(data)) as opened:
        return [
            pikepdf.PdfImage(image).as_pil_image().convert("RGB").tobytes()
            for page in opened.pages
            for image in page.get_images().values()
        ]


@pytest.mark.parametrize("image", [COLOURS, RUN], ids=["colours", "grays"])
def test_a_picture_has_the_pixels_of_its_file(image: Image.Image, tmp_path: Path) -> None:
    job = bulletin(png(image))
    with Press() as press, plain_press(tmp_path) as plain:
        made, drawn = press.typeset(job), plain.typeset(job)
    assert isinstance(drawn, bytes)
    assert set(pictures(made)) == set(pictures(drawn)) == {image.convert("RGB").tobytes()}


def test_pixels_of_the_usual_kind_are_taken_as_they_are() -> None:
    for image in (COLOURS, RUN):
        assert _pixels(png(image), image.mode) is not None


@pytest.mark.parametrize(
    ("data", "mode"),
    [
        *((b"", "RGB"), (png(COLOURS)[:-20], "RGB"), (png(COLOURS).replace(b"IDAT", b"IDAU"), "RGB")),
        *((png(COLOURS.convert("P")), "RGB"), (png(COLOURS.convert("RGBA")), "RGBA"), (png(RUN.convert("1")), "L")),
        *((png(RUN.convert("I;16")), "L"), (png(COLOURS, transparency=(0, 0, 0)), "RGB"), (png(COLOURS), "L")),
        (bytes(byte ^ (place == 90) for place, byte in enumerate(png(COLOURS))), "RGB"),
    ],
)
def test_pixels_that_a_pdf_would_not_hold_alike_are_left_to_weasyprint(data: bytes, mode: str) -> None:
    assert _pixels(data, mode) is None
