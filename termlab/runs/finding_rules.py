"""The table of all rules that runs are judged by, in the order in which they are."""

from typing import Final

from termlab.runs.rules.of_calls import CALL_RULES
from termlab.runs.rules.of_keys import KEY_RULES
from termlab.runs.rules.of_output import OUTPUT_RULES
from termlab.runs.rules.of_silence import SILENCE_RULES
from termlab.runs.rules.rule import Rule

# Keys first: a key that is answered late leaves silence, in which its answer is worked out. Then
# silence: what fails or reads little because of a busy wait is only its shadow.
RULES: Final[tuple[Rule, ...]] = (*KEY_RULES, *SILENCE_RULES, *CALL_RULES, *OUTPUT_RULES)
