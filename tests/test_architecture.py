"""The house rules no linter knows: small files and functions, a test file for each module."""

import ast
from collections import Counter
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
PACKAGE = ROOT / "termlab"
MAX_LINES = 400
MAX_FUNCTION_LINES = 35
MAX_PUBLIC_METHODS = 12
VAGUE = {"base", "utils", "common", "helpers", "manager", "misc"}

# Written by a program; `ghostty_build` has the test that makes it again and compares.
GENERATED = {PACKAGE / "terminal" / "_ghostty_abi.py"}
MODULES = sorted(
    path for path in PACKAGE.rglob("*.py") if path.stem != "__init__" and path not in GENERATED
)
SOURCES = sorted({*MODULES, *(ROOT / "tests").rglob("*.py"), *(ROOT / "benchmarks").rglob("*.py")})

# Modules that hold no behaviour of their own: their users' tests are theirs.
WITHOUT_TEST = {
    "__main__",
    "calls",  # what a run is made of round-trips in test_run
    "check",  # run as a process by the tests of `doctor`
    "errors",
    "figure",
    "finding",
    "geometry",
    "keys",
    "listing",
    "messages",  # every row of it round-trips in test_codec
    "parts",
    "pane_owner",  # a contract; test_pane has one
    "pty",  # a contract; test_pty runs it on every backend
    "screen",
    "settings",
    "state",
    "subject",  # what reports are made of; each format's test has some
    "timeline",
    "trails",
    "version",
    "wakers",
}


def relative(path: Path) -> str:
    return str(path.relative_to(ROOT))


@pytest.mark.parametrize("path", SOURCES, ids=relative)
def test_a_file_stays_under_its_limit(path: Path) -> None:
    assert len(path.read_text().splitlines()) <= MAX_LINES


@pytest.mark.parametrize("path", MODULES, ids=relative)
def test_functions_and_classes_stay_small(path: Path) -> None:
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.FunctionDef):
            first = node.body[0]
            documented = isinstance(first, ast.Expr) and isinstance(first.value, ast.Constant)
            docstring = (first.end_lineno or 0) - first.lineno + 1 if documented else 0
            length = (node.end_lineno or 0) - node.lineno + 1 - docstring
            assert length <= MAX_FUNCTION_LINES, f"{node.name} has {length} lines"


@pytest.mark.parametrize("path", MODULES, ids=relative)
def test_a_module_says_what_it_holds(path: Path) -> None:
    assert ast.get_docstring(ast.parse(path.read_text()))


@pytest.mark.parametrize("path", sorted(PACKAGE.rglob("__init__.py")), ids=relative)
def test_packages_hold_nothing_themselves(path: Path) -> None:
    assert path.read_text() == ""


def test_stems_are_unique_and_say_something() -> None:
    stems = Counter(path.stem for path in MODULES)
    assert [stem for stem, count in stems.items() if count > 1] == []
    assert not VAGUE & set(stems)


@pytest.mark.parametrize("path", MODULES, ids=relative)
def test_a_module_has_a_test_of_its_name(path: Path) -> None:
    room = path.parent.relative_to(PACKAGE)
    if path.stem not in WITHOUT_TEST:
        assert (ROOT / "tests" / room / f"test_{path.stem}.py").exists()
