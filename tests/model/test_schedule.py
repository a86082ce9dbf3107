from termlab.config.loader import load_defaults
from termlab.model.schedule import NOTHING, Outcome, Schedule


def test_the_defaults_ask_for_nothing() -> None:
    settings = load_defaults()
    assert settings.server.schedule() == settings.client.schedule() == NOTHING == Schedule()


def test_an_outcome_is_one_line_of_a_log() -> None:
    line = Outcome("nice", "-5", "0", "it needs CAP_SYS_NICE").line
    assert line == "nice = -5 does not hold, it is 0: it needs CAP_SYS_NICE"
