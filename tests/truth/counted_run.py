"""One run of a program, its calls counted by a tier: what a run tells of them, as JSON.

``python -m tests.truth.counted_run TIER ARGV…``, so that an ordinary user can be who counts.
"""

import subprocess
import sys
from typing import cast

import msgspec

from termlab.config.loader import load_defaults
from termlab.model.calls import Tier
from termlab.model.geometry import Size
from termlab.model.profile_asked import ProfileAsked
from termlab.model.run import Run
from termlab.wire.messages import Place
from tests.server.world import PLACE
from tests.truth.ordinary import ROOT

if sys.platform != "win32":
    from termlab.server.headless import Signals, run_once

assert sys.platform != "win32"


def counted_run(tier: str, *argv: str, by: tuple[str, ...] = ()) -> Run:
    """By this user, or by the one that ``by`` makes of it (`as_ordinary`)."""
    words = [*by, sys.executable, "-m", "tests.truth.counted_run", tier, *argv]
    done = subprocess.run(words, cwd=ROOT, capture_output=True, check=False)
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
