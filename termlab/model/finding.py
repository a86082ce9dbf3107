"""What the figures of a run say is wrong with the program, and what its author can do."""

from typing import Literal

from termlab.model.records import msgspec

Severity = Literal["info", "warn", "bad"]


class Finding(msgspec.Struct, frozen=True):
    """``rule`` is the name of its row in the table of rules; ``says`` is one sentence with the
    figures in it, ``evidence`` which figures crossed which threshold, ``advice`` what to do."""

    rule: str
    severity: Severity
    says: str
    evidence: str
    advice: str
