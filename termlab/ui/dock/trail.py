"""What was seen of one figure before, the newest last: as much as a wide dock shows, no more."""

from collections import deque
from typing import Final

from termlab.model.figure import Figure
from termlab.ui.dock.units import amount

# One sample a cell; more columns than a dock has on any screen.
MAX_SAMPLES: Final = 240


class Trail:
    """One figure of one pane."""

    def __init__(self) -> None:
        self._samples: deque[float | None] = deque(maxlen=MAX_SAMPLES)

    def add(self, figure: Figure) -> None:
        """One more sample; a figure that is missing leaves a gap, unless nothing came before."""
        value = amount(figure)
        if value is not None or self._samples:
            self._samples.append(value)

    def clear(self) -> None:
        """Another pane is shown."""
        self._samples.clear()

    @property
    def samples(self) -> list[float | None]:
        return list(self._samples)
