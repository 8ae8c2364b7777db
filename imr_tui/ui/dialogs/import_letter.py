"""The dialog that asks which published letter to import."""

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

DRAFT = f"{IN_FOLDER}import"
"""The path that was typed and not given yet."""


class ImportScreen(Dialog[str | None]):
    """Answers with the path that was typed."""

    HEADING = "Import a letter"

    def body(self) -> Iterable[Widget]:
        yield Field("File (PDF or text)", Line(self.app.drafts.text(DRAFT), id="path"))
        hint = "Its case is added to this folder; a case that is there already is left as it is."
        yield Static(Content(hint), classes="hint")

    @on(Input.Changed)
    def keep(self, event: Input.Changed) -> None:
        event.stop()
        self.app.drafts.put(DRAFT, event.value)

    @on(Input.Submitted)
    def answer(self, event: Input.Submitted) -> None:
        path = event.value.strip()
        self.app.drafts.drop(DRAFT)
        self.dismiss(str(Path(path).expanduser()) if path else None)
