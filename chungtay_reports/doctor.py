"""Look at the machine: every finding says what was looked for, what is there, and how to mend it."""

from __future__ import annotations

import ctypes.util
import os
import platform
import sys
from dataclasses import asdict, dataclass
from importlib import metadata
from pathlib import Path

LIBRARIES = {
    "pango-1.0": ("Pango (dàn chữ cho PDF)", "apt-get install libpango-1.0-0", True),
    "pangoft2-1.0": ("Pango với FreeType", "apt-get install libpangoft2-1.0-0", True),
    "harfbuzz-subset": ("HarfBuzz-subset (ghi PDF nhanh hơn)", "apt-get install libharfbuzz-subset0", False),
}
PACKAGES = {
    **dict.fromkeys(("weasyprint", "pandas", "jinja2", "pyyaml", "pydantic", "click", "pikepdf"), ""),
    "pyhanko": "chungtay-reports[sign]",  # an extra: to sign, and to check signatures
}
OLDEST_PYTHON = (3, 11)


@dataclass(frozen=True, slots=True)
class Finding:
    what: str
    found: str
    ok: bool
    required: bool
    remedy: str


def examine(folder: Path) -> tuple[Finding, ...]:
    """Examine Python, packages, system libraries, fonts and whether the workspace's folder can be written to."""
    return (_python(), *_packages(), *_libraries(), _fonts(), _workspace(folder))


def data(finding: Finding) -> dict[str, object]:
    return asdict(finding)


def _python() -> Finding:
    ok = sys.version_info >= OLDEST_PYTHON
    return Finding("Python", platform.python_version(), ok, True, "Cần Python 3.11 trở lên.")


def _packages() -> tuple[Finding, ...]:
    findings = []
    for name, extra in PACKAGES.items():
        try:
            version, ok = metadata.version(name), True
        except metadata.PackageNotFoundError:
            version, ok = "chưa cài", False
        remedy = f"pip install '{extra}' để ký số." if extra else f"pip install {name}, hoặc chạy lại “make build”."
        findings.append(Finding(f"Gói {name}", version, ok, not extra, remedy))
    return tuple(findings)


def _libraries() -> tuple[Finding, ...]:
    findings = []
    for name, (label, command, required) in LIBRARIES.items():
        found = ctypes.util.find_library(name)
        findings.append(Finding(label, found or "không thấy", found is not None, required, f"Chạy: {command}"))
    return tuple(findings)


def _fonts() -> Finding:
    from chungtay_reports import resources

    missing = sorted(face.ttf.name for face in resources.FACES if not face.ttf.is_file())
    found = f"đủ {len(resources.FACES)} kiểu chữ" if not missing else f"thiếu {', '.join(missing)}"
    return Finding("Phông chữ đi kèm", found, not missing, True, "Cài lại gói chungtay-reports.")


def _workspace(folder: Path) -> Finding:
    writable = folder.is_dir() and os.access(folder, os.W_OK)
    found = "ghi được" if writable else "không ghi được"
    return Finding("Thư mục đang làm việc", found, writable, True, "Chọn thư mục khác bằng -C, hoặc sửa quyền ghi.")
