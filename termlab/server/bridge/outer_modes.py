"""The modes of the terminals a bridge's own standard streams may be, while it has them.

With a terminal on standard input every key is the child's: raw. With one on standard output alone
only its translation of line ends goes, which the child's terminal has done already; ``C-c`` still
ends the bridge. On Windows nothing is set: a console there is for whoever reads keys, not a stream.
"""

import os
import sys
from contextlib import suppress
from typing import Final

if sys.platform == "win32":

    class OuterModes:
        """There are none to set."""

        found = False

        def set(self) -> None: ...

        def restore(self) -> None: ...

else:
    import termios
    import tty

    _OFLAG: Final = 1

    class OuterModes:
        """Those of descriptors 0 and 1. ``found`` is whether there is any terminal to set."""

        def __init__(self) -> None:
            self._raw = os.isatty(0)
            self._fd = 0 if self._raw else 1
            self.found = self._raw or os.isatty(1)
            self._saved = termios.tcgetattr(self._fd) if self.found else []

        def set(self) -> None:
            """Have it so; what was typed ahead is kept. One that has gone is left alone."""
            with suppress(termios.error):
                if self._raw:
                    tty.setraw(self._fd, termios.TCSANOW)
                elif self.found:
                    changed = termios.tcgetattr(self._fd)
                    changed[_OFLAG] &= ~termios.OPOST
                    termios.tcsetattr(self._fd, termios.TCSANOW, changed)

        def restore(self) -> None:
            """Give it back as it was; may be called again and again."""
            with suppress(termios.error):
                if self.found:
                    termios.tcsetattr(self._fd, termios.TCSANOW, self._saved)
