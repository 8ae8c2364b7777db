"""Offers another folder for a case that the disk does not take."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from imr_tui.errors import ImrError
from imr_tui.store.cases.folder import Folder
from imr_tui.ui import dialogs
from imr_tui.ui.state import Notice

if TYPE_CHECKING:
    from pathlib import Path

    from imr_tui.model.case import Case
    from imr_tui.ui.features.editing import Editing
    from imr_tui.ui.state import Shell, State


class Rescue:
    """Writes a copy where the reviewer says; in restricted mode it only says what happens."""

    def __init__(self, state: State, shell: Shell, editing: Editing) -> None:
        self._state = state
        self._shell = shell
        self._editing = editing

    def tell_unsaved(self) -> None:
        """Say that the app stays open, as the disk does not take the case."""
        what = "What to do" if self._state.restricted else "Copy elsewhere"
        says = "Not saved. The case stays open, and saving is tried again."
        self._state.tell(Notice("rescue", says, what))

    def offer(self) -> None:
        """Offer another folder for what the disk does not take, and end once it is there."""
        rescue = dialogs.paths.RescueScreen
        if self._editing.session is not None and not isinstance(self._shell.screen, rescue):
            self._shell.push_screen(rescue(self._state.save_state), self._rescue)

    def _rescue(self, folder: Path | None) -> None:
        session = self._editing.session
        if folder is not None and session is not None and not self._state.restricted:
            self._shell.run_worker(self._write_elsewhere(folder, session.case))

    async def _write_elsewhere(self, folder: Path, case: Case) -> None:
        try:
            path = await asyncio.to_thread(Folder(folder).rescue, case)
        except ImrError as error:
            self._shell.complain(error)
        else:
            here = self._state.folder.path
            self._state.farewell = f"The case could not be saved in {here}. It is in {path}."
            self._editing.let_go()
            self._shell.exit()
