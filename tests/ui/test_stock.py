"""The app behind a driver of Textual's: in a browser's protocol, and on a terminal."""

import os
import subprocess
import sys

import pytest

if sys.platform != "win32":
    from tests.e2e.session import PREFIX, TERMLAB, OwnServer, echoes
else:
    pytest.skip("there are no PTYs", allow_module_level=True)

assert sys.platform != "win32"

pytestmark = pytest.mark.slow

PATIENCE_S = 20.0


def packet(data: bytes, kind: bytes = b"D") -> bytes:
    return kind + len(data).to_bytes(4, "big") + data


class Browser:
    """The far end of Textual's web driver: packets out, packets in."""

    def __init__(self, own: OwnServer) -> None:
        environment = own.env | {
            "COLUMNS": "60",
            "ROWS": "12",
            "TEXTUAL_DRIVER": "textual.drivers.web_driver:WebDriver",
        }
        self.process = subprocess.Popen(
            TERMLAB,
            env=environment,
            cwd=own.directory,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
        )
        self.shown = b""

    def until(self, text: bytes) -> None:
        """Read until the app has drawn ``text``."""
        assert self.process.stdout is not None
        while text not in self.shown:
            data = os.read(self.process.stdout.fileno(), 65536)
            assert data, self.shown
            self.shown += data

    def send(self, data: bytes) -> None:
        assert self.process.stdin is not None
        self.process.stdin.write(data)
        self.process.stdin.flush()

    def close(self) -> int:
        assert self.process.stdin is not None
        assert self.process.stdout is not None
        self.process.stdin.close()
        self.process.stdout.read()
        self.process.stdout.close()
        return self.process.wait(PATIENCE_S)


def test_a_browser_shows_a_session_types_and_resizes(own: OwnServer) -> None:
    browser = Browser(own)
    browser.until(b"$ ")
    browser.send(packet(b"echo he''llo\r"))
    browser.until(b"hello")
    browser.send(packet(b'{"type": "resize", "width": 70, "height": 20}', b"M"))
    browser.until(b"\x1b[20;1H")
    browser.send(packet(b"\x02?"))
    browser.until(b"Keys")
    browser.send(packet(b"q"))
    browser.send(packet(b"exit\r"))
    assert browser.close() == 0


def test_what_a_browser_types_before_the_session_stands_is_typed_then(own: OwnServer) -> None:
    browser = Browser(own)
    browser.until(b"__GANGLION__")
    browser.send(packet(b"echo ear''ly\r"))
    browser.until(b"early")
    browser.send(packet(b"exit\r"))
    assert browser.close() == 0


def test_a_stock_driver_on_a_terminal_works_the_same(own: OwnServer) -> None:
    outer = own.open(TEXTUAL_DRIVER="textual.drivers.linux_driver:LinuxDriver")
    outer.wait_for(r"^\$")
    echoes(outer, "word")
    outer.type(f"{PREFIX}%")
    outer.wait_for(r"│\$")
    echoes(outer, "right")
    outer.type(f"{PREFIX}?")
    outer.wait_for("Keys")
    outer.type("q")
    outer.wait_for(r"│\$")
    outer.type(f"{PREFIX}d")
    assert outer.wait_exit() == 0
