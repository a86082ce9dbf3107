"""Loads libghostty-vt, the C library inside pyghostty, through the declarations compiled before.

Knows where the library lies and which version it must be, not what a terminal is. pyghostty itself
is never imported (350 ms), nor is pathlib (5 ms). The other ghostty modules take the `Library` from
here.
"""

import functools
import importlib.util
import os
import sys
from typing import Any, NamedTuple

from termlab.errors import EngineError

# The C ABI changes between releases (enum values, callback signatures): exactly this one is known.
PACKAGE_VERSION = "0.1.3"
LIBRARY_NAMES = {"linux": "libghostty-vt.so", "darwin": "libghostty-vt.dylib"}


class Library(NamedTuple):
    """The loaded engine. ``grid_ref`` and ``track`` take a point by value, which cffi can't."""

    ffi: Any
    lib: Any
    grid_ref: Any
    track: Any


@functools.cache
def load() -> Library:
    """The engine of this process. Raises ``EngineError`` if it is missing or another version."""
    path = library_path(find_package(), sys.platform)
    try:
        from termlab.terminal._ghostty_abi import ffi

        lib = ffi.dlopen(path)
        grid_ref = ffi.cast(
            "GhosttyResult(*)(GhosttyTerminal, GhosttyPointS, GhosttyGridRef*)",
            ffi.addressof(lib, "ghostty_terminal_grid_ref"),
        )
        track = ffi.cast(
            "GhosttyResult(*)(GhosttyTerminal, GhosttyPointS, GhosttyTrackedGridRef*)",
            ffi.addressof(lib, "ghostty_terminal_grid_ref_track"),
        )
    except (ImportError, OSError, AttributeError) as error:
        raise EngineError(f"the terminal engine {path} can't be loaded: {error}") from error
    return Library(ffi, lib, grid_ref, track)


def find_package() -> str:
    """The folder of the installed pyghostty, found without importing it."""
    spec = importlib.util.find_spec("pyghostty")
    if spec is None or not spec.submodule_search_locations:
        raise EngineError(
            f"the terminal engine is not installed: install pyghostty=={PACKAGE_VERSION} "
            "(it has wheels for Linux with glibc and for macOS 13 and later)"
        )
    return next(iter(spec.submodule_search_locations))


def library_path(package: str, platform: str) -> str:
    """The library in ``package``; ``EngineError`` if platform, file or version don't fit."""
    name = LIBRARY_NAMES.get(platform)
    if name is None:
        raise EngineError(f"the terminal engine has no library for {platform}")
    path = os.path.join(package, "_lib", name)
    try:
        with open(os.path.join(package, "__init__.py"), encoding="utf-8") as file:
            header = file.read()
    except OSError as error:
        raise EngineError(f"the terminal engine in {package} can't be read: {error}") from error
    if f'__version__ = "{PACKAGE_VERSION}"' not in header:
        raise EngineError(
            f"the terminal engine in {package} is another version: "
            f"install pyghostty=={PACKAGE_VERSION}"
        )
    if not os.path.isfile(path):
        raise EngineError(f"the terminal engine lacks {path}: reinstall pyghostty")
    return path


def sized(ffi: Any, ctype: str) -> Any:
    """A zeroed struct with its ``size`` fields filled in, nested ones too: the engine checks."""
    struct = ffi.new(f"{ctype} *")
    _fill_sizes(ffi, struct)
    return struct


def _fill_sizes(ffi: Any, struct: Any) -> None:
    ctype = ffi.typeof(struct).item
    for name, field in ctype.fields:
        if name == "size":
            struct.size = ffi.sizeof(ctype)
        elif field.type.kind == "struct":
            _fill_sizes(ffi, ffi.addressof(struct[0], name))
