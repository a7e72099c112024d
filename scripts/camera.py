"""What every script that draws pictures for docs/ shares: a copy of the workspace, a screen, a sheet of paper, a small file."""

from __future__ import annotations

import io
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from picture_sources import PICTURES, ROOT
from PIL import Image
from playwright.sync_api import Browser, sync_playwright

EDITION = "2023-08-tam-thang-chung-tay"
CHROMIUM = "/usr/bin/chromium"
LARGEST = 120_000  # bytes of a picture
COLOURS = (256, 128, 64, 32)


def copy_workspace(folder: Path) -> None:
    """Copy this repository's own workspace into a folder."""
    shutil.copytree(ROOT / "content", folder / "content")
    shutil.copy(ROOT / "chungtay.yaml", folder)


def chungtay(folder: Path, *arguments: str, ends: int = 0) -> None:
    """Run the program on the workspace of a folder; it must end as expected."""
    command = (sys.executable, "-m", "chungtay_reports", "-C", folder, "-q", *arguments)
    ended = subprocess.run(command, check=False, capture_output=True, text=True)  # noqa: S603 - our own program
    if ended.returncode != ends:
        message = f"chungtay {' '.join(arguments)}: {ended.returncode}\n{ended.stdout}{ended.stderr}"
        raise RuntimeError(message)


@contextmanager
def screen() -> Iterator[Browser]:
    """Open a browser without a window."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox", "--disable-gpu"])
        try:
            yield browser
        finally:
            browser.close()


def sheet(pdf: Path, words: str, width: int) -> Image.Image:
    """Draw the first page of a PDF that has these words, `width` pixels wide."""
    told = subprocess.run(("pdftotext", pdf, "-"), check=True, capture_output=True).stdout.decode()  # noqa: S603, S607
    page = str(next(number for number, text in enumerate(told.split("\f"), 1) if words in " ".join(text.split())))
    command = ("pdftoppm", "-png", "-f", page, "-singlefile", "-scale-to-x", str(width), "-scale-to-y", "-1")
    return picture(subprocess.run((*command, pdf), check=True, capture_output=True).stdout)  # noqa: S603


def as_office_prints(document: Path, folder: Path) -> Path:
    """Let LibreOffice print a document of Word or Excel; return the PDF."""
    profile = f"-env:UserInstallation={(folder / 'office').as_uri()}"
    command = ("soffice", profile, "--headless", "--convert-to", "pdf", "--outdir", folder, document)
    subprocess.run(command, check=True, capture_output=True)  # noqa: S603 - our own document
    return folder / f"{document.stem}.pdf"


def picture(data: bytes) -> Image.Image:
    return Image.open(io.BytesIO(data)).convert("RGB")


def save(image: Image.Image, name: str) -> None:
    """Write a picture with as many colours as fit in the largest size."""
    path = PICTURES / name
    for colours in COLOURS:
        image.quantize(colours, method=Image.Quantize.MEDIANCUT, dither=Image.Dither.NONE).save(path, optimize=True)
        if path.stat().st_size < LARGEST:
            break
    print(f"docs/images/{name}: {image.width}×{image.height}, {path.stat().st_size // 1000} kB", flush=True)
