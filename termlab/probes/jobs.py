"""What runs under a pane's first process: jobs by name, but for a shell that waits at its prompt.

Process groups are jobs; each is named by its first process, the one in front of the terminal first.
On Linux /proc is read, 60 µs a process; elsewhere psutil names processes, without groups. macOS and
Windows are typed and untried.
"""

import contextlib
import os
import sys
from typing import Final, NamedTuple

from termlab.model.listing import RunningListing
from termlab.probes.thread_tree import children

SHELLS: Final = frozenset(
    {"sh", "bash", "zsh", "fish", "dash", "ash", "ksh", "mksh", "tcsh", "csh", "nu", "xonsh"}
    | {"elvish", "pwsh", "cmd.exe", "powershell.exe", "pwsh.exe", "bash.exe"}
)
# Names enough for any question; a tree that is larger is not walked to its end.
MAX_PROCESSES: Final = 128


class _Process(NamedTuple):
    pid: int
    name: str
    group: int
    front: int  # the group in front of its terminal
    dead: bool


def jobs(root: int, pane: str) -> tuple[RunningListing, ...]:
    """What runs under the process ``root`` of ``pane``; nothing for 0, which is no process."""
    if root <= 0:
        return ()
    if sys.platform != "linux":
        return _jobs_elsewhere(root, pane)
    groups: dict[int, list[_Process]] = {}
    for process in _tree(root):
        if not process.dead and not (process.pid == root and _waits(process)):
            groups.setdefault(process.group, []).append(process)
    found = [min(members, key=lambda each: each.pid) for members in groups.values()]
    found.sort(key=lambda each: (each.group != each.front, each.pid))
    return tuple(
        RunningListing(pane, each.pid, each.name, each.group == each.front) for each in found
    )


def _tree(root: int) -> list[_Process]:
    """The process and its live descendants."""
    waiting = [root]
    found: list[_Process] = []
    while waiting and len(found) < MAX_PROCESSES:
        pid = waiting.pop(0)
        if (process := _look(pid)) is not None:
            found.append(process)
            waiting += children(pid)
    return found


def _look(pid: int) -> _Process | None:
    try:
        with open(f"/proc/{pid}/stat", "rb", buffering=0) as file:
            text = file.read(1024).decode("utf-8", "replace")
    except OSError:
        return None
    # The name is in parentheses, and may have some itself.
    name, _, rest = text.partition("(")[2].rpartition(")")
    fields = rest.split()
    return _Process(pid, name, int(fields[2]), int(fields[5]), fields[0] in "ZX")


def _waits(shell: _Process) -> bool:
    """Whether it is a shell that was given nothing to run: it waits for a person."""
    if shell.name not in SHELLS:
        return False
    try:
        with open(f"/proc/{shell.pid}/cmdline", "rb", buffering=0) as file:
            words = file.read(4096).split(b"\0")[1:-1]
    except OSError:
        return True
    return all(word.startswith(b"-") and word != b"-c" for word in words)


def _jobs_elsewhere(root: int, pane: str) -> tuple[RunningListing, ...]:
    import psutil

    try:
        first = psutil.Process(root)
        tree = [first, *first.children(recursive=True)[:MAX_PROCESSES]]
    except psutil.Error:
        return ()
    found = []
    for process in tree:
        with contextlib.suppress(psutil.Error):  # it has ended since, or is another user's
            name = os.path.basename(process.name())
            if not (process.pid == root and name in SHELLS):
                found.append(RunningListing(pane, process.pid, name, False))
    return tuple(found)
