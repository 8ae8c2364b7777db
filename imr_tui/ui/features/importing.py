"""Imports published letters while the worklist stays usable."""

from __future__ import annotations

import asyncio
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from imr_tui.errors import ImrError
from imr_tui.terminal.background import BACKGROUND, IsStopped, in_thread
from imr_tui.text.sanitize import clean_line
from imr_tui.ui import stages
from imr_tui.ui.messages import LetterGiven, PagesRead

if TYPE_CHECKING:
    from collections.abc import Callable

    from textual.worker import Worker

    from imr_tui.services.import_letters import ComparedLetter
    from imr_tui.ui.state import Handlers, Shell, State


class Importing:
    """Reads one letter at a time on a thread; a PDF may take as long as its limits allow."""

    def __init__(self, state: State, shell: Shell, note: Callable[[str], object]) -> None:
        """`note` records that the case of a number was imported; it is called on a thread."""
        self._state = state
        self._shell = shell
        self._note = note
        self._import: Worker[None] | None = None

    @property
    def handlers(self) -> Handlers:
        """The messages that this feature handles."""
        return {LetterGiven: self._begin, PagesRead: self._show_pages}

    def _begin(self, message: LetterGiven) -> None:
        if not self._state.restricted and not self._state.reading:
            self._state.reading = f"Reading {clean_line(Path(message.path).name)}; esc stops it."
            self._import = self._shell.run_worker(
                self._import_letter(message), group=f"{BACKGROUND}-import"
            )

    async def _import_letter(self, given: LetterGiven) -> None:
        try:
            letter = await in_thread(partial(self._read, given))
            letter.store(self._state.folder)
            await asyncio.to_thread(self._note, letter.case.number)
        except ImrError as error:
            self._shell.complain(error)
            return
        finally:
            self._state.reading = ""
        if isinstance(screen := self._shell.screen, stages.worklist.WorklistScreen):
            screen.read_folder()
        self._shell.notify(letter.outcome, markup=False)

    def _read(self, given: LetterGiven, is_stopped: IsStopped) -> ComparedLetter:
        """The letter that was given; for a thread."""
        # Pydantic and Jinja2, which the worklist does without.
        from imr_tui.letter.extract.pdf_text import PdfTexts
        from imr_tui.services.import_letters import Options, read_and_compare

        with PdfTexts(self._tell_pages, is_stopped) as pdfs:
            return read_and_compare(given.path, pdfs, Options(own=given.is_own))

    def _tell_pages(self, where: str, done: int, count: int) -> None:
        # Only posting is safe on the thread that reads.
        self._shell.post_message(PagesRead(where, done, count))

    def _show_pages(self, message: PagesRead) -> None:
        if self._state.reading and message.done < message.count:
            name, page = clean_line(Path(message.path).name), message.done + 1
            self._state.reading = f"Reading {name}, page {page} of {message.count}; esc stops it."

    def stop(self) -> bool:
        """Stop reading a letter; False if none is being read."""
        if self._import is None or not self._state.reading:
            return False
        self._import.cancel()
        self._shell.notify("Stopped. Nothing was imported.")
        return True
