"""The tools beside a run: what is started in the place of a command, and what they bring."""

import sys

from termlab.model.profile_asked import ProfileAsked
from termlab.server.companions import Companions
from termlab.wire.messages import Place

NOWHERE = Place("/", {"PATH": "/nonexistent"})


def test_unasked_for_the_command_is_started_as_it_is() -> None:
    asked = ProfileAsked(environment=(("X", "1"),), tier="strace")
    it = Companions(asked, ("ls", "-R"), NOWHERE)
    program = it.program(NOWHERE, "sub")
    assert (program.argv, program.directory) == (("ls", "-R"), "sub")
    assert (program.variables, program.counted) == ((("X", "1"),), "strace")
    it.started(1 << 30)
    assert not it.any


def test_a_tool_that_is_not_there_is_a_note_and_the_command_runs() -> None:
    it = Companions(ProfileAsked(heap=True), ("/bin/true",), NOWHERE)
    if it.program(NOWHERE).argv != ("/bin/true",):
        return  # it stands beside this Python
    assert it.any
    brought = it.finish()
    assert brought.attachments == {}
    assert brought.notes[0].startswith("no memory for a flame graph: ")


def test_pythons_memory_is_tracked_in_its_own_words() -> None:
    it = Companions(ProfileAsked(heap=True), (sys.executable, "-c", "pass"), Place("/", {}))
    argv = it.program(NOWHERE).argv
    brought = it.finish()
    # memray is in the environment of the tests, or the note says that it is not.
    assert ("memray" in argv) == (not any("not installed" in note for note in brought.notes))
