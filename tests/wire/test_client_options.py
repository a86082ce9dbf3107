"""What a client is told of the configuration; older servers told less."""

import msgspec

from termlab.model.theme import theme_named
from termlab.wire.client_options import ClientOptions

OLD: tuple[object, ...] = ("C-b", 25, 500, 400, 2000, True, {})


def test_a_server_that_tells_less_means_the_defaults() -> None:
    told = msgspec.msgpack.decode(msgspec.msgpack.encode(OLD), type=ClientOptions)
    assert (told.merge_motion, told.merge_repeats, told.queue_events) == (True, False, 4096)


def test_they_are_worn_with_the_theme_of_the_terminals_ground() -> None:
    dark, light = theme_named("nord"), theme_named("catppuccin-latte")
    options = ClientOptions("C-b", 25, 500, 400, 2000, True, {}, dark, light)
    assert options.worn(False).theme == options.worn(False).theme_light == light
    assert options.worn(True).theme == dark
