"""The sentences of a text, which can be selected one by one."""

from __future__ import annotations

from textual.content import Content
from textual.widgets import OptionList


class SentenceList(OptionList):
    """One row for each sentence: `[x]` marks those that are selected."""

    def __init__(self, *, id: str) -> None:
        super().__init__(id=id, compact=True)
        self._shown: tuple[str, ...] = ()
        self._selected = set[int]()

    @property
    def selected(self) -> tuple[int, ...]:
        """The selected sentences in their order, counted from 0."""
        return tuple(sorted(self._selected))

    def show(self, sentences: tuple[str, ...]) -> None:
        """Show the sentences of another text, none selected."""
        self._shown = sentences
        self._selected.clear()
        self.set_options(self._row(at) for at in range(len(sentences)))
        self.highlighted = 0 if sentences else None

    def turn(self) -> None:
        """Select the highlighted sentence, or deselect it, and go to the next one."""
        at = self.highlighted
        if at is None:
            return
        self._selected ^= {at}
        self.replace_option_prompt_at_index(at, self._row(at))
        self.highlighted = min(at + 1, len(self._shown) - 1)

    def _row(self, at: int) -> Content:
        mark = "[x]" if at in self._selected else "[ ]"
        return Content(f"{mark} {' '.join(self._shown[at].split())}")
