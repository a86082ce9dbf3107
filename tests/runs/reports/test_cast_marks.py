"""A recording with marks, read by what plays recordings."""

import pytest

from termlab.errors import TargetError
from termlab.model.recording import MARKER, OUTPUT, Recording, decode
from termlab.runs.reports.cast_marks import cast_with_marks
from termlab.runs.reports.subject import Subject
from tests.runs.made import profile, run
from tests.runs.rich import rich_profile

V2 = (
    b'{"version": 2, "width": 80, "height": 24, "env": {"TERM": "xterm"}}\n'
    b'[0.5, "o", "a\\u001b[m"]\n[1.25, "i", "q"]\n[2.0, "o", "b"]\n'
)
V3 = (
    b'{"version": 3, "term": {"cols": 80, "rows": 24}}\n# a remark\n'
    b'[0.5, "o", "a\\u001b[m"]\n[0.75, "i", "q"]\n[0.75, "o", "b"]\n'
)


def marked(recording: bytes, runs: int = 1) -> Recording:
    subject = Subject(rich_profile(runs), attachment=lambda name: recording)
    return decode(cast_with_marks(subject).encode(), "marked")


@pytest.mark.parametrize("recording", [V2, V3], ids=["v2", "v3"])
def test_what_was_recorded_is_as_it_was(recording: bytes) -> None:
    before, after = decode(recording, "before"), marked(recording)
    assert after.header == before.header
    kept = [event for event in after.events if event.code != MARKER]
    assert [event[1:] for event in kept] == [event[1:] for event in before.events]
    assert [e.at_s for e in kept] == pytest.approx([e.at_s for e in before.events], abs=1e-6)


@pytest.mark.parametrize("recording", [V2, V3], ids=["v2", "v3"])
def test_marks_are_of_findings_keys_and_the_cpu_in_the_order_of_time(recording: bytes) -> None:
    events = marked(recording).events
    marks = [event for event in events if event.code == MARKER]
    assert any(mark.data.startswith("bad: 31 full clears") for mark in marks)
    assert any(mark.data.endswith(" ms to screen") for mark in marks)
    assert any(mark.data.startswith("CPU ") and mark.data.endswith(", idle") for mark in marks)
    assert [event.at_s for event in events] == sorted(event.at_s for event in events)
    assert next(mark.at_s for mark in marks if "ms to screen" in mark.data) == 0.0


def test_times_do_not_drift_over_many_events() -> None:
    lines = b"".join(b'[0.001, "o", "x"]\n' for _ in range(5000))
    recording = b'{"version": 3, "term": {"cols": 80, "rows": 24}}\n' + lines
    last = [event for event in marked(recording).events if event.code == OUTPUT][-1]
    assert last.at_s == pytest.approx(5.0, abs=1e-6)


def test_the_header_stays_word_by_word() -> None:
    subject = Subject(profile(run()), attachment=lambda name: V2)
    assert cast_with_marks(subject).splitlines()[0] == V2.decode().splitlines()[0]


def test_without_a_recording_it_says_how_to_make_one() -> None:
    with pytest.raises(TargetError, match=r"run 3: .*profile --record"):
        cast_with_marks(Subject(profile(run()), "run 3"))
