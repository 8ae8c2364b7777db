"""What leaves the open case: its letter, an earlier version, a copy in another folder."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import TYPE_CHECKING

from textual import on, work

from imr_tui import checks
from imr_tui.errors import ImrError
from imr_tui.store.folder import Folder
from imr_tui.store.versions import Event
from imr_tui.text import clean_line
from imr_tui.ui.case_desk import CaseDesk
from imr_tui.ui.messages import LetterWanted, VersionsWanted

if TYPE_CHECKING:
    from imr_tui.case import Case
    from imr_tui.checks import Policy
    from imr_tui.letterhead import Letterhead
    from imr_tui.ui.desk import Clock


class OutputDesk(CaseDesk):
    """Writes what is asked for, once the case itself is on the disk."""

    def __init__(
        self, folder: Folder, letterhead: Letterhead, clock: Clock, policy: Policy
    ) -> None:
        super().__init__(folder, letterhead, clock, policy)
        self.farewell = ""
        """What is said on the terminal after the end, or blank."""

    def choose(self) -> object:
        """Let the reviewer choose between the case here and the one in its file."""
        raise NotImplementedError

    # ── Earlier versions ─────────────────────────────────────────────────────────────────

    @on(VersionsWanted)
    def show_versions(self) -> None:
        from imr_tui.ui.screens.versions import VersionsScreen

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
        if self.session is None or await asyncio.to_thread(self.session.file.is_changed):
            self.choose()
            return
        try:
            letter = await asyncio.to_thread(self.letter, draft=False)
            path = self.folder.write_letter(self.open_case.number, letter)
        except ImrError as error:
            self.complain(error)
        else:
            self.mark(Event.LETTER)
            self.letter_state = f"Letter written {self.now:%H:%M:%S} to {clean_line(str(path))}:"

    def _is_held_back(self) -> bool:
        return bool(checks.errors(self.draft(self.open_case), self.policy))

    # ── A copy in another folder ─────────────────────────────────────────────────────────

    def offer_rescue(self) -> None:
        """Offer another folder for what the disk does not take, and end once it is there."""
        from imr_tui.ui.screens.rescue import RescueScreen

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
            self.exit()
