"""Rules about the system calls a program makes, and the processes it starts."""

from typing import Final

from termlab.runs.rules.rule import Limit, Rule

_BUFFER: Final = (
    "gather output and write it at once. C: setvbuf(stdout, NULL, _IOFBF, 65536), and fflush() "
    "before waiting; stderr has no buffer of its own, and C++'s std::endl flushes. Python: no -u, "
    "no PYTHONUNBUFFERED, no print(flush=True) or os.write() in a loop. Rust: BufWriter around "
    "stdout().lock(); Go: bufio.NewWriter(os.Stdout)"
)
_IN_BURSTS: Final = "an echo is one a key; these come many at a time"

CALL_RULES: Final = (
    Rule(
        "small-writes",
        "bad",
        "output is written some bytes at a time",
        (
            Limit("small_writes_percent", 50, "most of the calls move less than they cost"),
            Limit(
                "write_mean_bytes",
                32,
                "small ones that wake a thread or count a job beside large output don't matter",
                below=True,
            ),
        ),
        (
            Limit("small_writes", 500, "fewer take less than a millisecond"),
            Limit("small_writes_per_burst", 10, _IN_BURSTS),
        ),
        "{small_writes_percent} of {writes} writes were under 16 bytes",
        _BUFFER,
    ),
    Rule(
        "small-writes",
        "bad",
        "output is written some bytes at a time, by the mean of the kernel's accounts",
        (
            Limit(
                "write_mean_bytes",
                8,
                "where the calls are not told apart, half of them are under 16 bytes",
                below=True,
            ),
        ),
        (
            Limit("write_calls", 500, "fewer take less than a millisecond"),
            Limit("writes_per_burst", 10, _IN_BURSTS),
        ),
        "{write_calls} writes of {write_mean_bytes} each",
        _BUFFER,
    ),
    Rule(
        "small-reads",
        "warn",
        "input is read some bytes at a time",
        (
            Limit("small_reads_percent", 50, "most of the calls move less than they cost"),
            Limit("small_reads_per_s", 500, "nobody types as fast, and no timer ticks as often"),
        ),
        (Limit("small_reads", 1000, "keys are read one at a time, and rightly"),),
        "{small_reads_percent} of {reads} reads were under 16 bytes, {small_reads_per_s}",
        "read into a buffer of some KiB and take the pieces from there. C: fread() or getline() "
        "in place of read(fd, &c, 1); Python: open() with its buffer, not buffering=0 or "
        "os.read(fd, 1); shells' `read` in a loop over a pipe reads single bytes: use awk, "
        "mapfile, or a redirected file",
    ),
    Rule(
        "small-reads",
        "warn",
        "input is read some bytes at a time, by the mean of the kernel's accounts",
        (
            Limit(
                "read_mean_bytes",
                8,
                "where the calls are not told apart, half of them are under 16 bytes",
                below=True,
            ),
        ),
        (Limit("read_calls", 5000, "keys are read one at a time, and rightly"),),
        "{read_calls} reads of {read_mean_bytes} each",
        "read into a buffer of some KiB and take the pieces from there; if most of the reads find "
        "nothing, wait with poll() before",
        unless=("busy-wait",),
    ),
    Rule(
        "failing-calls",
        "info",
        "many system calls fail",
        (
            Limit("failed_percent", 30, "an interpreter that looks for its modules stays under it"),
            Limit("failed_per_s", 500, "fewer cost less than a thousandth of a CPU"),
        ),
        (Limit("failed", 2000, "a start may look for some hundred files in vain"),),
        "{failed} of {calls} calls ({failed_percent}) failed{failing}",
        "look what fails: files sought in vain (shorten search paths, remember what is not there), "
        "descriptors closed that are not open (close_range()), reads of nothing (wait with poll() "
        "or epoll before)",
        unless=("busy-wait",),
    ),
    Rule(
        "fork-storm",
        "warn",
        "processes are started that do next to nothing",
        (
            Limit("programs_started_per_s", 50, "a build starts fewer, or works in each"),
            Limit(
                "cpu_per_start_ms",
                3,
                "a start alone takes about a millisecond: it is most of what they do",
                below=True,
            ),
        ),
        (Limit("programs_started", 50, "fewer are a script's beginning"),),
        "{programs_started} processes were started, {programs_started_per_s}, with "
        "{cpu_per_start_ms} of CPU each: most of it is their start",
        "do it in one process: shell builtins and ${{…}} in place of $(basename …), $(echo … | "
        "sed …) in a loop, one awk over all lines, xargs with many words; in programs, a library "
        "call or one long-lived helper",
    ),
    Rule(
        "disk-faults",
        "info",
        "the program waited for its own pages to come from disk",
        (Limit("major_faults", 200, "a program that is in memory has next to none"),),
        (),
        "{major_faults} page faults had to wait for the disk",
        "it was started for the first time since long, or memory is short: its times say little. "
        "Measure again with --warmup 1; if they stay, look at what it maps and at free memory",
    ),
)
