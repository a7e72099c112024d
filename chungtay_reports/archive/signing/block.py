"""The visible block of a signature, drawn by the press: a picture of the signature or the seal, or words in a frame."""

from __future__ import annotations

from datetime import datetime
from html import escape

from chungtay_reports.archive.signing.fields import COVERED, LEADER, Role
from chungtay_reports.press import Imprint, Press, PrintJob
from chungtay_reports.press.job import Fetched

PICTURE = "chungtay://anh-chu-ky.png"

_STYLE = """\
@page {{ size: {width}mm {height}mm; margin: 0 }}
html, body, p {{ margin: 0; padding: 0 }}
body {{ width: {width}mm; height: {height}mm; color: {colour}; font: 7.6pt/1.3 "Tinos"; }}
.khung {{ box-sizing: border-box; width: {width}mm; height: {height}mm; border: 1.1pt solid {colour}; padding: 1.6mm 2mm; padding-left: {free}mm }}
.ten {{ font-weight: bold; }}
img {{ display: block; width: {width}mm; height: {height}mm; object-fit: contain; image-rendering: crisp-edges; }}
"""


def drawn(role: Role, signer: str, now: datetime, picture: bytes | None = None) -> bytes:
    """Draw a block as a PDF of its very size; `picture` is a PNG with a transparent ground, as the decree asks."""
    # the seal covers the left third of the leader's block: no word stands below it
    free = role.width * COVERED + 2 if role == LEADER else 2
    style = _STYLE.format(width=role.width, height=role.height, colour=role.colour, free=round(free, 2))
    words = (
        f'<div class="khung"><p>Ký bởi:</p><p class="ten">{escape(signer)}</p>'
        f"<p>Thời gian ký:</p><p>{now:%d/%m/%Y %H:%M:%S} {now.isoformat()[-6:]}</p></div>"
    )
    body = f'<img src="{PICTURE}" alt="{escape(role.words)}">' if picture else words
    html = (
        f'<!doctype html><html lang="vi"><head><title>{escape(role.words)}</title><style>{style}</style></head>'
        f"<body>{body}</body></html>"
    )
    imprint = Imprint(role.words, signer, "", (), now, "Chung tay Reports")
    assets = {PICTURE.removeprefix("chungtay://"): Fetched("image/png", picture)} if picture else {}
    with Press(1) as press:
        return press.typeset(PrintJob("chu-ky", html, imprint, assets))
