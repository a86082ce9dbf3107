"""Layouts with real shells, from the keys to the screen: presets, break and join, swap, keys for
all panes."""

import sys

import pytest

if sys.platform != "win32":
    from tests.e2e.outer import OuterTerminal
    from tests.e2e.rest import settled
    from tests.e2e.session import PREFIX, OwnServer, echoes
else:
    pytest.skip("there are no PTYs", allow_module_level=True)

assert sys.platform != "win32"

pytestmark = [pytest.mark.slow, pytest.mark.usefixtures("placement")]


def three(own: OwnServer) -> OuterTerminal:
    """Shells A, B and C, each with its letter on its screen; C has the focus."""
    outer = own.shell()
    echoes(outer, "shellA")
    for word in ("shellB", "shellC"):
        outer.type(PREFIX + "%")
        outer.wait_for(r"│\$ *(│|$)")
        echoes(outer, word)
    return outer


def corners(rows: list[str]) -> dict[str, tuple[int, int]]:
    """Where the first pane of each letter shows it."""
    return {
        letter: (y, row.index(f"shell{letter}"))
        for letter in "ABC"
        for y, row in enumerate(rows)
        if f"shell{letter}" in row
    }


def stands(outer: OuterTerminal, *lines: str) -> None:
    """Wait until the letters stand as drawn: those of a line beside each other, lines below."""

    def so(rows: list[str]) -> bool:
        found = corners(rows)
        if set(found) != set("".join(lines)):
            return False
        top = [min(found[letter][0] for letter in line) for line in lines]
        level = all(len({found[letter][0] for letter in line}) == 1 for line in lines)
        across = all(
            [found[letter][1] for letter in line] == sorted(found[letter][1] for letter in line)
            for line in lines
        )
        return top == sorted(set(top)) and level and across

    outer.wait_for(so)


def test_each_key_makes_its_layout_and_space_goes_through_them(own: OwnServer) -> None:
    with three(own) as outer:
        outer.type(PREFIX + "\x1b2")
        stands(outer, "A", "B", "C")
        outer.type(PREFIX + "\x1b1")
        stands(outer, "ABC")
        outer.type(PREFIX + "\x1b3")
        stands(outer, "A", "BC")
        outer.type(PREFIX + " ")  # main-vertical
        outer.wait_for(lambda rows: any("shellA" in row and "shellB" in row for row in rows))
        outer.type(PREFIX + " ")
        stands(outer, "AB", "C")
        outer.type(PREFIX + " ")
        stands(outer, "ABC")
        outer.type("tput cols\r")
        outer.wait_for(r"│26 *$")


def test_panes_swap_and_rotate_with_their_programs(own: OwnServer) -> None:
    with three(own) as outer:
        outer.type(PREFIX + "\x1b1")
        stands(outer, "ABC")
        outer.type(PREFIX + "{")
        stands(outer, "ACB")
        outer.type(PREFIX + "\x0f")
        stands(outer, "CBA")
        outer.type(PREFIX + "\x1bo")
        stands(outer, "ACB")
        echoes(outer, "still")


def test_a_pane_breaks_to_a_window_and_is_joined_again(own: OwnServer) -> None:
    with three(own) as outer:
        outer.type(PREFIX + "!")
        outer.wait_for(r"0:bash- 1:bash\*")
        stands(outer, "C")
        echoes(outer, "alone")
        own.ok("join-pane", "-v", "-s", "%2", "-t", "%0")
        outer.wait_for(lambda rows: "1:bash" not in rows[-1])
        echoes(outer, "back")
        own.ok("resize-pane", "-t", "%1", "-x", "25%")
        outer.wait_for(lambda rows: rows[2].find("│") == 59)
        assert len(own.pane_pids()) == 3


def test_what_is_typed_and_pasted_goes_to_three_shells_and_nobody_can_miss_it(
    own: OwnServer,
) -> None:
    with three(own) as outer:
        outer.type(PREFIX + "\x1b2")
        stands(outer, "A", "B", "C")
        assert not any("SYNC" in row for row in outer.screen())
        own.ok("synchronize-panes", "on")
        outer.wait_for("SYNC keys go to all 3 panes")
        outer.wait_for(lambda rows: sum("SYNC" in row for row in rows) == 4)
        outer.type("echo all$((40+2))\r")
        outer.wait_for(lambda rows: [row.rstrip() for row in rows].count("all42") == 3)
        outer.type("\x1b[200~echo pasted$((40+2))\x1b[201~\r")
        outer.wait_for(lambda rows: [row.rstrip() for row in rows].count("pasted42") == 3)
        own.ok("synchronize-panes", "off")
        outer.wait_for(lambda rows: not any("SYNC" in row for row in rows))
        outer.type("echo one$((40+2))\r")
        outer.wait_for("one42")
        settled(own, outer)
        assert [row.rstrip() for row in outer.screen()].count("one42") == 1
