"""A person's own configuration: mistakes at the start, and a reload under typing hands."""

import os
import signal
import sys

import pytest

if sys.platform != "win32":
    from tests.e2e.session import PREFIX, OwnServer, echoes
else:
    pytest.skip("there are no PTYs", allow_module_level=True)

assert sys.platform != "win32"

pytestmark = [pytest.mark.slow, pytest.mark.usefixtures("placement")]


def write(own: OwnServer, text: str) -> None:
    path = own.directory / "home" / ".config" / "termlab" / "config.toml"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text)


def test_a_bad_file_at_the_start_is_told_and_the_defaults_hold(own: OwnServer) -> None:
    write(own, 'prefix = "C-a"\nescape_ms = "no"\n')
    outer = own.open()
    outer.wait_for(r"the defaults hold: see `termlab config check`")
    code, _, err = own.run("config", "check")
    assert code == 2
    assert "config.toml:2: escape_ms" in err
    log = own.directory / "state" / "termlab" / "s.log"
    assert "line 2: escape_ms can't be 'no'" in log.read_text()
    outer.type(f"{PREFIX}c")
    outer.wait_for("1:bash")


def test_a_reload_while_somebody_types_loses_no_key(own: OwnServer) -> None:
    outer = own.shell()
    write(own, 'prefix = "C-a"\n[keys.prefix]\n"Y" = "new-window"\n')
    text = "".join(chr(ord("a") + n % 26) for n in range(400))
    outer.type(f"clear; cat > typed\r{text[:200]}")
    outer.type(f"{PREFIX}r{text[200:]}\r\x04echo do''ne\r")
    outer.wait_for("^done")
    typed = next(own.directory.rglob("typed"))
    assert typed.read_text() == f"{text}\n"
    outer.type("\x01Y")
    outer.wait_for("1:bash")
    outer.type("\x02")  # it is the shell's again: one to the left
    echoes(outer, "hello")
    write(own, "prefix = 1\n")
    outer.type("\x01r")
    outer.wait_for("the configuration stays as it was")


def test_sighup_has_the_server_read_it_again(own: OwnServer) -> None:
    outer = own.shell()
    write(own, 'prefix = "C-a"\n')
    os.kill(own.server_pid(), signal.SIGHUP)
    outer.wait_for("the configuration was read again")
    outer.type("\x01c")
    outer.wait_for("1:bash")
