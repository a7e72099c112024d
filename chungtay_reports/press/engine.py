"""What the bytes of a PDF depend on beside its page: the programs and libraries that set it, and the fonts."""

from __future__ import annotations

import ctypes
import hashlib
import zlib
from collections.abc import Iterable
from contextlib import suppress
from functools import cache
from importlib import metadata
from pathlib import Path

from chungtay_reports import __version__, resources

ENGINES = ("weasyprint", "pydyf", "fonttools", "pillow", "tinycss2", "tinyhtml5", "cssselect2", "pyphen")
# The system's libraries, which no package's version names: what they are called where, and what tells their version.
SYSTEM = {
    "pango": (("libpango-1.0.so.0", "libpango-1.0.dylib", "libpango-1.0-0.dll"), "pango_version_string"),
    "harfbuzz": (("libharfbuzz.so.0", "libharfbuzz.0.dylib", "libharfbuzz-0.dll"), "hb_version_string"),
    "harfbuzz-subset": (
        ("libharfbuzz-subset.so.0", "libharfbuzz-subset.0.dylib", "libharfbuzz-subset-0.dll"),
        "hb_version_string",
    ),
}
LACKING = "không có"


@cache
def engine() -> dict[str, str]:
    """Name the engine of this machine; two machines with the same answer set the same page to the same bytes."""
    press = sorted(Path(__file__).parent.glob("*.py"))
    return {
        "chungtay": f"{__version__} {_digest(press)[:12]}",
        "fonts": _digest(face.ttf for face in resources.FACES),
        "zlib": zlib.ZLIB_RUNTIME_VERSION,
        **{name: _version(*found) for name, found in SYSTEM.items()},
        **{name: metadata.version(name) for name in ENGINES},
    }


def _digest(paths: Iterable[Path]) -> str:
    return hashlib.sha256(b"".join(path.read_bytes() for path in paths)).hexdigest()


def _version(names: Iterable[str], function: str) -> str:
    """Ask a library of the system for its version."""
    for name in names:
        with suppress(OSError, AttributeError):
            told = getattr(ctypes.CDLL(name), function)
            told.restype = ctypes.c_char_p
            return str(told().decode())
    return LACKING
