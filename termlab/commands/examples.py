"""An example of each command that can be typed: what its help shows, word for word.

Beside the table, not in it: the attached client reads the table, and nobody but help reads these.
What only keys run has its keys for an example.
"""

from typing import Final

EXAMPLES: Final[dict[str, str]] = {
    "new-session": "termlab new -s work -c ~/src",
    "attach-session": "termlab attach -t work",
    "web": "termlab web -t work --port 8022",
    "replay": "termlab replay --speed 2 demo.cast",
    "list-sessions": "termlab ls --json",
    "kill-session": "termlab kill-session -t work",
    "kill-server": "termlab kill-server",
    "rename-session": "termlab rename-session -t 0 work",
    "new-window": "termlab new-window -n tests pytest -q",
    "select-window": "termlab select-window -t work:2",
    "next-window": "termlab next-window -t work",
    "previous-window": "termlab previous-window -t work",
    "last-window": "termlab last-window -t work",
    "kill-window": "termlab kill-window -t work:2",
    "rename-window": "termlab rename-window -t work:2 tests",
    "split-window": "termlab split -h -l 30% htop",
    "select-pane": "termlab select-pane -t work:2 -R",
    "last-pane": "termlab last-pane -t work:2",
    "resize-pane": "termlab resize-pane -t %3 -R 10",
    "move-border": "termlab move-border -t %3 -R 60",
    "kill-pane": "termlab kill-pane -t %3",
    "send-keys": "termlab send-keys -t %3 C-c Up Enter",
    "send-text": "termlab send-text -t %3 'echo hello'",
    "capture-pane": "termlab capture -t %3 --scrollback",
    "display-message": "termlab display-message -t work 'the build is done'",
    "list-running": "termlab list-running --scope session -t work",
    "events": "termlab events --json pane-closed bell",
    "batch": "termlab batch -j 4 setup.txt",
    "stats": "termlab stats -t %3 --follow",
    "wait": "termlab wait -t %3 --text '[$] $' --timeout 10s",
    "select-layout": "termlab select-layout -t work:2 tiled",
    "next-layout": "termlab next-layout -t work:2",
    "previous-layout": "termlab previous-layout -t work:2",
    "swap-pane": "termlab swap-pane -t %3 -D",
    "rotate-window": "termlab rotate-window -t work:2",
    "join-pane": "termlab join-pane -s %3 -t work:2",
    "break-pane": "termlab break-pane -s %3",
    "synchronize-panes": "termlab synchronize-panes -t work:2 on",
    "paste-buffer": "termlab paste-buffer -t %3",
    "list-buffers": "termlab list-buffers",
    "show-buffer": "termlab show-buffer",
    "set-buffer": "termlab set-buffer 'to be pasted'",
    "delete-buffer": "termlab delete-buffer",
    "probe-helper": "sudo termlab probe-helper",
    "doctor": "termlab doctor",
    "reload-config": "termlab reload-config",
    "config": "termlab config show --origin",
    "list-history": "termlab history -t %3 -n 20 --json",
    "shell-init": 'eval "$(termlab shell-init bash)"',
    "completion": 'eval "$(termlab completion bash)"',
    "bridge": "termlab bridge new work 80 24 bash -i",
    "profile": "termlab profile --keys edit.keys -n 5 --save edit vim notes.txt",
    "runs": "termlab runs trend nightly --figure key_p95_ms",
    "report": "termlab report last -o report.html",
    "compare": "termlab compare nightly~1 nightly",
    "findings": "termlab findings --json",
}

# What a command's help says behind all that, a paragraph each.
NOTES: Final[dict[str, tuple[str, ...]]] = {
    "probe-helper": (
        "Run it in a terminal of its own, as `sudo termlab probe-helper`, and leave it running. It "
        "loads small programs into the kernel that count system calls, and hands them to servers "
        "of the user who called sudo, whose own rights stay as they are. With them that user can "
        "see which calls any process makes, not what is in them. It reads nothing and writes no "
        "file; Ctrl-C ends it, and what was handed over counts on until nobody looks any more.",
    ),
    "report": (
        "The end of FILE's name says what it becomes: .html a page with charts; .md tables for a "
        "comment; .json everything, for programs, and .schema.json its schema; .csv a row for each "
        "figure of each run; .cast the recording of `profile --record` with marks; .perfetto.json "
        "a trace for Perfetto; .speedscope.json and .folded the stacks of `profile --flame`.",
    ),
    "profile": (
        'A script of keys has one step a line: type "text" (\\n is Enter), key Down 5, '
        "wait /regex/ 10s (until the screen shows it), quiet 200ms (until nothing was printed for "
        "so long), pause 100ms, pace 50ms (between two keys; pace auto, as at first: until the "
        "program has answered and was quiet for 60 ms, or a second has passed); lines that begin "
        "with # say nothing. A file made by --record-keys, or any asciicast with input in it, is "
        "typed as it was recorded. A step that never comes true ends the profile with 124, and "
        "what was measured is kept. A program that goes on behind its script is ended after 5 s.",
        "With --vs both commands take turns, in an order by chance, one run of each to warm up. "
        "--duration ends each run by a hang-up, then SIGTERM, then SIGKILL; that is no failure. "
        "Ctrl-C ends the run under way, and a series with it: what was measured is reported.",
        "It exits with 0; with 1 where a limit of --budget or --baseline is passed, or a file that "
        "was asked for can't be written; with 5 where the command can't be started; with "
        "--exit-code as the first run of the command did that failed, 128+N for signal N.",
        "Each profile is kept (`termlab runs`), with what --env sets. --record keeps what was "
        "shown and typed as well: it may hold secrets.",
    ),
    "runs": (
        "A RUN is a number as `runs ls` has them, NAME for the newest of that name, NAME~2 for two "
        "before it, or last. `runs tag RUN +fast -slow` gives a tag and takes one away; `runs name "
        "RUN NAME` names one, without NAME it takes the name away. Runs with a name or a tag are "
        "kept, of the others the newest 200 (the option runs.keep).",
    ),
    "compare": (
        "It exits with 1 if B is worse in any figure, or if nothing can be told, and with 0 if no "
        "difference was seen or B is better. Counts (system calls, bytes) are compared "
        "from one run a side and may differ by 2 %, memory and "
        "page faults from three and by 10 %; times from ten runs a side, by "
        "a rank test adjusted for the number of figures, and where A and B were not made by turns "
        "(as `profile --vs` does) only if the machine was quiet. Runs whose system calls were "
        "counted in different ways are never held against each other.",
        'A budget is a TOML file: limits = ["throughput >= 90% of baseline", "latency.p95 <= 110% '
        'of baseline", "idle.wakeups_per_s <= 1", "memory.peak <= 100 MB, optional"]. What could '
        "not be measured or told is not kept, unless the limit is optional.",
    ),
    "findings": (
        "A row of the table is a fault: the figures that show it, how far they must go and why so "
        "far, and how much must have been seen before it is told at all. What a run lacks the "
        "figures for is not judged, and its report says so.",
    ),
    "bridge": (
        "For editors that embed a terminal: what comes on stdin is typed, what the program shows "
        "goes to stdout, both unchanged. `termlab bridge resize ID COLS ROWS` resizes it from any "
        "other process of the same user.",
        "At the end of stdin the terminal's end-of-file key is pressed (C-d; none where the "
        "program reads raw bytes), and the bridge goes on until the program ends. It ends with the "
        "program's exit code, 128+N for signal N; with 141 when nobody reads its stdout any more, "
        "with 128+N when signal N ends the bridge itself: the program is hung up then.",
    ),
}
