"""`python -m chungtay_reports`: the same as the command `chungtay`."""

from __future__ import annotations

from chungtay_reports.cli import main

if __name__ == "__main__":
    main()
