from termlab.config.statements import MAX_VALUE_LINES, Mistake, Statement, read_statements


def test_each_assignment_has_its_path_and_line() -> None:
    text = (
        '# head\na = 1\n\n[keys.prefix]\n"C-a" = { command = "x", repeat = true }\n[k."q"]\nb.c = 2'
    )
    assert read_statements(text) == (
        [
            Statement(("a",), 1, 2),
            Statement(("keys", "prefix"), {}, 4),
            Statement(("keys", "prefix", "C-a", "command"), "x", 5),
            Statement(("keys", "prefix", "C-a", "repeat"), True, 5),
            Statement(("k", "q"), {}, 6),
            Statement(("k", "q", "b", "c"), 2, 7),
        ],
        [],
    )


def test_a_value_of_many_lines_is_one_statement_on_its_first() -> None:
    found, mistakes = read_statements('a = """\n[no]\nb = 1\n"""\r\nc = [\n 1,\n]\nd = 2\n')
    assert [(each.path, each.line) for each in found] == [(("a",), 1), (("c",), 5), (("d",), 8)]
    assert mistakes == []


def test_every_line_that_is_no_toml_is_told() -> None:
    found, mistakes = read_statements("a = yes\nb = 1\nc\nd = [1,\n")
    assert [mistake.line for mistake in mistakes] == [1, 3, 4]
    assert all(mistake.what.startswith("this is not TOML: ") for mistake in mistakes)
    assert [each.path for each in found] == [("b",)]


def test_what_is_set_twice_is_told_at_the_second_place() -> None:
    _, mistakes = read_statements("a = 1\na = 2\nb = 1\nb = 1\n")
    assert [mistake.line for mistake in mistakes] == [2, 4]
    assert "line 1" in mistakes[0].what


def test_a_table_twice_is_told() -> None:
    _, mistakes = read_statements("[a]\nb = 1\n[a]\nc = 1\n")
    assert mistakes == [Mistake(3, "Cannot declare ('a',) twice: give each key and table once")]


def test_a_value_that_never_ends_is_one_mistake() -> None:
    _, mistakes = read_statements('a = """\n' + "b = 1\n" * (MAX_VALUE_LINES + 1))
    assert mistakes[0].line == 1
