"""A flame graph, hung from its root, of folded stacks. Pure."""

from typing import Final

from termlab.runs.reports.chart import Chart, Json, label, layout
from termlab.runs.reports.folded import Stacks

# A browser draws so many at once without being slow; thinner ones could not be seen.
_MAX_NODES: Final = 3000
_THINNEST: Final = 0.0005
_DEPTH: Final = 24
_LEVEL_PX: Final = 24
_COLOURS: Final = ("#e8743b", "#ee9a4d", "#f2b04f", "#e0645c", "#d9825b", "#f0a868")


def icicle(stacks: Stacks, name: str, title: str, says: str) -> Chart | None:
    """None of no stacks. What is thinner than a pixel is left out; its time is its parent's.
    ``says`` has the whole as ``{whole}``."""
    totals: dict[tuple[str, ...], int] = {}
    for stack, count in stacks.items():
        for depth in range(len(stack) + 1):
            totals[stack[:depth]] = totals.get(stack[:depth], 0) + count
    whole = totals.get((), 0)
    if not whole:
        return None
    wide = [path for path, total in totals.items() if total >= whole * _THINNEST]
    # By width, parents before children: so a cut takes no parent from under its child.
    kept = sorted(wide, key=lambda path: (-totals[path], len(path)))[:_MAX_NODES]
    depth = min(max(len(path) for path in kept) + 1, _DEPTH)
    # A name that would be smaller can't be read.
    page = layout(depth * _LEVEL_PX + 60, uniformtext={"minsize": 9, "mode": "hide"})
    ids = {path: str(number) for number, path in enumerate(kept)}
    trace: Json = {
        "type": "icicle",
        "ids": [ids[path] for path in kept],
        "labels": [label(path[-1]) if path else "all" for path in kept],
        "parents": [ids[path[:-1]] if path else "" for path in kept],
        "values": [totals[path] for path in kept],
        "branchvalues": "total",
        "maxdepth": _DEPTH,
        "tiling": {"orientation": "v", "flip": "x", "pad": 1},
        "marker": {"colors": [_colour(path) for path in kept]},
        "textfont": {"color": "#2a1a10", "size": 11},
        "textposition": "middle left",
        "leaf": {"opacity": 1},
        "hovertemplate": "%{label}<br>%{value:,}: %{percentRoot:.1%} of all<extra></extra>",
        "pathbar": {"visible": True, "thickness": 22},
    }
    return Chart(name, title, says.format(whole=whole), {"data": [trace], "layout": page})


def _colour(path: tuple[str, ...]) -> str:
    """By its name: the same function looks the same everywhere."""
    if not path:
        return "#cfc6bd"
    return _COLOURS[sum(map(ord, path[-1])) % len(_COLOURS)]
