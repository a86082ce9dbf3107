"""What a rule of the findings is: a row of limits on facts, and the words for who has crossed them.

A row finds its fault when every one of its limits is crossed and there is enough to judge by. Facts
are named as in `runs/facts`; in ``says`` they stand in braces.
"""

from typing import NamedTuple

from termlab.model.finding import Severity


class Limit(NamedTuple):
    """``fact`` must reach ``at``, or with ``below`` must not exceed it. ``why`` is the reason for
    the number, for people."""

    fact: str
    at: float
    why: str
    below: bool = False

    @property
    def sense(self) -> str:
        """How the fact stands to the limit, in writing."""
        return "<=" if self.below else ">="

    def crossed(self, value: float) -> bool:
        return value <= self.at if self.below else value >= self.at


class Rule(NamedTuple):
    """Rows of one name are ways to see the same fault, the best first: one of them tells it.

    ``enough`` is what has to be seen at least before the limits say anything. With ``bad_at`` the
    finding is a bad one once the fact of the first limit is as high as that. Where one of
    ``unless`` was found already, this fault is only its shadow."""

    name: str
    severity: Severity
    looks_for: str
    limits: tuple[Limit, ...]
    enough: tuple[Limit, ...]
    says: str
    advice: str
    bad_at: float | None = None
    unless: tuple[str, ...] = ()
