"""What to install on this system, in the words of its own package manager."""

from __future__ import annotations

import sys

_PANGO = {
    "darwin": "trên macOS hãy chạy: brew install pango",
    "win32": "trên Windows hãy cài MSYS2, chạy trong đó: pacman -S mingw-w64-x86_64-pango, "
    r"rồi đặt biến WEASYPRINT_DLL_DIRECTORIES=C:\msys64\mingw64\bin",
}
_DEBIAN = "trên Debian, Ubuntu hãy cài: apt install libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0"


def pango(system: str = sys.platform) -> str:
    """Say how to install the libraries that set PDFs."""
    return _PANGO.get(system, _DEBIAN)
