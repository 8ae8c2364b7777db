"""Five small Textual apps that know nothing of this project, and Textual's own demo.

`python -m tests.terminal.other_apps NAME ours` runs one on the terminal layer, `stock` as it is.
"""

import os
import sys
from typing import Any

from textual.app import App, ComposeResult
from textual.widgets import (
    DataTable,
    Footer,
    Input,
    Label,
    MarkdownViewer,
    TabbedContent,
    TabPane,
    Tree,
)

from imr_tui.terminal.options import TerminalOptions
from imr_tui.terminal.support import TerminalSupport


class TableApp(App[None]):
    """A table with a cursor."""

    BINDINGS = [("a", "add", "Add")]  # noqa: RUF012

    def compose(self) -> ComposeResult:
        yield DataTable(cursor_type="row", zebra_stripes=True)
        yield Footer()

    def on_mount(self) -> None:
        table = self.query_one(DataTable)
        table.add_columns("number", "square", "cube")
        for number in range(60):
            table.add_row(str(number), str(number**2), str(number**3))

    def action_add(self) -> None:
        self.query_one(DataTable).add_row("new", "漢字", "½")


class TreeApp(App[None]):
    """A tree that opens and closes."""

    def compose(self) -> ComposeResult:
        tree: Tree[None] = Tree("root")
        tree.root.expand()
        for name in ("one", "two", "three"):
            branch = tree.root.add(name)
            for leaf in range(5):
                branch.add_leaf(f"{name} {leaf}")
        yield tree


class MarkdownApp(App[None]):
    """A document that scrolls."""

    def compose(self) -> ComposeResult:
        parts = "\n\n".join(
            f"## Part {at}\n\nSome *words* and `code`.\n\n- a\n- b" for at in range(9)
        )
        text = f"# Title\n\n{parts}\n\n| a | b |\n|---|---|\n| 1 | 2 |\n"
        yield MarkdownViewer(text, show_table_of_contents=False)


class InputApp(App[None]):
    """Fields, one of which echoes the other."""

    def compose(self) -> ComposeResult:
        yield Input(placeholder="type here")
        yield Input(placeholder="and here", password=True)
        yield Label("nothing yet")

    def on_input_changed(self, event: Input.Changed) -> None:
        self.query_one(Label).update(f"{len(event.value)} characters")


class TabsApp(App[None]):
    """Tabs with something on each."""

    def compose(self) -> ComposeResult:
        with TabbedContent("First", "Second", "Third"):
            for text in ("one", "two\nlines", "three"):
                with TabPane(text.split("\n")[0]):
                    yield Label(text)


def demo() -> type[App[Any]]:
    """Textual's own demo, without what it asks of the network."""
    from textual.demo import home
    from textual.demo.demo_app import DemoApp

    home.StarCount.on_mount = lambda self: None  # type: ignore[method-assign]
    home.StarCount.get_stars = lambda self: None  # type: ignore[method-assign]
    return DemoApp


APPS: dict[str, type[App[Any]]] = {
    "table": TableApp,
    "tree": TreeApp,
    "markdown": MarkdownApp,
    "input": InputApp,
    "tabs": TabsApp,
}


def on_terminal_layer(stock: type[App[Any]]) -> type[App[Any]]:
    """The app on the terminal layer of this project."""

    class OnTerminalLayer(TerminalSupport, stock):  # type: ignore[valid-type, misc]
        def __init__(self) -> None:
            super().__init__()
            self.connect(TerminalOptions())

    return OnTerminalLayer


def main(name: str, kind: str) -> None:
    stock = demo() if name == "demo" else APPS[name]
    app = on_terminal_layer(stock)() if kind == "ours" else stock()
    app.animation_level = "none"
    app.run()


if __name__ == "__main__":
    os.environ.setdefault("TEXTUAL_ANIMATIONS", "none")
    main(*sys.argv[1:])
