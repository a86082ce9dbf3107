"""How the kernel runs the server and its clients, as their options ask; and not what they start."""

import json
import os
import shutil
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Final

import pytest

from termlab.model.cpu_list import spell_cpus

if sys.platform == "linux":
    from termlab.scheduling.standing import Standing, standing_of
    from tests.e2e.outer import SIZE, TIMEOUT_S, OuterTerminal
    from tests.e2e.session import TERMLAB, OwnServer, echoes
    from tests.scheduling.apart import as_root, has_nodes
else:
    pytest.skip("it is Linux's", allow_module_level=True)

assert sys.platform == "linux"

pytestmark = [pytest.mark.slow, pytest.mark.usefixtures("placement")]

CPUS: Final = tuple(sorted(os.sched_getaffinity(0)))
# What doctor calls how these processes run.
OURS = ("server.", "client.")
HERE: Final = standing_of()
LOOK_MS: Final = 20.0


def write(own: OwnServer, text: str) -> None:
    path = own.directory / "home" / ".config" / "termlab" / "config.toml"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.with_suffix(".new").write_text(text)
    os.replace(path.with_suffix(".new"), path)


def asks(whose: str, cpu: int, nice: int, realtime: int) -> str:
    return f'[{whose}]\ncpus = "{cpu}"\nnuma_node = 0\nnice = {nice}\nrealtime = {realtime}\n'


def becomes(outer: OuterTerminal, look: Callable[[], bool]) -> None:
    """Wait until it is so: the kernel tells nobody."""
    latest = time.monotonic() + TIMEOUT_S
    while not look():
        outer.wait_quiet(LOOK_MS)
        assert time.monotonic() < latest


@as_root
@has_nodes
def test_the_kernel_runs_both_as_asked_and_the_programs_as_ever(own: OwnServer) -> None:
    first, last = CPUS[0], CPUS[-1]
    write(own, asks("server", last, -5, 7) + asks("client", first, -2, 3))
    outer = own.shell()
    server, client = own.server_pid(), outer.pid
    assert standing_of(server) == Standing((last,), -5, 7)
    assert standing_of(client) == Standing((first,), -2, 3)
    assert "prefer:0" in Path(f"/proc/{server}/numa_maps").read_text()
    outer.type("clear; nice; chrt -p $$; grep Cpus_allowed_l /proc/$$/status; echo en''d\r")
    shown = "\n".join(outer.wait_for("^end"))
    assert shown.startswith(f"{HERE.nice}\n")
    assert "policy: SCHED_OTHER" in shown
    assert f"Cpus_allowed_list:      {spell_cpus(CPUS)}\n" in shown
    (shell,) = own.pane_pids()
    for program in (shell, *own.guests(client)):
        assert standing_of(program) == HERE
        assert "prefer" not in Path(f"/proc/{program}/numa_maps").read_text()
        limit = Path(f"/proc/{program}/limits").read_text().partition("realtime timeout")[2]
        assert limit.split()[0] == "unlimited"
    told = json.loads(own.ok("stats", "--json"))
    assert told["server"]["schedule"]["found_realtime"] == "7"
    shown = next(each for each in told["connections"] if each["screen"])
    assert shown["schedule"]["found_cpus"] == str(first)
    said = {each["name"]: each for each in json.loads(own.run("doctor", "--json")[1])}
    assert said["client.realtime"]["detail"].endswith("; 1 attached client: 3")
    assert all(each["works"] for name, each in said.items() if name.startswith(OURS))
    echoes(outer, "hello")


@as_root
def test_a_reload_changes_it_and_takes_it_back(own: OwnServer) -> None:
    outer = own.shell()
    server, client = own.server_pid(), outer.pid
    assert standing_of(server) == standing_of(client) == HERE
    write(own, f'[server]\nnice = -3\n[client]\ncpus = "{CPUS[-1]}"\nrealtime = 2\n')
    becomes(outer, lambda: standing_of(server) == HERE._replace(nice=-3))
    wanted = HERE._replace(cpus=(CPUS[-1],), realtime=2)
    becomes(outer, lambda: standing_of(client) == wanted)
    write(own, '[server]\ncpus = "8000"\n')
    becomes(outer, lambda: standing_of(server) == standing_of(client) == HERE)
    log = own.directory / "state" / "termlab" / "s.log"
    becomes(outer, lambda: "cpus = 8000 does not hold" in log.read_text())
    own.ok("reload-config")
    assert log.read_text().count("does not hold") == 1
    assert f"it is {spell_cpus(CPUS)}: this machine has no CPU 8000" in log.read_text()
    echoes(outer, "hello")


@as_root
@pytest.mark.skipif(shutil.which("setpriv") is None, reason="setpriv takes the permission away")
def test_who_lacks_the_permission_works_as_ever(own: OwnServer) -> None:
    less = ("setpriv", "--bounding-set=-sys_nice", "--inh-caps=-sys_nice")
    write(own, asks("server", CPUS[-1], -5, 7) + asks("client", CPUS[0], 4, 3))
    own.env |= {"XDG_CONFIG_HOME": str(own.directory / "home" / ".config")}
    own.program_env |= own.env
    outer = own.direct((*less, *TERMLAB), SIZE)
    outer.wait_for(r"^\$")
    own.placed(outer)
    server, client = own.server_pid(), outer.pid
    assert standing_of(server) == Standing((CPUS[-1],), HERE.nice, 0)
    assert standing_of(client) == Standing((CPUS[0],), 4, 0)
    # It could not be made less nice again; what it starts never was.
    for program in (*own.pane_pids(), *own.guests(client)):
        assert standing_of(program) == HERE
    write(own, "")
    becomes(outer, lambda: standing_of(server) == HERE)
    log = own.directory / "state" / "termlab" / "s.log"
    becomes(outer, lambda: "[client] nice = as it was started does not" in log.read_text())
    assert "[server] realtime = 7 does not hold, it is off" in log.read_text()
    echoes(outer, "hello")
