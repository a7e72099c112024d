"""ICU's Vietnamese collator through ctypes: the referee of `collation.sort_key`."""

import ctypes
import ctypes.util
from collections.abc import Callable
from functools import cache


def _symbol(library, name):
    """Debian's ICU names its functions with its version (`ucol_open_72`); a build may also leave it out."""
    for suffix in ("", *(f"_{version}" for version in range(120, 48, -1))):
        found = getattr(library, name + suffix, None)
        if found is not None:
            return found
    raise LookupError(name)


@cache
def collator(locale: str = "vi") -> Callable[[str, str], int]:
    """Give a comparison of two texts (-1, 0, 1) as ICU does it; raises when the library is not installed."""
    path = ctypes.util.find_library("icui18n")
    if path is None:
        raise LookupError("libicui18n is not installed; `make test` installs it")
    library = ctypes.CDLL(path)
    opened, compare = _symbol(library, "ucol_open"), _symbol(library, "ucol_strcollUTF8")
    opened.restype = ctypes.c_void_p
    opened.argtypes = [ctypes.c_char_p, ctypes.POINTER(ctypes.c_int)]
    bytes_and_length = [ctypes.c_char_p, ctypes.c_int32]
    compare.argtypes = [ctypes.c_void_p, *bytes_and_length, *bytes_and_length, ctypes.POINTER(ctypes.c_int)]
    status = ctypes.c_int(0)
    handle = opened(locale.encode(), ctypes.byref(status))
    if status.value > 0:
        raise LookupError(f"ICU has no collator: status {status.value}")

    def compared(a: str, b: str) -> int:
        state = ctypes.c_int(0)
        first, second = a.encode(), b.encode()
        return int(compare(handle, first, len(first), second, len(second), ctypes.byref(state)))

    return compared
