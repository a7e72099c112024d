"""Where an object lies below the storage root: OCFL extension 0003, without tuples, so that names can be read.

The folder of an object is its id with every byte outside A-Z a-z 0-9 - _ percent-encoded (“:” is “%3a”), so a file browser
shows the archive sorted by what it holds. An id whose encoding is longer than 100 characters is cut and gets its digest.
"""

from __future__ import annotations

import hashlib
import json
import re

EXTENSION = "0003-hash-and-id-n-tuple-storage-layout"
CONFIG = {"extensionName": EXTENSION, "digestAlgorithm": "sha256", "tupleSize": 0, "numberOfTuples": 0}
_DESCRIPTION = "Mỗi ấn phẩm là một thư mục ngay dưới gốc kho; tên thư mục là mã của ấn phẩm, dấu “:” viết là “%3a”."
_LONGEST = 100
_PLAIN = re.compile(r"[A-Za-z0-9_-]")

LAYOUT_JSON = (
    json.dumps({"extension": EXTENSION, "description": _DESCRIPTION}, ensure_ascii=False, indent=1) + "\n"
).encode()
CONFIG_JSON = (json.dumps(CONFIG, indent=1) + "\n").encode()


def encapsulation(object_id: str, digest: str) -> str:
    """Name the folder that holds the object; `digest` is the id's, used when the name would be too long."""
    name = "".join(
        c if _PLAIN.fullmatch(c) else "".join(f"%{byte:02x}" for byte in c.encode("utf-8", "surrogatepass"))
        for c in object_id
    )
    return name if len(name) <= _LONGEST else f"{name[:_LONGEST]}-{digest}"


def folder(object_id: str) -> str:
    """Name the folder of an object in an archive of ours."""
    return encapsulation(object_id, hashlib.sha256(object_id.encode("utf-8", "surrogatepass")).hexdigest())
