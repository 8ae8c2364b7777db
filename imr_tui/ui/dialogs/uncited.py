"""The dialog in which a reviewer chooses to cite no guideline, and says why."""

from __future__ import annotations

from collections.abc import Iterable
from functools import partial
from typing import TYPE_CHECKING

from textual import on
from textual.content import Content
from textual.widgets import Input, Static

from imr_tui.model import edits
from imr_tui.ui.dialogs.dialog import Dialog
from imr_tui.ui.widgets.field import Field
from imr_tui.ui.widgets.line_input import Line

if TYPE_CHECKING:
    from textual.widget import Widget


class UncitedScreen(Dialog[None]):
    """The reason stays in the case; the letter says that no evidence is cited."""

    HEADING = "Cite no guideline"

    def __init__(self, index: int, reason: str) -> None:
        super().__init__()
        self._index = index
        self._reason = reason

    def body(self) -> Iterable[Widget]:
        reason = self.app.drafts.text(self._path, self._reason)
        yield Field("Reason", Line(reason, id="uncited", disabled=bool(self.app.read_only)))
        says = "Without a reason it is not chosen. The reason is kept in the case, not printed."
        yield Static(Content(says), classes="hint")

    @on(Input.Changed)
    def write(self, event: Input.Changed) -> None:
        event.stop()
        change = partial(edits.set_uncited, index=self._index, reason=event.value)
        self.take(event.input, change, self._path)

    @property
    def _path(self) -> str:
        return f"items[{self._index}].uncited"

    @on(Input.Submitted)
    def done(self) -> None:
        self.dismiss(None)
