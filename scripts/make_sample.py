"""Write the sample workspace: registry and records from a seed; same arguments, same bytes, on any machine."""

from __future__ import annotations

import argparse
import shutil
from pathlib import Path

from sample import workspace
from sample.text import write

SEED = 4372  # chosen among its neighbours: no district shares a first place in the figures that bulletins rank
ROOT = Path(__file__).resolve().parent.parent
WRITTEN_BY_HAND = ("chungtay.yaml", "content/metrics", "content/people.yaml", "content/quotes", "content/media")


def main() -> None:
    """Parse the command line and write."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--out", type=Path, required=True, help="workspace folder; the repository's root is one")
    parser.add_argument("--units", type=int, help="about so many units in the registry (sample: 3,200)")
    parser.add_argument("--records", type=int, help="about so many records (sample: 3,700)")
    parser.add_argument("--per-file", type=int, default=workspace.PER_FILE, help="most records in one file")
    parser.add_argument("--seed", type=int, default=SEED)
    arguments = parser.parse_args()
    files = workspace.files(arguments.seed, arguments.units, arguments.records, arguments.per_file)
    for folder in ("content/records", "content/units"):
        shutil.rmtree(arguments.out / folder, ignore_errors=True)
    for name, text in files.items():
        write(arguments.out / name, text)
    if arguments.out.resolve() != ROOT:
        _copy_written_by_hand(arguments.out)


def _copy_written_by_hand(out: Path) -> None:
    for name in WRITTEN_BY_HAND:
        source = ROOT / name
        if source.is_dir():
            shutil.copytree(source, out / name, dirs_exist_ok=True)
        elif source.exists():
            shutil.copyfile(source, out / name)


if __name__ == "__main__":
    main()
