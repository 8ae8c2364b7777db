"""The dialog that asks before a letter is written with unresolved warnings."""

from __future__ import annotations

from imr_tui.ui.dialogs.confirm import Answer, Confirm, Confirmation, answer_keys

_ANSWERS = (
    Answer("w", True, "Write anyway", "unresolved.write", "Write the letter with these warnings"),
)


class UnresolvedScreen(Confirm[bool]):
    """Answers True to write the letter, and with None on Esc."""

    BINDINGS = answer_keys(_ANSWERS)

    def __init__(self, count: int) -> None:
        says = f"{unresolved(count)}. w writes the letter anyway, esc goes back."
        super().__init__(Confirmation("Write the letter?", says, _ANSWERS))


def unresolved(count: int) -> str:
    """`2 warnings are not resolved`."""
    return f"{count} warning{' is' if count == 1 else 's are'} not resolved"
