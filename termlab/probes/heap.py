"""Where a program takes its memory: what was allocated by whom at the peak, as folded stacks.

Python programs by memray, which runs them; others by heaptrack's library, put in front of theirs.
Either is asked for before the program starts (`plan_heap`), for it changes the command or its
environment. Processes that the program starts are not in it. What fails is a reason.
"""

import csv
import os
import re
import shutil
import subprocess
import sys
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import Final

from termlab.model.figure import Missing
from termlab.probes.flame import Kept, folded
from termlab.probes.python_command import PythonCommand, python_command
from termlab.probes.tool import Tool, find_tool, private_directory, run_tool

_PATIENCE_S: Final = 60.0
# Whether there is a module is found in some 20 ms, without importing it: a server waits for it.
_LOOK_S: Final = 2.0
_HAS_MEMRAY: Final = (
    "import sys; from importlib.util import find_spec; sys.exit(not find_spec('memray'))"
)
_MAX_BYTES: Final = 64 << 20
# Of what heaptrack writes down while the program runs: the rest is taken and left.
_RECORD_BYTES: Final = 512 << 20
_MAX_FIELD: Final = 1 << 20
_ADDRESS: Final = re.compile(r"\b0x[0-9a-f]+\b")
_MEMRAY_OWN: Final = ("/memray/commands/", "<frozen runpy>", "/runpy.py")


class MemrayHeap:
    """The command run by memray."""

    def __init__(self, command: PythonCommand) -> None:
        self._python = command.interpreter
        self._directory, self._remove = private_directory(self, "termlab-heap-")
        self._record = os.path.join(self._directory, "heap.bin")
        # Sums instead of every single allocation: its file stays small.
        run = ("-m", "memray", "run", "--quiet", "--aggregate", "--output", self._record)
        self.argv = (command.interpreter, *command.options, *run, *command.program)
        self.environment: Mapping[str, str] = {}

    def finish(self) -> Kept | Missing:
        """The program has ended: its stacks, in bytes. Everything made for it is gone then."""
        try:
            if not os.path.exists(self._record):
                return Missing("memray wrote nothing: the program was killed, or never began")
            table = os.path.join(self._directory, "heap.csv")
            words = (self._python, "-m", "memray", "transform", "csv", "-f", "-o", table)
            code, said = run_tool((*words, self._record), self._directory, _PATIENCE_S)
            if code or not os.path.exists(table):
                return Missing(f"memray could not read what it wrote: {said or code}")
            with open(table, encoding="utf-8", errors="replace", newline="") as file:
                stacks = memray_stacks(file)
            return _kept(stacks, "memory was tracked by memray, which slows the program down")
        except (OSError, csv.Error) as error:
            return Missing(f"what memray wrote can't be read: {error}")
        finally:
            self._remove()


class HeaptrackHeap:
    """The command with heaptrack's library in it, and its interpreter behind a pipe."""

    def __init__(self, argv: tuple[str, ...], library: str, interpreter: str, prints: str) -> None:
        self.argv = argv
        self._prints = prints
        self._directory, self._remove = private_directory(self, "termlab-heap-")
        self._record = os.path.join(self._directory, "heap")
        pipe = os.path.join(self._directory, "pipe")
        if sys.platform != "win32":
            os.mkfifo(pipe, 0o600)
        self.environment: Mapping[str, str] = {
            "LD_PRELOAD": library,
            "DUMP_HEAPTRACK_OUTPUT": pipe,
        }
        words = ("sh", "-c", _KEEP, "sh", interpreter, pipe, self._record, str(_RECORD_BYTES))
        self._tool = Tool(words, self._directory)

    def finish(self) -> Kept | Missing:
        """The program has ended: its stacks, in bytes. Everything made for it is gone then."""
        try:
            self._tool.end(_PATIENCE_S)
            if not os.path.exists(self._record) or not os.path.getsize(self._record):
                return Missing(
                    "heaptrack saw nothing: a program that is linked statically, or may do more "
                    "than its user, can't be looked into"
                )
            stacks = os.path.join(self._directory, "stacks")
            what = ("-F", stacks, "--flamegraph-cost-type", "peak", "-p0", "-a0", "-T0")
            words = (self._prints, "-f", self._record, *what)
            code, said = run_tool(words, self._directory, _PATIENCE_S)
            if code or not os.path.exists(stacks):
                return Missing(f"heaptrack could not read what it wrote: {said or code}")
            with open(stacks, encoding="utf-8", errors="replace") as file:
                found = heaptrack_stacks(file.read(_MAX_BYTES).splitlines())
            return _kept(found, "memory was tracked by heaptrack, which slows the program down")
        except OSError as error:
            return Missing(f"what heaptrack wrote can't be read: {error}")
        finally:
            self._remove()


# So much is kept; the rest is read too, for the program would wait for a reader, or die of none.
_KEEP: Final = '"$1" < "$2" | { head -c "$4" > "$3"; cat > /dev/null; }'


def plan_heap(
    argv: Sequence[str], search: str, directory: str
) -> MemrayHeap | HeaptrackHeap | Missing:
    """What is to be started in the place of ``argv``, and how; ``search`` is the program's PATH."""
    command = python_command(argv, search, directory)
    try:
        if command is not None:
            return _memray(command, search, directory)
        return _heaptrack(tuple(argv), search)
    except OSError as error:
        return Missing(f"memory can't be tracked: {error}")


def _memray(command: PythonCommand, search: str, directory: str) -> MemrayHeap | Missing:
    if not command.program:
        return Missing("memray runs a script, a module or -c TEXT, and this is Python alone")
    if os.path.dirname(command.interpreter):
        path: str | None = os.path.join(directory, command.interpreter)
    else:
        path = shutil.which(command.interpreter, path=search)
    if path is None:
        return Missing(f"there is no {command.interpreter}")
    try:
        found = subprocess.run(
            [path, "-c", _HAS_MEMRAY],
            stdin=subprocess.DEVNULL,
            capture_output=True,
            timeout=_LOOK_S,
            check=False,
        )
    except subprocess.TimeoutExpired:
        return Missing(f"{path} does not say whether it has memray")
    if found.returncode:
        return Missing(
            f"memray is not installed for {path}, which tracks Python programs: "
            f"`{path} -m pip install memray`"
        )
    return MemrayHeap(command._replace(interpreter=path))


def _heaptrack(argv: tuple[str, ...], search: str) -> HeaptrackHeap | Missing:
    if not sys.platform.startswith("linux"):
        return Missing("heaptrack, which tracks other programs than Python's, is Linux's")
    path = find_tool("heaptrack", search)
    prints = find_tool("heaptrack_print", search)
    if not path or not prints:
        return Missing("heaptrack is not installed, which tracks programs: install heaptrack")
    library = os.path.join(os.path.dirname(os.path.realpath(path)), "..", "lib", "heaptrack")
    preload = os.path.realpath(os.path.join(library, "libheaptrack_preload.so"))
    interpreter = os.path.realpath(os.path.join(library, "libexec", "heaptrack_interpret"))
    for part in (preload, interpreter):
        if not os.path.exists(part):
            return Missing(f"heaptrack is not whole: there is no {part}: install it again")
    return HeaptrackHeap(argv, preload, interpreter, prints)


def _kept(stacks: Counter[str], note: str) -> Kept | Missing:
    return Kept(folded(stacks), note) if stacks else Missing("no memory was taken")


def memray_stacks(lines: Iterable[str]) -> Counter[str]:
    """Of its table: bytes at the peak by stack, whose frames are ``NAME;FILE;LINE|…``, the
    innermost first. Its own frames are left out."""
    csv.field_size_limit(_MAX_FIELD)
    stacks: Counter[str] = Counter()
    for row in csv.DictReader(lines):
        frames = [_memray_frame(frame) for frame in (row["stack_trace"] or "").split("|")]
        kept = [frame for frame in reversed(frames) if frame]
        if row["size"].isdecimal():
            stacks[";".join(kept) or "[outside Python]"] += int(row["size"])
    return stacks


def _memray_frame(frame: str) -> str:
    name, _, place = frame.partition(";")
    file, _, line = place.rpartition(";")
    if not file or any(own in file for own in _MEMRAY_OWN):
        return ""
    return f"{name} ({os.path.basename(file)}:{line})"


def heaptrack_stacks(lines: Iterable[str]) -> Counter[str]:
    """Of its own folded stacks, which end in a separator."""
    stacks: Counter[str] = Counter()
    for line in lines:
        stack, _, count = line.rpartition(" ")
        if stack and count.isdecimal():
            # Addresses differ in each run, and tell nobody anything behind it.
            stacks[_ADDRESS.sub("[unknown]", stack.strip(";"))] += int(count)
    return stacks
