"""Each counter moves as it should while real programs run in real panes; a reset sets it back."""

import json
import sys
from typing import Any

import pytest

if sys.platform != "win32":
    from tests.e2e.session import OwnServer
else:
    pytest.skip("there are no PTYs", allow_module_level=True)

assert sys.platform != "win32"

pytestmark = pytest.mark.slow

# A byte a write: the reader has each to itself where it is fast enough.
ONE_BYTE = "import os\nfor n in range(2000): os.write(1, b'x')\nos.write(1, b'\\nover')\ninput()"


def stats(own: OwnServer, *words: str) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(own.ok("stats", "--json", *words))
    return found


def pane(own: OwnServer, target: str = "%0") -> dict[str, Any]:
    found: dict[str, Any] = stats(own, "-t", target)["panes"][0]
    return found


def flushes(counted: dict[str, Any]) -> int:
    return sum(n for name, n in counted["coalescer"].items() if name.startswith("flushes_"))


def run(own: OwnServer, line: str) -> None:
    """To its end and the prompt behind it, in the shell of the only pane."""
    own.ok("send-text", f"{line}; echo ov''er")
    own.ok("send-keys", "Enter")
    own.ok("wait", "--text", "^over", "--timeout", "60s")
    own.ok("wait", "--quiet", "300ms")


def test_cat_of_a_file_moves_bytes_reads_flushes_and_rows(own: OwnServer) -> None:
    file = own.directory / "text"
    file.write_text("".join(f"{n:07}\n" for n in range(20_000)))
    own.ok("new", "-d", "-x", "80", "-y", "24")
    before = pane(own)
    run(own, f"cat {file}")
    after = pane(own)
    came = after["coalescer"]["bytes"] - before["coalescer"]["bytes"]
    # A line feed is two bytes behind a terminal.
    assert 180_000 <= came <= 181_000
    assert after["ring"]["written"] == after["coalescer"]["bytes"] == after["emulator"]["bytes_fed"]
    assert after["ring"]["consumed"] == after["ring"]["written"]
    assert 1024 <= after["ring"]["high_water"] <= after["ring"]["capacity"]
    assert 0 < flushes(after) <= after["coalescer"]["reads"]
    assert after["emulator"]["history_rows"] > 19_000
    assert after["emulator"]["memory_bytes"] > before["emulator"]["memory_bytes"]
    assert after["input"]["bytes"] - before["input"]["bytes"] == len(f"cat {file}; echo ov''er") + 1


def test_find_moves_the_server_s_own_cost(own: OwnServer) -> None:
    own.ok("new", "-d")
    before = stats(own)
    run(own, "find / -xdev 2>/dev/null | head -5000")
    after = stats(own)
    for part, name in (("process", "cpu_s"), ("loop", "turns"), ("loop", "handled")):
        assert after["server"][part][name] > before["server"][part][name], name
    assert after["server"]["listener"]["accepted"] > before["server"]["listener"]["accepted"]
    assert after["server"]["loop"]["failures"] == 0


def test_one_byte_at_a_time_is_gathered_into_fewer_flushes(own: OwnServer) -> None:
    script = own.directory / "one.py"
    script.write_text(ONE_BYTE)
    own.ok("new", "-d", "--", sys.executable, "-I", str(script))
    own.ok("wait", "--text", "^over")
    counted = pane(own)
    assert counted["coalescer"]["bytes"] == 2006
    # How many bytes a read finds is the kernel's and the machine's: at most all, at least one.
    assert flushes(counted) <= counted["coalescer"]["reads"] <= 2007
    assert counted["coalescer"]["saved"] == max(counted["coalescer"]["reads"] - flushes(counted), 0)


def test_typing_moves_input_keys_and_frames(own: OwnServer) -> None:
    with own.shell() as outer:
        before = stats(own)
        outer.type("echo typed")
        outer.wait_for("echo typed")
        after = stats(own)
    moved = {
        (part, name): after["panes"][0][part][name] - before["panes"][0][part][name]
        for part, name in (
            ("input", "bytes"),
            ("coalescer", "flushes_key"),
            ("output", "frames"),
        )
    }
    assert moved["input", "bytes"] == len("echo typed")
    assert moved["coalescer", "flushes_key"] >= 1
    assert moved["output", "frames"] >= 1
    (shows,) = [each for each in after["connections"] if each["screen"] is not None]
    assert shows["screen"]["frames"] >= after["panes"][0]["output"]["frames"]


def test_a_reset_counts_from_zero_and_says_so(own: OwnServer) -> None:
    own.ok("new", "-d")
    run(own, "seq 1000")
    assert pane(own)["coalescer"]["bytes"] > 4000
    assert own.ok("stats", "--reset").startswith("set to zero: what the server, 1 pane")
    counted = pane(own)
    assert (counted["coalescer"]["bytes"], counted["ring"]["written"]) == (0, 0)
    assert counted["ring"]["capacity"] > 0
    run(own, "seq 10")
    assert 20 < pane(own)["coalescer"]["bytes"] < 500
    assert stats(own)["resets"] == 1
