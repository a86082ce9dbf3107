"""The short forms of rows."""

from termlab.commands.row import CommandRow, Parameter, flag, target, text


def test_short_forms_are_the_parameters_they_stand_for() -> None:
    assert flag("all", "-a", help="all") == Parameter("all", ("-a",), "flag", "all")
    assert target("pane") == text("target", "-t", "--target", help="the pane", metavar="PANE")
    assert text("name", help="", metavar="NAME", required=True).required


def test_a_row_runs_in_the_server_unless_it_says_where() -> None:
    assert CommandRow("x", "Do x.").where == "server"
