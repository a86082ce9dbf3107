"""Choices as hits: found, scored and shown, whatever a program calls itself."""

import asyncio
import time
from collections.abc import Sequence

from textual.app import App
from textual.command import DiscoveryHit, Hit
from textual.content import Content
from textual.style import Style

from termlab.ui.choices import Choice
from termlab.ui.providers import ChoiceProvider

LIT = Style(bold=True)
CHOICES = (
    Choice("split-window -h: split right", "C-b %", ("split-window", "-h")),
    Choice("pane %1 [@click=app.exit]x[/]", "main:0", ("switch-client", "-t", "%1")),
    Choice("pane %2 " + "ab" * 46, "main:0", ("switch-client", "-t", "%2")),
)


def found(query: str, choices: Sequence[Choice] = CHOICES) -> list[Hit | DiscoveryHit]:
    taken: list[Choice] = []

    async def play() -> list[Hit | DiscoveryHit]:
        async with App[None]().run_test() as pilot:
            provider = ChoiceProvider(pilot.app.screen, LIT, choices, taken.append)
            hits = [hit async for hit in (provider.search(query) if query else provider.discover())]
            for hit in hits:
                hit.command()
            return hits

    hits = asyncio.run(play())
    assert [choice.text for choice in taken] == [hit.text for hit in hits]
    return hits


def test_without_a_word_all_are_there_in_order() -> None:
    assert [hit.text for hit in found("")] == [choice.text for choice in CHOICES]


def test_letters_in_order_find_a_choice_and_are_lit() -> None:
    (hit,) = found("spwi")
    assert hit.text == CHOICES[0].text
    assert hit.help == "C-b %"
    shown = hit.prompt
    assert isinstance(shown, Content)
    assert sum(span.end - span.start for span in shown.spans) == 4


def test_what_stands_there_in_a_row_comes_before_letters_that_are_apart() -> None:
    apart = Choice("s p l i t", "", ("x",))
    scores = {hit.text: hit.score for hit in found("split", (apart, CHOICES[0]))}
    assert scores[CHOICES[0].text] > scores[apart.text]


def test_markup_of_a_program_is_text() -> None:
    (hit,) = found("click")
    assert isinstance(hit.prompt, Content)
    assert hit.prompt.plain == CHOICES[1].text
    assert all(span.style == LIT for span in hit.prompt.spans)


def test_a_name_made_to_be_found_in_many_ways_costs_nothing() -> None:
    before = time.process_time()
    assert not [hit for hit in found("aaaabbbbaaaabbbb") if hit.text == CHOICES[2].text]
    assert [hit.text for hit in found("abababababab")] == [CHOICES[2].text]
    assert time.process_time() - before < 5
