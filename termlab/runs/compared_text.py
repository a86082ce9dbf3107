"""A comparison for a person and for programs. Pure."""

from collections.abc import Mapping, Sequence
from textwrap import wrap
from typing import Final

from termlab.model.figure import Missing
from termlab.model.metrics import FIGURES
from termlab.model.run import Profile
from termlab.runs.compare import NOT_COMPARED, SAME, Compared, Comparison
from termlab.runs.gates import gate_of
from termlab.runs.plain import columns, command_line, plain, text_of
from termlab.runs.report import show
from termlab.runs.statistics import Middle

VERSION: Final = 1
_ROWS: Final = {row.name: row for row in FIGURES}
_TITLES: Final = ("", "", "A", "B", "B/A", "95 %", "p", "effect")
_RIGHT: Final = (False, False, True, True, True, False, True, True)
# Lists of names are broken there; the table is as wide as it is.
_COLS: Final = 100
_NONE: Final = "-"
_WHAT_IT_MEANS: Final = (
    "A and B are medians with the half of their 95 % interval; p is adjusted for the number of\n"
    "figures; effect is Cliff's delta, from -1 (every B below every A) to 1.\n"
)


def compared_text(found: Comparison, everything: bool = False) -> str:
    """The whole text: the sides, what stands against comparing them, a line a figure, the result.

    ``everything`` has the figures that are held against nobody as well."""
    lines = [_side("A", found.a), _side("B", found.b)]
    lines += [f"warning: {plain(warning, 200)}" for warning in found.warnings]
    if found.refused:
        lines.append(f"not compared: {found.refused}")
    shown = [row for row in found.rows if everything or _is_told(row, found)]
    if shown:
        lines += ["", *_table(shown), *_outliers(shown)]
    same = [row.name for row in found.rows if not everything and row.judgement.constant]
    if same:
        lines += ["", *_broken(f"the same in every run: {', '.join(same)}")]
    lines += [*_reasons(found.rows), "", *_broken(result(found))]
    return text_of(lines) + (_WHAT_IT_MEANS if _tested(found) else "")


def result(found: Comparison) -> str:
    """What came out, in a sentence."""
    if found.refused:
        return "B was not held against A."
    said = [
        f"{verdict}: {', '.join(_changed(row) for row in rows)}"
        for verdict, rows in (("worse", found.worse), ("better", found.better))
        if rows
    ]
    same = sum(row.judgement.verdict == SAME for row in found.rows)
    left = sum(row.judgement.verdict == NOT_COMPARED for row in found.rows)
    said.append(f"no difference seen in {same} figures")
    return "; ".join([*said, *([f"{left} not compared"] if left else [])]) + "."


def compared_document(found: Comparison) -> Mapping[str, object]:
    """For programs."""
    return {
        "version": VERSION,
        "a": _side_document(found.a),
        "b": _side_document(found.b),
        "warnings": found.warnings,
        "refused": found.refused or None,
        "failed": found.failed,
        "worse": [row.name for row in found.worse],
        "better": [row.name for row in found.better],
        "figures": {row.name: _document(row) for row in found.rows},
    }


def _side(letter: str, profile: Profile) -> str:
    name = f"{profile.name}: " if profile.name else ""
    count = len(profile.runs)
    return f"{letter}  {name}{command_line(profile.command)} ({count} run{'s' * (count != 1)})"


def _is_told(row: Compared, found: Comparison) -> bool:
    """Whether it has a verdict, or is shown for being there though nothing is held against it."""
    if found.refused:
        return _has_both(row) and gate_of(row.name).kind != "context"
    return row.judgement.verdict != "" and _has_both(row) and not row.judgement.constant


def _has_both(row: Compared) -> bool:
    return isinstance(row.a, Middle) and isinstance(row.b, Middle)


def _table(rows: Sequence[Compared]) -> list[str]:
    cells = [_TITLES, *(_cells(row) for row in rows)]
    lines = columns(cells, _RIGHT)
    kept, group = [lines[0]], ""
    for row, line in zip(rows, lines[1:], strict=True):
        if _ROWS[row.name].group != group:
            group = _ROWS[row.name].group
            kept.append(group)
        kept.append(line)
    return kept


def _cells(row: Compared) -> tuple[str, ...]:
    unit, judgement = _ROWS[row.name].unit, row.judgement
    interval = ratio = _NONE
    if row.ratio is not None:
        ratio = f"{row.ratio.ratio:.3f}"
        if (
            row.ratio.low is not None
            and row.ratio.high is not None
            and row.ratio.low < row.ratio.high
        ):
            interval = f"{row.ratio.low:.3f} .. {row.ratio.high:.3f}"
    verdict = judgement.verdict
    return (
        f"  {row.name}",
        verdict.upper() if verdict == "worse" else "no difference" if verdict == SAME else verdict,
        _middle(unit, row.a),
        _middle(unit, row.b),
        ratio,
        interval,
        f"{judgement.p:.4f}" if judgement.p is not None else "",
        f"{judgement.effect:+.2f}" if judgement.effect is not None else "",
    )


def _outliers(rows: Sequence[Compared]) -> list[str]:
    """Which runs lie far from the others, by their numbers."""
    said = [
        f"{row.name} {side} {', '.join(str(place + 1) for place in places)}"
        for row in rows
        for side, places in (("A", row.outliers_a), ("B", row.outliers_b))
        if places
    ]
    return ["", *_broken(f"outliers, by the number of the run: {'; '.join(said)}")] if said else []


def _broken(text: str) -> list[str]:
    return wrap(text, _COLS, subsequent_indent="  ", break_on_hyphens=False)


def _middle(unit: str, found: Middle | Missing) -> str:
    if isinstance(found, Missing):
        return _NONE
    half = (found.high - found.low) / 2
    share = f" ±{half / abs(found.median) * 100:.1f}%" if found.median and found.runs > 1 else ""
    return show(unit, found.median) + share


def _changed(row: Compared) -> str:
    if row.ratio is not None:
        return f"{row.name} {(row.ratio.ratio - 1) * 100:+.1f} %"
    assert isinstance(row.a, Middle)
    assert isinstance(row.b, Middle)
    unit = _ROWS[row.name].unit
    return f"{row.name} {show(unit, row.a.median)} -> {show(unit, row.b.median)}"


def _reasons(rows: Sequence[Compared]) -> list[str]:
    """Why figures were not compared: those with the same reason in one line."""
    found: dict[str, list[str]] = {}
    for row in rows:
        if row.judgement.verdict == NOT_COMPARED:
            found.setdefault(row.judgement.reason, []).append(row.name)
    if not found:
        return []
    said = [_broken(f"not compared, {why}: {', '.join(names)}") for why, names in found.items()]
    return ["", *(line for lines in said for line in lines)]


def _tested(found: Comparison) -> bool:
    return any(row.judgement.p is not None for row in found.rows)


def _side_document(profile: Profile) -> Mapping[str, object]:
    return {
        "name": profile.name or None,
        "command": profile.command,
        "runs": len(profile.runs),
        "host": profile.machine.host,
    }


def _document(row: Compared) -> Mapping[str, object]:
    judgement = row.judgement
    return {
        "unit": _ROWS[row.name].unit,
        "a": _middle_document(row.a),
        "b": _middle_document(row.b),
        "ratio": row.ratio.ratio if row.ratio else None,
        "ratio_interval": [row.ratio.low, row.ratio.high] if row.ratio else None,
        "p": judgement.p,
        "effect": judgement.effect,
        "verdict": judgement.verdict or None,
        "reason": judgement.reason or None,
        "outliers": {"a": row.outliers_a, "b": row.outliers_b},
    }


def _middle_document(found: Middle | Missing) -> Mapping[str, object]:
    if isinstance(found, Missing):
        return {"median": None, "reason": found.reason}
    return {"median": found.median, "interval": [found.low, found.high], "runs": found.runs}
