"""What leaves the open case: its letter, an earlier version, a copy in another folder."""

from __future__ import annotations

import asyncio
from contextlib import suppress
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from textual import on, work

from imr_tui.errors import ImrError
from imr_tui.services.check_case import errors_of
from imr_tui.store.cases.folder import Folder
from imr_tui.store.history.versions import Event
from imr_tui.terminal.input_queue import ASIDE
from imr_tui.terminal.threads import in_thread
from imr_tui.text.sanitize import clean_line
from imr_tui.ui.features.editing import CaseDesk
from imr_tui.ui.features.notices import Notice
from imr_tui.ui.messages import LetterWanted, VersionsWanted

if TYPE_CHECKING:
    from imr_tui.model.case import Case
    from imr_tui.ui.features.open_case import OpenCase


PATIENCE_SECONDS = 1.0
"""How long keys wait for a letter; a site's template may take longer, and they must not."""


class OutputDesk(CaseDesk):
    """Writes what is asked for, once the case itself is on the disk."""

    def tell_two_texts(self) -> None:
        """Say that there are two texts of the open case, and how to choose between them."""
        raise NotImplementedError

    # ── Earlier versions ─────────────────────────────────────────────────────────────────

    @on(VersionsWanted)
    def show_versions(self) -> None:
        from imr_tui.ui.dialogs.versions import VersionsScreen

        if self.session is not None:
            listed = self.session.file.versions.all()
            self.push_screen(VersionsScreen(listed, self.session.case), self._restore)

    def _restore(self, restored: Case | None) -> None:
        if restored is None or self.session is None:
            return
        self.mark(Event.RESTORING)
        with self.refusing():
            if self.session.edit(lambda _: restored, ""):
                self.mark(Event.RESTORED)
                self.follow(self.session)
                self.show_again()

    # ── The letter ───────────────────────────────────────────────────────────────────────

    @on(LetterWanted)
    @work
    async def write_letter(self) -> None:
        if self.read_only:
            return
        is_held_back = await asyncio.to_thread(self._is_held_back)
        if is_held_back or not await self.saved():
            return
        session = self.session
        if session is None:
            return
        if not session.writes_case:
            says = f"No letter is written from a copy; {self.held_by} has the case."
            self.notify(says, markup=False)
            return
        if await self._is_changed_elsewhere(session):
            return
        done = asyncio.Event()
        self._write_letter(self.open_case, done)
        with suppress(TimeoutError):
            async with asyncio.timeout(PATIENCE_SECONDS):
                await done.wait()

    @work(exclusive=True, group=f"{ASIDE}-letter")
    async def _write_letter(self, case: Case, done: asyncio.Event) -> None:
        """Write the letter of a case that is open and saved."""
        try:
            letter = await in_thread(partial(self.letter, draft=False, case=case))
            if self.case is not case:
                self.notify("The case changed meanwhile, so its letter was not written.")
                return
            path = self.folder.write_letter(case.number, letter)
        except ImrError as error:
            self.complain(error)
        else:
            self.mark(Event.LETTER)
            self.letter_state = f"Letter written {self.now:%H:%M:%S} to {clean_line(str(path))}:"
        finally:
            done.set()

    async def _is_changed_elsewhere(self, session: OpenCase) -> bool:
        """Whether another program changed the file; both texts are kept then, and it is told."""
        try:
            if not await asyncio.to_thread(session.file.is_changed):
                return False
            await asyncio.to_thread(session.save_aside)
        except ImrError as error:
            self.complain(error)
            return True
        self.tell_two_texts()
        self.notify("The letter was not written: choose between the two texts first.")
        return True

    def _is_held_back(self) -> bool:
        return bool(errors_of(self.open_case, self.check_setup()))

    # ── A copy in another folder ─────────────────────────────────────────────────────────

    def tell_unsaved(self) -> None:
        """Say that the app stays open, as the disk does not take the case."""
        what = "What to do" if self.restricted else "Copy elsewhere"
        says = "Not saved, so the case stays open; it is tried again."
        self.tell(Notice("rescue", says, what))

    def offer_rescue(self) -> None:
        """Offer another folder for what the disk does not take, and end once it is there."""
        from imr_tui.ui.dialogs.rescue import RescueScreen

        if self.session is not None and not isinstance(self.screen, RescueScreen):
            self.push_screen(RescueScreen(self.save_state), self._rescue)

    def _rescue(self, folder: Path | None) -> None:
        if folder is not None and self.session is not None and not self.restricted:
            self._write_elsewhere(folder, self.session.case)

    @work
    async def _write_elsewhere(self, folder: Path, case: Case) -> None:
        try:
            path = await asyncio.to_thread(Folder(folder).rescue, case)
        except ImrError as error:
            self.complain(error)
        else:
            self.farewell = f"The case was not saved in {self.folder.path}; it is in {path}."
            self.let_go()
            self.exit()
