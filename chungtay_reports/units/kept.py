"""A registry that was read and found in order, kept so that the next command need not read and check it again."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import asdict, astuple, fields
from datetime import date
from pathlib import Path
from typing import Any

from chungtay_reports.errors import Place, WriteError
from chungtay_reports.model import FormerName, Move, Tier, Unit
from chungtay_reports.shelf import FOREIGN, Shelf
from chungtay_reports.units.registry import Registry

_KEY = "units.json"
_PLACE, _FROM, _TO, _FORMER, _MOVES = (
    [one.name for one in fields(Unit)].index(name) for name in ("place", "valid_from", "valid_to", "former", "moves")
)


def keep_registry(root: Path, state: str, registry: Registry) -> None:
    """Write a registry down; `state` names all that it was read from, and what read it."""
    tiers = [asdict(tier) for tier in registry.tiers.values()]
    units = {id_: astuple(unit) for id_, unit in registry.units.items()}
    data = json.dumps({"state": state, "tiers": tiers, "units": units}, ensure_ascii=False, default=date.isoformat)
    with suppress(WriteError):  # then it is read again the next time
        Shelf(root / ".cache").keep(_KEY, data.encode())


def kept_registry(root: Path, state: str) -> Registry | None:
    """Give the registry that was kept of just this state."""
    found = Shelf(root / ".cache").find(_KEY)
    try:
        data = json.loads(found) if found else {}
        if data.get("state") != state:
            return None
        return Registry({tier["id"]: Tier(**tier) for tier in data["tiers"]}, _Units(data["units"]))
    except FOREIGN:
        return None


class _Units(Mapping[str, Unit]):
    """Units by id; each is put together when somebody asks for it."""

    def __init__(self, rows: Mapping[str, list[Any]]) -> None:
        self._rows = rows
        self._units: dict[str, Unit] = {}

    def __getitem__(self, id_: str) -> Unit:
        found = self._units.get(id_)
        if found is None:
            found = self._units[id_] = _unit(self._rows[id_])
        return found

    def __iter__(self) -> Iterator[str]:
        return iter(self._rows)

    def __len__(self) -> int:
        return len(self._rows)


def _unit(row: list[Any]) -> Unit:
    parts: list[Any] = [tuple(part) if isinstance(part, list) else part for part in row]
    parts[_PLACE] = Place(*row[_PLACE])
    parts[_FROM], parts[_TO] = _day(row[_FROM]), _day(row[_TO])
    parts[_FORMER] = tuple(FormerName(date.fromisoformat(until), *names) for until, *names in row[_FORMER])
    parts[_MOVES] = tuple(Move(date.fromisoformat(on), parent) for on, parent in row[_MOVES])
    return Unit(*parts)


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None
