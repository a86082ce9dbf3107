"""Commands that place panes anew, as their askers see them."""

import pytest

from termlab.model.layout import arrange, panes_of
from termlab.model.listing import read_sessions
from termlab.model.presets import PRESETS, preset
from tests.server.world import Client, Stage


@pytest.fixture
def client(stage: Stage) -> Client:
    """A client that shows panes 0, 1 and 2 side by side, the last with the focus."""
    client = stage.attach()
    stage.turn()
    for _ in range(2):
        client.run("split-window", "-h")
    return client


def order(client: Client) -> list[int]:
    return list(panes_of(client.view().view.layout))


def places(client: Client) -> dict[int, tuple[int, int]]:
    view = client.view().view
    rects = arrange(view.layout, view.cols, view.rows, view.active, view.zoomed).panes
    return {pane: (rect.x, rect.y) for pane, rect in rects.items()}


def sizes(client: Client) -> list[tuple[int, int]]:
    view = client.view().view
    rects = arrange(view.layout, view.cols, view.rows, view.active, view.zoomed).panes
    return [(rect.cols, rect.rows) for rect in rects.values()]


def windows(client: Client) -> list[int]:
    return [tab.index for tab in client.view().tabs]


# Presets


def written(client: Client) -> str:
    listed = read_sessions(client.run("list-sessions", "--json").text)
    return listed[0].windows[0].layout


def test_a_layout_that_was_written_out_comes_back(client: Client) -> None:
    client.run("resize-pane", "-x", "20")
    layout, before = written(client), sizes(client)
    client.run("select-layout", "tiled")
    assert written(client) != layout
    reply = client.run("select-layout", layout)
    assert (reply.code, reply.text) == (0, "")
    assert (sizes(client), order(client), written(client)) == (before, [0, 1, 2], layout)
    client.run("select-layout", "-o")
    assert sizes(client) != before


def test_a_layout_of_other_panes_or_none_is_refused_and_changes_nothing(client: Client) -> None:
    layout, before = written(client), sizes(client)
    client.run("break-pane", "-d")
    for words, why in ((layout, "3 panes, but the window has 2"), ("1,2", "checksum")):
        reply = client.run("select-layout", words)
        assert reply.code != 0
        assert why in reply.text
    client.run("join-pane", "-h", "-s", ":1")
    assert len(sizes(client)) == len(before)


@pytest.mark.parametrize("name", PRESETS)
def test_a_layout_is_chosen_by_name_and_the_programs_get_their_sizes(
    client: Client, stage: Stage, name: str
) -> None:
    assert client.run("select-layout", name).code == 0
    assert client.view().view.layout == preset(name, [0, 1, 2], 80, 24)
    told = [(child.sizes[-1].cols, child.sizes[-1].rows) for child in stage.children]
    assert told == sizes(client)
    assert client.focused == 2


def test_the_next_and_the_previous_layout_go_around(client: Client) -> None:
    seen = []
    for words in ("next-layout", "select-layout -n", "previous-layout", "select-layout -p"):
        client.run(*words.split())
        seen.append(client.view().view.layout)
    names = ("even-horizontal", "even-vertical", "even-horizontal", "tiled")
    assert seen == [preset(name, [0, 1, 2], 80, 24) for name in names]
    client.run("kill-pane", "-t", "%0")
    client.run("select-layout")
    assert client.view().view.layout == preset("tiled", [1, 2], 80, 24)


def test_a_layout_ends_the_zoom_and_can_be_taken_back(client: Client) -> None:
    before = client.view().view.layout
    client.run("resize-pane", "-Z")
    client.run("select-layout", "tiled")
    assert not client.view().view.zoomed
    client.run("select-layout", "-o")
    assert client.view().view.layout == before
    client.run("select-layout", "-o")
    assert client.view().view.layout == preset("tiled", [0, 1, 2], 80, 24)
    client.run("kill-pane")
    reply = client.run("select-layout", "-o")
    assert (reply.code, "no layout to go back to" in reply.text) == (2, True)


def test_panes_are_made_even(client: Client) -> None:
    assert sizes(client) == [(39, 23), (19, 23), (20, 23)]
    client.run("select-layout", "-E")
    assert sizes(client) == [(26, 23), (26, 23), (26, 23)]


def test_what_can_not_be_a_layout_is_refused_and_changes_nothing(client: Client) -> None:
    before = client.view()
    for words, said in (
        ("select-layout main", "could be main-horizontal or main-vertical"),
        ("select-layout pyramid", "'pyramid' is no layout"),
        ("select-layout -E tiled", "give one of"),
        ("select-layout -n -p", "give one of"),
    ):
        reply = client.run(*words.split())
        assert reply.code == 2
        assert said in reply.text
    assert client.run("select-layout").code == 0
    assert client.view() == before


# Sizes


@pytest.mark.parametrize(
    ("words", "cols"),
    [
        ("-t %0 -x 50%", [40, 18, 20]),
        ("-t %0 -x 25%", [20, 38, 20]),
        ("-t %1 -x 30", [39, 30, 9]),
        ("-t %2 -x 100%", [2, 2, 74]),
        ("-t %0 -x 1", [2, 56, 20]),
        ("-t %0 -y 10", [39, 19, 20]),
    ],
)
def test_a_pane_gets_a_share_of_the_window(client: Client, words: str, cols: list[int]) -> None:
    assert client.run("resize-pane", *words.split()).code == 0
    assert [size for size, _ in sizes(client)] == cols


def test_both_sizes_are_set_at_once(client: Client) -> None:
    client.run("split-window", "-v", "-t", "%0")
    client.run("resize-pane", "-t", "%0", "-x", "30", "-y", "50%")
    assert sizes(client)[0] == (30, 12)


@pytest.mark.parametrize("size", ["0", "0%", "101%", "x", "%", "-3", "5000000"])
def test_a_size_that_can_not_be_is_refused(client: Client, size: str) -> None:
    before = client.view()
    assert client.run("resize-pane", f"-x{size}").code == 2
    assert client.view() == before


# Swap and rotate


def test_a_pane_swaps_with_the_one_before_or_behind_and_keeps_the_focus(client: Client) -> None:
    client.run("swap-pane", "-U")
    assert (order(client), client.focused) == ([0, 2, 1], 2)
    client.run("swap-pane", "-D")
    client.run("swap-pane", "-D")
    assert (order(client), client.focused) == ([2, 1, 0], 2)


def test_swapped_by_name_the_focus_goes_to_the_target_or_stays_in_its_place(
    client: Client,
) -> None:
    client.run("swap-pane", "-s", "%0", "-t", "%1")
    assert (order(client), client.focused) == ([1, 0, 2], 1)
    client.run("swap-pane", "-d", "-s", "%0", "-t", "%2")
    assert (order(client), client.focused) == ([1, 2, 0], 1)
    client.run("swap-pane", "-d", "-s", "%1", "-t", "%0")
    assert (order(client), client.focused) == ([0, 2, 1], 0)


def test_panes_of_two_windows_swap(client: Client, stage: Stage) -> None:
    client.run("new-window")
    client.run("swap-pane", "-s", "%1")
    assert (order(client), client.focused) == ([1], 1)
    assert stage.children[1].sizes[-1].cols == 80
    client.run("last-window")
    assert (order(client), client.focused) == ([0, 3, 2], 3)
    client.type("x")
    stage.turn()
    assert stage.children[3].takes() == b"x"


def test_swapping_with_itself_or_two_ways_at_once(client: Client) -> None:
    before = client.view()
    assert client.run("swap-pane").code == 0
    assert client.run("swap-pane", "-U", "-D").code == 2
    assert client.run("swap-pane", "-U", "-s", "%0").code == 2
    assert client.view() == before


def test_panes_rotate_under_a_focus_that_stays(client: Client) -> None:
    here = places(client)[2]
    client.run("rotate-window")
    assert (order(client), client.focused) == ([1, 2, 0], 0)
    assert places(client)[0] == here
    client.run("rotate-window", "-D")
    client.run("rotate-window", "-D")
    assert (order(client), client.focused) == ([2, 0, 1], 1)
    assert client.run("rotate-window", "-U", "-D").code == 2


# Break and join


def test_a_pane_breaks_out_and_joins_again(client: Client, stage: Stage) -> None:
    assert client.run("break-pane", "-n", "logs").text == "@1\n"
    assert windows(client) == [0, 1]
    assert [tab.name for tab in client.view().tabs if tab.current] == ["logs"]
    assert (order(client), client.focused) == ([2], 2)
    assert stage.children[2].sizes[-1].cols == 80
    client.run("last-window")
    assert (order(client), client.focused) == ([0, 1], 1)
    assert client.run("join-pane", "-h", "-b", "-s", "%2", "-t", "%0").code == 0
    assert (order(client), client.focused) == ([2, 0, 1], 2)
    assert windows(client) == [0]
    assert not any(child.closed for child in stage.children)


def test_a_pane_moves_within_its_window(client: Client) -> None:
    client.run("move-pane", "-v", "-l", "25%", "-s", "%0", "-t", "%2")
    assert order(client) == [1, 2, 0]
    assert places(client)[0][0] == places(client)[2][0]
    assert client.focused == 0


def test_without_the_focus_nothing_else_is_shown(client: Client) -> None:
    client.run("break-pane", "-d", "-s", "%0")
    assert (order(client), client.focused) == ([1, 2], 2)
    client.run("join-pane", "-d", "-s", "%0")
    assert (order(client), client.focused) == ([1, 2, 0], 2)


def test_a_pane_joins_from_another_session_which_ends_with_its_last(
    client: Client, stage: Stage
) -> None:
    other = stage.attach(fresh=True)
    stage.turn()
    assert client.run("join-pane", "-s", "%3").code == 0
    assert (order(client), client.focused) == ([0, 1, 2, 3], 3)
    assert len(stage.server.sessions.all) == 1
    assert other.bye is not None
    stage.child_says(b"still here", 3)
    assert client.shows("still here", 3)


def test_the_focus_goes_back_through_the_panes_that_are_left(client: Client) -> None:
    client.run("select-pane", "-t", "%0")
    client.run("select-pane", "-t", "%1")
    client.run("break-pane", "-d")
    assert client.focused == 0
    client.run("last-pane")
    assert client.focused == 2
    client.run("kill-pane")
    assert client.focused == 0
    assert client.run("last-pane").code == 0
    assert client.focused == 0


def test_a_moved_pane_is_told_of_the_focus_it_gained_and_lost(client: Client, stage: Stage) -> None:
    stage.child_says(b"\x1b[?1004h", 2)
    stage.children[2].takes()
    client.run("break-pane", "-d")
    assert stage.children[2].takes() == b"\x1b[O"
    client.run("join-pane", "-s", "%2")
    assert stage.children[2].takes() == b"\x1b[I"
    client.run("break-pane")
    assert stage.children[2].takes().endswith(b"\x1b[I")
    client.run("join-pane", "-d", "-s", "%2", "-t", "%0")
    assert client.focused != 2
    assert stage.children[2].takes() == b"\x1b[O"


def test_what_can_not_move_is_told_so_and_stays(client: Client) -> None:
    client.run("break-pane")
    before = client.view()
    for words, said in (
        ("break-pane", "is alone in window 1 already"),
        ("break-pane -s %0 -n a:b", "can't be a name"),
        ("join-pane -s %2", "can't go beside itself"),
        ("join-pane -h -v -s %0", "say one of -h and -v"),
        ("join-pane -l 0 -s %0", "the size '0' can't be"),
    ):
        reply = client.run(*words.split())
        assert reply.code == 2
        assert said in reply.text
    for _ in range(8):
        client.run("split-window", "-h", "-b", "-d")
    reply = client.run("join-pane", "-h", "-s", "%0", "-t", "%2")
    assert (reply.code, "too small" in reply.text) == (2, True)
    assert windows(client) == [tab.index for tab in before.tabs]


# Synchronised input, but for the typing: see `test_delivery`


def test_the_keys_for_all_are_switched_and_every_client_knows(client: Client, stage: Stage) -> None:
    onlooker = stage.attach(read_only=True)
    stage.turn()
    for words, state in (("on", True), ("on", True), ("off", False), ("", True), ("", False)):
        assert client.run("synchronize-panes", *words.split()).code == 0
        assert client.view().view.synchronised is state
        assert onlooker.view().view.synchronised is state
    assert client.run("synchronize-panes", "maybe").code == 2
    assert onlooker.run("synchronize-panes", "on").code == 2
    assert not client.view().view.synchronised


def test_it_is_the_window_that_is_synchronised(client: Client) -> None:
    client.run("synchronize-panes", "on")
    client.run("break-pane")
    assert not client.view().view.synchronised
    client.run("last-window")
    assert client.view().view.synchronised
    client.run("join-pane", "-s", "%2")
    assert client.view().view.synchronised
