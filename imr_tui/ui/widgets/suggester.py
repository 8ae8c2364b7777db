"""Completion inside a typed list."""

from collections.abc import Sequence

from textual.suggester import Suggester

from imr_tui.catalogue.credentials import complete


class ListSuggester(Suggester):
    """Completes the last entry of a typed list from what is known."""

    def __init__(self, known: Sequence[str]) -> None:
        super().__init__(use_cache=False, case_sensitive=True)
        self._known = known

    async def get_suggestion(self, value: str) -> str | None:
        return complete(value, self._known)
