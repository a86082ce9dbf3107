"""`replay`: a recording in a session of its own, on this terminal or, with -d, on none.

The whole file is read here first: what is wrong with it is told before a server is started, and
with an exit code.
"""

import os

from termlab.backends.replay import open_tape
from termlab.cli.show import attached, check_terminal, placement
from termlab.client.start import ATTEMPTS, begin
from termlab.commands.parse import Call, parse
from termlab.commands.playing import read_playing
from termlab.errors import UsageError
from termlab.model.geometry import Size


def play(path: str, words: list[str]) -> int:
    """Play a recording: the exit code. Raises ``RecordingError`` for a file that can't be."""
    call = parse(words)
    playing = read_playing(call)
    placed = placement(os.environ)
    file = os.path.abspath(call.text("file"))
    if not call.flag("detached"):
        for name, flag in (("cols", "-x"), ("rows", "-y")):
            if call.values.get(name) is not None:
                raise UsageError(f"replay: {flag} goes with -d: a terminal has its own size")
        check_terminal("termlab replay", call.flag("nest"))
    size = open_tape(file).check()
    if call.flag("detached"):
        return _start(path, words, _asked(call, size))
    start = begin(path)  # before the imports that showing it takes
    from termlab.wire.messages import Replay

    return attached(placed)(
        path,
        start,
        create=True,
        fresh=True,
        name=call.text("name"),
        remain=True,
        replay=Replay(file, playing.speed, playing.idle_limit_s),
    )


def _asked(call: Call, size: Size) -> list[str]:
    """The words for a size that was not given: the recording's own, for no terminal decides."""
    own = (("cols", "-x", size.cols), ("rows", "-y", size.rows))
    return [
        word for name, flag, n in own if call.values.get(name) is None for word in (flag, str(n))
    ]


def _start(path: str, words: list[str], more: list[str]) -> int:
    from termlab.cli.ask import perform

    return perform(path, [words[0], *more, *words[1:]], begin(path), again=ATTEMPTS)
