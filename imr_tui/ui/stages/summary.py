"""Stage 2: the clinical case summary, with the case's facts beside it."""

from __future__ import annotations

from collections.abc import Iterable
from functools import partial
from typing import TYPE_CHECKING

from textual import on
from textual.widgets import TextArea

from imr_tui.model import edits
from imr_tui.ui.stages.stage import StageScreen
from imr_tui.ui.widgets.facts import Facts
from imr_tui.ui.widgets.prose import Prose
from imr_tui.ui.widgets.word_count import WordCount

if TYPE_CHECKING:
    from textual.widget import Widget


class SummaryScreen(StageScreen):
    """One text, with the dates above it, or from 110 columns on all facts beside it."""

    def form(self) -> Iterable[Widget]:
        text = self.app.open_case.summary.text
        yield Facts()
        yield Prose(text, id="summary-text", title="Summary", read_only=bool(self.app.read_only))
        yield WordCount(text)

    def first(self) -> str:
        return "summary-text"

    @on(TextArea.Changed)
    def write(self, event: TextArea.Changed) -> None:
        event.stop()
        text = event.text_area.text
        self.edit(partial(edits.set_summary, text=text), step="summary.text")
        self.query_one(WordCount).count(text)
