"""What the bytes of a PDF depend on beside its page: the versions that set it and the fonts."""

from __future__ import annotations

import hashlib
from functools import cache
from importlib import metadata

from chungtay_reports import __version__, resources

ENGINES = ("weasyprint", "pydyf", "fonttools", "pillow", "tinycss2", "tinyhtml5")


@cache
def engine() -> dict[str, str]:
    """Name the engine of this machine; two machines with the same answer set the same page to the same bytes."""
    fonts = hashlib.sha256(b"".join(face.ttf.read_bytes() for face in resources.FACES)).hexdigest()
    return {"chungtay": __version__, "fonts": fonts, **{name: metadata.version(name) for name in ENGINES}}
