"""Rules about what a program draws, and how."""

from typing import Final

from termlab.runs.rules.rule import Limit, Rule

_SYNC: Final = (
    "set mode 2026 before a frame and reset it behind it (ESC [ ? 2026 h, ESC [ ? 2026 l): the "
    "terminal shows it at once; Textual and recent Neovim and notcurses do, crossterm has "
    "BeginSynchronizedUpdate for ratatui programs"
)
_NO_CLEAR: Final = (
    "don't clear: move the cursor home and write over what is there, erasing the rest of each line "
    "(ESC [ K) and of the screen at the end (ESC [ J). curses: erase() in place of clear(), which "
    f"repaints all. Else {_SYNC}"
)
_TAKES_SCREEN: Final = Limit("alternate_screens", 1, "what takes the whole screen draws frames")

OUTPUT_RULES: Final = (
    Rule(
        "scroll-storm",
        "bad",
        "the screen is cleared and more than it holds is printed again, which scrolls it",
        (
            Limit(
                "scrolled_per_s",
                500,
                "nobody reads 20 screens a second; users measured 4,000 where programs printed "
                "their whole past for each frame",
            ),
            Limit("clears_per_s", 0.5, "output that just goes by clears nothing"),
        ),
        (
            Limit("rows_scrolled", 1000, "fewer are a few long answers"),
            Limit("full_clears", 5, "fewer may be a start and some Ctrl-L"),
        ),
        "{rows_scrolled} rows scrolled, {scrolled_per_s}, behind {full_clears} full clears: what "
        "was printed already is printed again",
        "draw no more rows than the screen has, and leave what has scrolled off alone: it is the "
        "terminal's. A program with its own history takes the alternate screen and draws the part "
        "that is seen",
    ),
    Rule(
        "scroll-storm",
        "bad",
        "the cursor goes up and more than the screen holds is printed again, which scrolls it",
        (
            Limit("scrolled_per_s", 500, "nobody reads 20 screens a second"),
            Limit("moves_per_scroll", 0.25, "output that just goes by moves the cursor nowhere"),
            Limit("clears_per_s", 0.5, "with clears it is the row above", below=True),
        ),
        (Limit("rows_scrolled", 1000, "fewer are a few long answers"),),
        "{rows_scrolled} rows scrolled, {scrolled_per_s}, with {cursor_moves} cursor movements: "
        "what was printed already is printed again",
        "draw no more rows than the screen has, and write only below what has scrolled off",
    ),
    Rule(
        "flicker",
        "bad",
        "the screen is cleared and drawn again by itself, outside synchronised output",
        (
            Limit(
                "unsynced_clears_per_s",
                0.5,
                "a screen that is cleared every other second is seen to flicker",
            ),
        ),
        (
            Limit("full_clears_unsynced", 8, "fewer may be a start, an end and some Ctrl-L"),
            Limit("clears_unasked", 8, "a page that was asked for may begin with a clear"),
        ),
        "{full_clears_unsynced} full clears outside synchronised output, "
        "{unsynced_clears_per_s}: the empty screen shows between the frames",
        _NO_CLEAR,
    ),
    Rule(
        "flicker",
        "bad",
        "the screen is cleared for a key and drawn again nearly as it was",
        (
            Limit("clears_per_burst", 0.3, "a page that was asked for may begin with a clear"),
            Limit("rows_unchanged_percent", 30, "a new page has other rows"),
            Limit("unsynced_clears_per_s", 0.5, "fewer are hardly seen"),
        ),
        (Limit("full_clears_unsynced", 8, "fewer may be a start, an end and some Ctrl-L"),),
        "{full_clears_unsynced} full clears outside synchronised output in {bursts} bursts of "
        "output, and {rows_unchanged_percent} of the rows drawn again are as they were: the empty "
        "screen shows at each key",
        _NO_CLEAR,
    ),
    Rule(
        "clears-every-frame",
        "warn",
        "each frame clears the screen first, though nobody sees it empty",
        (
            Limit("clears_per_burst", 0.5, "every other frame is drawn from nothing"),
            Limit("clears_per_s", 0.5, "a start or a Ctrl-L clears once"),
        ),
        (
            Limit("full_clears", 8, "fewer may be a start, an end and some Ctrl-L"),
            Limit("clears_unasked", 8, "a page that was asked for may begin with a clear"),
        ),
        "{full_clears} full clears in {bursts} bursts of output: each frame is drawn from nothing, "
        "{burst_bytes} of it",
        "keep what was drawn and write the rows that differ: curses, Textual and ratatui do it by "
        "themselves unless clear() or a full repaint is asked for. Over a slow line each frame "
        "takes as long as its bytes",
        unless=("scroll-storm", "flicker"),
    ),
    Rule(
        "redundant-redraw",
        "warn",
        "rows are written that change nothing",
        (
            Limit(
                "rows_unchanged_percent",
                60,
                "a program that writes what differs stays under this, with a status row and a "
                "cursor's row written again",
            ),
        ),
        (
            Limit("rows_unchanged", 200, "some screens: fewer may be one repaint that was asked"),
            Limit("bursts", 10, "a frame or two may be repaints that were asked for"),
        ),
        "{rows_unchanged} of {rows_touched} rows written ({rows_unchanged_percent}) changed "
        "nothing on the screen",
        "compare a row with what was written last and leave it out if it is the same; let curses "
        "do that (no touchwin(), clearok() or redrawwin() a frame), Textual by refresh() of the "
        "widget or region that changed in place of the screen's",
        unless=("scroll-storm", "flicker", "clears-every-frame"),
    ),
    Rule(
        "colour-churn",
        "warn",
        "colours and styles are set that are set already",
        (
            Limit("redundant_colours_percent", 50, "more of them do nothing than do something"),
            Limit("colour_bytes_percent", 10, "less of the output is not worth a change"),
        ),
        (
            Limit("colour_changes_redundant", 500, "fewer cost nobody anything"),
            Limit("redundant_colours_per_s", 500, "slower ones cost nobody anything either"),
        ),
        "{colour_changes_redundant} of {colour_changes} colour changes "
        "({redundant_colours_percent}) set what was set: at least {colour_bytes_percent} of the "
        "output",
        "remember the style that was written last and write a sequence only where it differs; "
        "join neighbours of one style before printing (rich: one Text of spans, not a print each)",
    ),
    Rule(
        "cursor-churn",
        "warn",
        "the cursor is placed for every few characters",
        (
            Limit(
                "bytes_per_move",
                12,
                "a placement takes 6 to 10 bytes: little else is written",
                below=True,
            ),
            Limit("moves_per_row", 10, "a row needs one, a table some, and an editor's key two"),
        ),
        (
            Limit("cursor_moves", 2000, "fewer cost nobody anything"),
            _TAKES_SCREEN,
        ),
        "{cursor_moves} cursor movements, {moves_per_row} for each row written, one every "
        "{bytes_per_move}: most of the output places the cursor",
        "write a row from left to right with one placement at its start, spaces between included; "
        "curses does it when a whole frame is drawn before one refresh() (wnoutrefresh(), then "
        "doupdate())",
        unless=("scroll-storm", "flicker"),
    ),
    Rule(
        "frame-in-pieces",
        "warn",
        "a frame is written by many calls",
        (Limit("writes_per_burst", 32, "more than a call for each row of a common screen"),),
        (
            Limit("bursts", 10, "some frames, so that a start does not decide"),
            _TAKES_SCREEN,
            Limit("synced_percent", 50, "synchronised frames are shown whole anyway", below=True),
            Limit("write_mean_bytes", 512, "larger ones are worth a call", below=True),
        ),
        "each of {bursts} bursts of output took {writes_per_burst} writes of {write_mean_bytes}: "
        "a screen can be shown half drawn",
        "gather a frame in a buffer and write it by one call: C: setvbuf(stdout, NULL, _IOFBF, "
        '65536) and fflush() behind the frame; Python: "".join() and one sys.stdout.write(); '
        "Rust: BufWriter around stdout().lock()",
        unless=("small-writes",),
    ),
    Rule(
        "huge-frames",
        "warn",
        "a frame of a screen takes many times the bytes of the screen",
        (
            Limit(
                "frame_bytes",
                32 * 1024,
                "a screen of 24 x 80 with a colour for each second cell is half of that",
            ),
        ),
        (Limit("frames_drawn", 12, "some frames, so that a start does not decide"), _TAKES_SCREEN),
        "{frame_bytes} for each of {frames_drawn} frames: over a line of 1 MB a second that "
        "is a lag for every key",
        "write what differs from the frame before, and no row that is not on the screen; join "
        "cells of one style",
        unless=("flicker", "clears-every-frame", "redundant-redraw"),
    ),
    Rule(
        "tearing",
        "info",
        "large frames are drawn outside synchronised output",
        (Limit("frame_bytes", 8 * 1024, "a terminal reads 4 KiB at once: it may show a half"),),
        (
            Limit("frames_drawn", 12, "some frames, so that a start does not decide"),
            Limit("sync_frames", 0, "who synchronises some knows how", below=True),
            _TAKES_SCREEN,
        ),
        "no frame was synchronised, and one has {frame_bytes}: it can be shown half drawn",
        _SYNC,
        unless=("flicker", "clears-every-frame", "frame-in-pieces", "huge-frames"),
    ),
)
