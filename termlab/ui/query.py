"""What a person looks for in a list: its words, what has them all, and where they stand. Pure."""

import re
from collections.abc import Iterable
from typing import Final

from termlab.client.style import Line, Run, Style

# Black on yellow, whatever the text was: found at a glance.
LIT: Final = Style(0, 3)


class Query:
    """``text`` as it was typed. Words in any order, capitals or not; without words all matches."""

    def __init__(self, text: str = "") -> None:
        self._words = [re.compile(re.escape(word), re.IGNORECASE) for word in text.split()]
        any_word = "|".join(re.escape(word) for word in text.split())
        self._any = re.compile(any_word, re.IGNORECASE) if any_word else None

    def __bool__(self) -> bool:
        return self._any is not None

    def matches(self, texts: Iterable[str]) -> bool:
        """Whether each word stands in one of them."""
        kept = tuple(texts)
        return all(any(word.search(text) for text in kept) for word in self._words)

    def lit(self, text: str, style: Style) -> Line:
        """``text`` with the words in it lit."""
        if self._any is None:
            return (Run(text, style),) if text else ()
        runs: list[Run] = []
        at = 0
        for found in self._any.finditer(text):
            runs += [Run(text[at : found.start()], style), Run(found[0], LIT)]
            at = found.end()
        return tuple(run for run in (*runs, Run(text[at:], style)) if run.text)
