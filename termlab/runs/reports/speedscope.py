"""Stacks as a file for https://www.speedscope.app, of its kind "sampled". Pure.

The schema: https://www.speedscope.app/file-format-schema.json.
"""

from collections.abc import Mapping
from typing import Final

from termlab.runs.reports.folded import Stacks

SCHEMA: Final = "https://www.speedscope.app/file-format-schema.json"


def speedscope(
    stacks: Stacks, name: str, exporter: str, unit: str = "none"
) -> Mapping[str, object]:
    """The document. ``unit``: of a stack's weight, as the schema has them ("none", "bytes", …)."""
    frames: dict[str, int] = {}
    samples: list[list[int]] = []
    weights: list[int] = []
    for stack, count in sorted(stacks.items()):
        samples.append([frames.setdefault(frame, len(frames)) for frame in stack])
        weights.append(count)
    return {
        "$schema": SCHEMA,
        "name": name,
        "exporter": exporter,
        "activeProfileIndex": 0,
        "shared": {"frames": [{"name": frame} for frame in frames]},
        "profiles": [
            {
                "type": "sampled",
                "name": name,
                "unit": unit,
                "startValue": 0,
                "endValue": sum(weights),
                "samples": samples,
                "weights": weights,
            }
        ],
    }
