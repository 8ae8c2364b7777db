"""The headings of a guideline, offered while sections or pages are typed."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from textual.content import Content
from textual.widgets import OptionList
from textual.widgets.option_list import Option

from imr_tui.session.citing.headings import MARKS, offered, start_of_last, with_heading

if TYPE_CHECKING:
    from textual.widgets import Input

    from imr_tui.catalogue.guidelines import Topic


class Headings(OptionList, can_focus=False):
    """Lists the headings that match the last entry; arrows choose one."""

    def __init__(self, topics: Sequence[Topic]) -> None:
        super().__init__(id="headings", compact=True)
        self._topics = topics
        self._offered: list[Topic] = []
        self._field = "sections"
        self.display = False

    def follow(self, entry: Input) -> None:
        """List the headings that match the last one of an entry for sections or pages."""
        if entry.id not in MARKS:
            self._show([])
            return
        self._field = entry.id
        last = entry.value[start_of_last(entry.id, entry.value) :]
        self._show(offered(self._topics, entry.id, last))

    def highlight(self, step: int) -> None:
        """Go to the next heading; beyond the first and the last one, none is highlighted."""
        if not self._offered:
            return
        at = -1 if self.highlighted is None else self.highlighted
        to = (at + 1 + step) % (len(self._offered) + 1) - 1
        self.highlighted = None if to < 0 else to

    def taken(self, value: str) -> str | None:
        """`value` with its last entry replaced by the chosen heading; None without a choice."""
        if self.highlighted is None or not self._offered:
            return None
        return with_heading(self._field, value, self._offered[self.highlighted])

    def _show(self, topics: list[Topic]) -> None:
        self._offered = topics
        self.set_options(Option(Content(topic.name)) for topic in topics)
        self.highlighted = None
        self.display = bool(topics)
