"""The fake of ``winpty`` against the stubs of the real wheel: names, parameters, defaults, types.

The wheel is for Windows only: `TERMLAB_WINPTY_STUBS` names the directory it was unpacked into.
"""

import ast
import inspect
import os
import sys
from pathlib import Path

import pytest

if sys.platform != "win32":
    from tests.backends import fake_winpty
else:
    pytest.skip("the fake needs PTYs", allow_module_level=True)

assert sys.platform != "win32"

UNPACKED = os.environ.get("TERMLAB_WINPTY_STUBS", "")

pytestmark = pytest.mark.skipif(
    not UNPACKED, reason="TERMLAB_WINPTY_STUBS names no unpacked wheel of pywinpty"
)


def parsed(name: str) -> ast.Module:
    return ast.parse((Path(UNPACKED) / "winpty" / name).read_text(encoding="utf-8"))


def classes(tree: ast.Module) -> dict[str, ast.ClassDef]:
    return {node.name: node for node in tree.body if isinstance(node, ast.ClassDef)}


def constants() -> dict[str, int]:
    """What the stubs' defaults name, as ``Class.NAME``."""
    return {
        f"{name}.{target.id}": node.value.value
        for name, body in classes(parsed("enums.py")).items()
        for node in body.body
        if isinstance(node, ast.Assign) and isinstance(node.value, ast.Constant)
        for target in node.targets
        if isinstance(target, ast.Name) and isinstance(node.value.value, int)
    }


def stub_signature(function: ast.FunctionDef) -> list[tuple[str, str, object]]:
    """Name, type and default of each parameter, without ``self``, and the type of the result."""
    arguments = function.args.args[1:]
    missing = len(arguments) - len(function.args.defaults)
    defaults = [inspect.Parameter.empty] * missing + [
        constants()[text] if (text := ast.unparse(node)) in constants() else ast.literal_eval(node)
        for node in function.args.defaults
    ]
    rows: list[tuple[str, str, object]] = [
        (argument.arg, annotation(argument.annotation), default)
        for argument, default in zip(arguments, defaults, strict=True)
    ]
    return [*rows, ("return", annotation(function.returns), None)]


def annotation(node: ast.expr | None) -> str:
    if node is None:
        return "None"
    if isinstance(node, ast.Subscript) and ast.unparse(node.value) == "Optional":
        return f"{ast.unparse(node.slice)} | None"
    return ast.unparse(node)


def fake_signature(function: object) -> list[tuple[str, str, object]]:
    assert callable(function)
    signature = inspect.signature(function)
    rows: list[tuple[str, str, object]] = [
        (parameter.name, shown(parameter.annotation), parameter.default)
        for parameter in list(signature.parameters.values())[1:]
    ]
    return [*rows, ("return", shown(signature.return_annotation), None)]


def shown(kind: object) -> str:
    return kind.__name__ if isinstance(kind, type) else str(kind)


def members() -> list[ast.FunctionDef]:
    body = classes(parsed("_winpty.pyi"))["PTY"].body
    return [node for node in body if isinstance(node, ast.FunctionDef)]


def test_the_fake_has_each_method_with_the_real_signature() -> None:
    for stub in members():
        real = vars(fake_winpty.PTY)[stub.name]
        is_property = any(ast.unparse(line) == "property" for line in stub.decorator_list)
        assert isinstance(real, property) == is_property, stub.name
        function = real.fget if isinstance(real, property) else real
        assert fake_signature(function) == stub_signature(stub), stub.name


def test_the_fake_has_no_more_than_the_real_one() -> None:
    public = {name for name, value in vars(fake_winpty.PTY).items() if callable(value)}
    public |= {name for name, value in vars(fake_winpty.PTY).items() if isinstance(value, property)}
    # What every class may have.
    assert public - {"__init__", "__del__"} == {stub.name for stub in members()} - {"__init__"}


def test_the_backends_have_the_real_numbers() -> None:
    real = {name: value for name, value in constants().items() if name.startswith("Backend.")}
    fake = {
        f"Backend.{name}": value
        for name, value in vars(fake_winpty.Backend).items()
        if not name.startswith("_")
    }
    assert fake == real


def test_failures_are_what_they_are_in_the_real_one() -> None:
    base = classes(parsed("_winpty.pyi"))["WinptyError"].bases
    assert [ast.unparse(node) for node in base] == ["Exception"]
    assert fake_winpty.WinptyError.__bases__ == (Exception,)


def test_all_that_is_used_of_the_package_is_exported_by_it() -> None:
    exported = {
        alias.name
        for node in parsed("__init__.py").body
        if isinstance(node, ast.ImportFrom)
        for alias in node.names
    }
    assert {"PTY", "Backend", "WinptyError", "__version__"} <= exported
