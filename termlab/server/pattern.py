"""What is looked for in a pane's text: a plain text, or a regular expression.

Expressions are RE2's: it takes a time linear in the text, whatever the expression, so none can hold
the server. What is left to bound is an expression's own size: `limit` says how much text it may be
given at once. The library is imported with the first expression, 10 ms and 2.6 MiB.

Without a capital letter in it, case does not matter; a regular expression's ``\\S`` is none.
"""

import re
from collections.abc import Iterator
from typing import Any, Final, Protocol

from termlab.errors import UsageError
from termlab.server.cells import Span

MAX_PATTERN_CHARS: Final = 500
# A line that goes on for more rows than this many characters take is searched in parts.
MAX_LINE_CHARS: Final = 8192
# Instructions of a compiled expression: a common one has 10 to 100.
MAX_PROGRAM: Final = 1000
# Instructions times bytes that one call may take: at 2 ns each, measured, 2 ms at the very worst.
# Hardly an expression ever needs a hundredth of that.
STEPS: Final = 1_000_000
MAX_ENGINE_BYTES: Final = 1 << 20
# So many hits are counted between two looks at the clock: each takes 4 µs.
PORTION: Final = 64
# ^ and $ are those of each line.
LINEWISE: Final = "(?m)"
_ESCAPED: Final = re.compile(r"\\[pP]\{[^}]*\}|\\[pP].|\\.", re.DOTALL)


class Pattern(Protocol):
    """What to look for. ``limit`` is how many bytes `found` and `counts` may be given at once."""

    text: str
    regex: bool
    limit: int

    def found(self, data: bytes) -> bool:
        """Whether there is a hit in these lines (UTF-8, each ended by a line feed)."""

    def counts(self, data: bytes) -> Iterator[int]:
        """How many hits there are in these lines: the sum; each part takes little time."""

    def spans(self, line: str) -> list[Span]:
        """First and last character of each hit in a line, the last one not among them."""


def pattern_of(text: str, regex: bool) -> Pattern:
    """What to look for. Raises ``UsageError`` if it can't be."""
    if not text or len(text) > MAX_PATTERN_CHARS:
        raise UsageError(
            f"can't search for {len(text)} characters: give 1 to {MAX_PATTERN_CHARS} of them"
        )
    return Expression(text) if regex else Plain(text)


class Plain:
    """A text as it stands."""

    regex = False
    limit = 1 << 30

    def __init__(self, text: str) -> None:
        self.text = text
        self._folded = not _has_capital(text)
        # An ASCII text is found in the bytes themselves, ten times as fast as by `re`.
        self._bytes = text.encode() if text.isascii() else b""
        flags = re.IGNORECASE if self._folded else re.NOFLAG
        self._re = re.compile(re.escape(text), flags | (re.ASCII if self._bytes else re.NOFLAG))

    def found(self, data: bytes) -> bool:
        if self._bytes:
            return self._bytes in (data.lower() if self._folded else data)
        return self._re.search(data.decode("utf-8", "replace")) is not None

    def counts(self, data: bytes) -> Iterator[int]:
        if self._bytes:
            yield (data.lower() if self._folded else data).count(self._bytes)
        else:
            yield sum(1 for _ in self._re.finditer(data.decode("utf-8", "replace")))

    def spans(self, line: str) -> list[Span]:
        return [found.span() for found in self._re.finditer(line)]


class Expression:
    """A regular expression in RE2's syntax. Raises ``UsageError`` for one that is none or too
    large."""

    regex = True

    def __init__(self, text: str) -> None:
        self.text = text
        self._engine = _compiled(text)
        size = max(int(self._engine.programsize), 1)
        if size > MAX_PROGRAM:
            raise UsageError(
                f"{text!r} is too large an expression, of {size} steps: at most {MAX_PROGRAM}; "
                "repeat less often"
            )
        self.limit = STEPS // size

    def found(self, data: bytes) -> bool:
        return any(span[1] > span[0] for span in self._matches(data))

    def counts(self, data: bytes) -> Iterator[int]:
        count = 0
        for start, end in self._matches(data):
            count += end > start
            if count >= PORTION:
                yield count
                count = 0
        yield count

    def spans(self, line: str) -> list[Span]:
        data = line.encode()
        spans, at, chars = [], 0, 0
        for start, end in self._matches(data[: self.limit]):
            if end > start:
                chars += len(data[at:start].decode("utf-8", "replace"))
                length = len(data[start:end].decode("utf-8", "replace"))
                spans.append((chars, chars + length))
                at, chars = end, chars + length
        return spans

    def _matches(self, data: bytes) -> Iterator[Span]:
        return (found.span() for found in self._engine.finditer(data))


def _compiled(text: str) -> Any:
    try:
        import re2
    except ImportError as error:
        raise UsageError(
            "regular expressions are searched for by google-re2, which is not installed here: "
            "install it, or search for a plain text"
        ) from error
    options = re2.Options()
    options.case_sensitive = _has_capital(_ESCAPED.sub("", text))
    options.never_nl = True  # lines are given many at once
    options.log_errors = False
    options.max_mem = MAX_ENGINE_BYTES
    try:
        return re2.compile(LINEWISE + text, options)
    except re2.error as error:
        told = error.args[0].decode("utf-8", "replace").replace(LINEWISE, "", 1)
        raise UsageError(f"{text!r} is no regular expression: {told}") from error


def _has_capital(text: str) -> bool:
    return any(char.isupper() for char in text)
