"""The record of the case: its dates, its parties, and the documents reviewed."""

from __future__ import annotations

from collections.abc import Iterable
from functools import partial
from typing import TYPE_CHECKING, cast, get_args

from textual import on
from textual.binding import Binding
from textual.containers import VerticalScroll
from textual.content import Content
from textual.widgets import Input, OptionList, Static
from textual.widgets.option_list import Option

from imr_tui.model import edits
from imr_tui.model.case import Record
from imr_tui.model.limits import Priority
from imr_tui.text.user_input import read_date, read_list
from imr_tui.ui.dialogs.dialog import Dialog
from imr_tui.ui.dialogs.record_form import RecordForm
from imr_tui.ui.widgets.facts import describe
from imr_tui.ui.widgets.field import Field
from imr_tui.ui.widgets.line_input import Line

if TYPE_CHECKING:
    from textual.widget import Widget

    from imr_tui.model.edits import DateName, PartyName

_DATES: dict[DateName, str] = {
    "date_of_injury": "Date of injury",
    "ur_decision_date": "UR decision",
    "application_received": "Application received",
    "records_received": "Records received",
    "date_assigned": "Date assigned",
    "decision_date": "Decision date",
}
_PARTIES: dict[PartyName, str] = {
    "employee": "Employee",
    "employer": "Employer",
    "claims_administrator": "Claims administrator",
}


class RecordScreen(Dialog[None]):
    """Naming other parties withdraws the attestation that was given against the old ones."""

    HEADING = "Record of the case"
    BINDINGS = [  # noqa: RUF012
        Binding("a", "add", "Add document", id="records.add", tooltip="List one more document"),
        Binding("e", "edit_record", "Edit", id="records.edit", tooltip="Edit the document"),
        Binding("d", "remove", "Remove", id="records.remove", tooltip="Take it off the list"),
    ]

    def __init__(self, at: str = "") -> None:
        super().__init__()
        self._at = at
        self._shown: tuple[Record, ...] | None = None

    def body(self) -> Iterable[Widget]:
        case = self.app.open_case
        with VerticalScroll(can_focus=False):
            yield self._field("Priority", "priority", case.particulars.priority)
            for name, label in _DATES.items():
                yield self._field(label, name, str(getattr(case.particulars, name) or ""))
            for party, label in _PARTIES.items():
                yield self._field(label, party, getattr(case.parties, party))
            yield self._field("Providers (a; b)", "providers", "; ".join(case.parties.providers))
            yield Static(Content("Documents reviewed (a adds one):"), classes="heading")
            yield OptionList(id="records", compact=True)

    def _field(self, label: str, name: str, value: str) -> Field:
        typed = self.app.drafts.text(name, value)
        return Field(label, Line(typed, id=name, disabled=bool(self.app.read_only)))

    def on_mount(self) -> None:
        self.watch(self.app, "settled_case", self._show)
        target = self.query(f"#{self._at}") if self._at else None
        (target.first() if target else self._list).focus()

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

    @on(Input.Changed)
    def write(self, event: Input.Changed) -> None:
        event.stop()
        name, value = event.input.id or "", event.value
        if name in _DATES:
            self._set_date(name, event.input)
        elif name in _PARTIES:
            self.take(event.input, partial(edits.set_party, name=name, who=value), name)
        elif name == "providers":
            change = partial(edits.set_providers, providers=read_list(value))
            self.take(event.input, change, name)
        else:
            self._set_priority(event.input)

    def _set_date(self, name: DateName, entry: Input) -> None:
        try:
            day = read_date(entry.value)
        except ValueError as error:
            self.keep_draft(entry, name, str(error))
            return
        self.take(entry, partial(edits.set_date, name=name, day=day), name)

    def _set_priority(self, entry: Input) -> None:
        priorities = get_args(Priority)
        typed = entry.value.strip().lower()
        if typed not in priorities:
            self.keep_draft(entry, "priority", f"one of {', '.join(priorities)}")
            return
        change = partial(edits.set_priority, priority=cast("Priority", typed))
        self.take(entry, change, "priority")

    def action_add(self) -> None:
        index = len(self.app.open_case.records)
        add = partial(edits.add_record, record=Record())
        if self.app.editing.refuses(add):
            return
        self.edit(add)
        self.app.push_screen(RecordForm(index, Record()))

    @on(OptionList.OptionSelected)
    def action_edit_record(self) -> None:
        if (index := self._list.highlighted) is not None:
            self.app.push_screen(RecordForm(index, self.app.open_case.records[index]))

    def action_remove(self) -> None:
        if (index := self._list.highlighted) is not None:
            self.edit(partial(edits.remove_record, index=index))

    @on(Input.Submitted)
    def next_field(self) -> None:
        self.focus_next()
