"""The base class of the dialogs whose fields are edited in the case at once."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual import on
from textual.screen import ScreenResultType
from textual.widgets import Input

from imr_tui.ui.dialogs.dialog import Dialog
from imr_tui.ui.widgets.field import Field, complain
from imr_tui.ui.widgets.line_input import Line

if TYPE_CHECKING:
    from imr_tui.model.edits import Change


class Form(Dialog[ScreenResultType]):
    """Each change of a field is an edit of the case; text that the case cannot hold is a draft.

    A form says where each field is in the case (`path`) and which edit its text makes (`change`).
    """

    def path(self, name: str) -> str:
        """The path in the case of the field `name`; its draft has the same path."""
        raise NotImplementedError

    def change(self, name: str, text: str) -> Change:
        """The edit that sets a field to `text`; raises ValueError with its error text."""
        raise NotImplementedError

    def taken(self, entry: Input) -> None:
        """Called after the edit of a field was accepted."""

    def submit(self, entry: Input) -> None:
        """Enter in a field: closes the form, unless a form does something else."""
        self.dismiss(None)

    def field(self, label: str, name: str, value: str) -> Field:
        """The field `name` with its draft, or else with `value`."""
        return Field(label, Line(self.shown(name, value), id=name, disabled=self.is_read_only))

    def shown(self, name: str, value: str) -> str:
        """The draft of the field `name`, or `value` if it has none."""
        return self.app.drafts.text(self.path(name), value)

    @property
    def is_read_only(self) -> bool:
        """Whether the case can only be read."""
        return bool(self.app.read_only)

    @on(Input.Changed)
    def _changed(self, event: Input.Changed) -> None:
        event.stop()
        self.write(event.input)

    @on(Input.Submitted)
    def _submitted(self, event: Input.Submitted) -> None:
        self.submit(event.input)

    def write(self, entry: Input) -> None:
        """Apply the edit that the text of a field makes, or keep the text as a draft."""
        try:
            change = self.change(entry.id or "", entry.value)
        except ValueError as error:
            self.keep_draft(entry, str(error))
            return
        if self.take(entry, change):
            self.taken(entry)

    def take(self, entry: Input, change: Change) -> bool:
        """Apply `change`; False if the case would become too large, and the text is a draft."""
        if self.app.editing.refuses(change):
            self.keep_draft(entry, "too much for the case")
            return False
        complain(entry, "")
        self.edit(change, self.path(entry.id or ""))
        return True

    def keep_draft(self, entry: Input, fault: str) -> None:
        """Keep the text of a field as a draft, and show `fault` beside the field."""
        complain(entry, fault)
        self.app.drafts.put(self.path(entry.id or ""), entry.value)
