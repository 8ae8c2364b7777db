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

from imr_tui.model import edits
from imr_tui.model.case import Record
from imr_tui.model.limits import Priority, RecordKind
from imr_tui.text.user_input import read_date, read_list
from imr_tui.ui.dialogs.form import Form
from imr_tui.ui.widgets.facts import describe

if TYPE_CHECKING:
    from textual.widget import Widget
    from textual.widgets import Input

    from imr_tui.model.edits import Change, DateName, PartyName

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


class RecordScreen(Form[None]):
    """The dates and parties, and a list of documents.

    Another name of a party withdraws the attestation about conflicts with the old one.
    """

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
            yield self.field("Priority", "priority", case.particulars.priority)
            for name, label in _DATES.items():
                yield self.field(label, name, str(getattr(case.particulars, name) or ""))
            for party, label in _PARTIES.items():
                yield self.field(label, party, getattr(case.parties, party))
            yield self.field("Providers (a; b)", "providers", "; ".join(case.parties.providers))
            yield Static(Content("Documents reviewed (a adds one):"), classes="heading")
            yield OptionList(id="records", compact=True)

    def path(self, name: str) -> str:
        return name

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

    def change(self, name: str, text: str) -> Change:
        if name in _DATES:
            return partial(edits.set_date, name=name, day=read_date(text))
        if name in _PARTIES:
            return partial(edits.set_party, name=name, who=text)
        if name == "providers":
            return partial(edits.set_providers, providers=read_list(text))
        return partial(
            edits.set_priority, priority=cast("Priority", _one_of(Priority, text.lower()))
        )

    def submit(self, entry: Input) -> None:
        self.focus_next()

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


class RecordForm(Form[None]):
    """The title, source, period and kind of one document."""

    HEADING = "Document"

    def __init__(self, index: int, record: Record) -> None:
        super().__init__()
        self._index = index
        self._record = record

    def body(self) -> Iterable[Widget]:
        record = self._record
        yield self.field("Title", "title", record.title)
        yield self.field("Source", "source", record.source)
        yield self.field("From date", "from_", str(record.from_ or ""))
        yield self.field("To date", "to", str(record.to or ""))
        yield self.field("Kind", "kind", record.kind)

    def path(self, name: str) -> str:
        return f"records[{self._index}].{name}"

    def change(self, name: str, text: str) -> Change:
        changes = {name: _value(name, text)}
        return partial(edits.set_record, index=self._index, changes=changes)


def _value(name: str, typed: str) -> str | date | None:
    """The value of the field `name` of a document; raises ValueError with the valid ones."""
    if name in ("from_", "to"):
        return read_date(typed)
    return _one_of(RecordKind, typed) if name == "kind" else typed


def _one_of(words: object, typed: str) -> str:
    """`typed` as one of the words of a literal type; raises ValueError with these words."""
    known = get_args(words)
    if typed.strip() not in known:
        raise ValueError(f"one of {', '.join(known)}")
    return typed.strip()
