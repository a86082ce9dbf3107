"""Stacks for speedscope, held against what its schema asks of a sampled profile."""

from collections import Counter
from typing import Any

from termlab.runs.reports.folded import Stacks
from termlab.runs.reports.speedscope import SCHEMA, speedscope
from tests.runs.reports.schemas import SPEEDSCOPE, valid


def test_it_is_as_the_schema_asks() -> None:
    stacks: Stacks = Counter({("main", "draw"): 3, ("main", "idle"): 2, ("main",): 1})
    said = speedscope(stacks, "demo", "termlab 1", "bytes")
    valid(said, SPEEDSCOPE)
    assert said["$schema"] == SCHEMA


def test_each_stack_is_a_sample_of_its_frames_from_the_outermost() -> None:
    said = speedscope(Counter({("main", "draw"): 3, ("main",): 1}), "demo", "termlab 1")
    document: Any = said
    frames = [frame["name"] for frame in document["shared"]["frames"]]
    (sampled,) = document["profiles"]
    named = [[frames[number] for number in sample] for sample in sampled["samples"]]
    assert named == [["main"], ["main", "draw"]]
    assert sampled["weights"] == [1, 3]
    assert sampled["endValue"] == 4
