"""A script of keys travels whole."""

from termlab.model.key_script import KeyScript, Step
from termlab.model.records import msgspec


def test_a_script_is_the_same_on_the_other_side_of_a_wire() -> None:
    script = KeyScript("edit.keys", (Step(1, "key", "Down", 5), Step(2, "wait", "x", seconds=30.0)))
    assert msgspec.msgpack.decode(msgspec.msgpack.encode(script), type=KeyScript) == script
