"""What ending something would end."""

import json
import sys

import pytest

from tests.server.world import Stage

if sys.platform != "linux":
    pytest.skip("processes are those of /proc", allow_module_level=True)


def test_scripted_programs_are_no_processes(stage: Stage) -> None:
    client = stage.attach()
    stage.turn()
    for scope in ("pane", "window", "session", "server"):
        reply = client.run("list-running", "--json", "--scope", scope)
        assert (reply.code, json.loads(reply.text)) == (0, [])
    assert client.run("list-running").text == ""


def test_a_place_that_is_none_is_told(stage: Stage) -> None:
    stage.attach()
    assert stage.greet().run("list-running", "-t", "%99").code == 3
    assert stage.greet().run("list-running", "--scope", "world").code == 2
