"""A figure: an amount, or the reason why there is none, never a zero in its place."""

from typing import Literal

from termlab.model.records import msgspec

Unit = Literal["s", "ms", "bytes", "count", "percent", "per_s", "bytes_per_s"]


class Amount(msgspec.Struct, frozen=True, tag="amount"):
    """A measured figure, in the unit of its row. ``note``: what it holds besides the obvious."""

    value: float
    note: str = ""


class Missing(msgspec.Struct, frozen=True, tag="missing"):
    """Why a figure is not there, in one sentence."""

    reason: str


Figure = Amount | Missing
