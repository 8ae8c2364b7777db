"""The dialogs that ask for a path: of a letter to import, or of a folder for a copy."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

from textual.content import Content
from textual.widgets import Static

from imr_tui.session.open_drafts import IN_FOLDER
from imr_tui.ui.dialogs.ask import Ask, Question, required
from imr_tui.ui.messages import LetterGiven
from imr_tui.ui.widgets.choice import Choice
from imr_tui.ui.widgets.field import Field
from imr_tui.ui.widgets.line_input import Line

if TYPE_CHECKING:
    from textual.widget import Widget

    from imr_tui.ui.dialogs.form import Entry


_AUTHORS = {"other": "another reviewer", "own": "you"}


class ImportScreen(Ask[LetterGiven | None]):
    """Asks which published letter to import, and whether the reviewer wrote it."""

    def __init__(self) -> None:
        super().__init__(
            Question(
                heading="Import a letter",
                label="File (PDF or text)",
                hint="Adds the case to this folder. An existing case is not changed. Recall "
                "finds the rationales of letters that you wrote.",
                id="path",
                path=f"{IN_FOLDER}import",
                read=lambda text: self._letter(text) if text.strip() else None,
            )
        )

    def above(self) -> Iterable[Widget]:
        yield Field("Written by", Choice("other", _AUTHORS, id="author"))

    def _letter(self, text: str) -> LetterGiven:
        return LetterGiven(str(_path(text)), self.query_one(Choice).value == "own")

    def write(self, entry: Entry) -> None:
        if isinstance(entry, Line):
            super().write(entry)

    def submit(self, entry: Entry) -> None:
        if isinstance(entry, Line):
            super().submit(entry)
        else:
            self.query_one(Line).focus()


class RescueScreen(Ask[Path]):
    """Offers another folder for a case that cannot be saved; Esc keeps the app and its text open.

    In restricted mode there is no other folder, so it only says what happens.
    """

    def __init__(self, why: str) -> None:
        super().__init__(
            Question(
                heading="The last changes are not saved",
                label="Save a copy in",
                hint="Enter saves a copy there and quits. Esc goes back to the case; the program "
                "keeps trying to save it.",
                id="rescue-folder",
                path=f"{IN_FOLDER}rescue",
                read=lambda text: _path(required(text)),
                placeholder="another folder",
            )
        )
        self._why = why

    def body(self) -> Iterable[Widget]:
        if not self.app.restricted:
            yield from super().body()
            return
        yield from self.above()
        yield Static(Content(_WAITING), classes="hint")

    def above(self) -> Iterable[Widget]:
        yield Static(Content(self._why), classes="hint")


_WAITING = (
    "The program tries again every second. Quit when the first line says Saved. Until then the "
    "text is kept in this window only: leave it open, and tell your administrator the error "
    "above. Esc goes back to the text."
)
"""Shown where no other folder can be offered."""


def _path(text: str) -> Path:
    return Path(text.strip()).expanduser()
