"""Write the advance widths that the charts measure text with: python scripts/measure_letters.py [FONTS] [TARGET]."""

from __future__ import annotations

import json
import sys
from pathlib import Path

from fontTools.ttLib import TTFont

WEIGHTS = {"400": "BeVietnamPro-Regular", "600": "BeVietnamPro-SemiBold"}
REACH = 0x2800  # the last character that a label may hold


def advances(path: Path) -> dict[str, int]:
    """Read the advance width of every character of a face, in thousandths of the type size."""
    font = TTFont(path)
    per_em, widths = font["head"].unitsPerEm, font["hmtx"]
    return {
        chr(code): round(widths[name][0] * 1000 / per_em)
        for code, name in sorted(font.getBestCmap().items())
        if code < REACH
    }


def main(fonts: Path, target: Path) -> None:
    table = {weight: advances(fonts / f"{file}.ttf") for weight, file in WEIGHTS.items()}
    text = json.dumps(table, ensure_ascii=True, indent=0, separators=(",", ":"), sort_keys=True)
    target.write_text(text + "\n", "utf-8", newline="\n")


if __name__ == "__main__":
    root = Path(__file__).resolve().parent.parent
    main(
        Path(sys.argv[1]) if len(sys.argv) > 1 else root / "templates" / "fonts",
        Path(sys.argv[2]) if len(sys.argv) > 2 else root / "chungtay_reports" / "charts" / "advances.json",
    )
