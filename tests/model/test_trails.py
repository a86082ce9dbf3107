"""A key's way as stamps."""

from termlab.model.trails import KeyTrail, began, drawn


def test_what_is_learned_later_changes_nothing_else() -> None:
    trail = KeyTrail(12.5, 2.0, 0.5, 1.5, None, False, 2)
    assert drawn(trail, 4.0) == KeyTrail(12.5, 2.0, 0.5, 1.5, 4.0, False, 2)
    assert began(trail, 10.0) == KeyTrail(2.5, 2.0, 0.5, 1.5, None, False, 2)
