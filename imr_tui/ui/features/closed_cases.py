"""Follows the organization, which may close the open case, and open it again."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from imr_tui.session.events import IntakeChanged
from imr_tui.session.file_state import must_open_again
from imr_tui.store.intake.closing import is_closed
from imr_tui.store.signing.standing import closed_standing
from imr_tui.terminal.background import BACKGROUND, in_thread

if TYPE_CHECKING:
    from imr_tui.session.audit import Audit
    from imr_tui.session.open_case import OpenCase
    from imr_tui.ui.features.editing import Editing
    from imr_tui.ui.features.file_changes import FileChanges
    from imr_tui.ui.state import Handlers, Shell, State


class ClosedCases:
    """A closed case becomes read-only once all that was typed is saved."""

    def __init__(
        self,
        state: State,
        shell: Shell,
        editing: Editing,
        audit: Audit,
        file_changes: FileChanges,
    ) -> None:
        self._state = state
        self._shell = shell
        self._editing = editing
        self._audit = audit
        self._file_changes = file_changes

    @property
    def handlers(self) -> Handlers:
        """The messages that this feature handles."""
        return {IntakeChanged: lambda _: self._look()}

    def _look(self) -> None:
        """Find out whether the case was closed or opened again; keys need not wait for it."""
        session = self._editing.session
        if session is None:
            return
        was_closed = session.file.standing.kind == "closed"
        if was_closed or is_closed(self._state.folder.path, session.case.number):
            work = self._follow(session)
            self._shell.run_worker(work, exclusive=True, group=f"{BACKGROUND}-closed")

    async def _follow(self, session: OpenCase) -> None:
        folder, number = self._state.folder.path, session.case.number
        closed = await in_thread(lambda _: closed_standing(folder, number))
        if session is not self._editing.session:
            return
        if not must_open_again(session.file.standing, closed):
            return
        self._audit.note_edits()
        if await session.kept():
            self._shell.io.queue.call_between_keys(partial(self._open_again, session))
        else:
            self._editing.look_at_intake_again()

    def _open_again(self, session: OpenCase) -> None:
        """Open the case as it stands now; a key may have come since all was saved."""
        if session is not self._editing.session:
            return
        if session.flush(or_kept=True):
            self._file_changes.follow_signature()
        else:
            self._editing.look_at_intake_again()
