"""The command prompt, renames and questions, in the status row of a real terminal: typed, clicked,
under load, at every size, with the ui attached and stand-alone."""

import os
import signal
import stat
import sys

import pytest

from termlab.model.geometry import Size

if sys.platform != "win32":
    from tests.e2e.outer import OuterTerminal
    from tests.e2e.pictures import wait_for_same, whole
    from tests.e2e.session import PREFIX, OwnServer, echoes
else:
    pytest.skip("there are no PTYs", allow_module_level=True)

assert sys.platform != "win32"

pytestmark = [pytest.mark.slow, pytest.mark.usefixtures("placement")]

TINY = Size(20, 5)
NARROW = Size(40, 10)


def press(outer: OuterTerminal, x: int) -> None:
    """The left button, pressed and let go of, in a cell of the status row."""
    y = outer.size.rows
    outer.type(f"\x1b[<0;{x + 1};{y}M\x1b[<0;{x + 1};{y}m")


def runs(own: OwnServer, listed: str) -> None:
    """Wait until the window runs this: a shell's child has its shell's name for a moment."""
    for _ in range(100):
        if own.ok("list-running", "--scope", "window") == listed:
            return
    raise AssertionError(own.ok("list-running", "--scope", "window"))


def row(outer: OuterTerminal) -> str:
    return outer.screen()[-1]


def test_a_command_is_typed_completed_and_run(own: OwnServer) -> None:
    with own.shell() as outer:
        outer.type(f"{PREFIX}:split-w")
        outer.wait_for(r"^ :split-w +split-window$")
        outer.type("\t")
        outer.wait_for(r"^ :split-window +\[-t PANE\]")
        outer.type("-h\r")
        outer.wait_for("│")
        outer.type("echo right\r")
        outer.wait_for("│right")


def test_keys_behind_the_opening_key_are_the_prompts_and_those_behind_enter_the_panes(
    own: OwnServer,
) -> None:
    with own.shell() as outer:
        outer.type(f"{PREFIX}:rename-window first\recho do''ne\r")
        outer.wait_for(r"\A\$ echo do''ne\ndone\n\$\n(.*\n)*.* 0:first\*")


def test_a_command_that_fails_stays_with_what_was_wrong(own: OwnServer) -> None:
    with own.shell() as outer:
        outer.type(f"{PREFIX}:bogus\r")
        outer.wait_for(r"^ :bogus +there is no command 'bogus'")
        outer.type("\x15resize-pane -q\r")
        outer.wait_for(r"^ :resize-pane -q +resize-pane: No such option")
        outer.type("\x15select-window -t :7\r")
        outer.wait_for(r"^ :select-window -t :7 +there is no window '7'")
        outer.type("\x7f0\r")
        outer.wait_for(r"0:bash\*")
        echoes(outer, "typing")


def test_a_failure_does_not_come_back_over_what_is_typed_behind_it(own: OwnServer) -> None:
    with own.shell() as outer:
        outer.type(f"{PREFIX}:select-window -t :7\recho do''ne\r")
        outer.wait_for(r"^done\n\$\n(.*\n)* there is no window '7'")


def test_a_window_and_a_session_are_renamed(own: OwnServer) -> None:
    with own.shell() as outer:
        outer.type(f"{PREFIX},")
        outer.wait_for(r"^ window name bash$")
        outer.wait_for(lambda _: outer.cursor().x == 17)
        outer.type("\x15a'b; %1 #S\r")
        outer.wait_for(r"0:a'b; %1 #S\*")
        outer.type(f"{PREFIX}$\x15other\r")
        outer.wait_for(r"^ other  0:")
        assert own.ok("list-sessions").startswith("other: 1 window")


def test_a_new_window_typed_just_before_is_the_one_renamed(own: OwnServer) -> None:
    with own.shell() as outer:
        outer.type(f"{PREFIX}c{PREFIX},late\r")
        outer.wait_for(r" 0:bash- 1:late\*")


def test_a_paste_is_typed_without_its_control_characters(own: OwnServer) -> None:
    with own.shell() as outer:
        outer.type(f"{PREFIX}:\x1b[200~rename-window a\x07\nb\x1b[201~")
        outer.wait_for(r"^ :rename-window ab ")
        outer.type("\r")
        outer.wait_for(r"0:ab\*")


def test_history_is_kept_for_the_next_client(own: OwnServer) -> None:
    with own.shell() as outer:
        outer.type(f"{PREFIX}:rename-window one\r")
        outer.wait_for(r"0:one\*")
        outer.type(f"{PREFIX}d")
        outer.wait_exit()
    file = own.directory / "state" / "termlab" / "command-history"
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    file.write_bytes(file.read_bytes() + b"\xff\x00broken\n")
    with own.open("attach") as outer:
        outer.wait_for(r"0:one\*")
        outer.type(f"{PREFIX}:\x1b[A\x1b[A\x1b[D\x1b[Dx\r")
        outer.wait_for(r"0:oxne\*")
        outer.type(f"{PREFIX}:\x12wind")
        outer.wait_for(r"^ search`wind': rename-window oxne|search\)`wind': rename-window oxne")
        outer.type("\x1b[F2\r")
        outer.wait_for(r"0:oxne2\*")


def test_the_mouse_moves_the_cursor_and_takes_candidates(own: OwnServer) -> None:
    with own.shell() as outer:
        outer.type(f"{PREFIX}:rename-window bc")
        outer.wait_for(r"^ :rename-window bc ")
        press(outer, 16)
        outer.wait_for(lambda _: outer.cursor().x == 16)
        outer.type("a\r")
        outer.wait_for(r"0:abc\*")
        outer.type(f"{PREFIX}:select-layout main\t\t")
        outer.wait_for(r"^ :select-layout main-horizontal +main-horizontal +main-vertical")
        press(outer, row(outer).index("main-vertical") + 1)
        outer.wait_for(r"^ :select-layout main-vertical ")
        outer.type("\x1b")
        outer.wait_for(r"0:abc\*")


def test_a_question_says_what_runs_and_is_answered_by_mouse(own: OwnServer) -> None:
    with own.shell() as outer:
        outer.type("sleep 1000\r")
        outer.type(f"{PREFIX}%")
        outer.wait_for(r"│\$")
        outer.type("sleep 2000 &\r")
        outer.wait_for(r"│\[1\] \d+")
        runs(own, "%0 sleep\n%1 sleep\n")
        outer.type(f"{PREFIX}x")
        outer.wait_for(r"^ sleep runs here: close this pane\?  \[y\]es  \[n\]o")
        press(outer, row(outer).index("[n]") + 1)
        outer.wait_for(r" 0:")
        outer.type(f"{PREFIX}&")
        outer.wait_for(r"^ sleep and 1 more run here: close this window\?")
        outer.type("n")
        outer.wait_for(r" 0:")
        outer.type(f"{PREFIX}x")
        outer.wait_for(r"^ sleep runs here: close this pane\?")
        press(outer, row(outer).index("[y]") + 1)
        outer.wait_for(lambda screen: not any("│" in line for line in screen))


def test_what_ends_programs_is_asked_about_when_typed(own: OwnServer) -> None:
    with own.shell() as outer:
        outer.type(f"{PREFIX}:kill-session\r")
        outer.wait_for(r"^ kill-session\?  \[y\]es  \[n\]o")
        outer.type("n")
        outer.wait_for(r"0:bash\*")
        outer.type(f"{PREFIX}:kill-server\r")
        outer.wait_for(r"^ kill-server\?")
        outer.type("y")
        outer.wait_exit()


def test_a_press_elsewhere_is_no_answer(own: OwnServer) -> None:
    with own.shell() as outer:
        outer.type(f"{PREFIX}%")
        outer.wait_for(r"│\$")
        outer.type(f"{PREFIX}x")
        outer.wait_for(r"close this pane\?")
        outer.type("\x1b[<0;3;3M\x1b[<0;3;3m")
        outer.wait_for(r" 0:bash\*")
        outer.type("y")
        outer.wait_for(r"^\$ y +│")


def test_a_prompt_over_panes_that_flood_and_a_resize(own: OwnServer) -> None:
    with own.shell() as outer:
        outer.type("yes flood\r")
        outer.wait_for(r"^flood\n")
        outer.type(f"{PREFIX}:rename-window wet")
        outer.wait_for(r"^ :rename-window wet ")
        outer.resize(NARROW)
        outer.wait_for(lambda screen: len(screen) == 10 and row(outer).startswith(" :rename-wind"))
        outer.wait_for(lambda _: outer.cursor().y == 9 and outer.cursor().visible)
        outer.resize(TINY)
        outer.wait_for(lambda screen: len(screen) == 5 and row(outer).startswith(" :"))
        outer.type("ter\r")
        outer.wait_for(lambda _: "0:wetter*" in row(outer))
        outer.type("\x03")
        outer.wait_for(r"^\$")


def test_at_twenty_columns_everything_still_works(own: OwnServer) -> None:
    with own.shell(TINY) as outer:
        outer.type(f"{PREFIX}:bogus\r")
        outer.wait_for(r"^ :bogus +there")
        outer.type("\x15rename-w\t")
        outer.wait_for(r"^ :rename-window$")
        outer.type("-t :0 ")
        outer.wait_for(lambda _: row(outer).startswith(" :…"))
        outer.type("small\r")
        outer.wait_for(r"0:small\*")
        outer.type(f"{PREFIX}x")
        outer.wait_for(r"^ close this.*\[y\]\[n\]$")
        press(outer, 18)
        outer.wait_for(r"0:small\*")
        outer.type(f"{PREFIX},\x15日本語日本語日本語")
        outer.wait_for(lambda _: row(outer).endswith("語"))
        outer.type("\x1b")
        outer.wait_for(r"0:small\*")
        echoes(outer, "ok")


def test_commands_say_what_they_print(own: OwnServer) -> None:
    with own.shell() as outer:
        outer.type(f"{PREFIX}:display-message 'in #S, #{{pane_id}}'\r")
        outer.wait_for(r"^ in 0, %0$")
        outer.type(f"{PREFIX}:list-sessions\r")
        outer.wait_for(r"^ 0: 1 window \[0:bash\] \(attached\)$")
        own.ok("display-message", "from a script")
        # It goes by itself, before the command has ended on a busy machine.
        outer.wait_for(lambda rows: rows[-1] == " from a script" or b"from a script" in outer.raw)


def test_a_prompt_stays_while_others_come_and_go(own: OwnServer) -> None:
    with own.shell() as outer:
        outer.type(f"{PREFIX}:rename-window mi")
        outer.wait_for(r"^ :rename-window mi ")
        with own.open("attach", size=NARROW) as other:
            other.wait_for(r"^\$")
            outer.wait_for("·")
            other.type(f"{PREFIX}d")
            other.wait_exit()
        outer.wait_for(lambda screen: not any("·" in line for line in screen[:-1]))
        outer.type("ne\r")
        outer.wait_for(r"0:mine\*")


@pytest.mark.parametrize("placement", ["guest"], indirect=True)
@pytest.mark.parametrize("size", [Size(80, 24), TINY], ids=str)
def test_prompts_look_the_same_in_both_placements(own: OwnServer, size: Size) -> None:
    plain = own.shell(size)
    app = own.open("attach", size=size, TERMLAB_UI="standalone")
    app.wait_for(r"^\$")

    def same(keys: str, begins: str) -> None:
        for outer in (plain, app):
            outer.type(keys)
        for outer in (plain, app):
            outer.wait_for(lambda screen: screen[-1].startswith(begins))
        wait_for_same(app, whole(app), plain, whole(plain), cursor=True)

    same(f"{PREFIX}:", " :")
    same("kill-", " :kill-")
    same("\t", " :kill-")
    same("\x15bogus\r", " :bogus")
    same("\x1b[D\x1b[D日", " :bog日us")
    same("\x1b", " 0 ")
    same(f"{PREFIX},", " window na" if size == TINY else " window name")
    same("\x1b", " 0 ")
    same(f"{PREFIX}x", " close this")
    same("n", " 0 ")


def test_a_dead_guest_takes_no_prompt_with_it(own: OwnServer) -> None:
    with own.shell() as outer:
        outer.type(f"{PREFIX}:rename-win")
        outer.wait_for(r"^ :rename-win ")
        for guest in own.guests(outer.pid):
            os.kill(guest, signal.SIGKILL)
        outer.type("\tx\r")
        outer.wait_for(r"0:x\*")


def test_who_may_only_look_is_told_in_place(own: OwnServer) -> None:
    with own.shell(), own.open("attach", "--read-only") as looker:
        looker.wait_for(r"^\$")
        looker.type(f"{PREFIX}:rename-window mine\r")
        looker.wait_for(r"^ :rename-window mine +rename-window: this client is attached read-only")
        looker.type("\x1b")
        looker.wait_for(r"0:bash\* .*read-only")


def test_another_sessions_panes_can_be_named(own: OwnServer) -> None:
    with own.shell() as outer:
        own.ok("new", "-d", "-s", "far away")
        outer.type(f"{PREFIX}:rename-session -t ")
        outer.wait_for(r"^ :rename-session -t +-t SESSION: the session$")
        outer.type("'f\t")
        outer.wait_for(r"^ :rename-session -t 'far away' +\[-t SESSION\] NAME$")
        outer.type("near\r")
        outer.wait_for(r"^ 0  0:bash\*")
        assert sorted(line.split(":")[0] for line in own.ok("ls").splitlines()) == ["0", "near"]
