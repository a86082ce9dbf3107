"""How many blocks of memory Python asks for while something runs, those it gives back included.

Counted where Python asks, by a few lines of C made when they are needed; without a C compiler there
is no count. What comes from Python's own lists of free objects (tuples, frames) is not asked for.
"""

import ctypes
import shutil
import subprocess
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

ROUNDS: Final = 2000
_SOURCE: Final = """
#include <stddef.h>
typedef struct {
    void *ctx; void *(*malloc)(void *, size_t); void *(*calloc)(void *, size_t, size_t);
    void *(*realloc)(void *, void *, size_t); void (*free)(void *, void *);
} Allocator;
void PyMem_GetAllocator(int, Allocator *);
void PyMem_SetAllocator(int, Allocator *);
static Allocator old[3];
static long made;
static void *on_malloc(void *c, size_t n) { Allocator *o = c; made++; return o->malloc(o->ctx, n); }
static void *on_calloc(void *c, size_t n, size_t s) {
    Allocator *o = c; made++; return o->calloc(o->ctx, n, s);
}
static void *on_realloc(void *c, void *p, size_t n) {
    Allocator *o = c; made += p == NULL; return o->realloc(o->ctx, p, n);
}
static void on_free(void *c, void *p) { Allocator *o = c; o->free(o->ctx, p); }
void begin(void) {
    for (int domain = 0; domain < 3; domain++) {
        PyMem_GetAllocator(domain, &old[domain]);
        Allocator ours = {&old[domain], on_malloc, on_calloc, on_realloc, on_free};
        PyMem_SetAllocator(domain, &ours);
    }
    made = 0;
}
long end(void) {
    for (int domain = 0; domain < 3; domain++) PyMem_SetAllocator(domain, &old[domain]);
    return made;
}
"""


class Counter:
    """Counts allocations of a call."""

    def __init__(self, library: ctypes.PyDLL) -> None:
        self._begin = library.begin
        self._end = library.end

    def per_call(self, call: Callable[[], object]) -> float:
        """The mean of many calls, each of which lets go of what the one before gave."""
        for _ in range(ROUNDS):
            call()
        turns = [None] * ROUNDS
        begin, end = self._begin, self._end
        begin()
        for _ in turns:
            call()
        return float(end()) / ROUNDS


@contextmanager
def counter() -> Iterator[Counter | None]:
    """One, or None where there is no C compiler."""
    compiler = shutil.which("cc") or shutil.which("gcc") or shutil.which("clang")
    if compiler is None:
        yield None
        return
    with tempfile.TemporaryDirectory(prefix="tl-count-") as directory:
        source, library = Path(directory, "count.c"), Path(directory, "count.so")
        source.write_text(_SOURCE)
        shared = ["-shared", "-fPIC", "-O1", "-undefined", "dynamic_lookup"]
        made = subprocess.run(
            [compiler, *shared[: None if "clang" in compiler else 3], source, "-o", library],
            capture_output=True,
            check=False,
        )
        yield Counter(ctypes.PyDLL(str(library))) if made.returncode == 0 else None
