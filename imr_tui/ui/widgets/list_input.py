"""A field for a list of known titles."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from textual.suggester import Suggester

from imr_tui.catalogue.credentials import accepted, complete, question
from imr_tui.ui.widgets.line_input import Line

if TYPE_CHECKING:
    from textual import events


class ListInput(Line):
    """Completes the last entry with Enter or a comma, if only one known title begins with it.

    Abbreviations are written out, too.

    The known titles are loaded when the field has the focus.
    """

    def __init__(
        self,
        value: str = "",
        *,
        id: str,
        known: Callable[[], Sequence[str]],
        noun: str = "entry",
        placeholder: str = "",
        disabled: bool = False,
    ) -> None:
        suggester = _ListSuggester(self._known_here)
        super().__init__(
            value, id=id, placeholder=placeholder, suggester=suggester, disabled=disabled
        )
        self._known = known
        self._noun = noun

    def _known_here(self) -> Sequence[str]:
        """The known titles, once the field has the focus."""
        return self._known() if self.has_focus else ()

    async def action_submit(self) -> None:
        self._accept()
        await super().action_submit()

    def on_key(self, event: events.Key) -> None:
        """Complete the last entry before a comma is inserted behind it."""
        at_end = self.cursor_position == len(self.value)
        if event.character == "," and at_end and not self._continues(self.value):
            self._accept()

    def _accept(self) -> None:
        whole = accepted(self.value, self._known())
        if whole != self.value:
            self.value = whole
            self.cursor_position = len(whole)

    def _continues(self, typed: str) -> bool:
        """Whether `typed` is the start of a known title that contains a comma there."""
        return complete(f"{typed},", self._known()) is not None

    def question(self) -> str:
        """A question about the first entry that is not known; blank if all are."""
        return question(self.value, self._known(), self._noun)


class _ListSuggester(Suggester):
    def __init__(self, known: Callable[[], Sequence[str]]) -> None:
        super().__init__(use_cache=False, case_sensitive=True)
        self._known = known

    async def get_suggestion(self, value: str) -> str | None:
        return complete(value, self._known())
