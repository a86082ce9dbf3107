import pytest

from termlab.config.loader import load_defaults
from termlab.errors import UsageError
from termlab.model.bindings import Binding
from termlab.server.bindable import check_binding


def test_every_default_binding_may_be_bound() -> None:
    for table, bindings in load_defaults().keys.items():
        for binding in bindings:
            check_binding(table, binding)


@pytest.mark.parametrize(
    ("command", "message"),
    [
        ("kil-pane", "'x': there is no command 'kil-pane': did you mean 'kill-pane'?"),
        ("zzz", "no command 'zzz': see `termlab --help`"),
        ("split-window --nonsense", "'x': split-window: No such option '--nonsense'"),
        ("resize-pane -L much", "'much' is not a valid integer"),
        ("new-window -n", "requires an argument"),
        ("kill-pane now", "unexpected extra argument"),
        ("confirm-before kill-pane now", "unexpected extra argument"),
        ("confirm-before zzz", "no command 'zzz'"),
        ("doctor", "doctor runs on the command line only"),
        ("split-window 'a", "check the quotes"),
        ("   ", "a command is empty"),
    ],
)
def test_what_can_not_be_bound_is_told_with_its_key(command: str, message: str) -> None:
    with pytest.raises(UsageError) as failure:
        check_binding("prefix", Binding("x", command))
    assert message in str(failure.value)
    assert str(failure.value).startswith("'x': ")
