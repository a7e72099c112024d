"""Which files each picture of docs/ shows, and whether one of them has changed since the picture was drawn."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PICTURES = ROOT / "docs" / "images"
RECORD = PICTURES / "nguon.json"

Inputs = Mapping[str, Mapping[str, tuple[str, ...]]]  # what draws → a picture → paths and patterns of what it shows
Sources = Mapping[str, str]  # the path of a file → the SHA-256 of its bytes

CAMERA = ("chungtay.yaml", "scripts/camera.py")
ARTICLE = ("content/bulletins/2023-08-tam-thang-chung-tay.md", "content/media/sinh-hoat-chuyen-de.png")
SCREEN = (
    *CAMERA,
    *ARTICLE,
    "templates/bulletin/frame.html.j2",
    "templates/bulletin/index.html.j2",
    "templates/bulletin/style.css",
    "templates/shared/blocks.html.j2",
    "templates/shared/controls.html.j2",
)
SHEET = (
    *CAMERA,
    *ARTICLE,
    "templates/bulletin/print.css",
    "templates/bulletin/print.html.j2",
    "templates/shared/blocks.html.j2",
    "scripts/draw_docs.py",
)
FRAME = (*CAMERA, "templates/site/frame.html.j2", "templates/site/navigation.html.j2", "templates/site/site.css")
SITE = (*FRAME, "templates/bulletin/style.css", "templates/shared/controls.html.j2", "scripts/draw_docs.py")
PREVIEW = (
    "templates/preview/bar.html.j2",
    "templates/preview/head.html.j2",
    "templates/preview/preview.css",
    "templates/preview/preview.js",
    "scripts/draw_preview.py",
)
LIFE = ("scripts/make_archive.py", "scripts/draw_life.py")
PAPER = (
    *CAMERA,
    "content/offices.yaml",
    "templates/official/nd30-2020.yaml",
    "scripts/draw_papers.py",
)
REPORT = (
    *PAPER,
    "content/reports/bao-cao-nam-hoc.md",
    "content/narratives/2023-2024/quan-cau-giay.md",
    "templates/official/outline-district.yaml",
)
PRINTED = ("templates/official/paper.css.j2", "templates/official/paper.html.j2")

# What draws → each of its pictures → the files shown in it: those that give its look, and the content whose words it shows.
INPUTS: Inputs = {
    "bulletin": {
        "bulletin.png": SHEET,
        "so-lieu-pdf.png": (*SHEET, "templates/bulletin/print_ledger.html.j2"),
        "html.png": (*SCREEN, "scripts/draw_docs.py"),
        "dien-thoai.png": (*SCREEN, "scripts/draw_docs.py"),
        "nguon.png": (
            *SCREEN,
            "templates/bulletin/proof.html.j2",
            "templates/bulletin/reader.js",
            "scripts/draw_docs.py",
        ),
    },
    "site": {
        "trang-tin.png": (*SITE, "templates/site/home.html.j2", "templates/site/pieces.html.j2"),
        "trang-tim-kiem.png": (
            *SITE,
            "templates/site/search.html.j2",
            "templates/site/sections.html.j2",
            "templates/site/search.js",
        ),
        "trang-don-vi.png": (
            *SITE,
            "templates/site/unit.html.j2",
            "templates/site/pieces.html.j2",
            "templates/shared/charts.css",
        ),
    },
    "preview": {
        "xem-thu-loi.png": (
            *SCREEN,
            *PREVIEW,
            "templates/preview/findings.html.j2",
            "templates/preview/notice.html.j2",
        ),
        "xem-thu-soat.png": (*SCREEN, *PREVIEW, "templates/preview/review.html.j2"),
    },
    "report": {
        "bao-cao-pdf.png": (*REPORT, *PRINTED),
        "bao-cao-phu-luc.png": (*REPORT, *PRINTED),
        "bao-cao-docx.png": (*REPORT, "chungtay_reports/official/docx/*.py"),
    },
    "letter": {"bao-cao-don-doc.png": (*PAPER, *PRINTED, "chungtay_reports/official/letters.py")},
    "form": {
        "bieu-excel.png": (
            *CAMERA,
            "chungtay_reports/excel/annotate.py",
            "chungtay_reports/excel/form.py",
            "chungtay_reports/excel/look.py",
            "chungtay_reports/excel/sheets.py",
            "scripts/draw_papers.py",
        )
    },
    "life": {
        "dinh-chinh.png": (*SCREEN, *LIFE, "chungtay_reports/life/noticing.py"),
        "ban-bien-tap.png": (
            *CAMERA,
            *LIFE,
            *PREVIEW,
            "chungtay_reports/preview/lives.py",
            "content/bulletins/*.md",
            "templates/preview/desk.html.j2",
            "templates/preview/frame.html.j2",
        ),
    },
}


def sources(root: Path = ROOT, inputs: Inputs = INPUTS) -> dict[str, Sources]:
    """Read the sources of every picture as they are now."""
    known: dict[str, Sources] = {}
    return {
        picture: _digests(root, patterns, known)
        for pictures in inputs.values()
        for picture, patterns in pictures.items()
    }


def recorded(file: Path = RECORD) -> dict[str, Sources]:
    """Read the sources of every picture as they were when it was drawn."""
    return json.loads(file.read_text("utf-8")) if file.exists() else {}


def changed(then: Sources | None, now: Sources) -> tuple[str, ...]:
    """List the sources of a picture that differ; those of a picture never drawn all do."""
    before = then or {}
    return tuple(sorted(path for path in before.keys() | now.keys() if before.get(path) != now.get(path)))


def record(drawn: Mapping[str, Sources], file: Path = RECORD, inputs: Inputs = INPUTS) -> None:
    """Write down what pictures were drawn from; forget those that nothing draws."""
    listed = {picture for pictures in inputs.values() for picture in pictures}
    kept = {picture: seen for picture, seen in (recorded(file) | dict(drawn)).items() if picture in listed}
    file.write_text(json.dumps(kept, indent=1, sort_keys=True) + "\n", "utf-8")


def _digests(root: Path, patterns: Iterable[str], known: dict[str, Sources]) -> Sources:
    found: dict[str, str] = {}
    for pattern in patterns:
        if pattern not in known:
            files = [path for path in root.glob(pattern) if path.is_file()]
            if not files:
                message = f"scripts/picture_sources.py: nothing is called {pattern}"
                raise FileNotFoundError(message)
            known[pattern] = {
                path.relative_to(root).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest() for path in files
            }
        found |= known[pattern]
    return dict(sorted(found.items()))
