"""Stacks of programs that run."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from termlab.model.figure import Missing
from termlab.probes.flame import Flame, Kept, perf_stacks, py_spy_stacks, start_flame
from termlab.probes.tool import find_tool

PATH = os.environ["PATH"]
PYTHON = """
import time
def spin():
    end = time.process_time() + 0.4
    while time.process_time() < end: pass
def middle(): spin()
middle()
"""
C = """
#include <time.h>
volatile double sum;
__attribute__((noinline)) void spin(void) { for (int i = 0; i < 100000; i++) sum += i; }
__attribute__((noinline)) void middle(void) { spin(); sum += 1; }
int main(void) {
  clock_t end = clock() + CLOCKS_PER_SEC * 4 / 10;
  while (clock() < end) middle();
  return 0;
}
"""


def sampled(argv: list[str], *, python: bool) -> Kept | Missing:
    with subprocess.Popen(argv, stdout=subprocess.DEVNULL) as program:
        flame = start_flame(program.pid, python, PATH)
        program.wait()
        return flame.finish() if isinstance(flame, Flame) else flame


def test_py_spys_processes_are_told_by_their_commands() -> None:
    lines = ['process 12:"python a.py";<module> (a.py:1);spin (a.py:3) 5', "thread;x 2", "none"]
    assert py_spy_stacks(lines) == {
        "python a.py;<module> (a.py:1);spin (a.py:3)": 5,
        "thread;x": 2,
    }
    assert py_spy_stacks(['process 1:"x" 3', 'process 2:"x" 4']) == {"x": 7}
    memray = "python -m memray run --quiet --aggregate --output /tmp/x1/heap.bin"
    assert py_spy_stacks([f'process 1:"{memray} a.py";f 3']) == {"python a.py;f": 3}


def test_perfs_frames_are_turned_round_and_named() -> None:
    text = (
        "git \n\t    419 adler32 (/lib/libz.so)\n\t   9f0 [unknown] (/usr/bin/git)\n\n"
        "git \n\t    1 operator;x() ([kernel.kallsyms])\n\n"
        "git \n\n"
        "sh \n\t  2 main\n"
    )
    assert perf_stacks(text.splitlines(keepends=True)) == {
        "git;[git];adler32": 1,
        "git;operator:x()": 1,
        "sh;main": 1,
    }


@pytest.mark.slow
@pytest.mark.skipif(not find_tool("py-spy", PATH), reason="py-spy is not installed")
@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="elsewhere it takes root")
def test_a_python_programs_functions_are_in_its_stacks(tmp_path: Path) -> None:
    (tmp_path / "demo.py").write_text(PYTHON)
    kept = sampled([sys.executable, str(tmp_path / "demo.py")], python=True)
    if isinstance(kept, Missing) and "ermission" in kept.reason:
        pytest.skip(kept.reason)
    assert isinstance(kept, Kept), kept
    assert b"middle (demo.py:6);spin (demo.py:5)" in kept.data


@pytest.mark.slow
@pytest.mark.skipif(not find_tool("perf", PATH), reason="perf is not installed")
@pytest.mark.skipif(not shutil.which("cc"), reason="there is no compiler")
def test_another_programs_functions_are_in_its_stacks(tmp_path: Path) -> None:
    (tmp_path / "demo.c").write_text(C)
    subprocess.run(["cc", "-O1", "-o", "demo", "demo.c"], cwd=tmp_path, check=True)
    kept = sampled([str(tmp_path / "demo")], python=False)
    if isinstance(kept, Missing) and "ermission" in kept.reason:
        pytest.skip(kept.reason)
    assert isinstance(kept, Kept), kept
    assert b"main;middle;spin " in kept.data


@pytest.mark.slow
@pytest.mark.skipif(not find_tool("perf", PATH), reason="perf is not installed")
def test_a_program_that_was_too_quick_is_a_reason() -> None:
    found = sampled(["true"], python=False)
    assert isinstance(found, Missing)
    assert "no stacks" in found.reason


def test_an_absent_tool_is_named_with_what_to_install() -> None:
    found = start_flame(os.getpid(), False, "/nowhere")
    if isinstance(found, Flame):
        found.finish()
        pytest.skip("perf lies beside this Python")
    assert "install linux-perf" in found.reason
