"""The committed declarations are those of the installed engine."""

from pathlib import Path

import pytest

from termlab.terminal.ghostty_build import TARGET, compiled, declarations
from termlab.terminal.ghostty_lib import find_package


def test_the_committed_module_is_what_the_installed_engine_compiles_to() -> None:
    assert compiled(declarations(find_package())) == TARGET.read_text(encoding="utf-8")


def test_a_package_without_declarations_is_refused(tmp_path: Path) -> None:
    (tmp_path / "_cdef.py").write_text("")
    with pytest.raises(SystemExit, match="no CDEF"):
        declarations(str(tmp_path))
