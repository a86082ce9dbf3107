import pytest

from termlab.commands.keytable import build_tables
from termlab.commands.prefix import (
    MAX_HELD,
    Ask,
    Decision,
    Pass,
    PrefixMachine,
    Quiet,
    Run,
    Unknown,
    check_prefix,
)
from termlab.errors import UsageError
from termlab.model.bindings import Binding
from termlab.model.keyname import parse_key
from termlab.model.keys import CTRL, RELEASE, REPEAT, SHIFT, Key

NEW = Binding("c", "new-window")
SPLIT = Binding("%", "split-window -h")
UP = Binding("Up", "select-pane -U", repeat=True)
DOWN = Binding("Down", "select-pane -D", repeat=True)
KILL = Binding("x", "confirm-before -p 'kill?' kill-pane")
SEND = Binding("C-b", "send-prefix")
LINE = Binding("j", "scroll down")
DOCK = Binding("D", "dock-keys")
PAUSE = Binding("p", "pause-dock")
SORT = Binding("s", "sort-dock", repeat=True)
TABLES = build_tables(
    {
        "prefix": [NEW, SPLIT, UP, DOWN, KILL, SEND, DOCK],
        "scroll": [LINE],
        "dock": [PAUSE, SORT],
    },
    {"new-window", "split-window", "select-pane", "confirm-before", "kill-pane"}
    | {"send-prefix", "scroll", "dock-keys", "pause-dock", "sort-dock"},
)
KILL_NOW = Run(Binding("x", "kill-pane"))
HOLD, EATEN, CANCELLED = Quiet.HOLD, Quiet.EATEN, Quiet.CANCELLED


def key(spelling: str, action: int = 1) -> Key:
    pressed = parse_key(spelling)
    return Key(pressed.name, pressed.mods, pressed.text, action, pressed.base)


def passed(spelling: str, action: int = 1) -> Pass:
    return Pass(key(spelling, action))


DIALOGUES: dict[str, list[tuple[float, Key, Decision]]] = {
    "keys pass": [
        (0, key("a"), passed("a")),
        (0, key("C-a"), passed("C-a")),
        (0, key("Escape"), passed("Escape")),
        (0, key("%"), passed("%")),
    ],
    "the prefix holds and the next key runs": [
        (0, key("C-b"), HOLD),
        (9, key("c"), Run(NEW)),
        (9, key("c"), passed("c")),
    ],
    "the prefix twice sends it": [(0, key("C-b"), HOLD), (0, key("C-b"), Run(SEND))],
    "an unbound key is swallowed": [
        (0, key("C-b"), HOLD),
        (0, key("C-q"), Unknown("C-q")),
        (0, key("C-q"), passed("C-q")),
    ],
    "Escape takes the prefix back": [
        (0, key("C-b"), HOLD),
        (0, key("Escape"), CANCELLED),
        (0, key("C-b"), HOLD),
        (0, key("C-c"), CANCELLED),
        (0, key("c"), passed("c")),
    ],
    "behind the dock's key another table holds, for one key": [
        (0, key("C-b"), HOLD),
        (0, key("D"), HOLD),
        (9, key("p"), Run(PAUSE)),
        (9, key("p"), passed("p")),
        (9, key("C-b"), HOLD),
        (9, key("p"), Unknown("p")),
    ],
    "a key of the dock that repeats needs neither key again for a while": [
        (0.0, key("C-b"), HOLD),
        (0.0, key("D"), HOLD),
        (0.1, key("s"), Run(SORT)),
        (0.4, key("s"), Run(SORT)),
        (0.5, key("Up"), passed("Up")),
    ],
    "Escape takes the dock's key back": [
        (0, key("C-b"), HOLD),
        (0, key("D"), HOLD),
        (0, key("Escape"), CANCELLED),
        (0, key("p"), passed("p")),
    ],
    "a repeating key needs no second prefix for a while": [
        (0.0, key("C-b"), HOLD),
        (0.0, key("Up"), Run(UP)),
        (0.4, key("Up"), Run(UP)),
        (0.8, key("Down"), Run(DOWN)),
        (1.3, key("Down"), passed("Down")),
    ],
    "a key of the keypad is its twin": [
        (0.0, key("C-b"), HOLD),
        (0.0, key("KP_Up"), Run(UP)),
        (0.4, key("KP_Down"), Run(DOWN)),
        (1.3, key("KP_Up"), passed("KP_Up")),
    ],
    "another key ends the repeating": [
        (0.0, key("C-b"), HOLD),
        (0.0, key("Up"), Run(UP)),
        (0.1, key("c"), passed("c")),
        (0.2, key("Up"), passed("Up")),
    ],
    "the prefix ends the repeating": [
        (0.0, key("C-b"), HOLD),
        (0.0, key("Up"), Run(UP)),
        (0.1, key("C-b"), HOLD),
        (0.1, key("c"), Run(NEW)),
    ],
    "releases of eaten keys are eaten, in any order": [
        (0, key("C-b"), HOLD),
        (0, Key("b", 0, "", RELEASE, "b"), EATEN),
        (0, key("c"), Run(NEW)),
        (0, key("c", RELEASE), EATEN),
        (0, key("c", RELEASE), passed("c", RELEASE)),
    ],
    "the release of a key that passed, passes after the prefix": [
        (0, key("a"), passed("a")),
        (0, key("C-b"), HOLD),
        (0, key("a", RELEASE), passed("a", RELEASE)),
        (0, key("c"), Run(NEW)),
    ],
    "the release of a shifted key, Shift let go first": [
        (0, key("C-b"), HOLD),
        (0, Key("LeftShift"), EATEN),
        (0, Key("%", SHIFT, "%", base="5"), Run(SPLIT)),
        (0, Key("LeftShift", SHIFT, "", RELEASE), EATEN),
        (0, Key("5", 0, "", RELEASE, "5"), EATEN),
    ],
    "modifiers alone pass when idle": [
        (0, Key("LeftControl"), Pass(Key("LeftControl"))),
        (0, Key("b", CTRL, base="b"), HOLD),
        (0, Key("LeftControl", CTRL, "", RELEASE), Pass(Key("LeftControl", CTRL, "", RELEASE))),
        (0, key("c"), Run(NEW)),
    ],
    "a held prefix is one prefix": [
        (0, key("C-b"), HOLD),
        (0, key("C-b", REPEAT), EATEN),
        (0, key("C-b", REPEAT), EATEN),
        (0, key("c"), Run(NEW)),
        (0, key("c", REPEAT), EATEN),
    ],
    "a held key that passed goes on": [
        (0, key("a"), passed("a")),
        (0, key("a", REPEAT), passed("a", REPEAT)),
    ],
    "a held repeating key repeats after the time-out too": [
        (0.0, key("C-b"), HOLD),
        (0.0, key("Up"), Run(UP)),
        (0.7, key("Up", REPEAT), Run(UP)),
        (0.8, key("Up", RELEASE), EATEN),
        (0.9, key("Down"), Run(DOWN)),
    ],
    "y confirms": [
        (0, key("C-b"), HOLD),
        (0, key("x"), Ask("kill?")),
        (9, key("x", REPEAT), EATEN),
        (9, key("x", RELEASE), EATEN),
        (9, key("y"), KILL_NOW),
        (9, key("y", RELEASE), EATEN),
        (9, key("y"), passed("y")),
    ],
    "Y confirms, typed with Shift": [
        (0, key("C-b"), HOLD),
        (0, key("x"), Ask("kill?")),
        (0, Key("LeftShift"), EATEN),
        (0, key("Y"), KILL_NOW),
    ],
    "Enter does not confirm": [
        (0, key("C-b"), HOLD),
        (0, key("x"), Ask("kill?")),
        (0, key("Enter"), CANCELLED),
        (0, key("Enter"), passed("Enter")),
    ],
    "the prefix does not confirm": [
        (0, key("C-b"), HOLD),
        (0, key("x"), Ask("kill?")),
        (0, key("C-b"), CANCELLED),
        (0, key("c"), passed("c")),
    ],
}


@pytest.mark.parametrize("dialogue", DIALOGUES.values(), ids=DIALOGUES)
def test_a_dialogue(dialogue: list[tuple[float, Key, Decision]]) -> None:
    machine = PrefixMachine(TABLES)
    for now, pressed, decision in dialogue:
        assert machine.press(pressed, now) == decision


def test_in_a_mode_its_table_decides_and_the_rest_is_eaten() -> None:
    machine = PrefixMachine(TABLES)
    machine.mode = "scroll"
    assert machine.press(key("j"), 0) == Run(LINE)
    assert machine.press(key("j", REPEAT), 9) == Run(LINE)
    assert machine.press(key("j", RELEASE), 9) is EATEN
    assert machine.press(key("a"), 9) is EATEN
    assert machine.press(key("C-b"), 9) is HOLD
    assert machine.press(key("c"), 9) == Run(NEW)


def test_a_key_held_on_after_its_mode_was_left_does_nothing() -> None:
    machine = PrefixMachine(TABLES)
    machine.mode = "scroll"
    machine.press(key("j"), 0)
    machine.mode = None
    assert machine.press(key("j", REPEAT), 1) is EATEN
    assert machine.press(key("j", RELEASE), 1) is EATEN
    assert machine.press(key("j"), 1) == passed("j")


def test_the_hint_is_due_once_400_ms_after_the_prefix() -> None:
    machine = PrefixMachine(TABLES)
    assert machine.deadline() is None
    machine.press(key("C-b"), 1.0)
    assert machine.waiting
    assert machine.deadline() == 1.4
    assert not machine.expire(1.3)
    assert not machine.hinting
    assert machine.expire(1.4)
    assert machine.hinting
    assert machine.deadline() is None
    assert not machine.expire(2.0)
    machine.press(key("c"), 3.0)
    assert not machine.hinting
    assert not machine.waiting


def test_a_key_in_time_takes_the_hint_away() -> None:
    machine = PrefixMachine(TABLES)
    machine.press(key("C-b"), 1.0)
    machine.press(key("c"), 1.1)
    assert machine.deadline() is None


def test_the_deadline_of_repeating_is_its_end_and_then_none() -> None:
    machine = PrefixMachine(TABLES, repeat_ms=200)
    machine.press(key("C-b"), 1.0)
    machine.press(key("Up"), 1.0)
    assert machine.deadline() == 1.2
    assert not machine.expire(1.2)
    assert machine.deadline() is None
    assert machine.press(key("Up"), 1.2) == passed("Up")


def test_a_question_of_another_command_stands_until_a_key() -> None:
    machine = PrefixMachine(TABLES)
    machine.confirm("really?", NEW)
    assert machine.question == "really?"
    assert machine.deadline() is None
    assert machine.press(key("y"), 5.0) == Run(NEW)
    assert machine.question == ""


def test_cancel_forgets_a_prefix_and_a_question() -> None:
    machine = PrefixMachine(TABLES)
    machine.press(key("C-b"), 0.0)
    machine.cancel()
    assert machine.deadline() is None
    machine.confirm("really?", NEW)
    machine.cancel()
    assert machine.press(key("y"), 0.0) == passed("y")


def test_another_prefix_leaves_c_b_to_the_pane() -> None:
    machine = PrefixMachine(TABLES, prefix="^a")
    assert machine.press(key("C-b"), 0) == passed("C-b")
    assert machine.press(key("C-a"), 0) is HOLD
    assert machine.prefix_key == parse_key("C-a")


def test_eaten_keys_are_forgotten_where_releases_never_come() -> None:
    machine = PrefixMachine(TABLES)
    for code in range(0x4E00, 0x4E00 + 200):
        machine.press(key("C-b"), 0)
        assert machine.press(key(chr(code)), 0) == Unknown(chr(code))
        assert len(machine._held) <= MAX_HELD


def test_the_prefix_is_a_key_that_does_not_type() -> None:
    assert check_prefix("^a") == "C-a"
    assert check_prefix("f12") == "F12"
    with pytest.raises(UsageError, match="types"):
        check_prefix("a")
    with pytest.raises(UsageError, match="no key"):
        check_prefix("C-")


def test_the_release_of_a_press_that_somebody_else_took_goes_nowhere() -> None:
    machine = PrefixMachine(TABLES)
    machine.eat(Key("q"))
    assert machine.press(Key("q", action=RELEASE), 0.0) is Quiet.EATEN
    assert machine.press(Key("q", action=RELEASE), 0.0) == Pass(Key("q", action=RELEASE))
    for number in range(100):
        machine.eat(Key(chr(200 + number)))
    assert machine.press(Key(chr(200), action=RELEASE), 0.0) == Pass(Key(chr(200), action=RELEASE))


def test_a_command_without_a_key_is_run_or_asked_about_as_if_it_had_one() -> None:
    machine = PrefixMachine(TABLES)
    assert machine.perform("new-window", 0) == Run(Binding("", "new-window"))
    assert machine.perform(KILL.command, 1) == Ask("kill?")
    assert machine.question == "kill?"
    assert machine.press(key("y"), 2) == Run(Binding("", "kill-pane"))
    machine.press(key("C-b"), 3)
    assert machine.perform("new-window", 3) == Run(Binding("", "new-window"))
    assert machine.press(key("c"), 4) == passed("c")


def test_what_a_yes_would_run_is_known_while_it_is_asked() -> None:
    machine = PrefixMachine(TABLES)
    assert machine.asked == ""
    machine.confirm("really?", NEW)
    assert machine.asked == NEW.command
    machine.press(key("n"), 0.0)
    assert machine.asked == ""


def test_the_keys_of_the_dock_are_hinted_at_without_a_wait() -> None:
    machine = PrefixMachine(TABLES)
    machine.press(key("C-b"), 0.0)
    assert not machine.hinting
    machine.press(key("D"), 0.0)
    assert machine.hinting
    assert machine.table == "dock"
    machine.press(key("p"), 0.1)
    assert not machine.hinting


def test_a_command_that_was_typed_or_chosen_waits_for_a_key_of_the_dock_as_well() -> None:
    machine = PrefixMachine(TABLES)
    assert machine.perform("dock-keys", 0.0) == HOLD
    assert machine.press(key("p"), 0.1) == Run(PAUSE)
