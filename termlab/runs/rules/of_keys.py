"""Rules about how a program takes and answers keys."""

from typing import Final

from termlab.runs.rules.rule import Limit, Rule

_LAG: Final = "10 ms are noticed, 50 feel slow, 150 can't be worked with"
_SOME: Final = Limit("keys_followed", 8, "of fewer one decides, and the first is the start's")
_FELT: Final = Limit("first_output_ms", 50, "where the first output comes in time nobody minds")
_SEVERAL: Final = "some may be large steps that were asked for, or others' work beside it"
_OWN: Final = Limit(
    "echo_percent", 20, "a line that the kernel edits is read at its end", below=True
)
_LATER: Final = (
    "answer first, with what is there, and do the slow part behind it: in a thread or a task, or "
    "when no key has come for some milliseconds"
)

KEY_RULES: Final = (
    Rule(
        "blocks-after-key",
        "warn",
        "it waits for something else before it answers a key",
        (
            Limit("answered_p95_ms", 50, _LAG),
            Limit(
                "answer_cpu_percent",
                15,
                "it did not compute in that time, nor wait for a CPU to do so",
                below=True,
            ),
        ),
        (_SOME, _FELT, Limit("slow_keys", 5, _SEVERAL)),
        "an answer to a key took {answer_mean_ms} (p95 {answered_p95_ms}) with {cpu_per_key_ms} of "
        "CPU: it waited{slow_calls}",
        "no sleep, lock, disk sync, network or child process between reading a key and answering "
        f"it: {_LATER}",
        bad_at=150,
    ),
    Rule(
        "slow-key",
        "warn",
        "it computes for long before it answers a key",
        (Limit("answered_p95_ms", 50, _LAG),),
        (_SOME, _FELT, Limit("slow_keys", 5, _SEVERAL)),
        "an answer to a key took {answered_p50_ms} (p95 {answered_p95_ms})",
        f"{_LATER}; `termlab profile --flame` shows where the time goes",
        bad_at=150,
        unless=("blocks-after-key",),
    ),
    Rule(
        "late-key",
        "warn",
        "keys lie unread while it does something else",
        (Limit("consumed_p95_ms", 50, _LAG),),
        (_SOME, _FELT, _OWN, Limit("unread_keys", 5, _SEVERAL)),
        "keys lay unread for {consumed_p50_ms} (p95 {consumed_p95_ms})",
        "look at the keyboard between the pieces of long work, or leave that to a thread; a loop "
        "that sleeps before it looks adds its whole sleep to each key",
        bad_at=150,
        unless=("blocks-after-key", "slow-key"),
    ),
    Rule(
        "late-answer",
        "warn",
        "the first output behind a key comes late, whatever the reason",
        (Limit("key_p95_ms", 80, _LAG),),
        (Limit("keys_measured", 8, "of fewer one decides"), Limit("late_keys", 5, _SEVERAL)),
        "the first output came {key_p50_ms} (p95 {key_p95_ms}) behind the key",
        f"{_LATER}; look between the pieces of long work whether a key has come",
        bad_at=200,
        unless=("blocks-after-key", "slow-key", "late-key"),
    ),
)
