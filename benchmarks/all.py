"""Every comparison, one after the other: the tables go to the screen and to `RESULTS.md`.

``python -m benchmarks.all [--quick] [PART…]``. A quick run only shows that all works: it writes
nothing. With parts named, as `PARTS` has them, theirs are measured anew and the others' kept.
"""

import os
import platform
import re
import subprocess
import sys
from collections.abc import Sequence
from importlib import import_module
from pathlib import Path
from typing import Final

from benchmarks.contestants import present
from termlab.version import VERSION

RESULTS: Final = Path(__file__).parent / "RESULTS.md"
PARTS: Final = (
    *("throughput", "latency", "idle", "memory", "searching", "startup"),  # what a person notices
    *("coalescing", "arenas", "input_path", "dedicated", "messaging", "bridging", "connections"),
    "comparing",
    *("observing", "probing"),
    "micro",
)
APART: Final = "*Measured apart from what stands above.*\n"
# In front of each part's text.
_MARK: Final = re.compile(r"^<!-- (\w+) -->\n", re.MULTILINE)


def surroundings() -> str:
    """On what this was measured."""
    tmux = "no tmux"
    if "tmux" in present():
        tmux = subprocess.run(["tmux", "-V"], capture_output=True, text=True).stdout.strip()
    return (
        "# termlab beside tmux and a plain PTY\n\n"
        f"termlab {VERSION}, {tmux}, Python {platform.python_version()}, "
        f"{platform.system()} {platform.machine()}, {os.cpu_count()} CPUs, "
        "outer terminal 200x50. Made by `python -m benchmarks.all`; all contestants in the same "
        "run, taking turns. Ratios can be trusted, absolute values are this machine's.\n\n"
    )


def kept(text: str) -> dict[str, str]:
    """The texts of an earlier run by the part they are of."""
    _, *pieces = _MARK.split(text)
    return dict(zip(pieces[::2], pieces[1::2], strict=True))


def joined(texts: dict[str, str]) -> str:
    """One text of all parts, in their order."""
    return "".join(f"<!-- {part} -->\n{texts[part]}" for part in PARTS if part in texts)


def main(asked: Sequence[str] = (), quick: bool = False) -> None:
    """Run all, or those asked for."""
    if unknown := set(asked) - set(PARTS):
        raise SystemExit(f"no such part: {', '.join(unknown)}. There are {', '.join(PARTS)}")
    before = RESULTS.read_text() if asked and RESULTS.exists() else surroundings()
    head, texts = _MARK.split(before)[0], kept(before)
    for part in asked or PARTS:
        text = import_module(f"benchmarks.{part}").main(quick).strip() + "\n\n"
        print(text, flush=True)
        texts[part] = (f"{APART}\n" if asked else "") + text
        if not quick:  # after each, so that nothing is lost to one that fails
            RESULTS.write_text(head + joined(texts))


if __name__ == "__main__":
    words = sys.argv[1:]
    main([word for word in words if word != "--quick"], "--quick" in words)
