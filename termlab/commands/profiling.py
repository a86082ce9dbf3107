"""The command that measures another one: how it is run, what types into it, what becomes of it."""

from typing import Final

from termlab.commands.row import CommandRow, Parameter, flag, text

_NUMBERS: Final = (
    Parameter("runs", ("-n",), "number", "so many runs (1)", "RUNS"),
    Parameter("warmup", ("--warmup",), "number", "runs before, thrown away", "N"),
)
_RUN: Final = (
    text("duration", "--duration", help="end each run after S seconds", metavar="S"),
    text("keys", "--keys", help="type the script in FILE", metavar="FILE"),
    text("size", "--size", help="the terminal's size", metavar="COLSxROWS"),
    Parameter("env", ("--env",), "texts", "set a variable for it", "NAME=VALUE"),
    text("vs", "--vs", help="compare with this command", metavar="CMD"),
)
_KEEP: Final = (
    text("save", "--save", help="keep it under this name", metavar="NAME"),
    Parameter("tag", ("--tag",), "texts", "keep it with this tag", "TAG"),
    text("baseline", "--baseline", help="compare with a kept run", metavar="RUN"),
    text("budget", "--budget", help="fail where FILE's limits are passed", metavar="FILE"),
    text("json", "--json", help="write the figures to FILE as JSON", metavar="FILE"),
    text("junit", "--junit", help="write the budgets to FILE as JUnit", metavar="FILE"),
    flag("github", "--github", help="annotate what failed for GitHub"),
    flag("exit_code", "--exit-code", help="exit as the command did"),
    flag("all", "--all", help="all figures, also those without news"),
)
_MORE: Final = (
    Parameter(
        "syscalls",
        ("--syscalls",),
        "text",
        "count system calls by this means",
        "TIER",
        ("ebpf", "perf", "strace", "accounting"),
    ),
    flag("record", "--record", help="keep what it shows and is typed"),
    text("record_keys", "--record-keys", help="write what is typed to FILE", metavar="FILE"),
    flag("flame", "--flame", help="keep its stacks for a flame graph"),
    flag("heap", "--heap", help="keep who allocates its memory"),
)

PROFILING: Final[tuple[CommandRow, ...]] = (
    CommandRow(
        "profile",
        "Run a command in a session of its own, or without a terminal, and report what it used.",
        (
            flag("headless", "--headless", help="show nothing but the report"),
            *_NUMBERS,
            *_RUN,
            *_KEEP,
            *_MORE,
            flag("nest", "--nest", help="attach even inside a pane"),
            Parameter("command", (), "rest", "the command and its words", "CMD...", required=True),
        ),
        where="local",
    ),
)
