"""What clients cost, as processes that are known."""

import os
import subprocess
import sys

import pytest

from termlab.model.figure import Amount
from termlab.server.observing.rates import FIRST
from termlab.server.observing.viewers import NOBODY, UNKNOWN, Viewers, percent

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="/proc is Linux's")

WORKER = """
import subprocess, sys, time
child = subprocess.Popen([sys.executable, "-c", '''
import sys, time
for line in sys.stdin:
    until = time.process_time() + 0.05
    while time.process_time() < until: pass
    print("done", flush=True)
'''], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
for line in sys.stdin:
    child.stdin.write(line); child.stdin.flush()
    child.stdout.readline()
    print(line, end="", flush=True)
child.stdin.close()
child.wait()
"""


def test_a_client_counts_with_its_ui_and_keeps_its_place_when_it_goes() -> None:
    pipe = subprocess.PIPE
    argv = [sys.executable, "-c", WORKER]
    with subprocess.Popen(argv, stdin=pipe, stdout=pipe, text=True) as client:
        assert client.stdin is not None
        assert client.stdout is not None
        ask, told = client.stdin, client.stdout

        def work() -> None:
            ask.write("x\n")
            ask.flush()
            told.readline()

        work()
        pids = [client.pid]
        viewers = Viewers(lambda: pids)
        assert viewers.read() == Amount(0, "of attached clients and their uis")
        work()
        work()
        found = viewers.read()
        assert isinstance(found, Amount)
        assert 0.1 <= found.value < 0.2
        pids.clear()
        work()
        last = viewers.read()
        assert isinstance(last, Amount)
        assert last.value > found.value
        work()
        assert viewers.read() == last
        client.stdin.close()


def test_without_a_client_s_process_there_is_a_reason_and_no_zero() -> None:
    assert Viewers(tuple).read() is NOBODY
    assert Viewers(lambda: [os.getpid()]).read() is NOBODY
    assert Viewers(lambda: [0]).read() is UNKNOWN


def test_a_share_is_of_the_time_between_two_readings() -> None:
    assert percent(None, Amount(1.0), 1.0, FIRST) is FIRST
    assert percent(Amount(1.0), NOBODY, 1.0, FIRST) is NOBODY
    assert percent(NOBODY, Amount(1.0), 1.0, FIRST) is FIRST
    assert percent(Amount(1.0), Amount(1.5), 2.0, FIRST) == Amount(25.0)
