"""The dialog that offers another folder for a case that its own disk does not take."""

from collections.abc import Iterable
from pathlib import Path

from textual import on
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Input, Static

from imr_tui.ui.screens.dialog import Dialog
from imr_tui.ui.widgets.entry import Line
from imr_tui.ui.widgets.field import Field

_DRAFT = "rescue"


class RescueScreen(Dialog[Path | None]):
    """Answers with the folder that was typed; Esc keeps the app open and the text in it."""

    HEADING = "The last changes are not on the disk"

    def __init__(self, why: str) -> None:
        super().__init__()
        self._why = why

    def body(self) -> Iterable[Widget]:
        yield Static(Content(self._why), classes="hint")
        typed = self.app.drafts.pop(_DRAFT, "")
        yield Field("Keep a copy in", Line(typed, id="rescue-folder", placeholder="another folder"))
        hint = (
            "Enter writes the case there and quits. Esc stays; saving is tried again all the time."
        )
        yield Static(Content(hint), classes="hint")

    @on(Input.Submitted)
    def answer(self, event: Input.Submitted) -> None:
        if path := event.value.strip():
            self.dismiss(Path(path).expanduser())

    def action_close(self) -> None:
        self.app.drafts[_DRAFT] = self.query_one(Line).value
        self.dismiss(None)
