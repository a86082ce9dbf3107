"""Who takes memory."""

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

import pytest

from termlab.model.figure import Missing
from termlab.probes.flame import Kept
from termlab.probes.heap import heaptrack_stacks, memray_stacks, plan_heap
from termlab.probes.tool import find_tool

PATH = os.environ["PATH"]
TAKEN = 5_000_000
PYTHON = f"""
import sys
def take(): return bytearray({TAKEN})
def keep(): return take()
held = keep()
print(sys.argv)
sys.exit(3)
"""
C = f"""
#include <stdlib.h>
#include <string.h>
__attribute__((noinline)) char *take(void) {{ return memset(malloc({TAKEN}), 1, {TAKEN}); }}
int main(void) {{ return take()[7] + 2; }}
"""


def run(argv: Sequence[str], directory: Path) -> tuple[int, bytes, Kept | Missing]:
    """Its exit code, what it printed, and what was seen of its memory."""
    plan = plan_heap(argv, PATH, str(directory))
    assert not isinstance(plan, Missing), plan
    environment = dict(os.environ) | dict(plan.environment)
    done = subprocess.run(plan.argv, env=environment, capture_output=True, cwd=directory)
    return done.returncode, done.stdout + done.stderr, plan.finish()


def test_memrays_stacks_are_turned_round_without_its_own_frames() -> None:
    table = (
        "allocator,num_allocations,size,tid,thread_name,stack_trace\n"
        'MALLOC,1,100,1,0x1,"take;/a/demo.py;3|<module>;/a/demo.py;5|'
        '_run_code;<frozen runpy>;88|run;/x/memray/commands/run.py;83"\n'
        "MALLOC,2,30,1,0x1,\n"
    )
    assert memray_stacks(table.splitlines(keepends=True)) == {
        "<module> (demo.py:5);take (demo.py:3)": 100,
        "[outside Python]": 30,
    }


def test_heaptracks_stacks_lose_their_addresses() -> None:
    lines = ["main (a.c);take (a.c); 72", "", "x", "0x7f01 (rtld.c);0x55d3ab; 8"]
    assert heaptrack_stacks(lines) == {
        "main (a.c);take (a.c)": 72,
        "[unknown] (rtld.c);[unknown]": 8,
    }


@pytest.mark.slow
def test_a_python_program_is_the_same_and_its_memory_has_its_place(tmp_path: Path) -> None:
    pytest.importorskip("memray")
    (tmp_path / "demo.py").write_text(PYTHON)
    code, printed, kept = run([sys.executable, "-B", "demo.py", "-x"], tmp_path)
    assert (code, printed.decode().strip()) == (3, "['demo.py', '-x']")
    assert isinstance(kept, Kept), kept
    stacks = kept.data.decode().splitlines()
    (taken,) = [line for line in stacks if "take (demo.py:3)" in line]
    assert "<module> (demo.py:5);keep (demo.py:4);take (demo.py:3)" in taken
    assert TAKEN <= int(taken.rpartition(" ")[2]) < TAKEN * 1.01


@pytest.mark.slow
@pytest.mark.skipif(not find_tool("heaptrack", PATH), reason="heaptrack is not installed")
@pytest.mark.skipif(not shutil.which("cc"), reason="there is no compiler")
def test_another_program_is_the_same_and_its_memory_has_its_place(tmp_path: Path) -> None:
    (tmp_path / "demo.c").write_text(C)
    subprocess.run(["cc", "-g", "-O1", "-o", "demo", "demo.c"], cwd=tmp_path, check=True)
    code, printed, kept = run(["./demo"], tmp_path)
    assert (code, printed) == (3, b"")
    assert isinstance(kept, Kept), kept
    (taken,) = [line for line in kept.data.decode().splitlines() if "take" in line]
    assert int(taken.rpartition(" ")[2]) == TAKEN


@pytest.mark.slow
@pytest.mark.skipif(not find_tool("heaptrack", PATH), reason="heaptrack is not installed")
def test_a_program_that_never_starts_leaves_a_reason_and_nothing_else(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    plan = plan_heap(["true"], PATH, "/")
    assert not isinstance(plan, Missing), plan
    monkeypatch.setattr("termlab.probes.heap._PATIENCE_S", 0.0)
    found = plan.finish()
    assert isinstance(found, Missing)
    assert "heaptrack saw nothing" in found.reason
    assert list(tmp_path.iterdir()) == []


def test_python_with_nothing_to_run_is_a_reason() -> None:
    found = plan_heap([sys.executable], PATH, "/")
    assert isinstance(found, Missing)
    assert "this is Python alone" in found.reason


def test_an_absent_tool_is_named_with_what_to_install(tmp_path: Path) -> None:
    found = plan_heap(["/bin/true"], "/nowhere", "/")
    assert isinstance(found, Missing)
    assert "install heaptrack" in found.reason
    bare = tmp_path / "python3"
    bare.write_text("#!/bin/sh\nexit 1\n")
    bare.chmod(0o755)
    found = plan_heap([str(bare), "a.py"], "", "/")
    assert isinstance(found, Missing)
    assert f"{bare} -m pip install memray" in found.reason
