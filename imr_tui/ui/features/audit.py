"""Tells the reviewer once if the audit log of the open case cannot be written."""

from __future__ import annotations

from typing import TYPE_CHECKING

from imr_tui.session.audit import Audit, failure_in_words
from imr_tui.session.events import ClaimLost

if TYPE_CHECKING:
    from imr_tui.errors import ImrError
    from imr_tui.ui.state import Handlers, Shell, State


class AppAudit(Audit):
    """The audit of the open case, which the app tells of."""

    def __init__(self, state: State, shell: Shell) -> None:
        super().__init__(
            state.folder, lambda: state.now, lambda error: shell.call_later(self._tell, error)
        )
        self._shell = shell

    @property
    def handlers(self) -> Handlers:
        """The messages that this feature handles."""
        return {ClaimLost: lambda _: self.note_edits()}

    def _tell(self, error: ImrError) -> None:
        says = failure_in_words(error)
        self._shell.notify(says, title="Audit log", severity="warning", markup=False)
