"""Writes what leaves the open case: its letter and its PDF; restores earlier versions."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from contextlib import suppress
from functools import partial
from typing import TYPE_CHECKING

from imr_tui.errors import ImrError
from imr_tui.services.check_case import errors_of
from imr_tui.services.signed_letter import signed_letter
from imr_tui.services.write_letter import make_letter, written_sentence
from imr_tui.session.letters import (
    letter_to_read,
    written_draft,
    written_letter,
    written_pdf,
    written_signed,
)
from imr_tui.signing.correction import as_draft_of
from imr_tui.store.history.versions import Event
from imr_tui.store.signing.standing import DRAFT
from imr_tui.terminal.background import BACKGROUND, IsStopped, in_thread, never
from imr_tui.ui import dialogs
from imr_tui.ui.messages import LetterWanted, VersionsWanted

if TYPE_CHECKING:
    from imr_tui.letter.render.preview import Preview
    from imr_tui.model.case import Case
    from imr_tui.session.open_case import OpenCase
    from imr_tui.store.signing.standing import Standing
    from imr_tui.ui.features.editing import Editing
    from imr_tui.ui.features.replication import Replicating
    from imr_tui.ui.features.saving import Saving
    from imr_tui.ui.state import Handlers, Shell, State

PATIENCE_SECONDS = 1.0
"""How long keys wait for a letter; a site's template may take longer, and they must not."""


class Output:
    """Writes what is asked for, once the case itself is saved."""

    def __init__(
        self,
        state: State,
        shell: Shell,
        editing: Editing,
        saving: Saving,
        replication: Replicating,
        has_two_texts: Callable[[OpenCase], Awaitable[bool]],
        show_again: Callable[[], object],
    ) -> None:
        """`has_two_texts`: whether another program changed the file, which it tells."""
        self._state = state
        self._shell = shell
        self._editing = editing
        self._saving = saving
        self._replication = replication
        self._has_two_texts = has_two_texts
        self._show_again = show_again

    @property
    def handlers(self) -> Handlers:
        """The messages that this feature handles."""
        return {
            VersionsWanted: lambda _: self._show_versions(),
            LetterWanted: lambda wanted: self._shell.run_worker(self._write_letter(wanted.as_pdf)),
        }

    # ── Earlier versions ─────────────────────────────────────────────────────────────────

    def _show_versions(self) -> None:
        if (session := self._editing.session) is not None:
            listed = session.file.versions.all()
            screen = dialogs.sharing.VersionsScreen(listed, session.case)
            self._shell.push_screen(screen, self.restore)

    def restore(self, restored: Case | None) -> None:
        """Return to an earlier version, as a step that can be undone."""
        if restored is None or self._editing.session is None:
            return
        self._editing.mark(Event.RESTORING)
        with self._editing.refusing():
            if self._editing.edit(lambda case: as_draft_of(case, restored)):
                self._editing.mark(Event.RESTORED)
                self._show_again()

    # ── The letter ───────────────────────────────────────────────────────────────────────

    def preview(self, is_stopped: IsStopped = never, *, draft: bool) -> Preview:
        """The letter of the open case for a screen, unchecked; better on a thread.

        That of a signed case is the one that was signed.
        """
        state, case = self._state, self._state.open_case
        folder, letterhead = state.folder.path, state.letterhead
        is_signed = self.is_signed
        return letter_to_read(
            folder, case, letterhead, is_stopped, is_signed=is_signed, draft=draft
        )

    @property
    def standing(self) -> Standing:
        """Where the open case stands: a draft, signed, being corrected, or changed since."""
        session = self._editing.session
        return session.file.standing if session is not None else DRAFT

    @property
    def is_signed(self) -> bool:
        """Whether the open case is signed, and unchanged since."""
        return self.standing.kind == "signed"

    def written_state(self) -> str:
        """Whether the letter of the open case was written, as a sentence; better on a thread.

        Blank if it was not written yet.
        """
        state = self._state
        return written_sentence(state.folder, state.open_case, state.now)

    async def _write_letter(self, as_pdf: bool) -> None:
        if self.is_signed:
            await (self._write_signed_pdf() if as_pdf else self._write_signed())
            return
        if self._state.read_only:
            return
        case = self._state.open_case
        is_blocked = await asyncio.to_thread(self._is_blocked, case)
        if is_blocked or not await self._saving.saved():
            return
        session = self._editing.session
        if session is None:
            return
        if not session.writes_case:
            says = f"No letter was written, because {self._state.held_by} has the case."
            self._shell.notify(says, markup=False)
            return
        if await self._has_two_texts(session):
            self._shell.notify("No letter was written, as another program changed the case.")
            return
        done = asyncio.Event()
        work = self._write(case, done, as_pdf=as_pdf)
        self._shell.run_worker(work, exclusive=True, group=f"{BACKGROUND}-letter")
        with suppress(TimeoutError):
            async with asyncio.timeout(PATIENCE_SECONDS):
                await done.wait()

    async def _write(self, case: Case, done: asyncio.Event, *, as_pdf: bool) -> None:
        """Write the letter of a case that is open and saved."""
        state = self._state
        try:
            if not await self._replication.shared("No letter was written."):
                return
            # Checked again, as the case may have changed while it was saved.
            make = partial(make_letter, case, state.letterhead, state.check_setup())
            letter = await in_thread(make)
            if letter.errors:
                return
            if state.case is not case:
                self._shell.notify("The case changed in the meantime. No letter was written.")
                return
            if as_pdf:
                await self._write_pdf(letter.text, is_draft=state.host.require_signature)
                return
            if state.host.require_signature:
                key = state.keys.name("case.sign")
                state.letter_state = written_draft(state.folder, case, letter, state.now, key)
                return
            says = written_letter(state.folder, case, letter, state.now)
        except ImrError as error:
            self._shell.complain(error)
        else:
            self._editing.mark(Event.LETTER)
            self._replication.send_files()
            state.letter_state = says
        finally:
            done.set()

    async def _write_signed(self) -> None:
        """Write the letter that was signed, if it is not there any more."""
        state = self._state
        write = partial(written_signed, state.folder.path, state.open_case, state.now)
        try:
            state.letter_state = await asyncio.to_thread(write)
        except ImrError as error:
            self._shell.complain(error)

    async def _write_signed_pdf(self) -> None:
        folder, case = self._state.folder.path, self._state.open_case
        try:
            letter = await asyncio.to_thread(signed_letter, folder, case)
            await self._write_pdf(letter.decode("ascii"), is_draft=False)
        except ImrError as error:
            self._shell.complain(error)

    async def _write_pdf(self, letter: str, *, is_draft: bool) -> None:
        """Write the PDF of a letter of the open case. Raises BadInput, CannotStore."""
        folder, number = self._state.folder.path, self._state.open_case.number
        write = partial(written_pdf, folder, number, letter, is_draft=is_draft)
        says = await asyncio.to_thread(write)
        self._editing.note_export()
        self._shell.notify(says, markup=False)

    def _is_blocked(self, case: Case) -> bool:
        return bool(errors_of(case, self._state.check_setup()))
