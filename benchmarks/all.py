"""Every comparison, one after the other: the tables go to the screen and to `RESULTS.md`.

``python -m benchmarks.all [--quick]``. A quick run only shows that all works: it writes nothing.
"""

import os
import platform
import subprocess
import sys
from pathlib import Path
from typing import Final

from benchmarks import idle, latency, memory, searching, startup, throughput
from benchmarks.contestants import present
from termlab.version import VERSION

RESULTS: Final = Path(__file__).parent / "RESULTS.md"
PARTS: Final = (throughput, latency, idle, memory, searching, startup)


def surroundings() -> str:
    """On what this was measured."""
    tmux = "no tmux"
    if "tmux" in present():
        tmux = subprocess.run(["tmux", "-V"], capture_output=True, text=True).stdout.strip()
    return (
        f"termlab {VERSION}, {tmux}, Python {platform.python_version()}, "
        f"{platform.system()} {platform.machine()}, {os.cpu_count()} CPUs, "
        "outer terminal 200x50. Made by `python -m benchmarks.all`; all contestants in the same "
        "run, taking turns. Ratios can be trusted, absolute values are this machine's.\n"
    )


def main(quick: bool = False) -> None:
    """Run all; a part that fails says so and leaves the others their turn."""
    texts = ["# termlab beside tmux and a plain PTY\n", surroundings()]
    for part in PARTS:
        texts.append(part.main(quick))
        print(texts[-1], flush=True)
    if not quick:
        RESULTS.write_text("\n".join(texts))
        print(f"written to {RESULTS}")


if __name__ == "__main__":
    main("--quick" in sys.argv)
