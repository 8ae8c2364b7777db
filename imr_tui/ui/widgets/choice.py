"""An entry of a form with a few fixed values, all in view."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

from textual.content import Content
from textual.message import Message
from textual.widget import Widget

from imr_tui.ui.bindings import bind

if TYPE_CHECKING:
    from textual import events
    from textual.geometry import Size

_GAP = "  "


class Choice(Widget, can_focus=True):
    """`(x) standard  ( ) expedited`: the arrows choose, and so does the first letter of a value."""

    BINDINGS = [  # noqa: RUF012
        bind(
            "choice.next",
            "choose(1)",
            "Choose",
            "Choose the next value; its first letter chooses it, too",
        ),
        bind("choice.previous", "choose(-1)", "Previous", "Choose the value before", show=False),
    ]

    class Changed(Message):
        """Another value was chosen."""

        def __init__(self, choice: Choice) -> None:
            super().__init__()
            self.choice = choice

        @property
        def control(self) -> Choice:
            """The choice."""
            return self.choice

    def __init__(
        self, value: str, options: Mapping[str, str], *, id: str, disabled: bool = False
    ) -> None:
        """`options` are the words that are shown, by the value that they stand for."""
        super().__init__(id=id, disabled=disabled)
        self.value = value
        """The value that is chosen; none of the options if none is chosen yet."""
        self._options = dict(options)

    def render(self) -> Content:
        """The options in as many lines as they need."""
        return Content("\n".join(self._lines(self.size.width)))

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        """The number of lines at a width."""
        return len(self._lines(width))

    def _lines(self, width: int) -> list[str]:
        lines: list[str] = []
        for option in self._marked():
            if lines and len(lines[-1]) + len(_GAP) + len(option) <= width:
                lines[-1] += _GAP + option
            else:
                lines.append(option)
        return lines

    def _marked(self) -> Iterator[str]:
        for value, words in self._options.items():
            yield f"({'x' if value == self.value else ' '}) {words}"

    def choose(self, value: str) -> None:
        """Choose a value."""
        if value != self.value:
            self.value = value
            self.refresh()
            self.post_message(self.Changed(self))

    def action_choose(self, step: int) -> None:
        values = list(self._options)
        if self.value in values:
            at = values.index(self.value) + step
            self.choose(values[min(max(at, 0), len(values) - 1)])
        else:
            self.choose(values[0] if step > 0 else values[-1])

    def on_key(self, event: events.Key) -> None:
        """Choose the next value that begins with the character typed."""
        typed = (event.character or "").casefold()
        values = list(self._options)
        start = values.index(self.value) + 1 if self.value in values else 0
        for value in (*values[start:], *values[:start]):
            if typed.strip() and self._options[value].casefold().startswith(typed):
                event.stop()
                event.prevent_default()
                self.choose(value)
                return
