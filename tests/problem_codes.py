"""Every problem code of the package, the modules that declare them, and the broken examples that there are of them."""

from __future__ import annotations

import importlib
import pkgutil
from functools import cache
from pathlib import Path

import chungtay_reports
from chungtay_reports.errors import Code

ENTRY_POINTS = {"chungtay_reports.__main__", "chungtay_reports.press.worker", "chungtay_reports.archive.proof.worker"}
BROKEN = Path(__file__).parent / "broken"
EXAMPLES = sorted(folder.name for folder in BROKEN.iterdir() if folder.is_dir() and not folder.name.startswith("_"))
EXPECTED = "_expected.txt"
READING = frozenset("YRWUD")  # families of codes that need no figures and no prose


@cache
def codes() -> tuple[tuple[str, Code], ...]:
    """Every problem code of the package, with the module that holds it."""
    found = []
    for module in pkgutil.walk_packages(chungtay_reports.__path__, "chungtay_reports."):
        if module.name not in ENTRY_POINTS:
            values = vars(importlib.import_module(module.name)).items()
            found += [(f"{module.name}.{name}", value) for name, value in values if isinstance(value, Code)]
    return tuple(found)


def all_codes() -> set[str]:
    return {code.code for _, code in codes()}
