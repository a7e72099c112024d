"""An interpreter of another system: `python.py [-P] -m MODULE …`; the processes that it starts are of that system too."""

import os
import runpy
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))
import hiding  # noqa: F401  # before anything else

sys.path.pop(0)
arguments = [each for each in sys.argv[1:] if each != "-P"]
assert arguments.pop(0) == "-m"
sys.path[:0] = [each for each in os.environ.get("PYTHONPATH", "").split(os.pathsep) if each]
if wrapper := os.environ.get("OTHER_PYTHON"):
    sys.executable = wrapper
sys.argv = arguments
runpy.run_module(arguments[0], run_name="__main__", alter_sys=True)
