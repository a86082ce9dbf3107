"""What was said, to be read again."""

from termlab.client.message_log import MAX_CHARS, MAX_MESSAGES, MessageLog, Said


class Clock:
    """The time of day, one second later each time it is asked."""

    def __init__(self) -> None:
        self.at = 0.0

    def __call__(self) -> float:
        self.at += 1
        return self.at


def test_messages_are_kept_in_order_with_their_time() -> None:
    log = MessageLog(Clock())
    log.add("one")
    log.add("two", error=True)
    assert log.messages() == (Said(1.0, "one"), Said(2.0, "two", True))


def test_the_oldest_go_first() -> None:
    log = MessageLog(Clock())
    for number in range(MAX_MESSAGES + 3):
        log.add(str(number))
    assert len(log.messages()) == MAX_MESSAGES
    assert log.messages()[0].text == "3"


def test_a_message_is_one_line_of_bounded_length() -> None:
    log = MessageLog(Clock())
    log.add("a\x1b[31m\nb\n")
    log.add("x" * 2 * MAX_CHARS)
    first, second = log.messages()
    assert first.text == "a [31m b"
    assert len(second.text) == MAX_CHARS
    assert second.text.endswith("x…")


def test_the_time_of_day_is_that_of_the_wall() -> None:
    assert len(Said(0.0, "a").time_of_day().split(":")) == 3
    assert Said(3600.0, "a").time_of_day()[-5:] == Said(0.0, "a").time_of_day()[-5:]


def test_those_of_another_process_take_the_place_of_its_own() -> None:
    log = MessageLog(Clock())
    log.add("mine")
    log.replace([Said(1.0, "one"), Said(2.0, "two", True)])
    assert [each.text for each in log.messages()] == ["one", "two"]
    log.replace(Said(float(number), str(number)) for number in range(MAX_MESSAGES + 1))
    assert log.messages()[0].text == "1"
