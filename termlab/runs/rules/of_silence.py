"""Rules about what a program does while the terminal is silent, and what it keeps."""

from typing import Final

from termlab.runs.rules.rule import Limit, Rule

_LONG: Final = Limit("idle_s", 1.0, "shorter silence is a pause in its work")
_USED: Final = Limit("interactive", 1, "silence of a program that nobody uses may be its work")
_SLEEP: Final = (
    "wait for what can happen, without a timeout: poll(), select() or epoll_wait() over all "
    "descriptors, self-pipe or eventfd for other threads; arm a timer only while something moves "
    "on the screen, and let it go behind it. curses: no halfdelay() or timeout(n) to look for "
    "changes; Textual: pause() what set_interval() made (its own Linux driver looks for keys 10 "
    "times a second); asyncio: no sleep() in a loop"
)
_LEAK: Final = (
    "look what is kept: C: heaptrack or valgrind --tool=massif; Python: memray, or tracemalloc "
    "between two points; bound what grows (caches, histories, queues, lists of listeners)"
)
_EVEN: Final = Limit("growth_evenness_percent", 15, "it grew in each third of the time")
_MOMENT: Final = Limit("wall_s", 2.5, "a start takes memory")
_MUCH: Final = Limit("grown_bytes", 4 << 20, "less may be a cache that fills")

SILENCE_RULES: Final = (
    Rule(
        "busy-wait",
        "bad",
        "it asks again and again whether there is something to do",
        (
            Limit("idle_asks_per_s", 1000, "a thousand questions a second, and no answer"),
            Limit("idle_asks_percent", 40, "who works does something else between"),
            Limit("idle_cpu_percent", 10, "less is a fast timer, not a loop without rest"),
        ),
        (Limit("idle_s", 0.5, "shorter silence is a pause in its work"),),
        "{idle_cpu_percent} of a CPU while the terminal was silent, asking "
        "{idle_asks_per_s} whether there is something to do{idle_calls}",
        _SLEEP,
    ),
    Rule(
        "busy-wait",
        "warn",
        "a program that has the whole screen uses a CPU while nothing happens",
        (
            Limit("steady_cpu_percent", 20, "work for nobody; of a CPU shared with others"),
            Limit("processes", 2, "of more, one may be at work", below=True),
        ),
        (
            Limit("idle_s", 2.0, "shorter silence may be an answer that takes its time"),
            _USED,
            Limit("alternate_screens", 1, "a shell's command may compute in silence"),
        ),
        "{steady_cpu_percent} of a CPU over {idle_s} in which the terminal was silent{waker}",
        "if it waited there, let it sleep: poll() or select() without a timeout of 0, no loop on "
        "a flag. If it computed, show that it does: a person sees a program that hangs",
        unless=("blocks-after-key", "slow-key", "late-key", "late-answer"),
    ),
    Rule(
        "idle-timer",
        "warn",
        "a timer wakes it while nothing happens",
        (
            Limit(
                "steady_wakeups_per_s",
                5,
                "a cursor blinks with 2, a clock ticks with 1; each keeps the CPU from sleeping",
            ),
            Limit("idle_cpu_percent", 40, "with more it works, or waits busily", below=True),
        ),
        (_LONG, _USED),
        "woken {steady_wakeups_per_s} over {idle_s} in which the terminal was silent{waker}"
        "{idle_waits}",
        _SLEEP,
        bad_at=50,
        unless=("busy-wait",),
    ),
    Rule(
        "idle-timer",
        "warn",
        "a timer wakes it while nothing happens, by the calls it sleeps with",
        (
            Limit("steady_wakeups_per_s", 5, "a clock ticks with 1"),
            Limit("idle_asks_percent", 60, "who works does something else between"),
            Limit("idle_cpu_percent", 20, "with more it works, or waits busily", below=True),
        ),
        (_LONG,),
        "woken {steady_wakeups_per_s} over {idle_s} in which the terminal was silent{waker}"
        "{idle_waits}",
        _SLEEP,
        bad_at=50,
        unless=("busy-wait",),
    ),
    Rule(
        "leak",
        "warn",
        "memory grows evenly while somebody uses it",
        (
            Limit("grown_percent", 10, "less may be what it keeps of what was done"),
            _EVEN,
            _MUCH,
        ),
        (_MOMENT, Limit("grown_s", 2.0, "shorter growth is a start"), _USED),
        "memory grew by {grown_bytes} ({grown_percent}) in {grown_s}, and evenly: by "
        "{grown_bytes_per_s}",
        _LEAK,
    ),
    Rule(
        "leak",
        "info",
        "memory grows evenly for a long time",
        (
            Limit("grown_percent", 25, "less may be what it keeps of what was done"),
            _EVEN,
            _MUCH,
        ),
        (_MOMENT, Limit("grown_s", 60, "work takes memory while it lasts")),
        "memory grew by {grown_bytes} ({grown_percent}) in {grown_s}, and evenly: by "
        "{grown_bytes_per_s}",
        f"if its work does not grow with it: {_LEAK}",
    ),
)
