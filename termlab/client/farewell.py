"""How an attached client ends: the last word for the person, and the exit code."""

import sys

from termlab.errors import TermlabError, WireError
from termlab.wire.messages import Bye


class Lost(WireError):
    """The server closed the connection without a word."""

    def __init__(self) -> None:
        super().__init__("it closed the connection; `termlab doctor` names its log")


class Refused(TermlabError):
    """The server's last word, with its exit code."""

    def __init__(self, text: str, code: int) -> None:
        super().__init__(text)
        self.exit_code = code


def farewell(bye: Bye | None, signal_number: int) -> int:
    """Say goodbye on a terminal that is the person's again: the exit code. Raises ``Refused``."""
    if signal_number:
        return 128 + signal_number
    bye = bye or Bye("")
    if bye.report:
        print(bye.report, flush=True)
        if bye.text:
            print(f"termlab: {bye.text}", file=sys.stderr)
        return bye.code
    if bye.code:
        raise Refused(bye.text, bye.code)
    print(bye.text)
    return 0
