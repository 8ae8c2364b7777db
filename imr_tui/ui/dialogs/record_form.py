"""The dialog in which one reviewed document is described."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from functools import partial
from typing import TYPE_CHECKING, get_args

from textual import on
from textual.widgets import Input

from imr_tui.model import edits
from imr_tui.model.limits import RecordKind
from imr_tui.text.user_input import read_date
from imr_tui.ui.dialogs.dialog import Dialog
from imr_tui.ui.widgets.field import Field
from imr_tui.ui.widgets.line_input import Line

if TYPE_CHECKING:
    from textual.widget import Widget

    from imr_tui.model.case import Record


class RecordForm(Dialog[None]):
    """What the document is, who wrote it, and the days it covers."""

    HEADING = "Document"

    def __init__(self, index: int, record: Record) -> None:
        super().__init__()
        self._index = index
        self._record = record

    def body(self) -> Iterable[Widget]:
        record = self._record
        yield self._field("Title", "title", record.title)
        yield self._field("Source", "source", record.source)
        yield self._field("From date", "from_", str(record.from_ or ""))
        yield self._field("To date", "to", str(record.to or ""))
        yield self._field("Kind", "kind", record.kind)

    def _field(self, label: str, name: str, value: str) -> Field:
        typed = self.app.drafts.text(self._path(name), value)
        return Field(label, Line(typed, id=name, disabled=bool(self.app.read_only)))

    def _path(self, name: str) -> str:
        return f"records[{self._index}].{name}"

    @on(Input.Changed)
    def write(self, event: Input.Changed) -> None:
        event.stop()
        name = event.input.id or ""
        try:
            value = _value(name, event.value)
        except ValueError as error:
            self.keep_draft(event.input, self._path(name), str(error))
            return
        change = partial(edits.set_record, index=self._index, changes={name: value})
        self.take(event.input, change, self._path(name))

    @on(Input.Submitted)
    def done(self) -> None:
        self.dismiss(None)


def _value(name: str, typed: str) -> str | date | None:
    """What was typed into the field `name`; raises ValueError with what is expected."""
    if name in ("from_", "to"):
        return read_date(typed)
    kinds = get_args(RecordKind)
    if name == "kind" and typed.strip() not in kinds:
        raise ValueError(f"one of {', '.join(kinds)}")
    return typed.strip() if name == "kind" else typed
