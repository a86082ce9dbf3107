"""Makes the recordings beside it, as asciicast v2: ``-m tests.recordings.record [NAME ...]``.

Time in a recording counts steps, not seconds: the same program makes the same file, as far as it
is the same program. The files are what tests read; this runs only to make new ones.
"""

import json
import os
import re
import socket
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import Final

from termlab.model.geometry import Size
from tests.recordings.drawn import DRAWN
from tests.recordings.place import ENVIRONMENT, ROOT, build
from tests.recordings.programs import DEFAULT_SIZE, PROGRAMS, Program

if sys.platform != "win32":
    from tests.e2e.outer import OuterTerminal

assert sys.platform != "win32"

FILES: Final = Path(__file__).parent
MAX_BYTES: Final = 60_000
STEP_S: Final = 0.1
# Long enough for a program that draws in several writes.
QUIET_MS: Final = 300


def main(names: list[str]) -> None:
    build()
    for name in names or [*DRAWN, *PROGRAMS]:
        if name in DRAWN:
            size, chunks = DEFAULT_SIZE, list(DRAWN[name]())
        else:
            size, chunks = PROGRAMS[name].size, list(play(PROGRAMS[name]))
        text = asciicast(name, size, chunks)
        check(name, text)
        (FILES / f"{name}.cast").write_text(text)
        print(f"{name}: {len(text.encode())} bytes")


def play(program: Program) -> Iterable[str]:
    """What the program writes, one text for each step: quiet falls between characters."""
    with OuterTerminal(program.argv, program.size, ENVIRONMENT, str(ROOT)) as outer:
        seen = 0
        for step in program.steps:
            if outer.ended:
                break
            outer.type(step.keys)
            if step.shows:
                outer.wait_for(step.shows)
            outer.wait_quiet(QUIET_MS)
            if outer.raw_bytes > seen:
                yield outer.raw[seen:].decode()
            seen = outer.raw_bytes


def asciicast(name: str, size: Size, chunks: Iterable[str]) -> str:
    header = {"version": 2, "width": size.cols, "height": size.rows, "title": name}
    events = ([round(index * STEP_S, 1), "o", chunk] for index, chunk in enumerate(chunks))
    lines = (json.dumps(line, ensure_ascii=False) for line in (header, *events))
    return "\n".join(lines) + "\n"


def check(name: str, text: str) -> None:
    """Refuse what must not be in a file for everybody: this machine, and too much."""
    traces = (socket.gethostname(), os.getcwd(), str(FILES.parents[2]), "/work", "/root")
    found = [
        trace for trace in traces if re.search(rf"\b{re.escape(trace)}\b|{re.escape(trace)}/", text)
    ]
    if found:
        raise SystemExit(f"{name}: the recording tells {found}: change the program or its place")
    if len(text.encode()) > MAX_BYTES:
        raise SystemExit(f"{name}: {len(text.encode())} bytes, {MAX_BYTES} allowed: take steps out")


if __name__ == "__main__":
    main(sys.argv[1:])
