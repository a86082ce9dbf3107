"""What two readings tell of a program's output, for the dock and for a run. Pure."""

from typing import Final

from termlab.model.figure import Amount, Figure, Missing
from termlab.model.vitals import Output
from termlab.server.observing.observation import Reading
from termlab.server.observing.output_watch import OutputSums
from termlab.server.observing.rates import FIRST, UNSEEN

NO_OUTPUT: Final = Missing("there was no output")
AT_ONCE: Final = Missing("all output came in one read: that has no duration")
NO_ROWS: Final = Missing("no row of the screen was written")
NO_COLOURS: Final = Missing("no colour was set")
# Of less time a rate says nothing.
MIN_BUSY_S: Final = 0.001
_SETS: Final = "sets the pen that is set, by itself or with those beside it"


def output(before: Reading | None, now: Reading) -> Output:
    """Since the reading ``before``."""
    if now.output is None:
        return Output(*(UNSEEN,) * 11)
    if before is None or before.output is None:
        return Output(*(FIRST,) * 11)
    between = max(now.at_s - before.at_s, 1e-3)
    old, new = before.output, now.output
    grown = _grown(old, new)

    def rate(name: str) -> Figure:
        return Amount(grown[name] / between)

    return Output(
        rate("bytes"),
        rate("bursts"),
        _share(grown["bytes"], grown["bursts"], NO_OUTPUT),
        _percent(grown["rows_unchanged"], grown["rows_touched"], NO_ROWS),
        rate("full_clears"),
        rate("full_clears_unsynced"),
        rate("sync_frames"),
        rate("rows_scrolled"),
        rate("cursor_moves"),
        _percent(grown["colour_changes_redundant"], grown["colour_changes"], NO_COLOURS),
        _share(grown["bytes"], grown["reads"], NO_OUTPUT),
    )


def output_figures(first: Reading, last: Reading) -> dict[str, Figure]:
    """Of a run, by the names of `metrics.RunFigures`."""
    names = (
        *("bursts", "sync_frames", "full_clears", "full_clears_unsynced", "rows_touched"),
        *("rows_unchanged", "rows_scrolled", "cursor_moves", "colour_changes"),
        *("colour_changes_redundant", "alternate_screens"),
    )
    if first.output is None or last.output is None:
        missing = dict.fromkeys(names, UNSEEN)
        more = ("output_bytes_per_s", "burst_bytes", "pty_reads_small_percent")
        return {**missing, **dict.fromkeys(more, UNSEEN)}
    grown = _grown(first.output, last.output)
    notes = {
        "bursts": "a pause of 5 ms parts two",
        "rows_unchanged": "as the screen showed them before the burst; none where it scrolled",
        "rows_scrolled": "lines that wrap are counted as far as the history grew by them",
        "full_clears": "entering the alternate screen is none",
        "colour_changes_redundant": _SETS,
    }
    if grown["skimmed"]:
        share = 1 - grown["skimmed"] / grown["bytes"]
        some = f"of {share * 100:.0f} % of the output: the rest came too fast to be judged"
        for name in ("cursor_moves", "colour_changes", "colour_changes_redundant", "rows_touched"):
            notes[name] = "; ".join(part for part in (notes.get(name), some) if part)
    figures: dict[str, Figure] = {name: Amount(grown[name], notes.get(name, "")) for name in names}
    busy_s = last.output.busy_s - first.output.busy_s
    return {
        **figures,
        "output_bytes_per_s": _speed(grown["bytes"], busy_s),
        "burst_bytes": _share(grown["bytes"], grown["bursts"], NO_OUTPUT),
        "pty_reads_small_percent": _percent(grown["small_reads"], grown["reads"], NO_OUTPUT),
    }


def _speed(count: float, busy_s: float) -> Figure:
    if not count:
        return NO_OUTPUT
    if busy_s < MIN_BUSY_S:
        return AT_ONCE
    return Amount(count / busy_s, "between the first and the last of it, silences left out")


def _grown(old: OutputSums, new: OutputSums) -> dict[str, float]:
    """By how much each sum is larger now."""
    before = {**old.counts._asdict(), **old._asdict()}
    after = {**new.counts._asdict(), **new._asdict()}
    return {name: after[name] - before[name] for name in after if name != "counts"}


def _share(sum_: float, of: float, without: Missing) -> Figure:
    return Amount(sum_ / of) if of else without


def _percent(part: float, whole: float, without: Missing) -> Figure:
    return Amount(part / whole * 100) if whole else without
