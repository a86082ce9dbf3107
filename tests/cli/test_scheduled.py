"""What `doctor` says of options that ask the kernel for something."""

import json
import os
import shutil
import sys
from pathlib import Path
from typing import Any

import pytest

if sys.platform == "linux":
    from tests.cli.conftest import Termlab
    from tests.scheduling.apart import as_root
else:
    pytest.skip("it is tried on Linux", allow_module_level=True)

assert sys.platform == "linux"

pytestmark = pytest.mark.slow

CPU = max(os.sched_getaffinity(0))


def write(termlab: Termlab, text: str) -> None:
    path = Path(termlab.environment["XDG_CONFIG_HOME"], "termlab", "config.toml")
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text)


def lines(termlab: Termlab) -> dict[str, dict[str, Any]]:
    code, out, err = termlab.run("doctor", "--json")
    assert err == ""
    return {
        each["name"]: each
        for each in json.loads(out)
        if each["name"].startswith(("server.", "client."))
    } | {"code": {"code": code}}


def test_what_is_permitted_and_what_the_server_has(termlab: Termlab) -> None:
    write(termlab, f'[server]\ncpus = "{CPU},8000"\nthread_stack_bytes = 262144\n')
    found = lines(termlab)
    assert set(found) == {"server.cpus", "server.thread_stack_bytes", "code"}
    assert found["server.cpus"]["detail"] == f"{CPU},8000 is asked for; tried here, it was {CPU}"
    assert "this machine has no CPU 8000" in found["server.cpus"]["why"]
    assert not found["server.cpus"]["works"]
    termlab.ok("new", "-d", "--", "cat")
    found = lines(termlab)
    stack = found["server.thread_stack_bytes"]
    assert stack["works"]
    assert stack["detail"] == ("262144 is asked for; it is permitted here; the server has 262144")
    assert found["server.cpus"]["detail"].endswith(f"; the server has {CPU}")


def test_a_server_that_has_not_read_it_is_told_apart(termlab: Termlab) -> None:
    write(termlab, 'reload = "manual"\n')
    termlab.ok("new", "-d", "--", "cat")
    write(termlab, f'reload = "manual"\n[server]\ncpus = "{CPU}"\n')
    (line, _) = lines(termlab).values()
    assert line["detail"].endswith("it is permitted here; the server has what it had")
    assert line["why"] == "it has not read that yet: `termlab reload-config`"
    termlab.ok("reload-config")
    (line, _) = lines(termlab).values()
    assert (line["works"], line["why"]) == (True, "")


@as_root
@pytest.mark.skipif(shutil.which("setpriv") is None, reason="setpriv takes the permission away")
def test_who_lacks_the_permission_hears_what_would_give_it_and_termlab_works(
    termlab: Termlab, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    less = tmp_path / "python"
    took = "setpriv --bounding-set=-sys_nice --inh-caps=-sys_nice"
    less.write_text(f'#!/bin/sh\nexec {took} {sys.executable} "$@"\n')
    less.chmod(0o700)
    monkeypatch.setattr(sys, "executable", str(less))
    write(termlab, "[server]\nnice = -5\nrealtime = 7\n[client]\nnice = -1\n")
    termlab.ok("new", "-d", "--", "cat")
    found = lines(termlab)
    assert set(found) == {"server.nice", "server.realtime", "client.nice", "code"}
    assert not any(found[name]["works"] for name in found if name != "code")
    assert "CAP_SYS_NICE, or RLIMIT_NICE 25 (it is 0)" in found["server.nice"]["why"]
    assert "RLIMIT_RTPRIO 7 (it is 0)" in found["server.realtime"]["why"]
    assert found["server.nice"]["detail"].endswith("; the server has 0")
    assert found["code"] == {"code": 0}  # termlab works without it
    log = Path(termlab.directory, "state", "termlab", "s.log").read_text()
    assert log.count("[server] nice = -5 does not hold, it is 0") == 1
    assert termlab.ok("ls", "--json")
