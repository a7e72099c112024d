"""Found an archive: the files at the root of a storage root, the same bytes in every archive of ours."""

from __future__ import annotations

import hashlib
from pathlib import Path

from chungtay_reports.archive.ocfl import sums
from chungtay_reports.archive.ocfl.failures import ArchiveError, told
from chungtay_reports.archive.ocfl.layout import CONFIG_JSON, EXTENSION, LAYOUT_JSON
from chungtay_reports.archive.ocfl.reading import read_bytes
from chungtay_reports.archive.ocfl.scribe import Scribe

DECLARATION = "0=ocfl_1.1"
README = "DOC-TRUOC.txt"
EXTENSIONS = "extensions"

_README = """\
KHO LƯU TRỮ CỦA CHUNG TAY REPORTS

Kho theo chuẩn OCFL 1.1 (Oxford Common File Layout). Đọc kho không cần phần mềm nào ngoài trình duyệt tệp.

1. Mỗi thư mục ở đây là một ấn phẩm: một bản tin, hoặc báo cáo của một đơn vị. Tên thư mục là mã của ấn phẩm;
   dấu “:” trong mã viết là “%3a”.
2. Trong đó, v1, v2, v3… là các lần công bố; tệp nằm dưới v1/content, v2/content…
   Tệp trong nguon/ không đổi thì chỉ giữ một bản, ở lần nó xuất hiện đầu tiên; những tệp khác lần nào cũng có đủ.
3. inventory.json cho biết mỗi lần công bố gồm những tệp nào, ai công bố, khi nào, vì sao.
   Mục “manifest”: mã kiểm tra SHA-512 của tệp, và tệp nằm ở đâu.
   Mục “versions”: lần công bố ấy gồm những mã nào, mang tên gì.
4. Kiểm tra danh mục:                       sha512sum -c SHA512SUMS
   Kiểm tra danh mục của một ấn phẩm:       sha512sum -c inventory.json.sha512
   Kiểm tra mọi tệp của một ấn phẩm (trong thư mục của ấn phẩm):
   sed -nE 's/^ +"([0-9a-f]{128})": \\["(v[0-9]+\\/content\\/.*)"\\],?$/\\1  \\2/p' inventory.json | sha512sum -c
5. Không sửa, đổi tên, thêm hay xóa bất cứ tệp nào ở đây. Bản sửa là một lần công bố mới.
"""

ROOT_FILES: dict[str, bytes] = {
    DECLARATION: DECLARATION.removeprefix("0=").encode() + b"\n",
    README: _README.encode(),
    f"{EXTENSIONS}/{EXTENSION}/config.json": CONFIG_JSON,
    "ocfl_layout.json": LAYOUT_JSON,
}
_SUMS = sums.sums_bytes({name: hashlib.sha512(data).hexdigest() for name, data in ROOT_FILES.items()})
_ALL = {sums.FILE: _SUMS, **dict(reversed(ROOT_FILES.items()))}  # in the order of writing: the declaration is the last
SIGNS = (DECLARATION, f"{EXTENSIONS}/{EXTENSION}/config.json")  # what must be so for us to write there


def found(root: Path, staging: Path, scribe: Scribe) -> None:
    """Make an empty archive, which appears in one moment; ArchiveError when something else is there already."""
    refuse_link(root)
    with told(root):
        if not vacant(root):
            raise ArchiveError(
                f"{root.name} đang có thứ khác, không phải kho lưu trữ; hãy dời đi để chungtay lập kho ở đó."
            )
        scribe.remove(staging)
        (_fill if staging.is_relative_to(root) else _move_in)(root, staging, scribe)
        scribe.remove(staging)


def vacant(root: Path) -> bool:
    """Whether an archive may be founded here: nothing is there, an empty folder, or what a founding cut short left."""
    if not root.is_dir():
        return not root.exists()
    there, listed = {path.name for path in root.iterdir()}, root / sums.FILE
    if DECLARATION in there or not there <= {name.partition("/")[0] for name in _ALL}:
        return False
    return not listed.exists() or read_bytes(listed) == _SUMS  # a longer list tells of objects that are lost


def refuse_link(root: Path) -> None:
    """Raise ArchiveError for an archive that is somewhere else."""
    if root.is_symlink():
        raise ArchiveError(
            f"{root.name} là liên kết tượng trưng; kho lưu trữ phải là thư mục thật. "
            f"Muốn để kho ở ổ đĩa khác, hãy gắn ổ ấy (mount) vào {root.name}/."
        )


def _move_in(root: Path, staging: Path, scribe: Scribe) -> None:
    new = staging / "root"
    for name, data in _ALL.items():
        scribe.write(new / name, data)
    scribe.sync_tree(new)
    scribe.rename(new, root)


def _fill(root: Path, staging: Path, scribe: Scribe) -> None:
    """Found it in the folder itself, which is a disk of its own; the declaration comes last and makes it an archive."""
    for name, data in _ALL.items():
        if name == DECLARATION:
            scribe.sync_tree(root)
        scribe.replace(root / name, data, staging)
