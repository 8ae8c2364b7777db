"""The dialogs of the record: the dates and parties of the case, and each document reviewed."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from functools import partial
from typing import TYPE_CHECKING, cast, get_args

from textual import on
from textual.binding import Binding
from textual.containers import VerticalScroll
from textual.content import Content
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from imr_tui.domain.documents import describe
from imr_tui.model import edits
from imr_tui.model.case import Record
from imr_tui.model.limits import NOT_A_NUMBER, RECORD_KINDS, Priority, is_case_number
from imr_tui.text.user_input import read_list
from imr_tui.ui.dialogs.date_entry import in_full, read_full_date, spell
from imr_tui.ui.dialogs.form import Entry, Form
from imr_tui.ui.widgets.choice import Choice
from imr_tui.ui.widgets.field import Field

if TYPE_CHECKING:
    from textual.widget import Widget

    from imr_tui.model.edits import CaseLine, Change, DateName, PartyName

_DATES: dict[DateName, str] = {
    "date_of_injury": "Date of injury",
    "ur_decision_date": "Utilization review",
    "application_received": "Application received",
    "records_received": "Records received",
    "date_assigned": "Date assigned",
    "decision_date": "Decision date",
}
_PRIORITIES = {each: each for each in get_args(Priority)}
_PERIOD = ("from_", "to")
"""The fields of a document that are dates."""
_PARTIES: dict[PartyName, str] = {
    "employee": "Employee",
    "employer": "Employer",
    "claims_administrator": "Claims administrator",
    "adjuster": "Claims adjuster",
    "utilization_review_organization": "UR organization",
}
_LINES: dict[CaseLine, str] = {"diagnosis": "Diagnosis", "specialty": "Requesting specialty"}


class RecordScreen(Form[None]):
    """The dates and parties, and a list of documents.

    A new name of a party withdraws the attestation about conflicts with the old one.
    """

    HEADING = "Record: dates, parties and documents"
    AGAIN = "^r"
    BINDINGS = [  # noqa: RUF012
        Binding("a", "add", "Add document", id="records.add", tooltip="Add a document to the list"),
        Binding("e", "edit_record", "Edit", id="records.edit", tooltip="Edit the document"),
        Binding(
            "d",
            "remove",
            "Remove",
            id="records.remove",
            tooltip="Remove the document from the list",
        ),
    ]

    def __init__(self, at: str = "") -> None:
        super().__init__()
        self._at = at
        self._shown: tuple[Record, ...] | None = None

    def body(self) -> Iterable[Widget]:
        case = self.app.open_case
        with VerticalScroll(can_focus=False):
            yield self.choice("Priority", "priority", case.particulars.priority, _PRIORITIES)
            for name, label in _DATES.items():
                yield self.field(label, name, str(getattr(case.particulars, name) or ""))
            for text, label in _LINES.items():
                yield self.field(label, text, getattr(case.particulars, text))
            for party, label in _PARTIES.items():
                yield self.field(label, party, getattr(case.parties, party))
            yield self.field("Providers (A; B)", "providers", "; ".join(case.parties.providers))
            yield Static(Content("Documents reviewed (a adds a document):"), classes="heading")
            yield OptionList(id="records", compact=True)

    def path(self, name: str) -> str:
        return name

    def on_mount(self) -> None:
        self.watch(self.app, "settled_case", self._show)
        target = self.query(f"#{self._at or self._drafted() or self._blank_date() or 'records'}")
        (target.first() if target else self._list).focus()

    def _drafted(self) -> str:
        """The first field whose text was not accepted last time, so that its reason is in view."""
        fields = (*_DATES, *_LINES, *_PARTIES, "providers")
        return next((name for name in fields if self.shown(name, "")), "")

    def _blank_date(self) -> str:
        """The first date that the case lacks and an assignment contains, or blank."""
        known = self.app.open_case.particulars
        assigned = (name for name in _DATES if name != "decision_date")
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
        if name in _DATES:
            return partial(edits.set_date, name=name, day=read_full_date(text, self.app.today))
        if name in _LINES:
            return partial(edits.set_case_line, name=name, text=text)
        if name in _PARTIES:
            return partial(edits.set_party, name=name, who=text)
        if name == "providers":
            return partial(edits.set_providers, providers=read_list(text))
        return partial(edits.set_priority, priority=cast("Priority", text))

    def completed(self, name: str, text: str) -> str:
        return in_full(text, self.app.today) if name in _DATES else text

    def taken(self, entry: Entry) -> None:
        if entry.id in _DATES:
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
        yield self.field("Title", "title", record.title)
        yield self.field("Source", "source", record.source)
        yield self.field("First date", "from_", str(record.from_ or ""))
        yield self.field("Last date", "to", str(record.to or ""))
        yield self.choice("Kind", "kind", record.kind, RECORD_KINDS)
        yield self.field("Earlier case number", "case", record.case)

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
        changes = {name: self._value(name, text)}
        return partial(edits.set_record, index=self._index, changes=changes)

    def _value(self, name: str, typed: str) -> str | date | None:
        if name == "case" and typed.strip() and not is_case_number(typed.strip()):
            raise ValueError(f"{NOT_A_NUMBER.capitalize()}.")
        if name in _PERIOD:
            return read_full_date(typed, self.app.today)
        return typed

    def completed(self, name: str, text: str) -> str:
        return in_full(text, self.app.today) if name in _PERIOD else text

    def taken(self, entry: Entry) -> None:
        if entry.id in _PERIOD:
            spell(entry, self.app.today)
        if entry.id == "kind":
            self._show_case()
