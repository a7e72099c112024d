"""What parsers of YAML make of our dialect, and how fast: those that are installed, on the record files of the sample.

Run: python benchmarks/parsers.py, where any of rapidyaml, fastyaml-rs, ryaml, py-yaml12 are installed beside yaml-rs. Each
question is asked in a process of its own, since some parsers end it.
"""

from __future__ import annotations

import importlib
import json
import statistics
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any

REPO = Path(__file__).resolve().parent.parent
ROUNDS = 3
PARSERS: dict[str, tuple[str, Callable[[Any, str], object]]] = {
    "PyYAML CSafeLoader": ("yaml", lambda module, text: module.load(text, module.CSafeLoader)),
    "yaml-rs": ("yaml_rs", lambda module, text: module.loads(text, parse_datetime=False)),
    "py-yaml12": ("yaml12", lambda module, text: module.parse_yaml(text)),
    "fastyaml-rs": ("fast_yaml", lambda module, text: module.safe_load(text)),
    "ryaml": ("ryaml", lambda module, text: module.loads(text)),
    "rapidyaml": ("ryml", lambda module, text: json.loads(module.emit_json(module.parse_in_arena(text)))),
}
QUESTIONS = {
    "a repeated key": "a: 1\na: 2\n",
    "a tag": 'a: !!int "3"\n',
    "an anchor": "a: &x 1\nb: *x\n",
    "a merge": "a: &x {b: 1}\nc:\n  <<: *x\n",
    "a day": "a: 2023-02-30\n",
    "a leading zero": "a: 012\n",
    "no, yes": "a: no\nb: yes\n",
    "0x1F": "a: 0x1F\n",
    "1_000": "a: 1_000\n",
    "12:30": "a: 12:30\n",
    "a control character": 'a: "x\x01y"\n',
    "a number as a key": "1: a\n",
    "two documents": "a: 1\n---\nb: 2\n",
    "30,000 [": "[" * 30_000,
    "100,000 dashes": "- " * 100_000,
}


def main() -> None:
    texts = [path.read_text("utf-8") for path in sorted((REPO / "content" / "records").rglob("*.yaml"))]
    records = sum(text.startswith("- ") + text.count("\n- ") for text in texts)
    installed = {}
    for name, (module, parse) in PARSERS.items():
        with suppress(ImportError):
            installed[name] = importlib.import_module(module), parse
    seconds: dict[str, list[float]] = {name: [] for name in installed}
    for _ in range(ROUNDS):
        for name, (module, parse) in installed.items():
            started = time.process_time()
            for text in texts:
                parse(module, text)
            seconds[name].append(time.process_time() - started)
    for name, times in seconds.items():
        print(f"{name:20} {statistics.median(times) / records * 1e6:6.1f} µs/record")
    for question in QUESTIONS:
        for name in installed:
            done = subprocess.run(
                (sys.executable, __file__, name, question), capture_output=True, text=True, check=False
            )
            print(f"{question:20} {name:20} {done.stdout.strip() or 'ends the process'}")


def ask(name: str, question: str) -> None:
    module, parse = PARSERS[name]
    try:
        print(repr(parse(importlib.import_module(module), QUESTIONS[question]))[:60])
    except Exception as error:  # noqa: BLE001 - each has errors of its own
        print(f"refused ({type(error).__name__})")


if __name__ == "__main__":
    if len(sys.argv) > 2:
        ask(sys.argv[1], sys.argv[2])
    else:
        main()
