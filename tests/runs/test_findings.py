"""Runs held against rules: the sentence, the evidence, the order, and when nothing is said."""

import msgspec

from termlab.model.finding import Finding
from termlab.runs.findings import Unjudged, judge, unjudged
from termlab.runs.rules.rule import Limit, Rule
from tests.runs.judged import NOT_HERE, Given, blank, run, unseen

LOUD = Rule(
    "loud",
    "warn",
    "it is loud",
    (Limit("frames", 10, "ears"), Limit("bursts", 200, "patience", below=True)),
    (Limit("wall_s", 1, "a moment"),),
    "{frames} frames in {wall_s}{waker}",
    "be quiet: ${{x}}",
    bad_at=100,
)
QUIET = LOUD._replace(
    name="quiet", severity="info", limits=(Limit("keys", 1, "any"),), unless=("loud",), bad_at=None
)


def test_a_finding_has_the_figures_in_its_sentence_and_the_limits_in_its_evidence() -> None:
    assert judge(run(frames=20), (LOUD,)) == (
        Finding(
            "loud",
            "warn",
            "20 frames in 10.0 s",
            "frames 20 >= 10; bursts of output 100 <= 200",
            "be quiet: ${x}",
        ),
    )


def test_every_limit_must_be_crossed_and_there_must_be_enough() -> None:
    assert judge(run(frames=9), (LOUD,)) == ()
    assert judge(run(frames=20, bursts=201), (LOUD,)) == ()
    assert judge(run(frames=20, wall_s=0.5), (LOUD,)) == ()


def test_a_rule_says_nothing_where_a_fact_is_missing() -> None:
    for name in ("frames", "bursts", "wall_s"):
        given: Given = {"frames": 20, name: NOT_HERE}
        seen = run(**given)
        assert judge(seen, (LOUD,)) == ()
        assert unjudged(seen, (LOUD,)) == (Unjudged("loud", NOT_HERE.reason),)


def test_a_fact_that_could_change_nothing_is_not_missed() -> None:
    assert unjudged(run(frames=9, bursts=NOT_HERE), (LOUD,)) == ()


def test_far_beyond_the_first_limit_it_is_bad() -> None:
    assert [each.severity for each in judge(run(frames=100), (LOUD,))] == ["bad"]


def test_the_worst_come_first() -> None:
    rules = (QUIET._replace(unless=()), LOUD)
    assert [each.rule for each in judge(run(frames=20), rules)] == ["loud", "quiet"]


def test_a_shadow_of_what_was_found_is_not_told() -> None:
    assert [each.rule for each in judge(run(frames=20), (LOUD, QUIET))] == ["loud"]
    assert [each.rule for each in judge(run(frames=1), (LOUD, QUIET))] == ["quiet"]


def test_rows_of_one_name_tell_it_once() -> None:
    other = LOUD._replace(limits=(Limit("keys", 1, "any"),))
    assert len(judge(run(frames=20), (LOUD, other))) == 1
    assert len(judge(run(frames=NOT_HERE), (LOUD, other._replace(says="{keys}")))) == 1


def test_what_one_row_could_judge_was_judged() -> None:
    other = LOUD._replace(limits=(Limit("keys", 1000, "many"),), says="{keys}")
    assert unjudged(run(frames=NOT_HERE), (LOUD, other)) == ()


def test_a_program_in_which_nothing_is_wrong_has_no_findings() -> None:
    assert judge(run()) == ()
    assert unjudged(run()) == ()
    assert judge(unseen(run())) == ()


def test_of_a_run_without_figures_nothing_is_found_and_everything_is_unjudged() -> None:
    assert judge(blank()) == ()
    assert {each.reason for each in unjudged(blank())} >= {NOT_HERE.reason}


def test_findings_are_kept_with_a_run() -> None:
    seen = run(full_clears=400, full_clears_unsynced=400, pty_bytes=90_000)
    kept = msgspec.structs.replace(seen, findings=judge(seen))
    assert [each.rule for each in kept.findings] == ["flicker"]
    assert judge(kept) == kept.findings
