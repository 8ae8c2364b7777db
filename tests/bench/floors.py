"""The smallest programs that do a part of the job; run as a file, with the name of one."""

import sys
from collections.abc import Callable
from pathlib import Path

from textual.app import App, ComposeResult
from textual.binding import Binding
from textual.screen import ModalScreen, Screen
from textual.widgets import Footer, Header, Input, OptionList, Static, TextArea


class Hello(App[None]):
    """A word on a screen."""

    def compose(self) -> ComposeResult:
        yield Static("hello")


class Note(ModalScreen[None]):
    """A dialog of some lines."""

    BINDINGS = [Binding("escape", "dismiss", "Close")]  # noqa: RUF012

    def compose(self) -> ComposeResult:
        yield Static("\n".join(["a note"] * 12), markup=False)


class Form(App[None]):
    """A stock app around one widget, everything at its default."""

    BINDINGS = [Binding("f1", "note", "Help")]  # noqa: RUF012

    def compose(self) -> ComposeResult:
        yield Header()
        yield from self.form()
        yield Footer()

    def form(self) -> ComposeResult:
        raise NotImplementedError

    def action_note(self) -> None:
        self.push_screen(Note())


class Prose(Form):
    """A text area; the text and how far from its end the cursor is may be given."""

    def __init__(self, path: str = "", back: str = "0") -> None:
        super().__init__()
        self._text = Path(path).read_text(encoding="utf-8") if path else ""
        self._back = int(back)

    def form(self) -> ComposeResult:
        yield TextArea(self._text)

    def on_mount(self) -> None:
        area = self.query_one(TextArea)
        row, column = area.document.end
        area.move_cursor((row, column - self._back))


class OneLine(Form):
    """A field of one line."""

    def __init__(self, path: str = "", back: str = "0") -> None:
        super().__init__()
        self._text = Path(path).read_text(encoding="utf-8") if path else ""
        self._back = int(back)

    def form(self) -> ComposeResult:
        yield Input(self._text, select_on_focus=False)

    def on_mount(self) -> None:
        self.query_one(Input).cursor_position -= self._back


class Rows(Form):
    """A list of so many lines."""

    def __init__(self, count: str) -> None:
        super().__init__()
        self._count = int(count)

    def form(self) -> ComposeResult:
        yield OptionList(*(f"CM26-{n:07}  2026-12-09  in 13 d" for n in range(self._count)))


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


FLOORS: dict[str, Callable[..., App[None]]] = {
    "hello": Hello,
    "prose": Prose,
    "line": OneLine,
    "rows": Rows,
    "pages": Pages,
}

if __name__ == "__main__":
    FLOORS[sys.argv[1]](*sys.argv[2:]).run()
