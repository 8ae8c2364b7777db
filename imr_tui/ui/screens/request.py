"""The dialog that tells that another session asks for the open case."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from textual.binding import Binding
from textual.content import Content
from textual.widgets import Static

from imr_tui.ui.screens.dialog import Dialog

if TYPE_CHECKING:
    from textual.widget import Widget

    from imr_tui.store.claim import Holder


class RequestScreen(Dialog[bool | None]):
    """Answers True to give the case away, False to keep it, None where that was settled."""

    HEADING = "Another session asks for this case"
    BINDINGS = [  # noqa: RUF012
        Binding("g", "answer(True)", "Give it", id="request.give", tooltip="Save all and give it"),
        Binding(
            "k,escape", "answer(False)", "Keep it", id="request.keep", tooltip="Go on writing here"
        ),
    ]

    def __init__(self, holder: Holder) -> None:
        super().__init__()
        self._holder = holder

    def body(self) -> Iterable[Widget]:
        says = (
            f"{self._holder} wants to write it. Given away, all is saved and can be read here. "
            "After a minute without a key it is given by itself."
        )
        yield Static(Content(says), classes="hint")

    def action_answer(self, gives: bool) -> None:
        self.dismiss(gives)
