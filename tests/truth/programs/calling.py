"""Moves bytes, looks for files and starts programs, with each fault and without.

calling.py WAY [FILE]
"""

import mmap
import os
import subprocess
import sys

assert sys.platform != "win32"

WAY = sys.argv[1]
FILE = sys.argv[2] if len(sys.argv) > 2 else ""
TEXT = b"".join(b"a line of text, number %d\r\n" % number for number in range(120))
TIMES = 5000
STARTS = 60


def single_writes() -> None:
    for at in range(len(TEXT)):
        os.write(1, TEXT[at : at + 1])


def one_write() -> None:
    os.write(1, TEXT)


def single_reads() -> None:
    with open(FILE, "rb", buffering=0) as file:
        while file.read(1):
            pass


def buffered_reads() -> None:
    with open(FILE, "rb") as file:
        while file.read(1):
            pass


def seek_in_vain() -> None:
    for _ in range(TIMES):
        os.path.exists("/nowhere/to/be/found")


def seek_once() -> None:
    found = os.path.exists("/nowhere/to/be/found")
    for _ in range(TIMES):
        assert not found


def start_many() -> None:
    for _ in range(STARTS):
        subprocess.run(["/bin/true"], check=True)


def start_one() -> None:
    subprocess.run(["/bin/sh", "-c", f"for i in $(seq {STARTS}); do :; done"], check=True)


def cold_pages() -> None:
    """Through a mapping, page by page, each from the disk."""
    with open(FILE, "rb") as file:
        os.posix_fadvise(file.fileno(), 0, 0, os.POSIX_FADV_DONTNEED)
        pages = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
        pages.madvise(mmap.MADV_RANDOM)
        for at in range(0, len(pages), mmap.PAGESIZE):
            assert not pages[at]


def read_ahead() -> None:
    with open(FILE, "rb") as file:
        os.posix_fadvise(file.fileno(), 0, 0, os.POSIX_FADV_DONTNEED)
        assert not any(file.read())


if __name__ == "__main__":
    {
        way.__name__: way
        for way in (
            *(single_writes, one_write, single_reads, buffered_reads, seek_in_vain, seek_once),
            *(start_many, start_one, cold_pages, read_ahead),
        )
    }[WAY]()
