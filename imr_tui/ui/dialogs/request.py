"""The dialog that tells that another session asks for the open case."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from textual.binding import Binding
from textual.content import Content
from textual.widgets import Static

from imr_tui.ui.dialogs.dialog import Dialog

if TYPE_CHECKING:
    from textual.widget import Widget

    from imr_tui.store.locking.claim import Holder


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
        self._is_settled = False

    def body(self) -> Iterable[Widget]:
        says = (
            f"{self._holder} wants to write it. Given away, all is saved and can be read here. "
            "After a minute without a key it is given by itself."
        )
        yield Static(Content(says), id="asked", classes="hint")

    def settle(self, says: str) -> None:
        """Say why there is nothing to answer any more; it is the reviewer who closes the dialog."""
        self._is_settled = True
        self.query_one("#asked", Static).update(Content(f"{says} esc closes."))
        self.refresh_bindings()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        return None if action == "answer" and self._is_settled and parameters[0] else True

    def action_answer(self, gives: bool) -> None:
        self.dismiss(None if self._is_settled else gives)
