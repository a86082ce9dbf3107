"""A profile without a terminal of which any step fails leaves nothing behind in this process."""

import sys

import pytest
from msgspec import structs

if sys.platform != "win32":
    from termlab.config.loader import load_defaults
    from termlab.config.settings import Settings
    from termlab.errors import TermlabError
    from termlab.model.geometry import Size
    from termlab.server.headless import Signals, run_once
    from tests.faults.held import held
    from tests.faults.limits import descriptors_left
    from tests.server.world import PLACE
else:
    pytest.skip("there are no PTYs", allow_module_level=True)

assert sys.platform != "win32"

ENOUGH = {"accounting": 16, "auto": 40}


def counted(tier: str) -> Settings:
    """The defaults, with system calls counted in that way."""
    settings = load_defaults()
    return structs.replace(settings, probes=structs.replace(settings.probes, syscalls=tier))


def attempt(settings: Settings) -> bool:
    """Whether it came to a run."""
    try:
        with Signals() as signals:
            run_once(("true",), PLACE, Size(80, 24), signals, settings)
    except (TermlabError, OSError):
        return False
    return True


@pytest.mark.parametrize("tier", ENOUGH)
def test_whichever_descriptor_can_t_be_opened_nothing_stays(tier: str) -> None:
    settings = counted(tier)
    assert attempt(settings)
    before = held()
    outcomes = []
    for count in range(ENOUGH[tier]):
        with descriptors_left(count):
            outcomes.append(attempt(settings))
        assert held() == before, count
    # A probe may take what the run lacks then, and with fewer the probe is what goes without.
    assert tier == "auto" or outcomes == sorted(outcomes)
    assert (outcomes[0], outcomes[-1]) == (False, True)
