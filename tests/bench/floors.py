"""The smallest programs that do a part of the job; run as a file, with the name of one."""

import sys
from collections.abc import Callable

from textual.app import App, ComposeResult
from textual.binding import Binding
from textual.screen import Screen
from textual.widgets import Footer, Header, Static, TextArea


class Hello(App[None]):
    """A word on a screen."""

    def compose(self) -> ComposeResult:
        yield Static("hello")


class Prose(App[None]):
    """A stock text area and nothing else."""

    def compose(self) -> ComposeResult:
        yield TextArea()


class Page(Screen[None]):
    """A screen as the stock widgets make it."""

    def __init__(self, words: str) -> None:
        super().__init__()
        self._words = words

    def compose(self) -> ComposeResult:
        yield Header()
        yield Static(self._words, markup=False)
        yield TextArea()
        yield Footer()


class Pages(App[None]):
    """Two such screens, and a key to go from one to the other."""

    BINDINGS = [Binding("ctrl+n", "turn", "Next")]  # noqa: RUF012

    def on_mount(self) -> None:
        self._words = ["first page", "second page"]
        self.push_screen(Page(self._words[0]))

    def action_turn(self) -> None:
        self._words.reverse()
        self.switch_screen(Page(self._words[0]))


FLOORS: dict[str, Callable[[], App[None]]] = {"hello": Hello, "prose": Prose, "pages": Pages}

if __name__ == "__main__":
    FLOORS[sys.argv[1]]().run(mouse=False)
