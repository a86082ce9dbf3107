"""Where a program spends its CPU time: stacks, sampled while it runs, as folded stacks.

Python programs by py-spy, which sees Python's own functions in them and in the processes they
start; others by perf, by the tables for debuggers (DWARF), since few programs keep frame pointers.
Both attach to what runs already, so the first hundredths of a second are not in it. What fails is
a reason, and the run is measured as ever.
"""

import os
import re
import subprocess
from collections import Counter
from collections.abc import Iterable, Iterator
from typing import Final, NamedTuple

from termlab.model.figure import Missing
from termlab.probes.tool import Tool, find_tool, private_directory

# Not the rate of what programs do every hundredth of a second.
_PY_SPY_HZ: Final = 199
_PERF_HZ: Final = 99
# A sample of perf's has a copy of the stack: so many bytes of it, and so much of them all.
_STACK_BYTES: Final = 8192
_PERF_FILE: Final = "128M"
_MAX_BYTES: Final = 64 << 20
_MAX_STACKS: Final = 100_000
# They end when the program has ended; writing down what they have takes them a moment.
_PATIENCE_S: Final = 10.0
_SCRIPT_S: Final = 120.0
_TOO_SHORT: Final = "the program had ended, or used no CPU, before it could be sampled"
_PROCESS: Final = re.compile(r'^process \d+:"(.*)"$')
# What `heap` puts before a program, whose name is that of a directory made for it.
_MEMRAY: Final = re.compile(r" -m memray run --quiet --aggregate --output \S+")
_FRAME: Final = re.compile(r"^\s+[0-9a-f]+ (.*?)(?: \(([^()]*)\))?$")


class Kept(NamedTuple):
    """What a tool brought; ``note``: what a reader must know of it."""

    data: bytes
    note: str


class Flame:
    """A sampler beside one program, from its making to `finish`."""

    def __init__(self, name: str, path: str, pid: int) -> None:
        self._name = name
        self._directory, self._remove = private_directory(self, "termlab-flame-")
        self._output = os.path.join(self._directory, "stacks")
        self._tool = Tool(_argv(name, path, pid, self._output), self._directory)

    def finish(self) -> Kept | Missing:
        """The program has ended: its stacks. Everything the sampler made is gone behind it."""
        try:
            code = self._tool.end(_PATIENCE_S)
            stacks = self._perf() if self._name == "perf" else self._py_spy()
            if not stacks:
                why = self._tool.said() if code else ""
                return Missing(f"{self._name} brought no stacks: {why or _TOO_SHORT}")
            return Kept(folded(stacks), f"stacks were sampled by {self._name} while it ran")
        except (OSError, subprocess.SubprocessError) as error:
            return Missing(f"the stacks of {self._name} can't be read: {error}")
        finally:
            self._remove()

    def _py_spy(self) -> Counter[str]:
        if not os.path.exists(self._output):
            return Counter()
        with open(self._output, encoding="utf-8", errors="replace") as file:
            return py_spy_stacks(file.read(_MAX_BYTES).splitlines())

    def _perf(self) -> Counter[str]:
        if not os.path.exists(self._output) or not os.path.getsize(self._output):
            return Counter()
        fields = ["-F", "comm,ip,sym,dso", "--no-inline"]
        with open(os.path.join(self._directory, "script"), "w+b") as text:
            subprocess.run(
                ["perf", "script", "-i", self._output, *fields],
                stdin=subprocess.DEVNULL,
                stdout=text,
                stderr=subprocess.DEVNULL,
                timeout=_SCRIPT_S,
                check=False,
            )
            text.seek(0)
            return perf_stacks(line.decode("utf-8", "replace") for line in text)


def start_flame(pid: int, python: bool, search: str) -> Flame | Missing:
    """Sample the program ``pid``, just started. ``search``: the PATH that tools are found on."""
    name = "py-spy" if python else "perf"
    path = find_tool(name, search)
    if not path:
        return Missing(_ABSENT[name])
    try:
        return Flame(name, path, pid)
    except OSError as error:
        return Missing(f"{name} could not be started: {error.strerror}")


_ABSENT: Final = {
    "py-spy": "py-spy is not installed, which samples Python programs: "
    "`pip install 'termlab[flame]'`",
    "perf": "perf is not installed, which samples programs: install linux-perf (Debian), "
    "linux-tools-generic (Ubuntu) or perf (others)",
}


def _argv(name: str, path: str, pid: int, output: str) -> list[str]:
    if name == "py-spy":
        # It would stop the program for each sample, and that would be booked on it as wakeups.
        how = ["-r", str(_PY_SPY_HZ), "-f", "raw", "--nonblocking", "--subprocesses"]
        return [path, "record", "-p", str(pid), *how, "-o", output]
    graph = f"dwarf,{_STACK_BYTES}"
    limits = ["-F", str(_PERF_HZ), "--call-graph", graph, f"--max-size={_PERF_FILE}"]
    return [path, "record", "-q", *limits, "-o", output, "-p", str(pid)]


def py_spy_stacks(lines: Iterable[str]) -> Counter[str]:
    """Of its raw format; processes by their commands, for their numbers differ each time."""
    stacks: Counter[str] = Counter()
    for line in lines:
        stack, _, count = line.rpartition(" ")
        if not stack or not count.isdecimal():
            continue
        first, _, rest = stack.partition(";")
        if found := _PROCESS.match(first):
            first = _MEMRAY.sub("", found[1]).strip() or "python"
        _count(stacks, f"{first};{rest}" if rest else first, int(count))
    return stacks


def perf_stacks(lines: Iterable[str]) -> Counter[str]:
    """Of what ``perf script`` prints: a command, its frames from the innermost, an empty line."""
    stacks: Counter[str] = Counter()
    for command, frames in _samples(lines):
        _count(stacks, ";".join((command, *reversed(frames))), 1)
    return stacks


def _samples(lines: Iterable[str]) -> Iterator[tuple[str, list[str]]]:
    command, frames = "", list[str]()
    for line in lines:
        if not line.strip():
            if frames:
                yield command, frames
            command, frames = "", []
        elif found := _FRAME.match(line.rstrip("\n")):
            frames.append(_frame(found[1], found[2] or ""))
        elif not command:
            command = line.strip().replace(";", ":")
    if frames:
        yield command, frames


def _frame(name: str, file: str) -> str:
    """A function without a name is told by the file it is in."""
    if name in ("", "[unknown]"):
        name = f"[{os.path.basename(file) or 'unknown'}]"
    return name.replace(";", ":")


def _count(stacks: Counter[str], stack: str, count: int) -> None:
    """New ones beyond the limit are counted as one."""
    if stack not in stacks and len(stacks) >= _MAX_STACKS:
        stack = "[more]"
    stacks[stack] += count


def folded(stacks: Counter[str]) -> bytes:
    """As they are kept: a line each, in the order of their names."""
    return "".join(f"{stack} {count}\n" for stack, count in sorted(stacks.items())).encode()
