"""Follows changes that another program makes to the file of the open case."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from imr_tui.errors import ChangedElsewhere, ImrError, Signed
from imr_tui.session.events import FileChanged
from imr_tui.session.file_state import is_signed
from imr_tui.ui import dialogs
from imr_tui.ui.messages import SaveReported
from imr_tui.ui.state import Notice

if TYPE_CHECKING:
    from collections.abc import Callable

    from imr_tui.session.open_case import OpenCase
    from imr_tui.ui.dialogs.sharing import Choice
    from imr_tui.ui.features.editing import Editing
    from imr_tui.ui.features.saving import Saving
    from imr_tui.ui.state import Handlers, Shell, State


class FileChanges:
    """Never overwrites another program's text: both texts are kept until the reviewer chooses."""

    def __init__(
        self,
        state: State,
        shell: Shell,
        editing: Editing,
        saving: Saving,
        show_again: Callable[[], object],
        open_again: Callable[[], object],
    ) -> None:
        """`show_again` rebuilds the screen in view from the case.

        `open_again` opens the case again from its file; it raises ImrError if it cannot.
        """
        self._state = state
        self._shell = shell
        self._editing = editing
        self._saving = saving
        self._show_again = show_again
        self._open_again = open_again

    @property
    def handlers(self) -> Handlers:
        """The messages that this feature handles."""
        return {SaveReported: self._saved, FileChanged: lambda _: self._file_changed()}

    def tell_two_texts(self) -> None:
        """Say that there are two texts of the open case, and how to choose between them.

        There is no choice if the one in the file is signed: it is shown then.
        """
        if self.is_signed():
            self._shell.io.queue.call_between_keys(self.follow_signature)
            return
        says = "Another program changed this case. Both versions are kept."
        self._state.tell(Notice("choice", says, "Compare"))

    async def has_two_texts(self, session: OpenCase) -> bool:
        """Whether another program changed the file; both texts are kept then, and it is told."""
        try:
            if not await asyncio.to_thread(session.file.is_changed):
                return False
            await asyncio.to_thread(session.save_aside)
        except ImrError as error:
            self._shell.complain(error)
            return True
        self.tell_two_texts()
        return True

    def _saved(self, message: SaveReported) -> None:
        if isinstance(message.error, ChangedElsewhere | Signed):
            self.tell_two_texts()

    def _file_changed(self) -> None:
        session = self._editing.session
        if session is not None and not session.writes_case:
            self._shell.io.queue.call_between_keys(self._reread)
        elif session is not None and session.file.is_apart:
            self._state.save_state = "KEPT ASIDE: changed elsewhere"
            self.tell_two_texts()

    def _reread(self) -> None:
        """Show the text of the session that has the case, unless something was edited here."""
        session = self._editing.session
        if session is None or session.writes_case:
            return
        if self.is_signed() or not session.file.standing.may_edit:
            self.follow_signature()
            return
        if session.has_copy:
            return
        try:
            session.reread()
        except ImrError:
            return
        self._state.case = session.case
        self._show_again()

    # ── A text that is signed ────────────────────────────────────────────────────────────

    def is_signed(self) -> bool:
        """Whether the file of the open case now holds a signed case, changed since or not."""
        session = self._editing.session
        return session is not None and is_signed(session.file.path)

    def follow_signature(self) -> None:
        """Open the case again as its file has it; a text of this session is kept beside it."""
        session = self._editing.session
        if session is None:
            return
        try:
            if session.file.is_apart or session.has_copy:
                session.save_aside()
            self._open_again()
        except ImrError as error:
            self._shell.complain(error)
            return
        self._close_dialogs()
        self._show_again()

    # ── The choice between two texts ─────────────────────────────────────────────────────

    def choose(self) -> None:
        """Let the reviewer choose which of the two texts stays."""
        session, choice = self._editing.session, dialogs.sharing.ChoiceScreen
        if session is not None and not isinstance(self._shell.screen, choice):
            self._shell.push_screen(choice(session.case, session.file.theirs), self._chosen)

    def _chosen(self, choice: Choice | None) -> None:
        session = self._editing.session
        if session is not None and choice is not None:
            work = self._continue_with(choice, session)
            self._shell.run_worker(work, exclusive=True, group="choice")

    async def _continue_with(self, choice: Choice, session: OpenCase) -> None:
        if not await self._saving.saved():
            # A save that is still under way would come after the choice.
            return
        try:
            if choice is dialogs.sharing.Choice.MINE:
                await asyncio.to_thread(session.file.overwrite, session.case)
            else:
                session.adopt(await asyncio.to_thread(session.file.take_theirs, session.case))
        except ImrError as error:
            self._shell.complain(error)
            return
        self._saving.send_files()
        self._state.drop_notice("choice")
        self._state.save_state = f"Saved {self._state.now:%H:%M:%S}"
        if choice is dialogs.sharing.Choice.THEIRS:
            self._state.case = session.case
            self._close_dialogs()
            self._show_again()

    def _close_dialogs(self) -> None:
        """Close the dialogs over the stage, which show the other text."""
        while isinstance(screen := self._shell.screen, dialogs.dialog.Dialog):
            screen.dismiss(None)
