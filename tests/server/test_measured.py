"""One run under way: what ends it, what types into it, what records it."""

from termlab.commands.scripted_keys import read_script
from termlab.model.profile_asked import ProfileAsked
from termlab.model.recording import decode
from termlab.server.companions import Brought
from termlab.server.measured import END_S, Measured, Taken
from tests.server.world import Stage

SCRIPT = read_script(b"pace 10ms\nkey x\n", "my.keys")


def measured(stage: Stage, asked: ProfileAsked) -> tuple[Measured, list[int]]:
    """A scripted program's run, and how often its end was told."""
    stage.attach()
    stage.turn()
    stage.children[0].pid = 1 << 30
    told: list[int] = []
    pane = next(stage.server.sessions.panes())[2]
    run = Measured(stage.server, pane, asked, lambda: told.append(1))
    stage.turn()
    return run, told


def taken(run: Measured) -> Taken:
    assert run.taken is not None
    return run.taken


def test_its_end_is_told_once_and_nothing_is_attached_unasked(stage: Stage) -> None:
    run, told = measured(stage, ProfileAsked())
    stage.child_says(b"hello")
    stage.child_ends(status=3)
    assert told == [1]
    assert run.finish() is taken(run)
    assert (taken(run).run.exit_code, taken(run).attachments, taken(run).keys) == (3, {}, b"")


def test_after_its_time_it_is_ended_and_cut_short(stage: Stage) -> None:
    run, _ = measured(stage, ProfileAsked(duration_s=2.0))
    stage.pass_time(2.1)
    assert stage.children[0].signals == [1]
    stage.child_ends(status=-1)
    found = taken(run).run
    assert (found.cut_short, found.ending) == (True, "ended after 2 s, as was asked")


def test_what_shows_and_is_typed_is_kept_where_that_is_asked(stage: Stage) -> None:
    run, _ = measured(stage, ProfileAsked(record=True, keys_path="/tmp/typed"))
    stage.child_says(b"hello")
    stage.clients[0].type("x")
    stage.turn()
    stage.child_ends()
    cast = decode(taken(run).attachments["recording.cast"], "it")
    assert [(event.code, event.data) for event in cast.events] == [("o", "hello"), ("i", "x")]
    typed = decode(taken(run).keys, "it")
    assert [event.data for event in typed.events] == ["x"]
    assert run.pane.tape is None


def test_behind_its_script_a_program_has_a_while_and_is_ended_then(stage: Stage) -> None:
    run, _ = measured(stage, ProfileAsked(script=SCRIPT))
    stage.pass_time(0.02)
    stage.turn()
    assert stage.children[0].takes() == b"x"
    stage.pass_time(END_S - 0.1)
    assert stage.children[0].signals == []
    stage.pass_time(0.2)
    assert stage.children[0].signals == [1]
    stage.child_ends(status=-1)
    assert taken(run).run.ending == "ended 5 s behind the last key of my.keys"
    assert taken(run).run.failed_step == ""


def test_a_program_that_ends_before_its_script_has_a_failed_step(stage: Stage) -> None:
    run, _ = measured(stage, ProfileAsked(script=SCRIPT))
    stage.child_ends()
    assert taken(run).run.failed_step == "my.keys:2: the command had ended before it"


def test_one_that_is_cut_short_on_purpose_owes_no_rest_of_a_script(stage: Stage) -> None:
    script = read_script(b"pause 10s\nkey x\n", "my.keys")
    run, _ = measured(stage, ProfileAsked(script=script, duration_s=1.0))
    stage.pass_time(1.1)
    stage.child_ends(status=-1)
    assert taken(run).run.failed_step == ""


def test_a_step_in_vain_ends_the_run(stage: Stage) -> None:
    script = read_script(b"wait /ready/ 1s\n", "my.keys")
    run, _ = measured(stage, ProfileAsked(script=script))
    stage.pass_time(1.1)
    assert stage.children[0].signals == [1]
    stage.child_ends(status=-1)
    assert taken(run).run.failed_step == "my.keys:1: /ready/ did not appear within 1 s"
    assert taken(run).run.ending == "ended because its script could not go on"


def test_what_tools_brought_is_added(stage: Stage) -> None:
    run, _ = measured(stage, ProfileAsked())
    stage.child_ends()
    more = taken(run).with_more(Brought({"flame.folded": b"main 1\n"}, ("by perf",)))
    assert more.attachments == {"flame.folded": b"main 1\n"}
    assert more.notes == ("by perf",)
