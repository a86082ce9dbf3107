"""The palette's sources, as Textual's command providers: each gives hits for what is typed.

Found by Textual's fuzzy search; what is shown of a hit is text, never markup, for titles are the
programs' to choose.
"""

from collections.abc import Callable, Sequence
from math import prod
from typing import Any, Final

from textual.command import DiscoveryHit, Hit, Hits, Provider
from textual.content import Content
from textual.fuzzy import FuzzySearch
from textual.screen import Screen
from textual.style import Style

from termlab.ui.choices import Choice

# The fuzzy search tries every way to find the letters: beyond so many a text must have them in a
# row.
MAX_WAYS: Final = 5_000

Chosen = Callable[[Choice], None]


class ChoiceProvider(Provider):
    """Of one kind of choices. ``chosen`` is told of the one that a person takes."""

    def __init__(
        self, screen: Screen[Any], lit: Style, choices: Sequence[Choice], chosen: Chosen
    ) -> None:
        super().__init__(screen, lit)
        self._lit = lit
        self._choices = choices
        self._chosen = chosen
        self._fuzzy = FuzzySearch()

    async def search(self, query: str) -> Hits:
        for choice in self._choices:
            score, offsets = self._match(query, choice.text)
            if score:
                yield Hit(
                    score,
                    self._shown(choice.text, offsets),
                    self._taking(choice),
                    choice.text,
                    choice.help,
                )

    async def discover(self) -> Hits:
        for choice in self._choices:
            yield DiscoveryHit(Content(choice.text), self._taking(choice), choice.text, choice.help)

    def _match(self, query: str, text: str) -> tuple[float, Sequence[int]]:
        small, sought = text.lower(), query.lower()
        ways = prod(small.count(letter) for letter in sought)
        if ways > MAX_WAYS and sought not in small:
            return 0.0, ()
        return self._fuzzy.match(query, text)

    def _shown(self, text: str, offsets: Sequence[int]) -> Content:
        content = Content(text)
        for offset in offsets:
            content = content.stylize(self._lit, offset, offset + 1)
        return content

    def _taking(self, choice: Choice) -> Callable[[], None]:
        return lambda: self._chosen(choice)
