"""Recordings written by hand: each a list of writes, as a program of its own would make them.

They go to the terminal as they are, without a program or a PTY between: what a terminal must get
right, one matter a recording.
"""

# ruff: noqa: RUF001 - characters that look alike are the matter here.

from collections.abc import Iterable

ESC = "\x1b"
CSI = ESC + "["
ST = ESC + "\\"
CLEAR = CSI + "H" + CSI + "2J"
RESET = CSI + "m"


def at(row: int, column: int) -> str:
    return f"{CSI}{row};{column}H"


def sgr(*numbers: int | str) -> str:
    return CSI + ";".join(map(str, numbers)) + "m"


def numbered(count: int = 24, width: int = 80) -> str:
    """A screen of lines that tell where each cell came from."""
    lines = [f"{row:02d} " + "abcdefghijklmnopqrstuvwxyz0123456789 " * 3 for row in range(1, count)]
    return CLEAR + "\r\n".join(line[: width - 2] for line in lines)


def palette() -> Iterable[str]:
    yield CLEAR + "16 colours\r\n"
    for base in (30, 40, 90, 100):
        yield "".join(f"{sgr(base + n)} {base + n:3d} {RESET}" for n in range(8)) + "\r\n"
    yield "256 colours\r\n"
    for row in range(16):
        yield "".join(f"{sgr(48, 5, row * 16 + n)}  {RESET}" for n in range(16)) + "\r\n"


def true_colours() -> Iterable[str]:
    yield CLEAR
    for row in range(12):
        yield "".join(
            f"{sgr(48, 2, n * 3, row * 21, 255 - n * 3)}{sgr(38, 2, 255 - n * 3, 0, n * 3)}▀"
            for n in range(80)
        )
        yield RESET + "\r\n"
    yield f"{CSI}38:2::250:100:50mcolons{RESET} {CSI}48:5:22mcolons{RESET} "
    yield f"{CSI}58:2::9:9:9;4mu{RESET}"


def attributes() -> Iterable[str]:
    yield CLEAR
    for on, off, name in ATTRIBUTES:
        yield f"{name:>12} {sgr(on)}the quick brown fox{sgr(off)} plain{RESET}\r\n"
    yield f"{sgr(1, 3, 4, 7, 9, 31, 44)}all at once{sgr(0)} {sgr(2, 53)}faint overline{RESET}"


ATTRIBUTES = (
    (1, 22, "bold"),
    (2, 22, "faint"),
    (3, 23, "italic"),
    (4, 24, "underline"),
    (5, 25, "blink"),
    (7, 27, "inverse"),
    (8, 28, "invisible"),
    (9, 29, "struck"),
    (21, 24, "double"),
    (53, 55, "overline"),
)


def underlines() -> Iterable[str]:
    yield CLEAR
    for style in range(6):
        yield f"{CSI}4:{style}mstyle {style}{RESET} "
        yield f"{CSI}4:{style};58:2::255:{style * 40}:0mcoloured{RESET} "
        yield f"{CSI}4:{style};58:5:{style + 9};31mindexed{CSI}59mdefault{RESET}\r\n"


def hyperlinks() -> Iterable[str]:
    def link(target: str, text: str, parameters: str = "") -> str:
        return f"{ESC}]8;{parameters};{target}{ST}{text}{ESC}]8;;{ST}"

    yield CLEAR + link("https://example.org/", "a link") + " beside text\r\n"
    yield link("https://example.org/a", "one ", "id=x") + "gap "
    yield link("https://example.org/a", "same", "id=x") + "\r\n"
    yield link("https://example.org/long?" + "q" * 200, "link over the edge " * 6) + "\r\n"
    yield sgr(1, 31) + link("file:///etc/hosts", "styled") + RESET + "\r\n"
    yield f"{ESC}]8;;https://example.org/bel\x07ended by bell{ESC}]8;;\x07"


def words_of_the_world() -> Iterable[str]:
    yield CLEAR
    for line in WORLD:
        yield line + "\r\n"


WORLD = (
    "中文字符 日本語テキスト 한국어 텍스트 ｆｕｌｌ ﾊﾝｶｸ",
    "Ελληνικά Кириллица Ქართული Հայերեն",
    "עברית مرحبا بالعالم فارسی",
    "हिन्दी नमस्ते தமிழ் ไทยสวัสดี ລາວ မြန်မာ",
    "e\u0301 a\u0308\u0304 o\u0302\u0323 Z͑ͫ̓ͪ̂ͫ̽͏̴̙̤̞͉͚̯̞̠͍A̴̵̜̰͔ͫ͗͢ ñ",
    "zero\u200bwidth soft\u00adhyphen no\u00a0break \u2060word",
)


def emoji() -> Iterable[str]:
    yield CLEAR
    for line in EMOJI:
        yield f"|{line}|\r\n"


EMOJI = (
    "😀😁😂🤣😃 🚀🌍🎉",
    "👨\u200d👩\u200d👧\u200d👦 👩\u200d🚀 🏳\ufe0f\u200d🌈 ❤\ufe0f\u200d🔥",
    "🇩🇪🇯🇵🇫🇷 🇺🇸🇬 🇧",
    "👍🏻👍🏿 ✌🏽",
    "❤ ❤\ufe0f ☺ ☺\ufe0e ⌚\ufe0e ⌚ 1\ufe0f\u20e3 #\ufe0f\u20e3",
    "🏴\U000e0067\U000e0062\U000e0073\U000e0063\U000e0074\U000e007f",
)


def clusters_counted() -> Iterable[str]:
    yield from (CSI + "?2027h", *emoji(), CSI + "?2027l")


def boxes() -> Iterable[str]:
    yield CLEAR + "┌────────┬────────┐\r\n│ single │ ╔════╗ │\r\n├────────┼─║dbl ║─┤\r\n"
    yield "│ ╭────╮ │ ╚════╝ │\r\n└────────┴────────┘\r\n▁▂▃▄▅▆▇█▉▊▋▌▍▎▏ ░▒▓ ▖▗▘▙▚▛▜▝▞▟\r\n"
    yield "⠁⠃⠇⡇⣇⣧⣷⣿ 🬀🬁🬂🬃🬄  \r\n"


def wide_at_the_edge() -> Iterable[str]:
    yield CLEAR
    for column in (78, 79, 80):
        yield at(column - 77, column) + "漢字" + at(column - 70, column) + "👨\u200d👩\u200d👧"
    yield at(14, 79) + "a\u0301b\u0302" + at(16, 80) + "e\u0301\u0323x"
    yield at(18, 1) + "漢字漢字" + at(18, 2) + "x" + at(18, 7) + CSI + "P"
    yield (
        at(20, 1) + "漢字漢字" + at(20, 4) + CSI + "@" + at(21, 1) + "漢字" + at(21, 2) + CSI + "X"
    )
    yield CSI + "?7l" + at(22, 80) + "漢" + at(23, 79) + "漢字" + CSI + "?7h"


def wrap_pending() -> Iterable[str]:
    yield CLEAR + "x" * 80 + "\r" + "y" + "\r\n" + "z" * 80 + CSI + "K" + "w"
    yield at(5, 80) + "a" + CSI + "D" + "b" + at(7, 80) + "a\x08b" + at(9, 80) + "a\tb"
    yield at(11, 80) + "a" + ESC + "7" + at(12, 1) + "moved" + ESC + "8" + "b"
    yield CSI + "?7l" + at(15, 76) + "no wrapping here" + CSI + "?7h" + at(24, 80) + "end"


def tabs() -> Iterable[str]:
    yield CLEAR + "a\tb\tc\td\r\n" + CSI + "3g"
    yield "".join(f"{CSI}{column}G{ESC}H" for column in (5, 20, 33)) + "\r1\t2\t3\t4\t5\r\n"
    yield CSI + "20G" + CSI + "g" + "\rx\ty\tz\r\n" + CSI + "?5W" + "\r1\t2\t3\r\n"
    yield f"{CSI}3Ithree{CSI}2Zback"


def scroll_region() -> Iterable[str]:
    yield numbered()
    yield CSI + "5;10r" + at(10, 1) + "\nindex at the bottom\nagain\n"
    yield at(5, 1) + ESC + "M" + "reverse index" + ESC + "M"
    yield CSI + "2S" + CSI + "1T" + at(7, 1) + CSI + "L" + CSI + "2M" + at(2, 1) + CSI + "L"
    yield CSI + "r" + at(24, 1) + "\nwhole screen"


def margins() -> Iterable[str]:
    yield numbered()
    yield CSI + "?69h" + CSI + "20;50s" + CSI + "6;14r" + at(6, 20)
    yield "between left and right margins text wraps inside " * 6
    yield CSI + "3S" + at(8, 25) + CSI + "2L" + CSI + "3@" + CSI + "2P"
    yield CSI + "r" + CSI + "s" + CSI + "?69l"


def origin() -> Iterable[str]:
    yield numbered()
    yield CSI + "8;16r" + CSI + "?6h" + at(1, 1) + "origin top" + at(99, 1) + "origin bottom"
    yield CSI + "4d" + "row four" + CSI + "?6l" + at(1, 40) + "screen top" + CSI + "r"


def insert_delete() -> Iterable[str]:
    yield numbered()
    yield at(3, 10) + CSI + "5@" + "INSCH" + at(4, 10) + CSI + "5P" + at(5, 10) + CSI + "99P"
    yield at(7, 1) + CSI + "3L" + "new" + at(14, 1) + CSI + "2M" + at(20, 1) + CSI + "99L"
    yield at(2, 10) + CSI + "4h" + "insert mode" + CSI + "4l" + "over"
    yield at(1, 1) + CSI + "2'}" + at(1, 40) + CSI + "3'~"


def erasing() -> Iterable[str]:
    for row, sequence in ((3, "K"), (5, "1K"), (7, "2K"), (9, "10X"), (11, "999X")):
        yield (numbered() if row == 3 else "") + at(row, 30) + CSI + sequence
    yield at(20, 30) + CSI + "J"
    yield at(2, 30) + CSI + "1J" + at(15, 1) + "over" + CSI + "3J"
    yield sgr(1) + CSI + '1"q' + at(16, 1) + "guarded" + CSI + '0"q' + " open" + CSI + "?2K" + RESET


def colour_of_blanks() -> Iterable[str]:
    yield CLEAR + sgr(44) + CSI + "2J" + at(3, 10) + sgr(41) + CSI + "K" + at(5, 40) + CSI + "1K"
    yield at(7, 10) + sgr(42) + CSI + "20X" + at(9, 10) + "text" + sgr(45) + CSI + "4@" + CSI + "2P"
    yield at(12, 1) + sgr(48, 2, 90, 40, 10) + CSI + "2L" + CSI + "15;20r" + CSI + "2S" + CSI + "r"
    yield sgr(7) + at(22, 1) + CSI + "K" + RESET + at(24, 1) + sgr(43) + "\n\n" + RESET


def repeated() -> Iterable[str]:
    yield CLEAR + "-" + CSI + "78b" + "\r\n" + "漢" + CSI + "5b" + "\r\n" + "ab" + CSI + "200b"
    yield "\r\n" + sgr(31, 4) + "=" + CSI + "10b" + RESET + CSI + "5b"


def alignment() -> Iterable[str]:
    yield CLEAR + ESC + "#8"
    yield at(12, 30) + " the screen of E " + CSI + "5;20r" + ESC + "#8" + at(2, 2) + "again"


def alternate() -> Iterable[str]:
    yield CLEAR + "primary line one\r\nprimary line two" + CSI + "?1049h"
    yield CLEAR + sgr(7) + "alternate" + RESET + at(24, 1) + "\n\n\nscrolled"
    yield CSI + "?1049l" + " back on primary" + CSI + "?47h" + at(5, 5) + "47" + CSI + "?47l"
    yield (
        CSI + "?1047h" + "1047" + CSI + "?1047l" + CSI + "?1048h" + at(20, 1) + CSI + "?1048l" + "!"
    )


def saved_cursor() -> Iterable[str]:
    yield CLEAR + at(5, 10) + sgr(1, 31) + ESC + "(0" + ESC + "7" + RESET + ESC + "(B"
    yield at(20, 1) + "elsewhere" + ESC + "8" + "qqq" + ESC + "(B" + RESET
    yield CSI + "s" + at(22, 1) + "more" + CSI + "u" + "here" + ESC + "c" + ESC + "8" + "home"


def graphics() -> Iterable[str]:
    yield CLEAR + ESC + "(0" + "lqqwqqk\r\nx  x  x\r\ntqqnqqu\r\nmqqvqqj" + ESC + "(B\r\n"
    yield ESC + ")0" + "normal \x0eaffgjklmnopqrstuvwxyz{|}~\x0f normal\r\n"
    yield (
        ESC
        + "(A"
        + "pound # "
        + ESC
        + "(B"
        + "# "
        + ESC
        + "*0"
        + ESC
        + "n"
        + "lqk"
        + ESC
        + "(B\x0f"
    )


def cursor_shapes() -> Iterable[str]:
    yield CLEAR
    for shape in range(7):
        yield f"{at(shape + 1, 1)}shape {shape}{CSI}{shape} q"
    yield CSI + "?25l" + at(10, 1) + "hidden" + CSI + "?25h" + CSI + "?12h" + CSI + "0 q"


def cursor_moves() -> Iterable[str]:
    yield CLEAR + at(12, 40) + "*" + CSI + "3A" + "u" + CSI + "6B" + "d" + CSI + "10D" + "l"
    yield CSI + "20C" + "r" + CSI + "2E" + "next" + CSI + "4F" + "previous" + CSI + "60`" + "col"
    yield CSI + "3e" + "down" + CSI + "5a" + "right" + CSI + "999;999H" + "!" + CSI + "999A" + "^"
    yield at(15, 1) + "ab\x08\x08\x08cd\x0bvt\x0cff" + ESC + "E" + "nel" + ESC + "D" + "ind"


def titles() -> Iterable[str]:
    yield CLEAR + f"{ESC}]0;icon and title\x07{ESC}]2;title only{ST}{ESC}]1;icon{ST}"
    yield f"{CSI}22;0t{ESC}]2;pushed ünïcode 漢{ST}{CSI}23;0t{ESC}]7;file:///tmp{ST}shown\x07\x07"


def marks() -> Iterable[str]:
    for number, word in enumerate(("first", "second", "third")):
        yield f"{ESC}]133;A{ST}$ {ESC}]133;B{ST}{word}\r\n{ESC}]133;C{ST}output of {word}\r\n"
        yield f"{ESC}]133;D;{number}{ST}"


def held_frames() -> Iterable[str]:
    for frame in range(5):
        yield CSI + "?2026h" + CLEAR + f"frame {frame} "
        yield "#" * (frame * 20) + CSI + "?2026l"


def broken() -> Iterable[str]:
    yield (
        CLEAR + CSI + "31" + ESC + "[32mgreen" + CSI + "4\x181m cancelled " + CSI + "999999999999H"
    )
    yield (
        at(3, 1)
        + CSI
        + "?;;1;m"
        + CSI
        + "<=>1m"
        + CSI
        + "1;2;3;4;5;6;7;8;9;10;11;12;13;14;15;16;17m"
    )
    yield (
        at(4, 1)
        + f"{ESC}]2;unfinished"
        + CSI
        + "m"
        + ST
        + f"{ESC}P1;2|data{ST}{ESC}_app{ST}{ESC}^pm{ST}"
    )
    yield (
        at(5, 1)
        + RESET
        + "\x00\x7f nul and del "
        + ESC
        + "Z"
        + CSI
        + "\n5C"
        + "within"
        + "\ufffd\ufeff"
    )


def long_lines() -> Iterable[str]:
    for number in range(40):
        yield f"{number:02d} " + "wraps over several rows " * (1 + number % 9) + "\r\n"


def joined_writes() -> Iterable[str]:
    """Sequences and clusters cut at every place: what a read boundary does."""
    whole = f"{CLEAR}{sgr(1, 38, 2, 10, 200, 30)}e\u0301 漢 👨\u200d👩\u200d👧 🇩🇪{RESET}{at(5, 9)}x"
    yield from whole
    yield f"{ESC}]8;;https://example.org{ST}"
    yield from f"link{ESC}]8;;{ST}"


DRAWN = {
    "alignment": alignment,
    "alternate-screen": alternate,
    "attributes": attributes,
    "box-drawing": boxes,
    "broken-sequences": broken,
    "clusters-mode-2027": clusters_counted,
    "colour-of-blanks": colour_of_blanks,
    "cursor-moves": cursor_moves,
    "cursor-shapes": cursor_shapes,
    "cut-writes": joined_writes,
    "dec-graphics": graphics,
    "emoji": emoji,
    "erasing": erasing,
    "held-frames": held_frames,
    "hyperlinks": hyperlinks,
    "insert-delete": insert_delete,
    "left-right-margins": margins,
    "long-lines": long_lines,
    "origin-mode": origin,
    "palette": palette,
    "repeat": repeated,
    "saved-cursor": saved_cursor,
    "scroll-region": scroll_region,
    "shell-marks": marks,
    "tabs": tabs,
    "titles": titles,
    "true-colours": true_colours,
    "underlines": underlines,
    "wide-at-the-edge": wide_at_the_edge,
    "world": words_of_the_world,
    "wrap-pending": wrap_pending,
}
