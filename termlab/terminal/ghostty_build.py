"""Writes `_ghostty_abi.py`, the engine's C declarations compiled ahead of time.

Parsing them at start-up costs 350 ms, the compiled module 20 ms. Knows only pyghostty's
declarations. Run ``python -m termlab.terminal.ghostty_build`` once per release of the engine;
a test compares the committed file with a fresh one.
"""

import re
import tempfile
from pathlib import Path

from termlab.terminal.ghostty_lib import PACKAGE_VERSION, find_package

TARGET = Path(__file__).with_name("_ghostty_abi.py")

# ABI-mode cffi can't pass unions by value. A struct of the same size and alignment above 16 bytes
# is passed alike on x86-64 (in memory) and arm64 (by reference).
POINT_BY_VALUE = """
typedef struct { uint16_t x; uint32_t y; uint64_t padding; } GhosttyPointValueS;
typedef struct { GhosttyPointTag tag; GhosttyPointValueS value; } GhosttyPointS;
"""


def declarations(package: str) -> str:
    """The C declarations of an installed pyghostty, read without importing it."""
    source = Path(package, "_cdef.py").read_text(encoding="utf-8")
    found = re.search(r"CDEF = r'''(.*)'''", source, re.DOTALL)
    if found is None:
        raise SystemExit(f"no CDEF in {package}/_cdef.py: this is not pyghostty {PACKAGE_VERSION}")
    return found.group(1) + POINT_BY_VALUE


def compiled(source: str) -> str:
    """The text of the module for these declarations."""
    from cffi import FFI

    builder = FFI()
    builder.set_source("_ghostty_abi", None)
    builder.cdef(source)
    with tempfile.TemporaryDirectory() as folder:
        return Path(builder.compile(tmpdir=folder)).read_text(encoding="utf-8")


if __name__ == "__main__":
    TARGET.write_text(compiled(declarations(find_package())), encoding="utf-8")
