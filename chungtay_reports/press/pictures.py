"""Put the pixels of a PNG into the file as they were compressed, instead of unpacking and compressing them again.

A PDF holds the compressed lines of a PNG just as they are. The darkroom has compressed them well, and only once.
"""

from __future__ import annotations

import struct
from collections.abc import Callable
from typing import Any
from zlib import crc32

from weasyprint.images import RasterImage

SIGNATURE = b"\x89PNG\r\n\x1a\n"
GRAY, COLOUR = 0, 2
LAYOUT = {"L": (8, GRAY, 0, 0, 0), "RGB": (8, COLOUR, 0, 0, 0)}  # depth, kind; compressed, filtered, laced as usual


def keep_compressed_pixels() -> None:
    """Put the short way before WeasyPrint's own, which `get_x_object` looks up at each call."""
    RasterImage._get_png_data = staticmethod(_with_short_way(RasterImage._get_png_data))  # noqa: SLF001 - no public name


def _with_short_way(plain: Callable[[Any], bytes]) -> Callable[[Any], bytes]:
    def png_data(image: Any) -> bytes:
        file: Any = getattr(image, "fp", None)
        kept = _pixels(file.getvalue(), image.mode) if image.format == "PNG" and hasattr(file, "getvalue") else None
        return plain(image) if kept is None else kept

    return png_data


def _pixels(data: bytes, mode: str) -> bytes | None:
    """Take the pixels out of a file; None where they are not whole, or not laid out as a PDF has them."""
    chunks = dict[bytes, bytes]()
    place = len(SIGNATURE)
    while data.startswith(SIGNATURE) and b"IEND" not in chunks and place + 12 <= len(data):
        length, kind = struct.unpack_from("!I4s", data, place)
        content, place = data[place + 8 : place + 8 + length], place + 12 + length
        if data[place - 4 : place] != crc32(kind + content).to_bytes(4, "big"):
            return None
        chunks[kind] = chunks.get(kind, b"") + content
    plain = chunks.get(b"IHDR", b"")[8:] == bytes(LAYOUT.get(mode, ())) and b"tRNS" not in chunks
    return chunks.get(b"IDAT") if plain and b"IEND" in chunks else None
