"""A client of which any step of its start fails gives the terminal back as it was, and ends."""

import re
import sys

import pytest

if sys.platform != "win32":
    from tests.e2e.outer import OuterTerminal
    from tests.e2e.session import PREFIX, TERMLAB, OwnServer
else:
    pytest.skip("there are no PTYs", allow_module_level=True)

assert sys.platform != "win32"

pytestmark = pytest.mark.slow

# From what Python itself needs to run at all to more than a client takes.
LIMITS = {"none": (5, 6, 7, 8), "guest": (6, 7, 8, 9, 12), "standalone": (6, 7, 8, 9, 16)}
# The modes of the terminal before and behind, as stty tells them in one line.
SCRIPT = """
stty -g
(ulimit -n {limit}; exec {command}) 2>/dev/null
echo code $?
stty -g
echo whole
read line
"""


def attempt(own: OwnServer, limit: int, ui: str) -> int:
    """The exit code of one that is left once it shows its panes; the terminal is as it was."""
    command = " ".join((*TERMLAB, "attach", "-t", "here"))
    script = SCRIPT.format(limit=limit, command=command)
    env = own.env | {"TERMLAB_UI": ui}
    with OuterTerminal(("bash", "-c", script), env=env, directory=str(own.directory)) as outer:
        screen = outer.wait_for(r"^code \d+|\[here\]|here")
        if not any(row.startswith("code") for row in screen):
            outer.type(PREFIX + "d")
        rows = outer.wait_for(r"^whole")
        text = "\n".join(rows)
        modes = re.findall(r"^[\da-f:]{40,}(?:\n[\da-f:]+)?", text, re.MULTILINE)
        assert len(modes) == 2, text
        assert modes[0] == modes[1]
        found = re.search(r"^code (\d+)", text, re.MULTILINE)
        assert found
        outer.type("\r")
        outer.wait_exit()
        return int(found[1])


@pytest.mark.parametrize("ui", LIMITS)
def test_whichever_descriptor_can_t_be_opened_the_terminal_is_given_back(ui: str) -> None:
    with OwnServer() as own:
        own.ok("new", "-d", "-s", "here", "--", "cat")
        codes = [attempt(own, limit, ui) for limit in LIMITS[ui]]
        # The first could open too little, the last had enough, and there is one border between.
        assert (codes[0] != 0, codes[-1]) == (True, 0)
        assert [code == 0 for code in codes] == sorted(code == 0 for code in codes)
        assert own.ok("ls").startswith("here: ")
