"""A key's whole way, from the keyboard to what its terminal shows, with whoever draws."""

import json
import sys

import pytest

if sys.platform != "win32":
    from tests.e2e.session import OwnServer

assert sys.platform != "win32"
pytestmark = [pytest.mark.slow, pytest.mark.usefixtures("placement")]

ANSWERING = """
import os, sys, tty
tty.setraw(0)
os.write(1, b"ready")
while (key := os.read(0, 1)) != b"q":
    os.write(1, b"<" + key + b">")
"""


def test_a_key_is_drawn_behind_its_answer(own: OwnServer) -> None:
    outer = own.open("profile", "--json", "out", sys.executable, "-c", ANSWERING)
    outer.wait_for(r"ready")
    for key in "abcde":
        outer.wait_quiet(200)
        outer.type(key)
        outer.wait_for(f"<{key}>")
    outer.wait_quiet(200)
    outer.type("q")
    assert outer.wait_exit() == 0
    run = json.loads((own.directory / "out").read_text())["runs"][0]
    figures = {name: each["value"] for name, each in run["figures"].items()}
    assert figures["keys"] == 5
    assert figures["echoes"] == 0
    assert 0 < figures["key_p50_ms"] < figures["drawn_p50_ms"] <= figures["drawn_p99_ms"] < 1000
