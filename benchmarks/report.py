"""Tables of figures side by side; the ratio is what counts, absolute values are this machine's."""

from collections.abc import Mapping, Sequence
from statistics import median, quantiles

HEAD = ("figure", "plain", "tmux", "termlab", "no ui", "stand-alone", "termlab / tmux")


def ratio(values: Mapping[str, float]) -> str:
    """termlab's value by tmux's."""
    ours, theirs = values.get("termlab"), values.get("tmux")
    if ours is None or not theirs:
        return "-"
    return f"{ours / theirs:.2f}x"


def row(figure: str, values: Mapping[str, float], digits: int = 2) -> tuple[str, ...]:
    """A line of the table; who has no value has a dash."""
    shown = [f"{values[n]:.{digits}f}" if n in values else "-" for n in HEAD[1:-1]]
    return (figure, *shown, ratio(values))


def table(title: str, rows: Sequence[tuple[str, ...]], note: str = "") -> str:
    """Markdown that can also be read as it is."""
    lines = [HEAD, *rows]
    widths = [max(len(line[i]) for line in lines) for i in range(len(HEAD))]

    def joined(line: Sequence[str]) -> str:
        cells = [
            line[0].ljust(widths[0]),
            *(c.rjust(w) for c, w in zip(line[1:], widths[1:], strict=True)),
        ]
        return f"| {' | '.join(cells)} |"

    rule = f"|{'-' * (widths[0] + 2)}|" + "".join(f"{'-' * (w + 1)}:|" for w in widths[1:])
    body = [joined(HEAD), rule, *(joined(line) for line in rows)]
    return "\n".join([f"## {title}", "", *body, *(["", note] if note else []), ""])


def percentile(values: Sequence[float], percent: int) -> float:
    """The value that ``percent`` of them don't exceed."""
    if percent == 50 or len(values) < 2:
        return median(values)
    return quantiles(values, n=100, method="inclusive")[percent - 1]
