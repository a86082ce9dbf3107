"""Characters terminals disagree about, as characters and as bytes."""

from termlab.terminal.disputed import LONE_DISPUTED, MAY_DISPUTE


def test_no_disputed_character_is_missed_in_the_bytes_of_a_row() -> None:
    assert all(MAY_DISPUTE.search(chr(point).encode()) for point in LONE_DISPUTED)


def test_everyday_text_is_not_disputed() -> None:
    assert not MAY_DISPUTE.search("Grüße, naïve café, 漢字, Ελληνικά, 😀 ─│┌".encode())
    assert not LONE_DISPUTED & set(map(ord, "Grüße 漢字 😀"))
