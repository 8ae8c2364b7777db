"""The dialog that lists every stage of the case to go to."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from textual import on
from textual.content import Content
from textual.widgets import OptionList
from textual.widgets.option_list import Option

from imr_tui.domain import workflow
from imr_tui.domain.workflow import Stage
from imr_tui.ui.dialogs.dialog import Dialog

if TYPE_CHECKING:
    from textual.widget import Widget

    from imr_tui.model.case import Case


class GoToScreen(Dialog[Stage | None]):
    """Answers with the stage that Enter chose, or None."""

    HEADING = "Go to"

    def __init__(self, case: Case, stage: Stage) -> None:
        super().__init__()
        self._case = case
        self._walk = workflow.walk(case)
        self._at = self._walk.index(stage) if stage in self._walk else 0

    def body(self) -> Iterable[Widget]:
        yield OptionList(*(Option(self._line(stage)) for stage in self._walk), compact=True)

    def on_mount(self) -> None:
        self.query_one(OptionList).highlighted = self._at

    def _line(self, stage: Stage) -> Content:
        mark = "[x]" if workflow.is_complete(self._case, stage) else "[ ]"
        about = f"  {self._case.items[stage.item].request}" if stage.item is not None else ""
        return Content(f"{mark} {stage.name}{about}")

    @on(OptionList.OptionSelected)
    def choose(self, event: OptionList.OptionSelected) -> None:
        self.dismiss(self._walk[event.option_index])
