"""The door to msgspec, which makes records, and bytes of them.

msgspec looks for typing_extensions, of which it needs nothing on the Pythons termlab runs on, and
finds it wherever Textual is installed: a quarter of what a client's or a short command's imports
take (15 of 60 ms, `benchmarks/startup.py`). Here it is told that there is none.
"""

import sys

__all__ = ["msgspec"]

_UNNEEDED = "typing_extensions"

if _UNNEEDED in sys.modules:
    import msgspec
else:
    sys.modules[_UNNEEDED] = None  # type: ignore[assignment]  # what the import system takes for absent
    try:
        import msgspec
    finally:
        del sys.modules[_UNNEEDED]
