"""The facts of a case: earlier reviews, dates, parties, documents, earlier citations."""

from __future__ import annotations

import textwrap
from typing import TYPE_CHECKING

from textual.content import Content

from imr_tui.domain import case_in_words
from imr_tui.domain.documents import earlier_in_words
from imr_tui.ui.widgets.derived_text import DerivedText

if TYPE_CHECKING:
    from imr_tui.model.case import Case, Item

_SHORT_WIDTH = 56
"""From so many columns on, the dates are in two columns and the parties on one line."""


class Facts(DerivedText):
    """What the case reviews again, if anything, and its dates, wrapped on a narrow screen."""

    def __init__(self) -> None:
        super().__init__("", classes="facts-brief")

    def on_mount(self) -> None:
        self.watch(self.app, "settled_case", self.show)

    def show(self) -> None:
        """Show the dates as they are now."""
        if self.app.case is not None:
            self.say(brief(self.app.case), layout=True)


class EarlierLine(DerivedText):
    """Names the earlier reviews of the case above a rationale; hidden for a first review."""

    def __init__(self) -> None:
        super().__init__("", classes="earlier")

    def on_mount(self) -> None:
        self.watch(self.app, "settled_case", self.show)

    def show(self) -> None:
        """Name them as the case does now."""
        if self.app.case is None:
            return
        says = earlier_in_words(self.app.case)
        self.display = bool(says)
        if says and self.app.parts.earlier_letters.readable:
            says = f"{says}  {self.app.keys.name('reading.earlier')} reads it"
        self.say(Content(says), layout=True)


def brief(case: Case) -> Content:
    """What the case reviews again, if anything, and its dates on one line."""
    return Content("\n".join(case_in_words.brief(case)))


def facts_of(case: Case, width: int) -> Content:
    """Earlier reviews, dates, diagnosis, parties, documents and requests, wrapped to `width`."""
    return Content("\n").join(
        Content.styled(wrapped, "" if line.startswith(" ") else "bold")
        for line in case_in_words.facts(case, is_short=width >= _SHORT_WIDTH)
        for wrapped in _hanging(line, width)
    )


def administrator_cited(item: Item) -> Content:
    """The citations of the claims administrator for an item, one paragraph each."""
    return Content("\n".join(case_in_words.administrator_cited(item)))


def _hanging(line: str, width: int) -> list[str]:
    return textwrap.wrap(line, max(width, 10), subsequent_indent="    ") or [""]
