"""The processes of a pane, as long as there are any."""

import subprocess
import sys

import pytest

from termlab.probes.tally import GONE
from termlab.server.observing.pane_processes import RECORDING, PaneProcesses
from tests.server.world import Stage


@pytest.mark.skipif(sys.platform != "linux", reason="/proc is Linux's")
def test_behind_the_end_there_are_none_and_none_are_kept_open(stage: Stage) -> None:
    stage.attach()
    stage.turn()
    pane = stage.server.attachments[0].focused()
    with subprocess.Popen(["cat"], stdin=subprocess.PIPE) as cat:
        stage.children[0].pid = cat.pid
        processes = PaneProcesses(pane)
        assert processes.look(0.0) is not GONE
        processes.ready()
        assert processes.edge() is not None
        pane.closed = True  # its child is somebody else's now, and its number may be another's
        assert processes.look(0.5) is GONE
        pane.closed = False
        assert cat.stdin is not None
        cat.stdin.close()
    pane.exit_status = 0
    assert processes.look(1.0) is GONE
    processes.forget()
    processes.ready()
    assert processes.edge() is None
    assert processes.wakers() == ()


def test_a_recording_has_none(stage: Stage) -> None:
    stage.attach()
    stage.turn()
    stage.children[0].pid = 0
    processes = PaneProcesses(stage.server.attachments[0].focused())
    assert processes.look(0.0) is RECORDING
    processes.ready()
    assert processes.edge() is None
