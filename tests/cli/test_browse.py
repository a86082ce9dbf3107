"""`termlab web`: what it refuses before anything is served."""

import socket
import sys

import pytest

from termlab.cli.main import main


def said(capsys: pytest.CaptureFixture[str], *words: str) -> str:
    assert main(["-L", "/tmp/none", "web", *words]) == 2
    return capsys.readouterr().err


def test_a_port_that_cant_be_is_refused(capsys: pytest.CaptureFixture[str]) -> None:
    assert said(capsys, "--port", "0") == (
        "termlab: web: there is no port 0: give one from 1 to 65535\n"
    )
    assert "no port 65536" in said(capsys, "--port", "65536")


def test_a_port_in_use_is_refused(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TERMLAB_UI", "standalone")  # put back behind the test, which sets it
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        assert main(["-L", "/tmp/none", "web", "--port", str(port)]) == 2
    out, told = capsys.readouterr()
    assert out == "", "an address that nobody serves"
    assert told.startswith(f"termlab: web: nobody can listen on port {port}: ")
    assert told.endswith(": give another with --port\n")


def test_without_the_extra_it_says_what_to_install(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "termlab.ui.browser", None)
    assert "pip install 'termlab[web]'" in said(capsys)
