"""What runs under a process, asked of the real kernel."""

import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from termlab.probes.jobs import _jobs_elsewhere, jobs

if sys.platform != "linux":
    pytest.skip("process groups are read from /proc", allow_module_level=True)

# Two groups of its own, one of them a pipeline's; all end with its input.
PYTHON = """
import subprocess, sys
one = subprocess.Popen(["cat"], stdin=subprocess.PIPE, process_group=0)
two = subprocess.Popen(["head", "-c1"], stdin=subprocess.PIPE, process_group=one.pid)
three = subprocess.Popen(["tail"], stdin=subprocess.PIPE, process_group=0)
print("ready", flush=True)
sys.stdin.read()
for each in one, two, three:
    each.stdin.close()
    each.wait()
"""


@contextmanager
def running(argv: list[str], given: bytes = b"") -> Iterator[int]:
    """A program that has said that it is ready: its number."""
    with subprocess.Popen(argv, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as process:
        try:
            assert process.stdin is not None
            assert process.stdout is not None
            process.stdin.write(given)
            process.stdin.flush()
            assert process.stdout.readline() == b"ready\n"
            yield process.pid
        finally:
            process.kill()


def names(root: int) -> list[str]:
    return [job.command for job in jobs(root, "%1")]


def test_a_shell_with_something_to_run_runs() -> None:
    with running(["sh", "-c", "echo ready; read _"]) as pid:
        assert names(pid) == ["sh"]


def test_a_shell_that_waits_for_a_person_does_not() -> None:
    with running(["sh"], b"echo ready\n") as pid:
        assert names(pid) == []


def test_what_a_shell_runs_does() -> None:
    with running(["sh"], b"sh -c 'echo ready; read _'\n") as pid:
        assert names(pid) == ["sh"]


def test_a_pipeline_is_one_job_named_by_its_first() -> None:
    with running([sys.executable, "-c", PYTHON]) as pid:
        found = jobs(pid, "%7")
        assert {job.pane for job in found} == {"%7"}
        assert found[0].pid == pid
        assert [job.command for job in found[1:]] == ["cat", "tail"]


def test_no_process_runs_nothing() -> None:
    assert jobs(0, "%1") == ()
    with subprocess.Popen(["true"]) as process:
        pass
    assert jobs(process.pid, "%1") == ()


def test_psutil_names_the_same_programs_without_their_groups() -> None:
    with running([sys.executable, "-c", PYTHON]) as pid:
        found = _jobs_elsewhere(pid, "%1")
        assert found[0].pid == pid
        assert sorted(job.command for job in found[1:]) == ["cat", "head", "tail"]
        assert {(job.pane, job.foreground) for job in found} == {("%1", False)}
    with running(["sh", "-c", "echo ready; read _"]) as pid:
        assert _jobs_elsewhere(pid, "%1") == ()


def test_psutil_knows_nothing_of_who_has_gone() -> None:
    with running(["sh", "-c", "echo ready; read _"]) as pid:
        pass
    assert _jobs_elsewhere(pid, "%1") == ()
