"""What a client's lab dock does, besides where it stands: which panels are open, how the calls are
listed, how often it is looked, and whether it is looked at all.

The server keeps it for each client and measures by it; the ui draws by it.
"""

from typing import Final

from termlab.model.records import msgspec

# The panels, each by the part of what is measured that it shows.
PANELS: Final = ("syscalls", "activity", "memory", "latency", "output")
# By what the system calls are listed, and what is told of each.
SORTS: Final = ("count", "time", "errors", "name")
VIEWS: Final = ("all", "silence", "key")
# Looks a second.
RATES: Final = (1, 2, 4)


class Lab(msgspec.Struct, frozen=True, array_like=True):
    """``open`` are the panels that are not folded to their title: the others are not measured, and
    while it is ``paused`` nothing is."""

    paused: bool = False
    open: tuple[str, ...] = PANELS
    sort: str = SORTS[0]
    view: str = VIEWS[0]
    rate: int = RATES[0]


def paused(lab: Lab, pause: bool) -> Lab:
    """Look no more, or go on."""
    return msgspec.structs.replace(lab, paused=pause)


def folded(lab: Lab, panel: str) -> Lab:
    """Fold a panel, or open it again; they keep their order."""
    others = [each for each in PANELS if (each in lab.open) != (each == panel)]
    return msgspec.structs.replace(lab, open=tuple(others))


def sorted_by(lab: Lab, sort: str) -> Lab:
    """List the calls by something, by the next of `SORTS` where that is ""."""
    return msgspec.structs.replace(lab, sort=sort or _behind(SORTS, lab.sort))


def viewed(lab: Lab, view: str) -> Lab:
    """Tell something of each call, the next of `VIEWS` where that is ""."""
    return msgspec.structs.replace(lab, view=view or _behind(VIEWS, lab.view))


def paced(lab: Lab, rate: int | None) -> Lab:
    """Look so many times a second; None: as often as the next of `RATES` says."""
    faster = next((each for each in RATES if each > lab.rate), RATES[0])
    return msgspec.structs.replace(lab, rate=faster if rate is None else rate)


def _behind(names: tuple[str, ...], name: str) -> str:
    """The one that follows ``name``, round and round."""
    return names[(names.index(name) + 1) % len(names)] if name in names else names[0]
