"""What termlab itself costs meanwhile, at the foot of the dock: the server, and the looking."""

from termlab.model.vitals import Vitals
from termlab.ui.dock.ink import Part, Row, spread
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
    cpu, look = amount(vitals.server_cpu_percent), amount(vitals.sampling_ms)
    server = NONE if cpu is None else Part(percent(cpu), judge("own_percent", cpu))
    time = NONE if look is None else Part(milliseconds(look))
    left: Row = (Part(" server ", "dim"), server)
    right: Row = (Part("a look ", "dim"), time, Part(" "))
    return [spread(left, right, cols), *reasons(named, cols)]
