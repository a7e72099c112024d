"""Objects of OCFL as any writer may leave them: a valid one, changes that break one rule each, and the other judge's verdict."""

from __future__ import annotations

import copy
import hashlib
import json
import subprocess
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from builds import REPO

PYTHON = REPO / ".venv" / "oracles" / "bin" / "python"
_JUDGE = """
import json, sys, ocfl.validator
for path in json.load(sys.stdin):
    judge = ocfl.validator.Validator(log_warnings=True)
    try:
        valid = judge.validate_object(path)
    except Exception as error:
        print(json.dumps([False, [], type(error).__name__]))
    else:
        print(json.dumps([valid, sorted(code[:4] for code in judge.log.codes), ""]))
"""


@dataclass(frozen=True)
class Verdict:
    """What ocfl-py says of an object; `crash` is the error in which it ended instead."""

    valid: bool
    codes: frozenset[str]
    crash: str


def verdicts(places: list[Path]) -> list[Verdict]:
    """Ask ocfl-py about objects, all in one process."""
    asked = json.dumps([str(place) for place in places])
    result = subprocess.run([PYTHON, "-c", _JUDGE], input=asked, capture_output=True, encoding="utf-8", check=True)
    lines = [json.loads(line) for line in result.stdout.splitlines()]
    return [Verdict(valid, frozenset(codes), crash) for valid, codes, crash in lines]


@dataclass
class Sketch:
    """An object before it is written: content files, and an inventory for the root and every version."""

    files: dict[str, bytes]
    inventories: dict[str, Any]  # folder (“” is the root) → what the inventory says
    spec: str = "1.1"
    sidecars: dict[str, Callable[[bytes, str], bytes]] = field(default_factory=dict)
    raw: dict[str, bytes] = field(default_factory=dict)  # folder → bytes of the inventory instead

    @property
    def root(self) -> Any:
        return self.inventories[""]

    def everywhere(self, change: Callable[[Any], object]) -> None:
        for inventory in self.inventories.values():
            change(inventory)

    def newest(self, change: Callable[[Any], object]) -> None:
        """Change the newest version's inventory and its copy at the root."""
        change(self.inventories[""])
        self.inventories[list(self.inventories)[-1]] = copy.deepcopy(self.inventories[""])

    def write(self, place: Path) -> Path:
        place.mkdir(parents=True)
        (place / f"0=ocfl_object_{self.spec}").write_text(f"ocfl_object_{self.spec}\n")
        for path, data in self.files.items():
            (place / path).parent.mkdir(parents=True, exist_ok=True)
            (place / path).write_bytes(data)
        for folder, inventory in self.inventories.items():
            data = self.raw.get(folder) or json.dumps(inventory, indent=1).encode()
            algorithm = inventory.get("digestAlgorithm", "sha512") if isinstance(inventory, dict) else "sha512"
            algorithm = algorithm if algorithm in ["sha256", "md5"] else "sha512"
            (place / folder).mkdir(exist_ok=True)
            (place / folder / "inventory.json").write_bytes(data)
            sidecar = self.sidecars.get(folder, plain_sidecar)(data, algorithm)
            (place / folder / f"inventory.json.{algorithm}").write_bytes(sidecar)
        return place


def plain_sidecar(data: bytes, algorithm: str) -> bytes:
    return f"{hashlib.new(algorithm, data).hexdigest()} inventory.json\n".encode()


def digest(data: bytes, algorithm: str = "sha512") -> str:
    return hashlib.new(algorithm, data).hexdigest()


def sketch(*, algorithm: str = "sha512", spec: str = "1.1", content: str = "content", names: str = "v{}") -> Sketch:
    """A valid object in two versions: `a.txt` changes, `deep/b.txt` stays."""
    one, two = names.format(1), names.format(2)
    old, new, same = b"old", b"new", b"same"
    files = {f"{one}/{content}/a.txt": old, f"{one}/{content}/deep/b.txt": same, f"{two}/{content}/a.txt": new}

    def version(text: bytes, day: int) -> dict[str, Any]:
        state = {digest(text, algorithm): ["a.txt"], digest(same, algorithm): ["deep/b.txt"]}
        return {
            "created": f"2024-06-0{day}T12:00:00Z",
            "message": "vì sao",
            "user": {"name": "Văn thư", "address": "mailto:vt@example.vn"},
            "state": state,
        }

    def inventory(count: int) -> dict[str, Any]:
        kept = {path: data for path, data in files.items() if path.startswith(tuple([one, two][:count]))}
        head: dict[str, Any] = {
            "id": "urn:example:object",
            "type": f"https://ocfl.io/{spec}/spec/#inventory",
            "digestAlgorithm": algorithm,
            "head": [one, two][count - 1],
            "manifest": {digest(data, algorithm): [path] for path, data in kept.items()},
            "versions": {name: version(text, day) for name, text, day in ((one, old, 1), (two, new, 2))[:count]},
        }
        return head if content == "content" else {**head, "contentDirectory": content}

    return Sketch(files, {"": inventory(2), one: inventory(1), two: inventory(2)}, spec)
