"""One run of a program, its calls counted by a tier: what a run tells of them, as JSON.

``python -m tests.truth.counted_run TIER ARGV…``, so that an ordinary user can be who counts.
"""

import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import cast

import msgspec
import pytest

from termlab.config.loader import load_defaults
from termlab.model.calls import Tier
from termlab.model.geometry import Size
from termlab.model.profile_asked import ProfileAsked
from termlab.model.run import Run
from termlab.wire.messages import Place
from tests.server.world import PLACE

if sys.platform != "win32":
    from termlab.server.headless import Signals, run_once

assert sys.platform != "win32"

# Nobody in particular, as most systems have it.
NOBODY_UID = 65534
_DROPPED = ("--clear-groups", "--inh-caps=-all", "--bounding-set=-all")


def counted_run(tier: str, *argv: str, ordinary: bool = False) -> Run:
    """By this user or by an ``ordinary`` one, who has no capabilities."""
    by: list[str] = []
    if ordinary:
        if os.getuid() != 0 or shutil.which("setpriv") is None:
            pytest.skip("only root can become another user, by setpriv")
        by = ["setpriv", "--reuid", str(NOBODY_UID), "--regid", str(NOBODY_UID), *_DROPPED]
    words = [*by, sys.executable, "-m", "tests.truth.counted_run", tier, *argv]
    root = Path(__file__).parents[2]
    done = subprocess.run(words, cwd=root, capture_output=True, check=False)
    assert done.returncode == 0, done.stderr.decode()
    return msgspec.json.decode(done.stdout.splitlines()[-1], type=Run)


def _measure(tier: str, argv: tuple[str, ...]) -> Run:
    place = Place("/", PLACE.environment | {"TERM": "xterm-256color"})
    asked = ProfileAsked(tier=cast(Tier, tier))
    with Signals() as signals:
        return run_once(argv, place, Size(80, 24), signals, load_defaults(), asked).run


if __name__ == "__main__":
    found = _measure(sys.argv[1], tuple(sys.argv[2:]))
    sys.stdout.buffer.write(msgspec.json.encode(found) + b"\n")
