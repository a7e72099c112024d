"""Pictures as they may be published: an allowed type, within limits, and written anew from their pixels."""

from __future__ import annotations

import io
import math
import subprocess
import sys
import warnings
from functools import lru_cache
from pathlib import Path

from PIL import Image, UnidentifiedImageError

from chungtay_reports import machine
from chungtay_reports.edition import Asset
from chungtay_reports.errors import Code, Place, Problem
from chungtay_reports.source.files import read_bytes
from chungtay_reports.workspace.darkroom import FORMATS
from chungtay_reports.workspace.editorial import MediaItem

NOT_AN_IMAGE = Code("W131", "tệp ảnh phải là JPEG, PNG hoặc WEBP thật; tệp này không đọc được như một trong ba loại")
TOO_MANY_PIXELS = Code("W132", "ảnh có {pixels} triệu điểm ảnh, quá {limit} triệu; hãy thu nhỏ")
DAMAGED = Code("W133", "ảnh bị hỏng hoặc thiếu phần cuối; hãy chép lại từ bản gốc")
TOO_SMALL = Code("W134", "ảnh chỉ {width} × {height} điểm; cần ít nhất {least} điểm mỗi chiều")
MOVING = Code("W135", "ảnh có nhiều khung hình; chỉ nhận ảnh tĩnh")
TOO_HEAVY = Code(
    "W136", "ảnh tốn quá nhiều bộ nhớ hoặc thời gian khi giải nén; hãy lưu lại bằng phần mềm ảnh rồi thử lại"
)

MEDIA = "content/media"
MAX_BYTES = 20_000_000
MAX_PIXELS = 40_000_000
MIN_SIDE = 100
_SECONDS = 60
_MEDIA_TYPES = {"jpg": "image/jpeg", "png": "image/png"}
_PACKAGE_PARENT = Path(__file__).resolve().parents[2]


def place_of(item: MediaItem) -> Place:
    """Return the picture's own file as the place of a problem with it."""
    return Place(f"{MEDIA}/{item.file}")


def inspect(root: Path, item: MediaItem) -> Problem | None:
    """Check a picture by its header alone: type, size, frames; nothing is decoded."""
    data = _checked(root, item)
    return data if isinstance(data, Problem) else None


def prepare(root: Path, item: MediaItem) -> Asset | Problem:
    """Make the asset of a picture, decoded by a worker with limits: see `darkroom.develop` for what it looks like."""
    data = _checked(root, item)
    if isinstance(data, Problem):
        return data
    developed = _developed(data, drawing=item.kind == "minh-hoa")
    if isinstance(developed, Code):
        return developed.at(place_of(item))
    suffix, _, picture = developed.partition(b"\n")
    return Asset(f"{item.id}.{suffix.decode()}", _MEDIA_TYPES[suffix.decode()], picture)


@lru_cache(maxsize=8)  # a preview shows the same pictures from one save to the next
def _developed(data: bytes, *, drawing: bool) -> bytes | Code:
    # -P: a module of that name in the working folder is not ours
    command = [sys.executable, "-P", "-m", "chungtay_reports.workspace.darkroom", *(["--drawing"] if drawing else [])]
    environment = {**machine.inherited(), "PYTHONPATH": str(_PACKAGE_PARENT)}
    try:
        done = subprocess.run(  # noqa: S603 - our own module, with no argument from the content
            command, input=data, capture_output=True, timeout=_SECONDS, env=environment, check=False
        )
    except subprocess.TimeoutExpired:
        return TOO_HEAVY
    if done.returncode != 0:
        return DAMAGED if done.returncode == 1 else TOO_HEAVY
    return done.stdout


def _checked(root: Path, item: MediaItem) -> bytes | Problem:
    place = place_of(item)
    data = read_bytes(root, place.file, MAX_BYTES)
    if isinstance(data, Problem):
        return data
    most = MAX_PIXELS // 1_000_000
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            image = Image.open(io.BytesIO(data), formats=FORMATS)
    except (Image.DecompressionBombError, Image.DecompressionBombWarning):
        return TOO_MANY_PIXELS.at(place, pixels=f"hơn {most}", limit=most)
    except (UnidentifiedImageError, OSError, SyntaxError, ValueError):
        return NOT_AN_IMAGE.at(place)
    width, height = image.size
    if width * height > MAX_PIXELS:
        return TOO_MANY_PIXELS.at(place, pixels=math.ceil(width * height / 1e6), limit=most)
    if min(width, height) < MIN_SIDE:
        return TOO_SMALL.at(place, width=width, height=height, least=MIN_SIDE)
    return MOVING.at(place) if getattr(image, "n_frames", 1) > 1 else data
