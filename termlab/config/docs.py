"""What each option is for, in the words of `defaults.toml`: the comment above it.

So there is one place to write it: `config schema` shows it to editors.
"""

from typing import Final

from termlab.config.loader import defaults_text

_COMMENT: Final = "#"


def option_docs(text: str) -> dict[str, str]:
    """By the dotted names of options, and of tables, the comments right above them."""
    docs: dict[str, str] = {}
    table, words = "", list[str]()
    for line in text.splitlines():
        if line.startswith(_COMMENT):
            words.append(line.strip("# "))
            continue
        name = ""
        if line.startswith("["):
            name = line.strip("[]")
            table = f"{name}."
        elif line[:1].isalpha():
            name = table + line.partition("=")[0].strip()
        if name and words:
            docs[name] = " ".join(words)
        words = []
    return docs


def default_docs() -> dict[str, str]:
    """Those of the options that ship with termlab."""
    return option_docs(defaults_text())
