"""Real shells that mark what they do: jumps, output with one key, what ran, what they ask for."""

import json
import os
import shutil
import sys
from pathlib import Path

import pytest

from termlab.cli.shell_init import SCRIPTS
from termlab.model.geometry import Size

if sys.platform != "win32":
    from tests.e2e.outer import SIZE, OuterTerminal
    from tests.e2e.session import PREFIX, OwnServer
else:
    pytest.skip("there are no PTYs", allow_module_level=True)

assert sys.platform != "win32"

pytestmark = pytest.mark.slow

# TERMLAB_SOAK_MINUTES: so many as a pane is to take at its worst.
ROWS = 100_000 if "TERMLAB_SOAK_MINUTES" in os.environ else 5_000
BASHRC = """PS1='$ '
unset HISTFILE
PROMPT_COMMAND='hook=$?;'
. '{script}'
. '{script}'
"""


def marking(own: OwnServer, size: Size = SIZE) -> OuterTerminal:
    """A client on the screen, and a bash in it that marks its prompts."""
    script = SCRIPTS / "termlab.bash"
    Path(own.env["HOME"], ".bashrc").write_text(BASHRC.format(script=script))
    return own.shell(size)


def history(own: OwnServer) -> list[tuple[str, int | None]]:
    """What ran, and how it ended."""
    found = json.loads(own.ok("history", "--json"))
    return [(each["command"], each["exit_status"]) for each in found]


@pytest.mark.usefixtures("placement")
def test_keys_go_from_prompt_to_prompt(own: OwnServer) -> None:
    with marking(own) as outer:
        outer.type("echo first\r")
        outer.wait_for(r"^first\n\$ $|^first\n\$$")
        outer.type("seq 100\r")
        outer.wait_for(r"^100\n\$")
        outer.type(f"{PREFIX}[")
        outer.wait_for(r"0/")
        outer.type("{")
        outer.wait_for(r"^\$ seq 100\n1\n2\n")
        outer.wait_for(lambda _: outer.cursor().x == 0)
        outer.type("{")
        outer.wait_for(r"\A\$ echo first\nfirst\n")
        outer.wait_for(lambda _: (outer.cursor().x, outer.cursor().y) == (0, 0))
        outer.type("}}")
        outer.wait_for(r"^99\n100\n\$")
        outer.type("q")


@pytest.mark.usefixtures("placement")
def test_one_key_selects_the_last_output(own: OwnServer) -> None:
    with marking(own) as outer:
        outer.type("seq 3; printf %s end\r")
        outer.wait_for(r"^3\nend\n?\$")
        outer.type(f"{PREFIX}O")
        outer.wait_for(lambda _: "inverse" in outer.cells()[1][0].flags)
        outer.type("y")
        outer.wait_for(r"copied 9 characters")
        assert own.ok("show-buffer") == "1\n2\n3\nend"
        assert own.ok("capture", "--last-output") == "1\n2\n3\nend\n"


@pytest.mark.usefixtures("placement")
def test_a_key_without_any_marks_says_what_would_help(own: OwnServer) -> None:
    with own.shell() as outer:
        outer.type(f"{PREFIX}O")
        outer.wait_for(r"termlab shell-init")


def test_bash_tells_what_ran_and_where_it_is(own: OwnServer) -> None:
    with marking(own, Size(60, 12)) as outer:
        outer.type("false\r")
        outer.wait_for(r"^\$ false\n\$")
        outer.type("echo hook $hook\r")
        outer.wait_for(r"^hook 1$")  # the command of their own has seen the status
        outer.type("mkdir 'a b%'; cd 'a b%'; clear\r")
        outer.wait_for(r"\A\$ *\n")
        outer.type("(exit 7)\r")
        outer.wait_for(r"\A\$ \(exit 7\)\n\$")
        outer.type("\r\r")
        outer.wait_for(r"\A\$ \(exit 7\)\n\$ *\n\$ *\n\$")
        assert history(own) == [("(exit 7)", 7)]
        assert own.ok("display-message", "-p", "#{pane_current_path}").endswith("/a b%\n")
        outer.resize(Size(20, 8))
        outer.type("echo wide enough to wrap\r")
        outer.wait_for(r"^wide enough to wrap")
        outer.wait_for(r"^wide enough to wrap\n\$")
        outer.resize(Size(70, 10))
        outer.type("true\r")
        outer.wait_for(r"\$ true\n\$")
        assert history(own)[-1] == ("true", 0)
        assert ("(exit 7)", 7) in history(own)


@pytest.mark.parametrize("shell", ["zsh", "fish"])
def test_another_shell_tells_the_same(own: OwnServer, shell: str) -> None:
    if shutil.which(shell) is None:
        pytest.skip(f"there is no {shell}")
    script = SCRIPTS / f"termlab.{shell}"
    home = Path(own.env["HOME"])
    if shell == "zsh":
        (home / ".zshrc").write_text(f"PS1='> '\nsource {script}\nsource {script}\n")
    else:
        config = home / ".config" / "fish"
        config.mkdir(parents=True)
        prompt = "function fish_prompt; echo -n '> '; end\nset fish_greeting\n"
        (config / "config.fish").write_text(f"{prompt}source {script}\nsource {script}\n")
    with own.open("new", shell, "-i") as outer:
        outer.wait_for(r"^>")
        outer.type("false\r")
        outer.wait_for(r"^> false\n>")
        outer.type("mkdir 'a b%'; cd 'a b%'; seq 3\r")
        outer.wait_for(r"^3\n>")
        (first, last) = history(own)
        assert first == ("false", 1)
        assert last[1] == 0
        assert own.ok("capture", "--last-output") == "1\n2\n3\n"
        assert own.ok("display-message", "-p", "#{pane_current_path}").endswith("/a b%\n")


def test_a_shell_asks_for_what_its_owner_allows_and_for_nothing_else(own: OwnServer) -> None:
    config = own.directory / "config.toml"
    config.write_text('[shell_commands]\nkeep = "set-buffer -- %1"\n')
    own.env["TERMLAB_CONFIG"] = str(config)
    with marking(own) as outer:
        ask = r"printf '\e]51;E%s\e\\' "
        outer.type(ask + """'"keep" "$(id) ; `id`"'\r""")
        outer.wait_for(r"\n\$ *\n")
        own.ok("wait", "--quiet", "100ms")
        assert own.ok("show-buffer") == "$(id) ; `id`"
        outer.type(ask + """'"kill-server"'\r""")
        outer.wait_for(r"kill-server.* is not in \[shell_commands\]|asked for a command")
        stats = json.loads(own.ok("stats", "--json"))
        lines = stats["panes"][0]["lines"]
        assert (lines["asked"], lines["asked_denied"], lines["asked_waiting"]) == (2, 1, 0)
        assert stats["panes"][0]["marks"]["found"] >= lines["taken"] > 6


def test_very_many_rows_with_marks_are_bounded(own: OwnServer) -> None:
    printer = own.directory / "printer.py"
    printer.write_text(
        f"for i in range({ROWS}):\n"
        "    print(f'\\x1b]133;D;0\\x07\\x1b]133;A\\x07$ \\x1b]133;B\\x07c{i}\\x1b]133;C\\x07')\n"
    )
    with marking(own) as outer:
        outer.type(f"{sys.executable} {printer}; echo the 'end'\r")
        outer.wait_for(r"^the end\n\$", timeout_s=ROWS / 500)
        lines = json.loads(own.ok("stats", "--json"))["panes"][0]["lines"]
        assert lines["taken"] > 4 * ROWS
        assert lines["commands"] <= min(ROWS + 10, 1 << 15)
        assert len(json.loads(own.ok("history", "--json", "-n", "1000"))) == 1000
