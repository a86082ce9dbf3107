"""A script typed into a scripted child, on a driven clock."""

import pytest

from termlab.commands.scripted_keys import read_script
from termlab.model.key_script import KeyScript
from termlab.server.typist import Typist
from tests.server.world import Stage


class Typing:
    """A script that is typed into the only pane of a stage; ``told`` is what its end said."""

    def __init__(self, stage: Stage, text: str) -> None:
        self.stage = stage
        stage.attach()
        stage.turn()
        stage.children[0].pid = 1 << 30
        self.pane = next(stage.server.sessions.panes())[2]
        self.told: list[str] = []
        script: KeyScript = read_script(text.encode(), "my.keys")
        self.typist = Typist(stage.server, self.pane, script, self.told.append)
        self.typist.start()
        stage.pass_time(0.01)

    @property
    def typed(self) -> bytes:
        return self.stage.children[0].takes()

    def says(self, data: bytes) -> None:
        """It does, and it is on the screen."""
        self.stage.children[0].says(data)
        self.stage.turn()
        self.stage.pass_time(0.01)


def test_a_key_comes_once_the_program_has_printed_and_been_quiet(stage: Stage) -> None:
    it = Typing(stage, 'type "ab"')
    stage.pass_time(0.5)
    assert it.typed == b""
    it.says(b"ready")
    stage.pass_time(0.04)
    assert it.typed == b""
    stage.pass_time(0.021)
    assert it.typed == b"a"


def test_the_next_key_waits_for_the_answer_to_the_one_before(stage: Stage) -> None:
    it = Typing(stage, 'type "ab"')
    it.says(b"ready")
    stage.pass_time(0.07)
    assert it.typed == b"a"
    stage.pass_time(0.3)
    assert it.typed == b""  # it may be slow
    it.says(b"A")
    stage.pass_time(0.061)
    assert it.typed == b"b"
    stage.turn()
    assert it.told == [""]


def test_without_an_answer_the_next_key_comes_after_a_second(stage: Stage) -> None:
    it = Typing(stage, "key Escape 2")
    it.says(b"ready")
    stage.pass_time(0.07)
    assert it.typed == b"\x1b"
    stage.pass_time(0.99)
    assert it.typed == b""
    stage.pass_time(0.02)
    assert it.typed == b"\x1b"


def test_keys_are_encoded_in_the_modes_of_the_program(stage: Stage) -> None:
    it = Typing(stage, "key Up")
    it.says(b"\x1b[?1h")  # application cursor keys
    stage.pass_time(0.07)
    assert it.typed == b"\x1bOA"


def test_a_pace_is_kept_whatever_is_printed(stage: Stage) -> None:
    it = Typing(stage, 'pace 100ms\ntype "ab"')
    stage.pass_time(0.1)
    assert it.typed == b"a"
    it.says(b"never quiet")
    stage.pass_time(0.08)
    assert it.typed == b""
    stage.pass_time(0.011)
    assert it.typed == b"b"


def test_a_text_is_waited_for_and_then_typing_goes_on(stage: Stage) -> None:
    it = Typing(stage, "wait /^ready>/ 5s\nkey x")
    stage.pass_time(1.0)
    it.says(b"ready>")
    stage.pass_time(0.03)
    stage.pass_time(0.07)
    assert it.typed == b"x"


def test_a_text_that_never_comes_ends_the_script_with_the_last_line_of_the_screen(
    stage: Stage,
) -> None:
    it = Typing(stage, "# first\nwait /ready/ 5s\nkey x")
    it.says(b"starting\r\nfailed: no such file\r\n")
    stage.pass_time(5.1)
    assert it.told == [
        "my.keys:2: /ready/ did not appear within 5 s; "
        "the last line on the screen was 'failed: no such file'"
    ]
    stage.pass_time(10)
    assert it.typed == b""


def test_quiet_and_pause_pass_their_time(stage: Stage) -> None:
    it = Typing(stage, "quiet 200ms\npause 1s\npace 1ms\nkey x")
    it.says(b"ready")
    stage.pass_time(0.21)
    stage.pass_time(0.99)
    assert it.typed == b""
    stage.pass_time(0.02)
    stage.pass_time(0.01)
    assert it.typed == b"x"


def test_a_program_that_is_never_quiet_is_told(stage: Stage) -> None:
    it = Typing(stage, "quiet 1s")
    for _ in range(63):
        it.says(b".")
        stage.pass_time(0.5)
    assert it.told == ["my.keys:1: it was not quiet for 1 s within 30 s"]


def test_what_was_recorded_is_typed_at_its_times(stage: Stage) -> None:
    cast = '{"version": 2, "width": 80, "height": 24}\n[1.0, "i", "x"]\n[1.5, "i", "\\u001b[A"]\n'
    it = Typing(stage, cast)
    stage.pass_time(0.98)
    assert it.typed == b""
    stage.pass_time(0.02)
    assert it.typed == b"x"
    stage.pass_time(0.5)
    assert it.typed == b"\x1b[A"
    assert it.told == [""]


def test_a_text_that_stood_there_at_the_end_had_come(stage: Stage) -> None:
    it = Typing(stage, "wait /done/\nquiet 1s")
    it.says(b"done")
    assert it.typist.stop() == ""


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("key x", "my.keys:1: the command had ended before it"),
        ("wait /x/", "my.keys:1: /x/ did not appear within 30 s"),
        ("quiet 1s", ""),
        ("pause 1s", ""),
    ],
)
def test_stopped_in_the_middle_it_says_which_step_did_not_come(
    stage: Stage, text: str, why: str
) -> None:
    it = Typing(stage, text)
    assert it.typist.stop() == why
    stage.pass_time(60)
    assert it.told == []
    assert it.typed == b""
    assert it.typist.stop() == ""
