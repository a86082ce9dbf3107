"""A profile as bytes: the same again, of older versions too, and never a wrong one."""

import zlib

import msgspec
import pytest

from termlab.model.figure import Amount
from termlab.model.packed import OLDER, pack, titled, unpack, without_series
from termlab.model.run import Profile
from termlab.model.timeline import Sample
from termlab.model.trails import KeyTrail
from tests.runs.made import profile, run

WHOLE = profile(run(), run(1))


def test_a_profile_comes_back_the_same() -> None:
    assert unpack(pack(WHOLE)) == WHOLE


def test_a_figure_of_a_later_version_is_missing_in_an_older_record_with_the_reason() -> None:
    raw = msgspec.msgpack.decode(zlib.decompress(pack(WHOLE)))
    for each in raw["runs"]:
        del each["figures"]["probe_s"]
    found = unpack(zlib.compress(msgspec.msgpack.encode(raw)))
    assert found.runs[0].figures.probe_s == OLDER
    assert found.runs[1].figures.wall_s == Amount(1.0)


def test_what_a_later_version_added_is_passed_over() -> None:
    raw = msgspec.msgpack.decode(zlib.decompress(pack(WHOLE)))
    raw["moon"] = "full"
    raw["runs"][0]["figures"]["luck"] = 7
    assert unpack(zlib.compress(msgspec.msgpack.encode(raw))) == WHOLE


@pytest.mark.parametrize("place", [3, 40, -3])
def test_one_changed_byte_is_found(place: int) -> None:
    data = bytearray(pack(WHOLE))
    data[place] ^= 0x55
    with pytest.raises(ValueError, match=r"."):
        unpack(bytes(data))


@pytest.mark.parametrize(
    "other", [[], 7, {}, {"runs": 1}, {"runs": [{}]}, {"runs": [{"figures": 1}]}]
)
def test_another_thing_is_no_profile(other: object) -> None:
    with pytest.raises(ValueError, match="no profile that this version knows"):
        unpack(zlib.compress(msgspec.msgpack.encode(other)))
    with pytest.raises(ValueError, match=r"."):
        unpack(zlib.compress(msgspec.msgpack.encode(other)[:-1] + b"\xc1"))


def test_series_can_be_left_out_and_the_rest_stays() -> None:
    long = msgspec.structs.replace(run(), samples=(Sample(0.5),), trails=(KeyTrail(0.1, 2.0),))
    assert without_series(profile(long)) == profile(run())


def test_a_title_is_all_that_changes() -> None:
    found: Profile = titled(WHOLE, "base", ("a", "b"))
    assert (found.name, found.tags) == ("base", ("a", "b"))
    assert titled(found, "", ()) == WHOLE
