"""Look at the machine: every finding says what was looked for, what is there, and how to mend it."""

from __future__ import annotations

import ctypes.util
import os
import platform
import sys
from dataclasses import asdict, dataclass
from importlib import metadata
from pathlib import Path

from chungtay_reports import machine
from chungtay_reports.errors import MachineError

LIBRARIES = {
    "pango-1.0": ("Pango (dàn chữ cho PDF)", True),
    "pangoft2-1.0": ("Pango với FreeType", True),
    "harfbuzz-subset": ("HarfBuzz-subset (ghi PDF nhanh hơn)", False),
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
    """Examine Python, packages, system libraries, fonts, where files can be written, and what the system keeps."""
    return (_python(), *_packages(), *_libraries(), _fonts(), _workspace(folder), _temporary(), *_system())


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
    for name, (label, required) in LIBRARIES.items():
        found = next(filter(None, map(ctypes.util.find_library, (name, f"lib{name}-0"))), None)  # on Windows: lib…-0
        findings.append(Finding(label, found or "không thấy", found is not None, required, _sentence(machine.pango())))
    return tuple(findings)


def _fonts() -> Finding:
    from chungtay_reports import resources

    missing = sorted(face.ttf.name for face in resources.FACES if not face.ttf.is_file())
    found = f"đủ {len(resources.FACES)} kiểu chữ" if not missing else f"thiếu {', '.join(missing)}"
    return Finding("Phông chữ đi kèm", found, not missing, True, "Cài lại gói chungtay-reports.")


def _system() -> tuple[Finding, ...]:
    """Say what this system does not keep; the bytes of the documents are the same without."""
    return (
        Finding(
            "Giới hạn bộ nhớ, thời gian CPU của mỗi tiến trình",
            "có" if machine.LIMITS else "không có trên hệ điều hành này",
            machine.LIMITS,
            False,
            "Trang quá lớn vẫn bị dừng khi quá giờ. Nên dùng Linux để dựng cho nhiều đơn vị hoặc kiểm tệp của người lạ.",
        ),
        Finding(
            "Khóa kho trong lúc ghi",
            "có" if machine.LOCKS else "không có trên hệ điều hành này",
            machine.LOCKS,
            False,
            "Đừng chạy hai lệnh cùng lúc trong một kho.",
        ),
        Finding(
            "Ghi thư mục chắc xuống đĩa",
            "có" if machine.FLUSHES else "không có trên hệ điều hành này",
            machine.FLUSHES,
            False,
            "Mất điện giữa chừng thì chạy lại chungtay build; kho lưu trữ thì chạy chungtay archive verify.",
        ),
    )


def _temporary() -> Finding:
    try:
        with machine.scratch("thu") as folder:
            (folder / "a").write_bytes(b"a")
    except (MachineError, OSError) as error:
        return Finding("Thư mục tạm", str(error), False, True, _TEMPORARY)
    return Finding("Thư mục tạm", "ghi được", True, True, _TEMPORARY)


_TEMPORARY = "Dọn ổ đĩa, hoặc đặt biến TMPDIR vào thư mục khác."


def _sentence(text: str) -> str:
    return f"{text[0].upper()}{text[1:]}."


def _workspace(folder: Path) -> Finding:
    writable = folder.is_dir() and os.access(folder, os.W_OK)
    found = "ghi được" if writable else "không ghi được"
    return Finding("Thư mục đang làm việc", found, writable, True, "Chọn thư mục khác bằng -C, hoặc sửa quyền ghi.")
