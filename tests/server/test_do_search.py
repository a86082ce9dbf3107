"""Searching a view: hits are gone to, lit and counted, also while the text is being typed."""

from tests.server.copying import LINES, cursor, lit, looking_back, note, run
from tests.server.world import Client, Stage


def test_a_search_goes_to_the_hit_lights_all_and_counts_them(stage: Stage) -> None:
    client = looking_back(stage, "search-backward line")
    assert cursor(client) == (0, 22, 77)
    assert set(lit(client).values()) == {"line"}
    assert len(lit(client)) == 23
    assert note(client) == "hit 100/100"
    run(stage, client, "search-again")
    assert cursor(client) == (0, 21, 77)
    run(stage, client, "search-reverse")
    assert cursor(client) == (0, 22, 77)


def test_a_hit_out_of_sight_is_brought_into_it(stage: Stage) -> None:
    client = looking_back(stage, "search-backward line 5 of")
    assert cursor(client) == (0, 0, 4)
    assert note(client) == "hit 1/1"


def test_a_search_goes_on_from_the_other_end(stage: Stage) -> None:
    client = looking_back(stage, "search-forward line")
    assert cursor(client) == (0, 0, 0)
    run(stage, client, "search-reverse")
    assert cursor(client) == (0, 23, 76)


def test_what_is_not_there_is_said_and_moves_nothing(stage: Stage) -> None:
    client = looking_back(stage)
    before = cursor(client)
    run(stage, client, "search-forward nothing")
    assert note(client) == "not found"
    assert cursor(client) == before


def test_a_capital_makes_case_matter(stage: Stage) -> None:
    client = looking_back(stage, "search-backward Line")
    assert note(client) == "not found"


def test_a_plain_text_is_no_expression_and_a_regex_is_one(stage: Stage) -> None:
    client = looking_back(stage, "search-backward .*9")
    assert note(client) == "not found"
    run(stage, client, "search-backward -r ^line.[89]9")
    assert note(client) == "hit 2/2"


def test_a_broken_expression_is_told(stage: Stage) -> None:
    client = looking_back(stage)
    assert "no regular expression" in client.run("search-forward", "-r", "--", "(").text


def typed(stage: Stage, client: Client, text: str, *flags: str) -> None:
    """What the client sends for a search of which so much is typed."""
    reply = client.run("search-incremental", *flags, "--", text)
    assert (reply.code, reply.text) == (0, "")
    stage.pass_time(0.1)


def test_each_key_searches_from_where_the_search_began(stage: Stage) -> None:
    client = looking_back(stage)
    began = cursor(client)
    typed(stage, client, "line 9", "-b")
    assert (cursor(client), note(client)) == ((0, 21, 77), "hit 11/11")
    typed(stage, client, "line 97", "-b")
    assert (cursor(client), note(client)) == ((0, 19, 77), "hit 1/1")
    typed(stage, client, "line 9", "-b")
    assert (cursor(client), note(client)) == ((0, 21, 77), "hit 11/11")
    assert set(lit(client).values()) == {"line 9"}
    typed(stage, client, "", "-b")
    assert (cursor(client), note(client), lit(client)) == (began, "", {})


def test_what_is_entered_stays_and_is_not_searched_anew(stage: Stage) -> None:
    client = looking_back(stage)
    typed(stage, client, "line 5", "-b")
    run(stage, client, "search-backward line 5")
    assert (cursor(client), note(client)) == ((0, 0, 58), "hit 11/11")
    run(stage, client, "search-again")
    assert (cursor(client), note(client)) == ((0, 0, 57), "hit 10/11")
    run(stage, client, "search-cancel")
    assert cursor(client) == (0, 0, 57)


def test_left_it_is_where_it_began(stage: Stage) -> None:
    client = looking_back(stage, "page-up", "end-of-line")
    began = cursor(client)
    typed(stage, client, "line 5 of", "-b")
    assert cursor(client) == (0, 0, 4)
    run(stage, client, "search-cancel")
    assert (cursor(client), note(client), lit(client)) == (began, "", {})


def test_it_goes_back_though_output_came_meanwhile(stage: Stage) -> None:
    client = looking_back(stage)
    typed(stage, client, "line 5 of", "-b")
    stage.child_says(LINES)
    assert cursor(client) == (0, 0, 4)
    run(stage, client, "search-cancel")
    assert cursor(client) == (0, 23, 77)


def test_what_is_not_there_goes_back_and_says_so(stage: Stage) -> None:
    client = looking_back(stage)
    began = cursor(client)
    typed(stage, client, "line 5", "-b")
    typed(stage, client, "line 5x", "-b")
    assert (cursor(client), note(client), lit(client)) == (began, "not found", {})


def test_an_expression_that_is_none_yet_says_so_and_moves_nothing(stage: Stage) -> None:
    client = looking_back(stage)
    typed(stage, client, "line [5]", "-b", "-r")
    before = cursor(client)
    typed(stage, client, "line [5](", "-b", "-r")
    assert (cursor(client), note(client)) == (before, "missing ): line [5](")
    typed(stage, client, "line [5](1)", "-b", "-r")
    assert (cursor(client), note(client)) == ((0, 0, 50), "hit 1/1")


def test_an_empty_line_is_the_search_before(stage: Stage) -> None:
    client = looking_back(stage, "search-backward line 5")
    typed(stage, client, "")
    run(stage, client, "search-backward line 5")
    assert note(client) == "hit 10/11"


def test_the_place_of_a_hit_is_counted_from_the_top_and_around(stage: Stage) -> None:
    client = looking_back(stage, "history-top", "search-forward line 9")
    assert note(client) == "hit 1/11"
    run(stage, client, "search-reverse")
    assert note(client) == "hit 11/11, from the end"
    run(stage, client, "search-again")
    assert note(client) == "hit 1/11, from the top"
    run(stage, client, "search-again", "search-again")
    assert note(client) == "hit 3/11"


def test_a_cursor_that_moved_or_output_that_came_has_them_counted_anew(stage: Stage) -> None:
    client = looking_back(stage, "search-backward line 9")
    run(stage, client, "history-top", "cursor-down", "search-again")
    assert note(client) == "hit 11/11, from the end"
    stage.child_says(LINES)
    run(stage, client, "search-again")
    assert note(client) == "hit 10/22"


def test_hits_do_not_overlap(stage: Stage) -> None:
    client = looking_back(stage, "search-backward aa", said=b"aaaaa\r\n")
    assert (cursor(client)[:2], note(client)) == ((2, 0), "hit 2/2")
    assert lit(client) == {0: "aaaa"}
    run(stage, client, "search-again")
    assert (cursor(client)[:2], note(client)) == ((0, 0), "hit 1/2")


def test_a_word_that_wrapped_is_found_lit_and_copied_as_one(stage: Stage) -> None:
    client = looking_back(stage, said=b"x" * 75 + b" needles and\r\n$ ")
    run(stage, client, "search-backward needles")
    assert (cursor(client)[:2], note(client)) == ((76, 0), "hit 1/1")
    assert lit(client) == {0: "need", 1: "les"}
    run(stage, client, "begin-selection", "next-word-end", "next-word-end", "copy-selection")
    assert client.run("show-buffer").text == "needles and"


def test_a_hit_that_began_above_what_is_shown_is_lit(stage: Stage) -> None:
    client = looking_back(stage, said=b"x" * 75 + b" needles\r\n" + LINES)
    run(stage, client, "search-backward needles", "scroll-down")
    assert lit(client) == {0: "les"}


def test_a_search_without_a_view_does_nothing(stage: Stage) -> None:
    client = stage.attach()
    stage.turn()
    for command in ("search-incremental x", "search-cancel", "search-again", "search-forward x"):
        run(stage, client, command)
    assert stage.server.attachments[0].views == {}
