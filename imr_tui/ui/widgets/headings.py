"""The headings of a guideline, offered while sections or pages are typed."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from textual.content import Content
from textual.widgets import OptionList
from textual.widgets.option_list import Option

from imr_tui.catalogue.search import matching

if TYPE_CHECKING:
    from textual.widgets import Input

    from imr_tui.catalogue.guidelines import Topic


class Headings(OptionList, can_focus=False):
    """Lists the headings that match the last entry; arrows choose one."""

    def __init__(self, topics: Sequence[Topic]) -> None:
        super().__init__(id="headings", compact=True)
        self._topics = topics
        self._offered: list[Topic] = []
        self._by_pages = False
        self.display = False

    def follow(self, entry: Input) -> None:
        """List the headings that match the last one of an entry for sections or pages."""
        if entry.id not in ("sections", "pages"):
            self._show([])
            return
        self._by_pages = entry.id == "pages"
        last = entry.value[self._start_of_last(entry.value) :]
        known = [topic for topic in self._topics if topic.pages or not self._by_pages]
        self._show([] if _is_number(last) else matching(known, last))

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
        topic = self._offered[self.highlighted]
        what, mark = (topic.pages, ", ") if self._by_pages else (topic.title, "; ")
        before = value[: self._start_of_last(value)].rstrip()
        return f"{before} {what}{mark}".lstrip()

    def _start_of_last(self, value: str) -> int:
        """The index at which the last entry begins: commas separate pages, but not headings."""
        marks = ";," if self._by_pages else ";"
        return max(value.rfind(mark) for mark in marks) + 1

    def _show(self, topics: list[Topic]) -> None:
        self._offered = topics
        self.set_options(Option(Content(topic.name)) for topic in topics)
        self.highlighted = None
        self.display = bool(topics)


def _is_number(last: str) -> bool:
    return bool(last.strip()) and not any(char.isalpha() for char in last)
