"""The very first start of all, in both placements."""

import shutil
import sys

import pytest

if sys.platform != "win32":
    from tests.e2e.session import OwnServer, echoes
else:
    pytest.skip("there are no PTYs", allow_module_level=True)

assert sys.platform != "win32"

pytestmark = [pytest.mark.slow, pytest.mark.usefixtures("placement")]

HINT = r"Welcome: C-b % splits, C-b d leaves it running, C-b \? shows all keys"


def test_it_says_what_to_press_until_a_key_is_pressed_and_never_again(own: OwnServer) -> None:
    shutil.rmtree(own.directory / "state")
    with own.shell() as outer:
        outer.wait_for(HINT)
        outer.type("\x1b[I")
        echoes(outer, "hello")
        outer.wait_for(r"0:bash\*")
        assert (own.directory / "state" / "termlab" / "welcomed").exists()
    with own.open("attach") as outer:
        outer.wait_for(r"0:bash\*")
        assert "Welcome" not in outer.raw.decode(errors="replace")
