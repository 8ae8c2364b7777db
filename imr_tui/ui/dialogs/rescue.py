"""The dialog that offers another folder for a case that its own disk does not take."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

from textual import on
from textual.content import Content
from textual.widgets import Input, Static

from imr_tui.ui.dialogs.dialog import Dialog
from imr_tui.ui.features.dialog_drafts import IN_FOLDER
from imr_tui.ui.widgets.field import Field
from imr_tui.ui.widgets.line_input import Line

if TYPE_CHECKING:
    from textual.widget import Widget

DRAFT = f"{IN_FOLDER}rescue"
"""The folder that was typed and not given yet."""


class RescueScreen(Dialog[Path | None]):
    """Answers with the folder that was typed; Esc keeps the app open and the text in it.

    In restricted mode there is no other folder, so it only says what happens.
    """

    HEADING = "The last changes are not on the disk"

    def __init__(self, why: str) -> None:
        super().__init__()
        self._why = why

    def body(self) -> Iterable[Widget]:
        yield Static(Content(self._why), classes="hint")
        if self.app.restricted:
            yield Static(Content(_WAITING), classes="hint")
            return
        typed = self.app.drafts.text(DRAFT)
        yield Field("Keep a copy in", Line(typed, id="rescue-folder", placeholder="another folder"))
        hint = (
            "Enter writes the case there and quits. Esc stays; saving is tried again all the time."
        )
        yield Static(Content(hint), classes="hint")

    @on(Input.Changed)
    def keep(self, event: Input.Changed) -> None:
        event.stop()
        self.app.drafts.put(DRAFT, event.value)

    @on(Input.Submitted)
    def answer(self, event: Input.Submitted) -> None:
        if path := event.value.strip():
            self.app.drafts.drop(DRAFT)
            self.dismiss(Path(path).expanduser())


_WAITING = (
    "It is tried again every second, and the first line says Saved once it is there; quit then. "
    "Until then the text is kept in this window only, so leave it open, and tell whoever looks "
    "after this machine what stands above. Esc goes back to the text."
)
"""What becomes of changes that cannot be kept anywhere else."""
