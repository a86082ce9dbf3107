"""An HTML page, read as a browser reads it."""

from html.parser import HTMLParser

# What has no end in HTML.
_VOID = {"meta", "br", "img", "link", "input"}


class Page(HTMLParser):
    """Its elements, its text outside of scripts, and whether each end has its beginning."""

    def __init__(self, text: str) -> None:
        super().__init__(convert_charrefs=True)
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.words = ""
        self.scripts: dict[str, str] = {}
        self.crossed: list[str] = []
        self._open: list[str] = []
        self._script = ""
        self.feed(text)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        found = dict(attrs)
        self.elements.append((tag, found))
        if tag not in _VOID:
            self._open.append(tag)
        self._script = (found.get("id") or "code") if tag == "script" else ""

    def handle_endtag(self, tag: str) -> None:
        if not self._open or self._open.pop() != tag:
            self.crossed.append(tag)
        self._script = ""

    def handle_data(self, data: str) -> None:
        if self._script:
            self.scripts[self._script] = self.scripts.get(self._script, "") + data
        elif self._open and self._open[-1] != "style":
            self.words += data

    @property
    def left_open(self) -> list[str]:
        return self._open
