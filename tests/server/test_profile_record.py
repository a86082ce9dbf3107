"""The record of a profile."""

from termlab.model.geometry import Size
from termlab.model.key_script import KeyScript, Step
from termlab.model.profile_asked import ProfileAsked
from termlab.model.records import msgspec
from termlab.server.profile_record import UNJUDGED, profile_of
from tests.runs.made import MACHINE, run
from tests.runs.rich import rich_profile

SIZE = Size(100, 40)


def test_it_has_what_was_asked_and_what_was_set() -> None:
    asked = ProfileAsked(
        name="edit",
        tags=("ci",),
        runs=5,
        warmup=2,
        script=KeyScript("edit.keys", (Step(1, "key", "x"),)),
        environment=(("LC_ALL", "C"), ("TERM", "dumb")),
    )
    made = profile_of(("vim",), MACHINE, SIZE, (run(), run()), asked, ("slowed down",))
    assert (made.cols, made.rows, made.runs_asked, made.warmup) == (100, 40, 5, 2)
    assert (made.name, made.tags, made.keys) == ("edit", ("ci",), "edit.keys")
    assert made.notes == ("slowed down",)
    variables = dict(made.environment)
    assert variables["LC_ALL"] == "C"
    assert variables["TERM"] == "dumb"
    assert variables["COLORTERM"] == "truecolor"
    assert not {"TERMLAB", "TERMLAB_PANE", "PWD"} & variables.keys()


def test_what_is_secret_by_its_name_is_not_kept() -> None:
    asked = ProfileAsked(environment=(("API_TOKEN", "t0p"), ("DbPassword", "t0p"), ("LANG", "C")))
    variables = dict(profile_of(("x",), MACHINE, SIZE, (run(),), asked).environment)
    assert "t0p" not in variables.values()
    assert (variables["API_TOKEN"], variables["LANG"]) == ("(not kept)", "C")


def test_what_stands_against_comparing_it_is_noted() -> None:
    stuck = msgspec.structs.replace(run(), failed_step="edit.keys:3: /x/ did not appear")
    cut = run(None, "SIGINT", interrupted=True)
    made = profile_of(("vim",), MACHINE, SIZE, (run(), stuck, cut), ProfileAsked())
    assert made.notes == (
        "the runs did not all end the same way",
        "it was interrupted",
        "the script of keys did not come to its end",
    )


def test_a_program_is_not_blamed_for_what_tracks_its_memory() -> None:
    (blamed,) = rich_profile(1).runs
    assert blamed.findings
    made = profile_of(("vim",), MACHINE, SIZE, (blamed,), ProfileAsked(heap=True))
    assert made.runs[0].findings == ()
    assert made.notes == (UNJUDGED,)
    assert profile_of(("vim",), MACHINE, SIZE, (blamed,), ProfileAsked()).runs == (blamed,)
