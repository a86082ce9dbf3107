"""One run of a program in a process of its own, typed into by a script: the run, as JSON.

``python -m tests.truth.one_run SCRIPT ARGV…``, so that an ordinary user can be who measures.
"""

import subprocess
import sys

import msgspec

from termlab.commands.scripted_keys import read_script
from termlab.config.loader import load_defaults
from termlab.model.figure import Amount, Missing
from termlab.model.geometry import Size
from termlab.model.profile_asked import ProfileAsked
from termlab.model.run import Run
from termlab.wire.messages import Place
from tests.server.world import PLACE
from tests.truth.ordinary import ROOT, as_ordinary

if sys.platform != "win32":
    from termlab.server.headless import Signals, run_once

assert sys.platform != "win32"

SIZE = Size(80, 24)


def one_run(script: str, *argv: str, ordinary: bool = False) -> Run:
    """By this user or by an ``ordinary`` one."""
    by = as_ordinary() if ordinary else ()
    words = [*by, sys.executable, "-m", "tests.truth.one_run", script, *argv]
    done = subprocess.run(words, cwd=ROOT, capture_output=True, check=False)
    assert done.returncode == 0, done.stderr.decode()
    return msgspec.json.decode(done.stdout.splitlines()[-1], type=Run)


def value(run: Run, name: str) -> float:
    figure = getattr(run.figures, name)
    assert isinstance(figure, Amount), (name, figure)
    return figure.value


def reason(run: Run, name: str) -> str:
    figure = getattr(run.figures, name)
    assert isinstance(figure, Missing), (name, figure)
    return figure.reason


def _measure(script: str, argv: tuple[str, ...]) -> Run:
    keys = read_script(script.encode(), "typed") if script else None
    place = Place("/", PLACE.environment | {"TERM": "xterm-256color"})
    with Signals() as signals:
        asked = ProfileAsked(script=keys)
        return run_once(argv, place, SIZE, signals, load_defaults(), asked).run


if __name__ == "__main__":
    found = _measure(sys.argv[1], tuple(sys.argv[2:]))
    sys.stdout.buffer.write(msgspec.json.encode(found) + b"\n")
