"""What a view looks for: the pattern, the search for it, and what there is to say of that."""

from termlab.server.pattern import Pattern
from termlab.server.search import Search, Tally, cut_at


class Hunt:
    """One view's. ``pattern`` is what is lit; ``problem`` says why there is none."""

    def __init__(self) -> None:
        self.pattern: Pattern | None = None
        self.backward = False
        self.search: Search | None = None
        self.problem = ""

    def still(self) -> None:
        """The next key came: a search under way ends."""
        if self.search is not None:
            self.search.cancel()

    def tally(self, pattern: Pattern) -> Tally | None:
        """The count of the last search, if it was for ``pattern``."""
        known = self.search.tally if self.search is not None else None
        return known if pattern is self.pattern else None

    def forget(self, problem: str = "") -> None:
        """Look for nothing."""
        self.still()
        self.pattern, self.search, self.problem = None, None, problem

    @property
    def note(self) -> str:
        """What there is to say: ``hit 3/120``, or ``120+ hits`` while they are counted."""
        search = self.search
        if self.problem or search is None:
            return self.problem
        if search.hit is None:
            return "searching" if search.running else "not found" * search.ended
        tally = search.tally
        said = f"hit {tally.ordinal}/{tally.total}" if tally else f"{search.count or 1}+ hits"
        if search.wrapped:
            said += ", from the end" if search.backward else ", from the top"
        if search.cut and self.pattern is not None:
            said += f", lines cut at {cut_at(self.pattern)}"
        return said
