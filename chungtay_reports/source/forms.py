"""Texts of a fixed form that are no ids: shares, school years, addresses; whoever writes one otherwise is shown how."""

from __future__ import annotations

import re
from collections.abc import Callable

from pydantic import BeforeValidator
from pydantic_core import PydanticCustomError


def written(pattern: str, expected: str, holds: Callable[[str], bool] = lambda _: True) -> BeforeValidator:
    """Ask for a text of this form for which `holds` is true; `expected` ends the sentence “hãy viết …”."""

    def read(value: object) -> object:
        if not isinstance(value, str) or not re.fullmatch(pattern, value) or not holds(value):
            raise PydanticCustomError("form", "not of the form", {"expected": expected})
        return value

    return BeforeValidator(read)
