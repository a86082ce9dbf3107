"""Tests of `backends.environment`."""

import pytest

from termlab.backends.environment import FOREIGN_NAMES, FOREIGN_PREFIXES, pane_environment


def environment(base: dict[str, str]) -> dict[str, str]:
    return pane_environment(base, socket="/run/t/default", pane=7, directory="/home", version="1.2")


def test_a_pane_knows_its_terminal_its_server_and_itself() -> None:
    assert environment({}) == {
        "TERM": "xterm-256color",
        "COLORTERM": "truecolor",
        "TERM_PROGRAM": "termlab",
        "TERM_PROGRAM_VERSION": "1.2",
        "TERMLAB": "/run/t/default",
        "TERMLAB_PANE": "%7",
        "PWD": "/home",
    }


def test_ours_win_over_the_clients() -> None:
    base = {"TERM": "dumb", "TERM_PROGRAM": "iTerm.app", "TERMLAB_PANE": "%1", "PWD": "/"}
    assert environment(base) == environment({})


def test_what_is_the_users_stays() -> None:
    kept = {"PATH": "/bin", "LANG": "C.UTF-8", "EDITOR": "vim", "DISPLAY": ":0", "SSH_TTY": "x"}
    assert environment(kept) == environment({}) | kept


@pytest.mark.parametrize("name", sorted(FOREIGN_NAMES))
def test_marks_of_other_terminals_go(name: str) -> None:
    assert environment({name: "1"}) == environment({})


@pytest.mark.parametrize("prefix", FOREIGN_PREFIXES)
def test_families_of_marks_go(prefix: str) -> None:
    assert environment({prefix + "X": "1"}) == environment({})


def test_the_clients_own_environment_is_left_alone() -> None:
    base = {"TMUX": "1", "A": "b"}
    environment(base)
    assert base == {"TMUX": "1", "A": "b"}
