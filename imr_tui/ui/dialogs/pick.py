"""A dialog in which one row of a list is chosen, with a line that searches if it has one."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Generic, TypeVar

from textual import on
from textual.content import Content
from textual.widgets import Input, OptionList, Static
from textual.widgets.option_list import Option

from imr_tui.ui.bindings import bind
from imr_tui.ui.dialogs.dialog import Dialog
from imr_tui.ui.widgets.line_input import Line

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from textual.binding import BindingType
    from textual.widget import Widget

Value = TypeVar("Value")


@dataclass(frozen=True)
class Row(Generic[Value]):
    """A row of the list."""

    line: Content
    """The text of the row, in one line or more."""
    answer: Callable[[], Value] | None = None
    """Makes the answer that Enter gives; without it Enter does nothing."""

    @classmethod
    def of(cls, line: Content, value: Value) -> Row[Value]:
        """A row whose answer is `value`."""
        return cls(line, lambda: value)

    @property
    def option(self) -> Option:
        """The row as an option of the list."""
        line: Content = self.line
        return Option(line)


@dataclass(frozen=True)
class Choices(Generic[Value]):
    """The rows to choose from."""

    heading: str
    """The first line of the dialog."""
    rows: Callable[[str, int], Iterable[Row[Value]]]
    """The rows for the words of a search and a width in columns."""
    hint: str = ""
    """A sentence below the list, or blank."""
    at: int | None = 0
    """The row that is highlighted at first, if any."""
    search: str | None = None
    """The placeholder of the line that searches; None for a list without one."""
    follows_case: bool = False
    """Whether the rows change with the open case."""


class Pick(Dialog[Value | None]):
    """Answers with the row that Enter chose, or None."""

    def __init__(self, choices: Choices[Value]) -> None:
        super().__init__()
        self._choices = choices
        self._rows: Sequence[Row[Value]] = ()
        self.HEADING = choices.heading

    def body(self) -> Iterable[Widget]:
        choices = self._choices
        if choices.search is not None:
            yield Line(id="search", placeholder=choices.search)
            # It is filled once its width is known.
            yield OptionList(id="found", compact=True)
        else:
            self._rows = list(choices.rows("", 0))
            yield OptionList(*(row.option for row in self._rows), compact=True)
        if choices.hint:
            yield Static(Content(choices.hint), classes="hint")

    def on_mount(self) -> None:
        if self._choices.search is not None:
            self.listed.can_focus = False
        elif self._choices.at is not None and self.query(OptionList):
            self.highlight(self._choices.at)
        if self._choices.follows_case:
            self.watch(self.app, "settled_case", self._follow, init=False)

    @property
    def listed(self) -> OptionList:
        """The list."""
        return self.query_one(OptionList)

    def highlight(self, at: int) -> None:
        """Highlight a row, or the nearest one if there is no such row."""
        count = self.listed.option_count
        self.listed.highlighted = min(max(at, 0), count - 1) if count else None

    def _fill(self, words: str, at: int) -> None:
        width = self.listed.scrollable_content_region.width
        self._rows = list(self._choices.rows(words, width))
        self.listed.set_options(row.option for row in self._rows)
        self.highlight(at)

    def _follow(self) -> None:
        if self.app.case is not None:
            self._fill("", self.listed.highlighted or 0)

    @on(OptionList.OptionSelected)
    def choose(self, event: OptionList.OptionSelected) -> None:
        self._answer(event.option_index)

    def _answer(self, at: int) -> None:
        if (answer := self._rows[at].answer) is not None:
            self.dismiss(answer())

    # ── Searching ────────────────────────────────────────────────────────────────────────

    def on_resize(self) -> None:
        if self._choices.search is not None:
            self.call_after_refresh(self._fill_again)

    def _fill_again(self) -> None:
        words = self.query_one(Line).value
        self._fill(words, 0 if words else self._choices.at or 0)

    @on(Input.Changed)
    def type(self, event: Input.Changed) -> None:
        event.stop()
        self._fill(event.value, 0)

    def action_highlight(self, step: int) -> None:
        if (at := self.listed.highlighted) is not None:
            self.listed.highlighted = (at + step) % self.listed.option_count

    def action_pick(self) -> None:
        if (at := self.listed.highlighted) is not None:
            self._answer(at)


def search_keys(area: str, label: str, tooltip: str) -> list[BindingType]:
    """The keys of a list that is searched: the arrows and Enter act on the list while one types."""
    return [
        bind(f"{area}.down", "highlight(1)", "Next", "The next one", show=False, priority=True),
        bind(
            f"{area}.up", "highlight(-1)", "Previous", "The one before", show=False, priority=True
        ),
        bind(f"{area}.{label.lower()}", "pick", label, tooltip, priority=True),
    ]
