"""Textual's tree, of branches: filled anew whenever there is something new, without losing its
place. It has no keys of its own; the overlay it is in moves it.
"""

from collections.abc import Callable, Iterable
from typing import ClassVar

from rich.style import Style
from rich.text import Text
from textual import events
from textual.binding import BindingType
from textual.widgets import Tree
from textual.widgets.tree import TreeNode

from termlab.model.keys import LEFT
from termlab.ui.tree_page import Branch, found

Opened = Callable[[Branch], bool]


class SessionTree(Tree[Branch], can_focus=False, inherit_bindings=False):
    """A click puts the cursor on a branch, or opens and closes it at its mark; one on the branch
    with the cursor selects it."""

    BINDINGS: ClassVar[list[BindingType]] = []
    DEFAULT_CSS = """
    SessionTree {
        background: ansi_default;
        color: ansi_default;
        overflow-x: hidden;
        scrollbar-size-vertical: 1;
        scrollbar-color: $panel;
        scrollbar-color-hover: $primary;
        scrollbar-color-active: $primary;
        scrollbar-background: ansi_default;
        scrollbar-background-hover: ansi_default;
        scrollbar-background-active: ansi_default;
        & > .tree--guides, & > .tree--guides-hover, & > .tree--guides-selected,
        &:ansi > .tree--guides {
            color: ansi_default;
            text-style: dim;
        }
        & > .tree--cursor {
            background: $block-cursor-background;
            color: $block-cursor-foreground;
            text-style: none;
        }
        & > .tree--highlight-line {
            background: ansi_default;
        }
    }
    """

    def __init__(self) -> None:
        super().__init__("")
        self.show_root = False
        self.auto_expand = False
        self.guide_depth = 3
        self.root.expand()

    @property
    def branch(self) -> Branch | None:
        """The one with the cursor."""
        node = self.cursor_node
        return node.data if node is not None and self.cursor_line >= 0 else None

    def fill(self, branches: Iterable[Branch], opened: Opened, at: str) -> None:
        """Show these, the cursor on the one with the target ``at``; where that is gone, where it
        was."""
        line = max(self.cursor_line, 0)
        self.unselect()
        self.clear()
        for branch in branches:
            self._grow(self.root, branch, opened)
        if self.last_line < 0:
            self.refresh(layout=True)
            return
        self.cursor_line = self._line_of(at, line)
        self.scroll_to_line(self.cursor_line)

    def scroll_to_line(self, line: int, animate: bool = False) -> None:
        """At once, whatever Textual asks for: else a key behind this one starts from a place that
        is not shown yet, and where that leads depends on the moment."""
        super().scroll_to_line(line, animate=False)

    def _grow(self, under: TreeNode[Branch], branch: Branch, opened: Opened) -> None:
        if not branch.children:
            under.add_leaf(_label(branch), branch)
            return
        node = under.add(_label(branch), branch, expand=opened(branch))
        for child in branch.children:
            self._grow(node, child, opened)

    def _line_of(self, id: str, line: int) -> int:
        """The line of a branch: where it is hidden, that of what hides it; else ``line``."""
        pending = list(self.root.children)
        for node in pending:
            branch = node.data
            if branch is not None and (branch.id == id or _holds(branch, id, node)):
                return node.line
            pending += node.children
        return min(line, self.last_line)

    def render_label(self, node: TreeNode[Branch], base_style: Style, style: Style) -> Text:
        """The line with the cursor is marked to its end."""
        label = super().render_label(node, base_style, style)
        if node is self.cursor_node and self.cursor_line >= 0:
            label.append(" " * max(self.size.width - label.cell_len, 0), style)
            label.stylize(Style(dim=False))  # it would hardly be seen there
        return label

    def get_label_width(self, node: TreeNode[Branch]) -> int:
        """Without what marks the cursor, which is no reason to scroll."""
        return super().render_label(node, Style.null(), Style.null()).cell_len

    # Moving

    def close_or_leave(self) -> None:
        """Close the branch with the cursor, or go to what it is in."""
        node = self.cursor_node
        if node is None:
            return
        if node.is_expanded and node.children:
            node.collapse()
        elif node.parent is not None and node.parent is not self.root:
            self.cursor_line = node.parent.line
            self.scroll_to_line(self.cursor_line)

    def open_or_enter(self) -> None:
        """Open it, or go into it."""
        node = self.cursor_node
        if node is None or not node.children:
            return
        if node.is_expanded:
            self.action_cursor_down()
        else:
            node.expand()

    def on_click(self, event: events.Click) -> None:
        event.stop()
        event.prevent_default()
        line = event.y + self.scroll_offset.y
        node = self.get_node_at_line(line)
        if node is None or event.button != LEFT:
            return
        if event.style.meta.get("toggle"):
            node.toggle()
        elif line == self.cursor_line:
            self.post_message(self.NodeSelected(node))
        else:
            self.cursor_line = line


def _holds(branch: Branch, id: str, node: TreeNode[Branch]) -> bool:
    """Whether a closed branch hides the one looked for."""
    return node.is_collapsed and found(branch.children, id) is not None


def _label(branch: Branch) -> Text:
    return Text.assemble((f"{branch.name}  ", "bold"), (branch.rest, "dim"))
