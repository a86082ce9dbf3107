"""A profile without a terminal of which any step fails leaves nothing behind in this process."""

import sys

import pytest

if sys.platform != "win32":
    from termlab.config.loader import load_defaults
    from termlab.errors import TermlabError
    from termlab.model.geometry import Size
    from termlab.server.headless import Signals, run_once
    from tests.faults.held import held
    from tests.faults.limits import descriptors_left
    from tests.server.world import PLACE
else:
    pytest.skip("there are no PTYs", allow_module_level=True)

assert sys.platform != "win32"

ENOUGH = 16


def attempt() -> bool:
    """Whether it came to a run."""
    try:
        with Signals() as signals:
            run_once(("true",), PLACE, Size(80, 24), signals, load_defaults())
    except (TermlabError, OSError):
        return False
    return True


def test_whichever_descriptor_can_t_be_opened_nothing_stays() -> None:
    assert attempt()
    before = held()
    outcomes = []
    for count in range(ENOUGH):
        with descriptors_left(count):
            outcomes.append(attempt())
        assert held() == before, count
    assert outcomes == sorted(outcomes)
    assert (outcomes[0], outcomes[-1]) == (False, True)
