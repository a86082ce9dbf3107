from textual.color import Color

from termlab.client.chrome import ACTIVE, ALERT, FAILURE
from termlab.model.theme import TERMINAL
from termlab.ui.sixteen import SIXTEEN

NAMES = ("black", "red", "green", "yellow", "blue", "magenta", "cyan", "white")


def test_its_words_are_the_colours_that_the_frame_has_for_them() -> None:
    shown = SIXTEEN.to_color_system().generate()
    for word, index in (
        ("primary", ACTIVE.colour),
        ("warning", ALERT.background),
        ("error", FAILURE.background),
    ):
        assert isinstance(index, int)
        assert shown[word] == f"ansi_{NAMES[index]}"


def test_it_is_of_the_terminal_s_colours_alone() -> None:
    assert SIXTEEN.name == TERMINAL
    assert SIXTEEN.ansi
    shown = SIXTEEN.to_color_system().generate()
    for word in ("primary", "foreground", "background", "success", "block-cursor-background"):
        assert Color.parse(shown[word]).ansi is not None, (word, shown[word])
