import os
import signal
import subprocess
import sys
import threading

import pytest

if sys.platform == "linux":
    from termlab.scheduling.aside import Aside
    from tests.scheduling.apart import in_a_process
else:
    pytest.skip("there are no threads with a nice of their own", allow_module_level=True)

assert sys.platform == "linux"


def nice() -> str:
    return subprocess.check_output(["nice"], text=True).strip()


def test_what_is_called_there_gives_and_raises_here() -> None:
    aside = Aside()
    try:
        assert aside.call(threading.get_ident) != threading.get_ident()
        with pytest.raises(ZeroDivisionError):
            aside.call(lambda: 1 // 0)
        assert aside.call(lambda: [1]) == [1]
    finally:
        aside.close()
    assert "aside" not in {thread.name for thread in threading.enumerate()}


def test_a_process_started_there_has_nothing_of_the_threads_that_asks() -> None:
    def work() -> list[str]:
        aside = Aside()
        os.setpriority(os.PRIO_PROCESS, 0, 7)
        return [nice(), aside.call(nice)]

    assert in_a_process(work, nobody=os.geteuid() == 0) == ["7", str(os.getpriority(0, 0))]


def test_signals_are_the_other_threads() -> None:
    aside = Aside()
    try:
        blocked = aside.call(lambda: signal.pthread_sigmask(signal.SIG_BLOCK, ()))
        assert {signal.SIGTERM, signal.SIGCHLD, signal.SIGXCPU} <= blocked
    finally:
        aside.close()
