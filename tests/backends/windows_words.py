"""How Windows hands a program its words: one line and one block, taken apart again."""


def split_command_line(line: str) -> list[str]:
    """The words the C runtime makes of a command line (as ``CommandLineToArgvW``).

    The first word knows no backslashes: it is what stands between quotes, or before a blank.
    """
    if line.startswith('"'):
        first, _, rest = line[1:].partition('"')
    else:
        first, _, rest = line.partition(" ")
    words = [first]
    word: str | None = None
    quoted = False
    backslashes = 0
    at = 0
    while at < len(rest):
        char = rest[at]
        at += 1
        if char == "\\":
            backslashes += 1
            continue
        if char == '"':
            # Two stand for one before a quote, and the odd one makes the quote a plain character.
            word = (word or "") + "\\" * (backslashes // 2)
            if backslashes % 2:
                word += '"'
            elif quoted and rest[at : at + 1] == '"':
                word += '"'
                at += 1
            else:
                quoted = not quoted
            backslashes = 0
            continue
        if backslashes:
            word = (word or "") + "\\" * backslashes
            backslashes = 0
        if char in " \t" and not quoted:
            if word is not None:
                words.append(word)
            word = None
        else:
            word = (word or "") + char
    if backslashes:
        word = (word or "") + "\\" * backslashes
    return words if word is None else [*words, word]


def split_block(block: str) -> dict[str, str]:
    """The variables of an environment block, which ends with an empty entry."""
    body, end, rest = block.partition("\0\0")
    assert end, f"the block does not end: {block!r}"
    assert not rest.strip("\0"), f"something stands behind the end of the block: {block!r}"
    entries = [entry for entry in body.split("\0") if entry]
    names = [entry.partition("=")[0].upper() for entry in entries]
    assert names == sorted(set(names)), f"CreateProcess wants names once, in order: {names}"
    return {name: value for name, _, value in (entry.partition("=") for entry in entries)}
