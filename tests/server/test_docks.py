"""What a client's dock starts as."""

import msgspec

from termlab.config.loader import load_defaults
from termlab.config.settings import DockOptions
from termlab.model.dock import Dock
from termlab.model.lab import Lab
from termlab.server.docks import dock_of
from tests.server.world import Stage


def test_the_session_remembers_before_the_options_say(stage: Stage) -> None:
    stage.attach()
    stage.turn()
    (session,) = stage.server.sessions.all.values()
    settings = load_defaults()
    assert dock_of(None, settings) == dock_of(session, settings) == Dock(False, 36)
    session.dock = Dock(True, 50)
    assert dock_of(session, settings) == Dock(True, 50)


def test_the_options_say_how_often_it_looks_and_which_panels_are_open() -> None:
    settings = load_defaults()
    options = DockOptions(True, 40, 4, ("latency",))
    dock = dock_of(None, msgspec.structs.replace(settings, dock=options))
    assert dock == Dock(True, 40, Lab(open=("latency",), rate=4))
