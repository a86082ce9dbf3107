"""What a client's dock starts as."""

from termlab.config.loader import load_defaults
from termlab.model.dock import Dock
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
