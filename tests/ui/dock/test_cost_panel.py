"""termlab's own cost, as rows."""

import msgspec

from termlab.model.figure import Amount
from termlab.model.vitals import Vitals
from termlab.ui.dock.cost_panel import cost_rows
from termlab.ui.dock.ink import width
from tests.ui.dock.figures import FIRST_LOOK, everything, unknown, vitals


def texts(seen: Vitals, cols: int = 35) -> list[str]:
    return ["".join(part.text for part in row).rstrip() for row in cost_rows(seen, cols)]


def test_the_server_and_the_looking() -> None:
    assert texts(vitals()) == [" server 0.4 %       a look 0.83 ms"]


def test_clients_have_their_place_where_there_is_room() -> None:
    assert texts(everything(), 44) == [" server 0.4 %  client 0.3 %  a look 0.83 ms"]
    assert texts(everything(), 37) == [" server 0.4 %  client 0.3 %  0.83 ms"]
    assert texts(everything(), 34) == [" server 0.4 %      a look 0.83 ms"]
    assert texts(everything(), 20) == [" server 0.4 %"]


def test_a_figure_that_is_missing_has_its_reason() -> None:
    seen = msgspec.structs.replace(vitals(), server_cpu_percent=FIRST_LOOK)
    assert texts(seen) == [
        " server -           a look 0.83 ms",
        " server: rates need two looks, and",
        " this is the first",
    ]
    assert texts(unknown()) == [" rates need two looks, and this is", " the first"]


def test_a_server_that_costs_much_is_coloured() -> None:
    seen = msgspec.structs.replace(vitals(), server_cpu_percent=Amount(7.0))
    assert cost_rows(seen, 35)[0][2].role == "bad"


def test_it_can_be_of_any_width() -> None:
    for cols in range(40):
        for seen in (vitals(), unknown(), everything()):
            assert max(map(width, cost_rows(seen, cols))) <= cols
