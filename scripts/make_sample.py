"""Write the sample workspace: registry and records from a seed; same arguments, same bytes, on any machine."""

from __future__ import annotations

import argparse
from pathlib import Path
from random import Random

from sample import registry
from sample.text import write

SEED = 4340  # the number of the plan that started the movement


def main() -> None:
    """Parse the command line and write."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--out", type=Path, required=True, help="workspace folder")
    parser.add_argument("--seed", type=int, default=SEED)
    arguments = parser.parse_args()
    schools = registry.schools(Random(f"{arguments.seed}/schools"))
    for name, text in registry.files(schools).items():
        write(arguments.out / "content" / "units" / name, text)


if __name__ == "__main__":
    main()
