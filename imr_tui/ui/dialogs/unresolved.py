"""The dialog that asks before a letter is written with unresolved warnings."""

from __future__ import annotations

from imr_tui.session.findings_in_words import unresolved_in_words
from imr_tui.ui.dialogs.confirm import Answer, Confirm, Confirmation, answer_keys

_ANSWERS = (
    Answer(True, "Write anyway", "unresolved.write", "Write the letter with these warnings"),
)


class UnresolvedScreen(Confirm[bool]):
    """Answers True to write the letter, and with None on Esc."""

    BINDINGS = answer_keys(_ANSWERS)

    def __init__(self, count: int) -> None:
        key = self.app.keys.name("unresolved.write")
        says = f"{unresolved_in_words(count)}. {key} writes the letter anyway, esc goes back."
        super().__init__(Confirmation("Write the letter?", says, _ANSWERS))
