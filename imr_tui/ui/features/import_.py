"""Published letters that become cases while the worklist goes on."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from textual import on, work

from imr_tui.errors import ImrError
from imr_tui.store.history.versions import Event
from imr_tui.terminal.input_queue import ASIDE
from imr_tui.terminal.threads import IsStopped, in_thread
from imr_tui.text.sanitize import clean_line
from imr_tui.ui.features.profile import ProfileDesk
from imr_tui.ui.messages import LetterGiven, PagesRead

if TYPE_CHECKING:
    from textual.worker import Worker

    from imr_tui.store.cases.imported_letters import Document


class ImportDesk(ProfileDesk):
    """Reads one letter at a time on a thread; a PDF may take as long as its limits let it."""

    _import: Worker[None] | None = None

    @on(LetterGiven)
    def import_letter(self, message: LetterGiven) -> None:
        if not self.restricted and not self.reading:
            self.reading = f"Reading {clean_line(Path(message.path).name)}; esc stops it."
            self._import = self._import_letter(message.path)

    @work(group=f"{ASIDE}-import")
    async def _import_letter(self, path: str) -> None:
        from imr_tui.ui.stages.worklist import WorklistScreen

        try:
            letter = await in_thread(partial(self._read, path))
            self.folder.new(letter.case, Event.IMPORTED)
        except ImrError as error:
            self.complain(error)
            return
        finally:
            self.reading = ""
        if isinstance(self.screen, WorklistScreen):
            self.screen.read_folder()
        passed = len(letter.left_out)
        more = f" {passed} lines of page headers and footers were left out." if passed else ""
        self.notify(f"{letter.case.number} is imported.{more}", markup=False)

    def _read(self, path: str, is_stopped: IsStopped) -> Document:
        """The letter at a path; for a thread."""
        from imr_tui.letter.extract.pdf_text import PdfTexts
        from imr_tui.store.cases.imported_letters import read_letter

        with PdfTexts(self._tell_pages, is_stopped) as pdfs:
            return read_letter(path, pdfs=pdfs)

    def _tell_pages(self, where: str, done: int, count: int) -> None:
        # On that thread: posting is all that is safe there.
        self.post_message(PagesRead(where, done, count))

    @on(PagesRead)
    def show_pages(self, message: PagesRead) -> None:
        if self.reading and message.done < message.count:
            name, page = clean_line(Path(message.path).name), message.done + 1
            self.reading = f"Reading {name}, page {page} of {message.count}; esc stops it."

    def stop_import(self) -> bool:
        if self._import is None or not self.reading:
            return False
        self._import.cancel()
        self.notify("Reading was stopped. Nothing was imported.")
        return True
