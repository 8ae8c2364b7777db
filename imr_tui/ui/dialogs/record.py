"""The dialogs of the record: the dates and parties of the case, and each document reviewed."""

from __future__ import annotations

from collections.abc import Iterable
from functools import partial
from typing import TYPE_CHECKING

from textual import on
from textual.containers import VerticalScroll
from textual.content import Content
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from imr_tui.domain.documents import describe
from imr_tui.model import edits
from imr_tui.model.case import Record
from imr_tui.model.limits import RECORD_KINDS
from imr_tui.session.record_entry import (
    DATES,
    DOCUMENT,
    FIELDS,
    PERIOD,
    PRIORITIES,
    document_change,
    document_value,
    record_change,
    record_text_in_full,
    value_of,
)
from imr_tui.ui.bindings import bind
from imr_tui.ui.dialogs.date_entry import spell
from imr_tui.ui.dialogs.form import Entry, Form
from imr_tui.ui.widgets.choice import Choice
from imr_tui.ui.widgets.field import Field

if TYPE_CHECKING:
    from textual.widget import Widget

    from imr_tui.model.edits import Change


class RecordScreen(Form[None]):
    """The dates and parties, and a list of documents.

    A new name of a party withdraws the attestation about conflicts with the old one.
    """

    HEADING = "Record: dates, parties and documents"
    AGAIN_ID = "walk.record"
    BINDINGS = [  # noqa: RUF012
        bind("records.add", "add", "Add document", "Add a document to the list"),
        bind("records.edit", "edit_record", "Edit", "Edit the document"),
        bind("records.remove", "remove", "Remove", "Remove the document from the list"),
    ]

    def __init__(self, at: str = "") -> None:
        super().__init__()
        self._at = at
        self._shown: tuple[Record, ...] | None = None

    def body(self) -> Iterable[Widget]:
        case = self.app.open_case
        with VerticalScroll(can_focus=False):
            yield self.choice("Priority", "priority", case.particulars.priority, PRIORITIES)
            for name, label in FIELDS.items():
                yield self.field(label, name, value_of(case, name))
            add = self.app.keys.name("records.add")
            yield Static(Content(f"Documents reviewed ({add} adds a document):"), classes="heading")
            yield OptionList(id="records", compact=True)

    def path(self, name: str) -> str:
        return name

    def on_mount(self) -> None:
        self.watch(self.app, "settled_case", self._show)
        target = self.query(f"#{self._at or self._drafted() or self._blank_date() or 'records'}")
        (target.first() if target else self._list).focus()

    def _drafted(self) -> str:
        """The first field whose text was not accepted last time, so that its reason is in view."""
        return next((name for name in FIELDS if self.shown(name, "")), "")

    def _blank_date(self) -> str:
        """The first date that the case lacks and an assignment contains, or blank."""
        known = self.app.open_case.particulars
        assigned = (name for name in DATES if name != "decision_date")
        return next((name for name in assigned if getattr(known, name) is None), "")

    def _show(self) -> None:
        case = self.app.case
        if case is None or case.records == self._shown:
            return
        self._shown = case.records
        at = self._list.highlighted or 0
        self._list.set_options(Option(Content(describe(record))) for record in case.records)
        self._list.highlighted = min(at, len(case.records) - 1) if case.records else None

    @property
    def _list(self) -> OptionList:
        return self.query_one("#records", OptionList)

    def change(self, name: str, text: str) -> Change:
        return record_change(name, text, self.app.today)

    def completed(self, name: str, text: str) -> str:
        return record_text_in_full(name, text, self.app.today)

    def taken(self, entry: Entry) -> None:
        if entry.id in DATES:
            spell(entry, self.app.today)

    def why_not(self, action: str, parameters: tuple[object, ...]) -> str:
        if action in ("add", "remove"):
            return self.app.read_only
        return super().why_not(action, parameters)

    def action_add(self) -> None:
        index = len(self.app.open_case.records)
        add = partial(edits.add_record, record=Record())
        if self.app.parts.editing.refuses(add):
            return
        self.edit(add)
        self.app.push_screen(RecordForm(index, Record()), lambda _: self._drop_blank(index))

    def _drop_blank(self, index: int) -> None:
        """Remove the new document at `index` if nothing was typed into its form."""
        case, drafts = self.app.case, self.app.drafts
        if case is None or index >= len(case.records) or case.records[index] != Record():
            return
        if not any(drafts.text(f"records[{index}].{name}") for name in Record.model_fields):
            self.edit(partial(edits.remove_record, index=index))

    @on(OptionList.OptionSelected)
    def action_edit_record(self) -> None:
        if (index := self._list.highlighted) is not None:
            self.app.push_screen(RecordForm(index, self.app.open_case.records[index]))

    def action_remove(self) -> None:
        if (index := self._list.highlighted) is not None:
            self.edit(partial(edits.remove_record, index=index))


class RecordForm(Form[None]):
    """The title, source, period and kind of a document; of a determination also its case."""

    HEADING = "Document"
    AGAIN = "Edit"

    def __init__(self, index: int, record: Record) -> None:
        super().__init__()
        self._index = index
        self._record = record

    def body(self) -> Iterable[Widget]:
        record = self._record
        for name, label in DOCUMENT.items():
            value = document_value(record, name)
            if name == "kind":
                yield self.choice(label, name, value, RECORD_KINDS)
            else:
                yield self.field(label, name, value)

    def on_mount(self) -> None:
        self._show_case()

    def _show_case(self) -> None:
        """Show the field of the earlier case for a determination only."""
        self.query(Field).last().display = self._has_case

    @property
    def _has_case(self) -> bool:
        return self.query_one("#kind", Choice).value == "determination"

    @property
    def entries(self) -> list[Entry]:
        return [each for each in super().entries if each.id != "case" or self._has_case]

    def path(self, name: str) -> str:
        return f"records[{self._index}].{name}"

    def change(self, name: str, text: str) -> Change:
        return document_change(self._index, name, text, self.app.today)

    def completed(self, name: str, text: str) -> str:
        return record_text_in_full(name, text, self.app.today)

    def taken(self, entry: Entry) -> None:
        if entry.id in PERIOD:
            spell(entry, self.app.today)
        if entry.id == "kind":
            self._show_case()
