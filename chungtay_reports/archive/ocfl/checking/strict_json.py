"""Read JSON that a careless or hostile hand may have written: UTF-8 only, no key twice, no NaN, never a traceback."""

from __future__ import annotations

import json
from typing import Any

_LONGEST_NUMBER = 1000  # digits


def strict_json(data: bytes) -> Any:
    """Read JSON; ValueError, with the reason in Vietnamese, for everything that RFC 8259 leaves to chance."""
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        raise ValueError(f"không phải UTF-8 ở byte {error.start}") from None
    if text.startswith("\ufeff"):
        raise ValueError("có dấu BOM ở đầu")
    try:
        return json.loads(text, object_pairs_hook=_once, parse_constant=_refuse, parse_int=_whole)
    except json.JSONDecodeError as error:
        raise ValueError(f"hỏng ở dòng {error.lineno}, cột {error.colno}") from None
    except RecursionError:
        raise ValueError("lồng quá sâu") from None


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for key, value in pairs:
        if key in found:
            raise ValueError(f"khóa “{key}” lặp lại")
        found[key] = value
    return found


def _whole(digits: str) -> int:
    if len(digits) > _LONGEST_NUMBER:
        raise ValueError("có số dài quá mức")
    return int(digits)


def _refuse(name: str) -> None:
    raise ValueError(f"{name} không phải số của JSON")
