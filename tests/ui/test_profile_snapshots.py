"""Pictures of a session that shows a profile: the command beside its dock, and which run it is.

`pytest --snapshot-update` takes them anew.
"""

import pytest

from termlab.model.geometry import Size
from termlab.terminal.engine import NATIVE, choose_engine
from tests.ui.dock.docked_app import DockedApp
from tests.ui.dock.figures import lively
from tests.ui.test_dock_snapshots import Same
from tests.ui.test_dock_snapshots import same as same  # the fixture
from tests.ui.test_snapshots import VIM, session

pytestmark = pytest.mark.skipif(
    choose_engine("").name != NATIVE, reason="the pictures are of the native engine"
)


def test_a_profile_session(same: Same) -> None:
    async def scene(app: DockedApp) -> None:
        session(app, *VIM)
        app.ask("rename-window", "-t", "main:0", "run 2 of 5")
        await app.attach()
        await app.show(*lively())

    assert same(scene, Size(120, 40))
