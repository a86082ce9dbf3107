"""What is asked of a profile, packed into a message."""

import pytest

from termlab.errors import UsageError
from termlab.model.key_script import KeyScript, Step
from termlab.model.profile_asked import ProfileAsked, pack_asked, unpack_asked

ASKED = ProfileAsked(
    json_path="/tmp/out.json",
    name="edit",
    tags=("ci", "slow"),
    runs=5,
    script=KeyScript("edit.keys", (Step(3, "type", "hello"),)),
    environment=(("LC_ALL", "C"),),
    tier="strace",
)


def test_what_is_packed_is_unpacked_the_same() -> None:
    assert unpack_asked(pack_asked(ASKED)) == ASKED
    assert unpack_asked(pack_asked(ProfileAsked())) == ProfileAsked()


def test_bytes_that_are_none_are_refused_by_name() -> None:
    with pytest.raises(UsageError, match="what is asked of the profile can't be read"):
        unpack_asked(b"\xc1")
