"""The bar above the keys in which words are looked for and replaced."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual import getters, on
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.widgets import Input, Static
from textual.widgets.input import Selection

from imr_tui.model.limits import MAX_LINE
from imr_tui.terminal.widgets import SteadyInput
from imr_tui.text.sanitize import clean_line
from imr_tui.ui.app import ImrApp
from imr_tui.ui.bindings import bind

if TYPE_CHECKING:
    from textual import events
    from textual.app import ComposeResult

    from imr_tui.ui.features.search import Search


class WordsLine(SteadyInput):
    """A field of the bar. It is no field of the case, so `i` never enters it."""

    def __init__(self, value: str, *, id: str) -> None:
        super().__init__(value, id=id, compact=True, select_on_focus=False, max_length=MAX_LINE)
        self.cursor_blink = False

    def on_paste(self, event: events.Paste) -> None:
        event.text = clean_line(event.text.strip("\r\n"))


class FindBar(Vertical):
    """The words, which match is shown and where, and on request the new words."""

    app = getters.app(ImrApp)
    BINDINGS = [  # noqa: RUF012
        bind(
            "bar.next",
            "step(1)",
            "Next match",
            "Show the next match; Enter in the field of the new words replaces",
            key_display="Enter",
        ),
        # A field has its own `up` and `down`, which do nothing in one line; the key line shows only
        # keys that the bar has alone.
        bind("bar.previous", "step(-1)", "Previous", "Show the match before", key_display="up"),
        bind(
            "bar.replace",
            "replace",
            "Replace",
            "Replace the words: Enter replaces the match that is shown",
        ),
        bind(
            "bar.replace-all",
            "replace_all",
            "All",
            "Replace all matches in all texts, as one step for undo",
        ),
        bind("bar.close", "close", "Close", "Close the bar; the cursor stays at the match"),
        bind(
            "bar.other",
            "other",
            "Other field",
            "Enter the other field of the bar",
            show=False,
            key_display="Tab",
        ),
    ]

    def __init__(self, search: Search) -> None:
        super().__init__()
        self._search = search

    def compose(self) -> ComposeResult:
        with Horizontal():
            yield Static(Content("Find"), classes="label")
            yield WordsLine(self._search.words, id="find-words")
            yield Static(Content(""), id="find-count")
        with Horizontal(id="find-replacing"):
            yield Static(Content("Replace with"), classes="label")
            yield WordsLine(self._search.new, id="find-new")

    def on_mount(self) -> None:
        self.query_one("#find-replacing").display = self._search.replaces
        self._say_count()
        if self._search.match is None:
            # The last words: typing replaces them, and Enter looks for them again.
            words = self.query_one("#find-words", WordsLine)
            words.selection = Selection(0, len(words.value))

    @property
    def field(self) -> WordsLine:
        """The field that has the focus first."""
        return self.query_one("#find-new" if self._search.replaces else "#find-words", WordsLine)

    @on(Input.Changed)
    def take_words(self, event: Input.Changed) -> None:
        """Look for the words, or note the new ones."""
        event.stop()
        if event.input.id == "find-new":
            self._search.new = event.value
        elif event.value != self._search.words:
            self._search.look_for(event.value)
            self._say_count()

    @on(Input.Submitted)
    def submit(self, event: Input.Submitted) -> None:
        """Replace the match, or show the next one."""
        event.stop()
        if event.input.id == "find-new":
            self._search.replace_one()
        else:
            self.action_step(1)

    def action_step(self, step: int) -> None:
        self._search.step(step)
        self._say_count()

    def action_replace(self) -> None:
        self._search.replaces = True
        self.query_one("#find-replacing").display = True
        self.query_one("#find-new").focus(scroll_visible=False)
        self.refresh_bindings()
        if self._search.match is None:
            self.action_step(1)

    def action_replace_all(self) -> None:
        self._search.replace_all()

    def action_other(self) -> None:
        here = self.screen.focused is self.query_one("#find-new")
        if self._search.replaces:
            self.query_one("#find-words" if here else "#find-new").focus(scroll_visible=False)

    def action_close(self) -> None:
        # The bar cannot wait for its own removal.
        self.app.call_later(self._search.close)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Offer to replace all once the new words are shown."""
        if action == "replace_all" and not (self._search.replaces or self.app.read_only):
            return False
        return None if self.why_not(action, parameters) else True

    def why_not(self, action: str, parameters: tuple[object, ...]) -> str:
        """Why an action cannot be used now, as a sentence; blank if it can."""
        return self.app.read_only if action in ("replace", "replace_all") else ""

    def _say_count(self) -> None:
        self.query_one("#find-count", Static).update(Content(self._search.count()))
