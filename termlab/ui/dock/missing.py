"""Why figures are not there, as rows: each reason once, behind the names of what it holds for."""

from collections.abc import Sequence
from typing import Final

from termlab.model.figure import Figure, Missing
from termlab.ui.dock.ink import Part, Row, exactly, wrapped

# In the place of a figure that has a reason beneath.
NONE: Final = Part("-", "dim")

Named = tuple[str, Figure]


def reasons(figures: Sequence[Named], cols: int) -> list[Row]:
    """One sentence for each reason, wrapped; none where everything is known."""
    names: dict[str, list[str]] = {}
    for name, figure in figures:
        if isinstance(figure, Missing):
            names.setdefault(figure.reason, []).append(name)
    whole = len(figures)
    rows: list[Row] = []
    for reason, those in names.items():
        text = reason if len(those) == whole else f"{', '.join(those)}: {reason}"
        rows += wrapped(text, cols, "dim", indent=1)
    return rows


def nothing_known(figures: Sequence[Named]) -> bool:
    """Whether there is not a single amount."""
    return all(isinstance(figure, Missing) for _, figure in figures)


def cell(figure: Figure, text: str) -> Part:
    """A figure's place in a grid: ``text``, or the mark of what is missing."""
    return NONE if isinstance(figure, Missing) else Part(text)


def foot(figures: Sequence[Named], meaning: str, cols: int) -> list[Row]:
    """The end of a panel: what is missing and why, and what the rest means. Two rows at least, so
    that a sentence which comes and goes moves nothing."""
    rows = [*reasons(figures, cols), *(wrapped(meaning, cols, indent=1) if meaning else [])]
    return exactly(rows, max(len(rows), 2))
