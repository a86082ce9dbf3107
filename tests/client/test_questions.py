"""What the ui asks the server: each question is answered once, whatever comes of it."""

from functools import partial

from termlab.client.questions import MAX_ANSWER_CHARS, MAX_UNDER_WAY, Questions
from termlab.errors import UsageError
from termlab.wire.messages import Reply, Request
from tests.client.recorder import Recorder


class Choosy(Recorder):
    """A connection for which every command is too long."""

    def request(self, argv: tuple[str, ...], place: object) -> int:
        raise UsageError(f"{argv[0]}: too long")


def test_a_reply_goes_to_whoever_asked_and_to_nobody_else() -> None:
    connection, heard = Recorder(), list[tuple[str, Reply]]()
    questions = Questions(connection)
    questions.ask(("ls", "--json"), lambda reply: heard.append(("ls", reply)))
    questions.ask(("show-buffer",), lambda reply: heard.append(("show", reply)))
    assert connection.take() == [Request(1, ("ls", "--json")), Request(2, ("show-buffer",))]
    assert questions.replied(Reply(2, 3, "none"))
    assert not questions.replied(Reply(2, 0))
    assert not questions.replied(Reply(7, 0))
    assert questions.replied(Reply(1, 0, "[]"))
    assert heard == [("show", Reply(2, 3, "none")), ("ls", Reply(1, 0, "[]"))]


def test_too_many_at_a_time_are_refused_until_one_is_answered() -> None:
    connection, heard = Recorder(), list[Reply]()
    questions = Questions(connection)
    for _ in range(MAX_UNDER_WAY + 1):
        questions.ask(("ls",), heard.append)
    assert len(connection.take()) == MAX_UNDER_WAY
    assert [reply.code for reply in heard] == [UsageError.exit_code]
    assert "questions wait" in heard[0].text
    questions.replied(Reply(1, 0))
    questions.ask(("ls",), heard.append)
    assert len(connection.take()) == 1


def test_what_cannot_be_asked_or_is_too_long_comes_back_as_an_error() -> None:
    heard = list[Reply]()
    Questions(Choosy()).ask(("ls",), heard.append)
    questions = Questions(Recorder())
    questions.ask((), heard.append)
    questions.ask(("capture-pane",), heard.append)
    assert questions.replied(Reply(1, 0, "x" * (MAX_ANSWER_CHARS + 1)))
    assert [reply.code for reply in heard] == [UsageError.exit_code] * 3
    assert [reply.text.split()[0] for reply in heard] == ["ls:", "an", "the"]


def test_a_question_asked_by_an_answer_is_asked() -> None:
    connection = Recorder()
    questions = Questions(connection)
    again = partial(questions.ask, ("show-buffer",), lambda reply: None)
    questions.ask(("ls",), lambda reply: again())
    questions.replied(Reply(1, 0))
    assert connection.words() == ["ls", "show-buffer"]
