"""The engine's library: found without importing pyghostty, and only in the version we know."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from termlab.errors import EngineError
from termlab.terminal import ghostty_cells
from termlab.terminal.ghostty_lib import PACKAGE_VERSION, find_package, library_path, load, sized

# CPU time, so that other tests don't count; the records, which everyone imports, come before.
MEASURE = """
import sys, time
from termlab.model import keyname, keys, screen
from termlab.model.geometry import Size
start = time.process_time()
from termlab.terminal.ghostty import GhosttyEmulator
GhosttyEmulator(Size(80, 24))
print((time.process_time() - start) * 1e3)
assert not {"pyghostty", "cffi", "asyncio", "logging", "socket"} & set(sys.modules)
"""


def package(folder: Path, version: str, library: str | None) -> str:
    (folder / "_lib").mkdir()
    (folder / "__init__.py").write_text(f'__version__ = "{version}"\n')
    if library:
        (folder / "_lib" / library).write_bytes(b"")
    return str(folder)


def test_the_first_terminal_costs_under_50_ms_and_imports_nothing_large() -> None:
    runs = [
        subprocess.run([sys.executable, "-c", MEASURE], capture_output=True, text=True, check=True)
        for _ in range(4)
    ]
    assert min(float(run.stdout) for run in runs) < 50


@pytest.mark.parametrize(
    ("platform", "library"), [("linux", "libghostty-vt.so"), ("darwin", "libghostty-vt.dylib")]
)
def test_each_platform_has_its_library(tmp_path: Path, platform: str, library: str) -> None:
    found = library_path(package(tmp_path, PACKAGE_VERSION, library), platform)
    assert found == str(tmp_path / "_lib" / library)


def test_windows_has_no_library() -> None:
    with pytest.raises(EngineError, match="win32"):
        library_path("", "win32")


def test_another_version_is_refused(tmp_path: Path) -> None:
    other = package(tmp_path, "0.1.4", "libghostty-vt.so")
    with pytest.raises(EngineError, match=f"install pyghostty=={PACKAGE_VERSION}"):
        library_path(other, "linux")


def test_a_missing_library_is_named(tmp_path: Path) -> None:
    with pytest.raises(EngineError, match=r"libghostty-vt\.so"):
        library_path(package(tmp_path, PACKAGE_VERSION, None), "linux")


def test_a_missing_package_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("importlib.util.find_spec", lambda name: None)
    with pytest.raises(EngineError, match="not installed"):
        find_package()


def test_an_empty_file_is_no_library(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    broken = package(tmp_path, PACKAGE_VERSION, "libghostty-vt.so")
    monkeypatch.setattr("termlab.terminal.ghostty_lib.find_package", lambda: broken)
    monkeypatch.setattr("sys.platform", "linux")
    with pytest.raises(EngineError, match="can't be loaded"):
        load.__wrapped__()


def test_structs_tell_their_size_at_every_depth() -> None:
    ffi = load().ffi
    options = sized(ffi, "GhosttyFormatterTerminalOptions")
    assert options.size == ffi.sizeof("GhosttyFormatterTerminalOptions")
    assert options.extra.screen.size == ffi.sizeof("GhosttyFormatterScreenExtra")


def test_points_are_passed_by_value_in_their_own_layout() -> None:
    ffi = load().ffi
    for twin, real in (("GhosttyPointS", "GhosttyPoint"),):
        assert ffi.sizeof(twin) == ffi.sizeof(real) > 16
        assert ffi.alignof(twin) == ffi.alignof(real)


def test_a_cell_is_laid_out_as_we_read_it() -> None:
    library = load()
    types = json.loads(library.ffi.string(library.lib.ghostty_type_json()))["types"]
    bits = types["GhosttyCell"]["bits"]
    assert (bits["content_tag"]["lsb"], bits["content_tag"]["width"]) == (0, 2)
    assert (bits["content"]["lsb"], bits["wide"]["lsb"], bits["wide"]["width"]) == (2, 42, 2)
    assert 1 << bits["hyperlink"]["lsb"] == ghostty_cells.HYPERLINK
    colour = bits["content"]["arms"]["BG_COLOR_RGB"]["bits"]
    assert [colour[part]["lsb"] for part in "rgb"] == [0, 8, 16]
    assert library.lib.GHOSTTY_CELL_CONTENT_BG_COLOR_PALETTE == ghostty_cells.BACKGROUND_PALETTE
    assert library.lib.GHOSTTY_CELL_CONTENT_CODEPOINT_GRAPHEME == ghostty_cells.CLUSTER
    assert library.lib.GHOSTTY_CELL_WIDE_SPACER_HEAD == ghostty_cells.SPACER_HEAD
