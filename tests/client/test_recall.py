"""Going back through lines typed before."""

from termlab.client.recall import Recall

LINES = ("split-window", "new-window", "split-window -h")


def test_lines_are_gone_through_and_what_was_typed_is_the_newest() -> None:
    recall = Recall(LINES)
    assert recall.step("sp", 1) is None
    assert recall.step("sp", -1) == "split-window -h"
    assert recall.step("edited", -1) == "new-window"
    assert recall.step("", -1) == "split-window"
    assert recall.step("", -1) is None
    assert [recall.step("", 1) for _ in range(4)] == [
        "new-window",
        "split-window -h",
        "sp",
        None,
    ]


def test_a_search_goes_back_from_hit_to_hit() -> None:
    recall = Recall(LINES)
    assert recall.search("dra") is None
    assert recall.searching
    assert recall.narrow("sp") == "split-window -h"
    assert recall.search("") == "split-window"
    assert recall.search("") is None
    assert not recall.found
    assert recall.narrow("new") == "new-window"
    assert recall.found
    recall.accept()
    assert not recall.searching
    assert recall.step("new-window", 1) == "split-window -h"


def test_a_search_that_is_left_gives_back_what_was_typed() -> None:
    recall = Recall(LINES)
    recall.search("draft")
    recall.narrow("new")
    assert recall.cancel() == "draft"
    assert recall.step("draft", -1) == "split-window -h"


def test_without_lines_there_is_nothing_to_go_to() -> None:
    recall = Recall()
    assert recall.step("a", -1) is None
    recall.search("a")
    assert recall.narrow("b") is None
