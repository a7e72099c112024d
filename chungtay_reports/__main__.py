"""The command `chungtay`, also as `python -m chungtay_reports`: what has nothing to do says so at once."""

import os
import sys

from chungtay_reports import at_rest


def main() -> None:
    """Answer a build that has nothing to do; import everything else only when there is something to do."""
    try:
        if at_rest.answered(sys.argv[1:]):
            os._exit(0)  # both streams are flushed, and taking down an interpreter that did nothing else takes 2 ms
        from chungtay_reports.cli import main as run
    except KeyboardInterrupt:  # while what is needed is still being loaded
        os.write(2, "Đã dừng.\n".encode())
        os._exit(130)
    run()


if __name__ == "__main__":
    main()
