"""Lists of CPUs as people and the kernel write them: "0,2-3". Pure."""

from collections.abc import Iterable
from typing import Final

from termlab.errors import UsageError

# No kernel numbers more of them (NR_CPUS is 8192 at most).
MAX_CPU: Final = 8191


def parse_cpus(text: str) -> tuple[int, ...]:
    """The CPUs of a list, in order and each once. Raises ``UsageError`` that says what is wrong."""
    found: set[int] = set()
    for part in text.split(",") if text.strip() else ():
        first, dash, last = (word.strip() for word in part.partition("-"))
        ends = (first, last if dash else first)
        if not all(word.isascii() and word.isdecimal() for word in ends):
            raise UsageError(f'{part.strip()!r} is no CPU and no range: write "0,2-3"')
        if any(len(word) > len(str(MAX_CPU)) or int(word) > MAX_CPU for word in ends):
            raise UsageError(f"{part.strip()!r}: CPUs have numbers from 0 to {MAX_CPU}")
        low, high = map(int, ends)
        if high < low:
            raise UsageError(f"{part.strip()!r} counts down: write {high}-{low}")
        found.update(range(low, high + 1))
    return tuple(sorted(found))


def spell_cpus(cpus: Iterable[int]) -> str:
    """The list as the kernel would write it."""
    runs: list[list[int]] = []
    for cpu in sorted(set(cpus)):
        if runs and runs[-1][1] == cpu - 1:
            runs[-1][1] = cpu
        else:
            runs.append([cpu, cpu])
    return ",".join(str(a) if a == b else f"{a}-{b}" for a, b in runs)
