"""Follow a guide as its reader would: write the files that it shows, run its commands in order, compare what it prints.

Fenced blocks of a document, by their first words:

    ```sh              run in the reader's shell; `exit=1` after it: the command must end so; `norun`: only shown
    ```text            what the commands above print; a line of `…` stands for lines left out
    ```yaml            whose first line is `# path`: appended to that file of the workspace, or makes it
    ```markdown path   a file, written whole
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from PIL import Image

_FENCE = re.compile(r"^```([^\n`]*)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
_FILE = re.compile(r"^# ((?:content/|chungtay\.yaml)\S*)\n")
_PICTURE = re.compile(r"\bfile: (\S+\.(?:jpg|png))")
_WHERE = "__here__"


@dataclass(frozen=True)
class Block:
    language: str
    info: tuple[str, ...]
    text: str
    line: int


def blocks(text: str) -> Iterator[Block]:
    """Give the fenced blocks of a document, in order."""
    for match in _FENCE.finditer(text):
        language, *info = match[1].split() or [""]
        yield Block(language, tuple(info), match[2], text.count("\n", 0, match.start()) + 1)


class Reader:
    """Somebody who does what a document says, in a folder; `printed` is what the last commands said."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.printed = ""

    def follow(self, block: Block) -> None:
        if block.language == "sh" and "norun" not in block.info:
            self.run(block)
        elif block.language == "text":
            self.compare(block)
        elif block.language == "yaml" and _FILE.match(block.text):
            self.append(block)
        elif block.language == "markdown" and block.info:
            self.write(block.info[0], block.text)

    def run(self, block: Block) -> None:
        script = f"set -e\ncd {self.folder}\n{block.text}\necho {_WHERE}; pwd\n"
        ended = subprocess.run(
            ["bash", "-c", script],
            env={**os.environ, "PATH": f"{Path(sys.executable).parent}:{os.environ['PATH']}", "LC_ALL": "C.UTF-8"},
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            encoding="utf-8",
            check=False,
        )
        self.printed, _, here = ended.stdout.partition(f"{_WHERE}\n")
        expected = next((int(word.removeprefix("exit=")) for word in block.info if word.startswith("exit=")), 0)
        assert ended.returncode == expected, (
            f"line {block.line}: {block.text}ended with {ended.returncode}\n{self.printed}"
        )
        if here:
            self.folder = Path(here.strip())

    def compare(self, block: Block) -> None:
        """Every line shown was printed, in that order; without `…` between them they follow each other."""
        printed = [line.rstrip() for line in self.printed.splitlines()]
        at, gap = 0, True
        for line in block.text.splitlines():
            if line.strip() == "…":
                gap = True
                continue
            found = next((n for n in range(at, len(printed)) if printed[n] == line.rstrip()), None)
            assert found is not None, f"line {block.line}: not printed: {line}\n--- printed:\n{self.printed}"
            assert gap or found == at, f"line {block.line}: something stands before: {line}\n{self.printed}"
            at, gap = found + 1, False

    def append(self, block: Block) -> None:
        found = _FILE.match(block.text)
        assert found
        path = self.folder / found[1]
        old = path.read_text("utf-8") if path.exists() else ""
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(old + block.text.removeprefix(found[0]) if old else block.text, encoding="utf-8")
        for picture in _PICTURE.findall(block.text):
            Image.new("RGB", (1200, 800), (90, 120, 140)).save(path.parent / picture)

    def write(self, name: str, text: str) -> None:
        path = self.folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
