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
    "doctor": "termlab doctor",
    "reload-config": "termlab reload-config",
    "config": "termlab config show --origin",
    "list-history": "termlab history -t %3 -n 20 --json",
    "shell-init": 'eval "$(termlab shell-init bash)"',
    "completion": 'eval "$(termlab completion bash)"',
    "bridge": "termlab bridge new work 80 24 bash -i",
    "profile": "termlab profile --headless -n 5 make",
}

# What a command's help says behind all that, a paragraph each.
NOTES: Final[dict[str, tuple[str, ...]]] = {
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
