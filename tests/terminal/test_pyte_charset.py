"""Character sets: designated, shifted to, and what they make of text."""

from termlab.terminal.pyte_charset import DEC_GRAPHICS, Charsets


def test_line_drawing_replaces_the_small_letters_only() -> None:
    sets = Charsets()
    sets.designate("(", "0")
    assert sets.translate("lqk+,-.0_A漢") == "┌─┐+,-.0_A漢"
    assert len(DEC_GRAPHICS) == 31


def test_the_set_in_use_is_the_one_shifted_to() -> None:
    sets = Charsets()
    sets.designate(")", "0")
    sets.designate("*", "A")
    assert sets.translate("q#") == "q#"
    sets.shift(1)
    assert sets.translate("q#") == "─#"
    sets.shift(2)
    assert sets.translate("q#") == "q£"


def test_a_set_nobody_knows_is_ascii() -> None:
    sets = Charsets()
    sets.designate("(", "0")
    sets.designate("(", "%")
    assert sets.translate("q") == "q"


def test_a_copy_goes_its_own_way() -> None:
    sets = Charsets()
    twin = sets.copy()
    sets.designate("(", "0")
    assert (twin.translate("q"), sets.copy().translate("q")) == ("q", "─")
