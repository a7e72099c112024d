"""Facts that texts name by `$`: `$don_vi` in a specification, `$ten` in the sentences that bulletins and reports write themselves."""

from __future__ import annotations

import re
from collections.abc import Mapping

_FACT = re.compile(r"\$([A-Za-z_]+)")


def fill(text: str, facts: Mapping[str, str]) -> str:
    """Put facts in the place of their names; an unknown name stays, so that it is seen."""
    return _FACT.sub(lambda match: facts.get(match[1], match.group()), text)


def fact_names(text: str) -> tuple[str, ...]:
    """List the facts that a text names."""
    return tuple(match[1] for match in _FACT.finditer(text))
