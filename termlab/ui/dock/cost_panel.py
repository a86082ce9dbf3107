"""What termlab itself costs meanwhile, at the foot of the dock: server, clients and each look."""

from termlab.model.figure import Figure
from termlab.model.vitals import Vitals
from termlab.ui.dock.ink import Part, Row, cut, width
from termlab.ui.dock.missing import NONE, Named, nothing_known, reasons
from termlab.ui.dock.panel import Panel
from termlab.ui.dock.thresholds import judge
from termlab.ui.dock.units import amount, milliseconds, percent


class CostPanel(Panel):
    """One row under its title, and the reason for what it does not know."""

    heading = "termlab itself"

    def draw(self, vitals: Vitals, trail: Row, cols: int) -> list[Row]:
        return cost_rows(vitals, cols)


def cost_rows(vitals: Vitals, cols: int) -> list[Row]:
    """The panel beneath its title."""
    named: list[Named] = [("server", vitals.server_cpu_percent), ("a look", vitals.sampling_ms)]
    if nothing_known(named):
        return reasons(named, cols)
    return [_spread(vitals, cols), *reasons(named, cols)]


def _spread(vitals: Vitals, cols: int) -> Row:
    """The cells over the whole row: the look's name has to go first, then what clients cost."""
    look = amount(vitals.sampling_ms)
    time = NONE if look is None else Part(milliseconds(look))
    server: Row = (Part("server ", "dim"), _cpu(vitals.server_cpu_percent))
    client: Row = (Part("client ", "dim"), _cpu(vitals.client_cpu_percent))
    known = amount(vitals.client_cpu_percent) is not None
    named: Row = (Part("a look ", "dim"), time)
    wider = [[server, client, named], [server, client, (time,)]] if known else []
    for cells in (*wider, [server, named]):
        room = cols - 2 - sum(map(width, cells))
        if room >= 2 * (len(cells) - 1):
            return _apart(cells, room)
    return cut((Part(" "), *server), cols)


def _apart(cells: list[Row], room: int) -> Row:
    """The cells with ``room`` blanks between them."""
    parts: list[Part] = [Part(" "), *cells[0]]
    gaps = len(cells) - 1
    for at, each in enumerate(cells[1:]):
        parts += [Part(" " * (room * (at + 1) // gaps - room * at // gaps)), *each]
    return tuple(parts)


def _cpu(figure: Figure) -> Part:
    value = amount(figure)
    return NONE if value is None else Part(percent(value), judge("own_percent", value))
