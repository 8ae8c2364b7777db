"""The whole letter as a draft, over the stage that is being written."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING

from imr_tui.ui.bindings import bind
from imr_tui.ui.dialogs.dialog import Dialog
from imr_tui.ui.widgets.letter_view import DraftView

if TYPE_CHECKING:
    from textual.widget import Widget

    from imr_tui.domain.workflow import Place


class LetterScreen(Dialog[None]):
    """Fills the screen; starts at the field that is being written."""

    HEADING = "Draft of the letter. [... missing] marks a part that is not written yet."
    BINDINGS = [  # noqa: RUF012
        bind("letter.close", "close", "Close", "Back to the stage", show=False),
    ]

    def __init__(self, where: Callable[[], tuple[Place, int]]) -> None:
        super().__init__()
        self._where = where

    def body(self) -> Iterable[Widget]:
        yield DraftView(id="letter", where=self._where)

    def on_mount(self) -> None:
        self.query_one(DraftView).focus()
