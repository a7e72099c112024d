"""A worker that develops one picture: image bytes in on stdin, clean image bytes out on stdout, under limits.

It imports Pillow and next to nothing of the program, so that an image that attacks its decoder reaches only this process.
"""

from __future__ import annotations

import io
import sys

from PIL import Image, ImageCms, ImageFile, ImageOps

from chungtay_reports import machine

FORMATS = ("JPEG", "PNG", "WEBP")
MAX_WIDTH = 1600
MEMORY = 2_000_000_000  # address space; 40 Mpx in RGBA, flat and converted, fit
CPU_SECONDS = 30
JPEG_QUALITY = 82
_FEW_COLOURS = 256
_DRAWING_BYTES = 500_000  # a larger drawing is a painting, and JPEG serves it better


def develop(data: bytes, *, drawing: bool) -> tuple[str, bytes]:
    """Return the file suffix and the bytes of a picture: upright, sRGB, at most 1,600 px wide, without metadata.

    Pictures of few colours, and drawings that stay small, become PNG; everything else progressive JPEG. Equal pixels
    give equal bytes.
    """
    ImageFile.LOAD_TRUNCATED_IMAGES = False
    image = Image.open(io.BytesIO(data), formats=FORMATS)
    source = image.format
    image.load()
    pixels = _fitted(_upright_srgb(image))
    if source != "JPEG":
        png = _png(pixels)
        if pixels.getcolors(_FEW_COLOURS) is not None or (drawing and len(png) <= _DRAWING_BYTES):
            return "png", png
    return "jpg", _jpeg(pixels)


def _upright_srgb(image: Image.Image) -> Image.Image:
    profile = image.info.get("icc_profile")
    upright = ImageOps.exif_transpose(image)
    if upright.mode.startswith("I"):  # 16 bits of grey: converting as they are would clip all to white
        upright = upright.convert("I").point(lambda value: value * (1 / 257)).convert("L")
    if upright.mode in ("P", "LA", "PA", "RGBA") or "transparency" in upright.info:
        flat = Image.new("RGBA", upright.size, "white")
        flat.alpha_composite(upright.convert("RGBA"))
        upright = flat.convert("RGB")
    if profile and upright.mode in ("RGB", "L", "CMYK"):
        upright = _converted(upright, profile)
    return _bare(upright.convert("RGB"))


def _converted(image: Image.Image, profile: bytes) -> Image.Image:
    try:
        given = ImageCms.ImageCmsProfile(io.BytesIO(profile))
        converted = ImageCms.profileToProfile(image, given, ImageCms.createProfile("sRGB"), outputMode="RGB")
    except (ImageCms.PyCMSError, OSError):
        return image  # a profile that does not fit its picture says nothing about its colours
    return converted if converted is not None else image


def _bare(image: Image.Image) -> Image.Image:
    """Copy the pixels alone: nothing of EXIF, XMP, comments or profiles comes along."""
    return Image.frombytes("RGB", image.size, image.tobytes())


def _fitted(image: Image.Image) -> Image.Image:
    if image.width <= MAX_WIDTH:
        return image
    height = max(1, round(image.height * MAX_WIDTH / image.width))
    return image.resize((MAX_WIDTH, height), Image.Resampling.LANCZOS)


def _png(image: Image.Image) -> bytes:
    stream = io.BytesIO()
    image.save(stream, "PNG", optimize=True)
    return stream.getvalue()


def _jpeg(image: Image.Image) -> bytes:
    stream = io.BytesIO()
    image.save(stream, "JPEG", quality=JPEG_QUALITY, progressive=True, optimize=True, subsampling="4:2:0")
    return stream.getvalue()


def main() -> None:
    """Develop stdin to stdout: the suffix, a newline, the bytes. A broken picture ends with exit code 1."""
    machine.fence(as_=MEMORY, cpu=CPU_SECONDS)
    try:
        suffix, picture = develop(sys.stdin.buffer.read(), drawing="--drawing" in sys.argv)
    except MemoryError:
        raise SystemExit(2) from None
    except Exception:  # noqa: BLE001 - decoders raise nearly anything on broken input; the reason is of no use to authors
        raise SystemExit(1) from None
    sys.stdout.buffer.write(suffix.encode() + b"\n" + picture)


if __name__ == "__main__":
    main()
