"""A field for a list of known titles."""

from collections.abc import Callable, Sequence

from textual.suggester import Suggester

from imr_tui.catalogue.credentials import complete, spelled_out
from imr_tui.ui.widgets.line_input import Line


class ListInput(Line):
    """Completes the last entry from the known titles, and writes out abbreviations on Enter.

    The known titles are loaded when the field has the focus.
    """

    def __init__(
        self,
        value: str = "",
        *,
        id: str,
        known: Callable[[], Sequence[str]],
        placeholder: str = "",
        disabled: bool = False,
    ) -> None:
        suggester = _ListSuggester(self._known_here)
        super().__init__(
            value, id=id, placeholder=placeholder, suggester=suggester, disabled=disabled
        )
        self._known = known

    def _known_here(self) -> Sequence[str]:
        """The known titles, once the field has the focus."""
        return self._known() if self.has_focus else ()

    async def action_submit(self) -> None:
        spelled = spelled_out(self.value, self._known())
        if spelled != self.value:
            self.value = spelled
            self.cursor_position = len(spelled)
        await super().action_submit()


class _ListSuggester(Suggester):
    def __init__(self, known: Callable[[], Sequence[str]]) -> None:
        super().__init__(use_cache=False, case_sensitive=True)
        self._known = known

    async def get_suggestion(self, value: str) -> str | None:
        return complete(value, self._known())
