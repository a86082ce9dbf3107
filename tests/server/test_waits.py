"""`wait`: answered when it happens, by the driven clock; nothing polls."""

import pytest

from termlab.errors import TermlabError
from termlab.server.waits import LOOK_S, Wait
from tests.server.world import Stage


@pytest.fixture
def stage(stage: Stage) -> Stage:
    stage.greet().run("new", "-d", "-s", "s")
    return stage


def test_a_text_that_shows_already_is_found_at_once(stage: Stage) -> None:
    stage.child_says(b"ready>")
    assert stage.greet().run("wait", "--text", "ready").code == 0


def test_a_text_is_found_soon_after_it_came(stage: Stage) -> None:
    answer = stage.greet().ask("wait", "--text", r"^do\w+$")
    stage.child_says(b"begun\r\n")
    assert not answer.done
    stage.children[0].says(b"done\r\n")
    stage.turn()
    stage.pass_time(LOOK_S)
    assert answer.done
    assert answer.reply.code == 0


def test_looking_happens_only_after_output(stage: Stage) -> None:
    stage.greet().ask("wait", "--text", "never", "--timeout", "1h")
    stage.turn()
    stage.pass_time(1)
    assert stage.loop._timeout() == pytest.approx(3599)


def test_what_does_not_come_in_time_is_124(stage: Stage) -> None:
    answer = stage.greet().ask("wait", "--text", "never", "--timeout", "2s")
    stage.turn()
    stage.pass_time(1.9)
    assert not answer.done
    stage.pass_time(0.2)
    assert answer.reply.code == 124
    assert "'never'" in answer.reply.text


def test_quiet_is_counted_from_the_last_output(stage: Stage) -> None:
    stage.child_says(b"busy")
    answer = stage.greet().ask("wait", "--quiet", "500ms")
    for _ in range(5):
        stage.children[0].says(b".")
        stage.pass_time(0.3)
    assert not answer.done
    stage.pass_time(0.5)
    assert answer.reply.code == 0


def test_quiet_that_has_lasted_long_enough_is_now(stage: Stage) -> None:
    stage.pass_time(10)
    assert stage.greet().run("wait", "--quiet", "5s").code == 0


def test_the_end_is_told_with_the_status(stage: Stage) -> None:
    answer = stage.greet().ask("wait", "--exit", "--json")
    stage.turn()
    stage.child_ends(status=7)
    assert '"exit_status": 7' in answer.reply.text.replace('":7', '": 7')
    assert answer.reply.code == 0


def test_an_end_before_the_text_is_a_failure_and_after_quiet_is_none(stage: Stage) -> None:
    text = stage.greet().ask("wait", "--text", "never")
    quiet = stage.greet().ask("wait", "--quiet", "9s")
    stage.turn()
    stage.child_ends()
    assert text.reply.code == 3
    assert quiet.reply.code == 0


def test_several_wait_each_for_its_own(stage: Stage) -> None:
    one, two = (stage.greet().ask("wait", "--text", text) for text in ("one", "two"))
    stage.child_says(b"one")
    assert (one.done, two.done) == (True, False)
    stage.child_says(b"two")
    assert two.done


def test_one_who_left_is_forgotten_and_keeps_no_answer_from_others(stage: Stage) -> None:
    gone, stays = stage.greet(), stage.greet()
    gone.ask("wait", "--exit")
    answer = stays.ask("wait", "--exit")
    stage.turn()
    gone.link.close()
    stage.clients.remove(gone)
    stage.turn()
    assert len(stage.server.waits) == 1
    stage.child_ends()
    assert answer.done


@pytest.mark.parametrize(
    "words",
    [
        [],
        ["--text", "a", "--exit"],
        ["--text", "("],
        ["--quiet", "soon"],
        ["--exit", "--timeout", "-1s"],
        ["--exit", "--timeout", "9999h"],
    ],
)
def test_what_can_not_be_waited_for_is_a_usage_error(stage: Stage, words: list[str]) -> None:
    assert stage.greet().run("wait", *words).code == 2


def test_quiet_may_count_only_behind_what_comes_later(stage: Stage) -> None:
    stage.attach()
    stage.turn()
    stage.child_says(b"before")
    pane = next(stage.server.sessions.panes())[2]
    told: list[str | TermlabError] = []
    since = stage.loop.now
    wait = Wait(pane, lambda what, status: told.append(what), quiet_s=0.05, since=since)
    stage.server.waits.add(wait, 10.0)
    stage.pass_time(1.0)
    assert told == []
    stage.child_says(b"after")
    stage.pass_time(0.06)
    assert told == ["quiet"]
