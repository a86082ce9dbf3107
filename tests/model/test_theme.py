import msgspec

from termlab.model.theme import TERMINAL, Theme, choose_theme, theme_named, theme_names

NORD, LATTE = theme_named("nord"), theme_named("catppuccin-latte")


def test_every_name_but_the_terminal_s_has_colours() -> None:
    names = theme_names()
    assert names[0] == TERMINAL
    assert theme_named(TERMINAL) is None
    assert theme_named("no such") is None
    for name in names[1:]:
        theme = theme_named(name)
        assert theme is not None
        colours = [getattr(theme, field) for field in Theme.__struct_fields__[2:]]
        assert all(0 <= colour <= 0xFFFFFF for colour in colours)
        assert theme.name == name


def test_a_light_ground_has_the_light_theme_and_one_that_says_nothing_the_dark_one() -> None:
    assert choose_theme(NORD, LATTE, dark=True) is NORD
    assert choose_theme(NORD, LATTE, dark=None) is NORD
    assert choose_theme(NORD, LATTE, dark=False) is LATTE
    assert choose_theme(NORD, None, dark=False) is None
    assert choose_theme(None, LATTE, dark=True) is None


def test_a_theme_crosses_the_wire() -> None:
    assert msgspec.msgpack.decode(msgspec.msgpack.encode(NORD), type=Theme) == NORD
