"""Copy mode: its cursor, what is selected and lit, what a copy becomes, and its search."""

from termlab.model.geometry import Size
from termlab.server.copies import MAX_CLIPBOARD_BYTES
from termlab.server.do_copy import ACTS
from termlab.terminal.pyte_engine import PyteEmulator
from termlab.wire.messages import Notice
from tests.server.copying import LINES, copied, cursor, lit, looking_back, note, run
from tests.server.world import Stage


def test_the_cursor_begins_where_the_programs_is(stage: Stage) -> None:
    client = looking_back(stage)
    assert cursor(client) == (0, 23, 77)


def test_the_cursor_moves_and_takes_the_view_along(stage: Stage) -> None:
    client = looking_back(stage, "top-line", "start-of-line")
    assert cursor(client) == (0, 0, 77)
    for command, where in (
        ("cursor-up", (0, 0, 76)),
        ("next-word", (5, 0, 76)),
        ("cursor-left", (4, 0, 76)),
        ("cursor-right", (5, 0, 76)),
        ("next-word-end", (6, 0, 76)),
        ("end-of-line", (14, 0, 76)),
        ("cursor-right", (14, 0, 76)),
        ("previous-word", (11, 0, 76)),
        ("back-to-indentation", (0, 0, 76)),
        ("middle-line", (0, 11, 76)),
        ("bottom-line", (0, 23, 76)),
        ("cursor-down", (0, 23, 77)),
        ("history-top", (0, 0, 0)),
        ("cursor-up", (0, 0, 0)),
        ("history-bottom", (0, 23, 77)),
        ("cursor-left", (0, 23, 77)),
    ):
        run(stage, client, command)
        assert (command, cursor(client)) == (command, where)


def test_a_shorter_line_does_not_forget_the_column(stage: Stage) -> None:
    client = looking_back(stage, said=b"a long line\r\nab\r\nanother one\r\n")
    run(stage, client, "history-top", "end-of-line", "cursor-down")
    assert cursor(client)[:2] == (1, 1)
    run(stage, client, "cursor-down")
    assert cursor(client)[:2] == (10, 2)


def test_a_selection_is_lit_as_it_grows_and_copied(stage: Stage) -> None:
    client = looking_back(stage, "history-top", "start-of-line", "next-word", "begin-selection")
    assert lit(client) == {0: "1"}
    run(stage, client, "next-word")
    assert lit(client) == {0: "1 o"}
    run(stage, client, "cursor-down")
    assert lit(client) == {0: "1 of many", 1: "line 2 o"}
    run(stage, client, "copy-selection")
    assert copied(client) == [b"1 of many\nline 2 o"]
    assert client.got(Notice)[-1].text == "copied 18 characters"
    assert lit(client) == {}
    assert client.text()[-1] == "$"
    assert client.run("show-buffer").text == "1 of many\nline 2 o"


def test_lines_and_blocks_are_selected_and_one_kind_becomes_another(stage: Stage) -> None:
    client = looking_back(stage, "history-top", "start-of-line", "next-word", "select-line")
    assert lit(client) == {0: "line 1 of many"}
    run(stage, client, "cursor-down", "select-block", "cursor-left")
    assert lit(client) == {0: " 1", 1: " 2"}
    run(stage, client, "copy-selection")
    assert copied(client) == [b" 1\n 2"]


def test_the_other_end_goes_on_from_there(stage: Stage) -> None:
    client = looking_back(stage, "history-top", "start-of-line", "next-word", "begin-selection")
    run(stage, client, "next-word", "other-end", "cursor-left")
    assert lit(client) == {0: " 1 o"}
    run(stage, client, "clear-selection")
    assert lit(client) == {}


def test_a_selection_stays_on_its_text_while_output_arrives(stage: Stage) -> None:
    client = looking_back(stage, "history-top", "start-of-line", "select-word")
    for _ in range(3):
        stage.child_says(LINES)
    assert lit(client) == {0: "line"}
    run(stage, client, "copy-selection")
    assert copied(client) == [b"line"]


def test_a_wrapped_line_is_copied_as_one(stage: Stage) -> None:
    long = b"x" * 100
    client = looking_back(stage, said=long + b"\r\nshort\r\n")
    run(stage, client, "history-top", "select-line", "cursor-down", "cursor-down")
    run(stage, client, "copy-selection")
    assert copied(client) == [long + b"\nshort\n"]


def test_wide_characters_are_lit_and_copied_whole(stage: Stage) -> None:
    client = looking_back(stage, said="漢字 x\r\n".encode())
    run(stage, client, "history-top", "start-of-line", "begin-selection", "cursor-right")
    assert cursor(client)[0] == 2
    assert [row.replace(" ", "") for row in lit(client).values()]
    run(stage, client, "copy-selection")
    assert copied(client) == ["漢字".encode()]


def test_copying_nothing_only_leaves(stage: Stage) -> None:
    client = looking_back(stage, "copy-selection")
    assert copied(client) == []
    assert stage.server.attachments[0].views == {}
    run(stage, client, "copy-selection", "cursor-up", "begin-selection", "search-again")
    assert client.run("show-buffer").code != 0


def test_too_much_for_a_clipboard_is_a_buffer_all_the_same(stage: Stage) -> None:
    rows = MAX_CLIPBOARD_BYTES // 80 + 100
    client = stage.attach()
    stage.turn()
    pane = stage.server.sessions.all[0].current.panes[0]
    pane.emulator.feed(memoryview((b"y" * 79 + b"\r\n") * rows))
    run(stage, client, "copy-mode", "select-line", "history-top", "copy-selection")
    assert copied(client) == []
    assert "too many" in client.got(Notice)[-1].text
    assert len(client.run("show-buffer").text) > MAX_CLIPBOARD_BYTES


def test_rows_beyond_number_are_refused_and_the_view_stays(stage: Stage) -> None:
    client = stage.attach()
    stage.turn()
    pane = stage.server.sessions.all[0].current.panes[0]
    pane.emulator.feed(memoryview(b"\r\n" * 21_000))
    run(stage, client, "copy-mode", "select-line", "history-top")
    assert "too many to copy" in client.run("copy-selection").text
    assert set(stage.server.attachments[0].views) == {0}


def test_a_new_size_ends_the_selection_and_no_more(stage: Stage) -> None:
    client = looking_back(stage, "history-top", "select-line", "cursor-down")
    client.run("split-window", "-h", "-d")
    stage.pass_time(1)
    assert lit(client) == {}
    run(stage, client, "cursor-down")
    assert cursor(client)[1] == 2


def test_who_may_only_look_copies_for_themselves_alone(stage: Stage) -> None:
    one = stage.attach()
    stage.turn()
    stage.child_says(LINES)
    guest = stage.attach(read_only=True)
    stage.turn()
    run(stage, guest, "copy-mode", "history-top", "select-line", "copy-selection")
    assert copied(guest) == [b"line 1 of many\n"]
    assert one.run("list-buffers").text == ""


def test_the_degraded_engine_has_all_of_it_but_joining_lines(stage: Stage) -> None:
    client = stage.attach()
    stage.turn()
    pane = stage.server.sessions.all[0].current.panes[0]
    pane.emulator = PyteEmulator(Size(80, 24))
    pane.emulator.feed(memoryview(LINES + b"\r\n" + b"x" * 90 + "\r\n漢字 end".encode()))
    run(stage, client, "copy-mode", "search-backward xx")
    assert note(client) == "hit 45/45"
    run(stage, client, "start-of-line", "select-line", "cursor-up", "copy-selection")
    assert copied(client) == [b"x" * 80 + b"\n" + b"x" * 10 + b"\n"]
    run(stage, client, "copy-mode", "history-bottom", "start-of-line", "begin-selection")
    run(stage, client, "cursor-right", "next-word", "copy-selection")
    assert copied(client)[-1] == "漢字 e".encode()
    for name in ACTS:
        run(stage, client, "copy-mode", name)
    pane.emulator.resize(Size(40, 10))
    run(stage, client, "cursor-up", "history-top", "search-forward line", "copy-selection")
