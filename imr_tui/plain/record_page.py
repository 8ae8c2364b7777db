"""The record of the case: its dates, parties and documents."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import partial
from typing import TYPE_CHECKING

from imr_tui.domain.documents import describe
from imr_tui.model import edits
from imr_tui.model.limits import RECORD_KINDS
from imr_tui.plain.command import Command
from imr_tui.plain.form import FormField, ask_field, fill_in
from imr_tui.plain.numbered_rows import row_typed
from imr_tui.session import record_entry
from imr_tui.session.record_entry import DATES, DOCUMENT, FIELDS, LINES, PARTIES, PRIORITIES

if TYPE_CHECKING:
    from imr_tui.model.edits import Change
    from imr_tui.plain.session import PlainSession

_PARTIES = (*LINES, *PARTIES, "providers")
"""What `parties` asks for."""


class RecordPage:
    """Documents are named by their numbers."""

    title = "Record: dates, parties and documents"

    def __init__(self, session: PlainSession, item: int | None = None) -> None:
        """`item`: the 0-based item at which the reviewer is, if any."""
        self._session = session
        self._console = session.console
        self.item = item
        """The 0-based item at which the reviewer is, if any."""

    def lines(self) -> Iterable[str]:
        case = self._session.case
        yield f"Priority: {case.particulars.priority}"
        for name, label in FIELDS.items():
            yield f"{label}: {record_entry.value_of(case, name) or 'blank'}"
        yield f"Documents reviewed: {len(case.records) or 'none'}"
        for number, record in enumerate(case.records, 1):
            yield f"{number}. {describe(record)}"

    def prompt(self) -> str:
        return f"Record, {len(self._session.case.records) or 'no'} documents"

    def commands(self) -> Sequence[Command]:
        form = ("form.next", "form.done", "form.finish")
        return [
            Command("t", "dates and priority", self._ask_dates, form),
            Command("p", "parties", self._ask_parties, form),
            Command("a", "add a document", self._add, ("records.add",)),
            Command("e", "edit a document", self._edit, ("records.edit",)),
            Command("d", "remove a document", self._remove, ("records.remove",)),
        ]

    # ── Dates and parties ────────────────────────────────────────────────────────────────

    def _is_writable(self) -> bool:
        if self._session.read_only:
            self._console.error(self._session.read_only)
        return not self._session.read_only

    def _ask_dates(self, rest: str) -> None:
        """`t` asks for the priority and the dates."""
        if self._is_writable():
            priority = self._field("priority", "Priority", options=PRIORITIES)
            fill_in(self._session, [priority, *(self._field(*each) for each in DATES.items())])

    def _ask_parties(self, rest: str) -> None:
        """`p` asks for the diagnosis, the specialty and the parties."""
        if self._is_writable():
            fill_in(self._session, [self._field(name, FIELDS[name]) for name in _PARTIES])

    def _field(self, name: str, label: str, options: dict[str, str] | None = None) -> FormField:
        session = self._session
        return FormField(
            path=name,
            label=label,
            value=lambda: record_entry.value_of(session.case, name),
            change=lambda text: record_entry.record_change(name, text, session.today),
            full=partial(record_entry.record_text_in_full, name, today=session.today),
            options=options or {},
        )

    # ── Documents ────────────────────────────────────────────────────────────────────────

    def _row(self, typed: str) -> int | None:
        return row_typed(self._console, typed, len(self._session.case.records), "document")

    def _add(self, title: str) -> None:
        """`a PR-2` adds a document and asks for its other fields; a blank one is not kept."""
        from imr_tui.model.case import Record

        index = len(self._session.case.records)
        name = record_entry.document_change(index, "title", title, self._session.today)
        if not self._session.edit(lambda case: name(edits.add_record(case, Record()))):
            return
        try:
            self._ask_document(index)
        finally:
            self._settle(index)

    def _settle(self, index: int) -> None:
        """Say that the new document was added, or remove it if nothing was typed for it."""
        from imr_tui.model.case import Record

        records = self._session.case.records
        if index >= len(records):
            return
        if records[index] == Record():
            says = "Nothing was typed, so no document was added."
            self._session.edit(partial(edits.remove_record, index=index), says)
        else:
            self._console.say(f"Document {index + 1} was added: {describe(records[index])}")

    def _edit(self, typed: str) -> None:
        """`e 2` asks for the fields of a document."""
        if (at := self._row(typed)) is not None and self._is_writable():
            self._ask_document(at)

    def _ask_document(self, index: int) -> None:
        """Ask for the fields of a document; of a determination also for its case."""
        fields = [self._document_field(index, name) for name in DOCUMENT]
        *others, earlier = fields
        is_done = fill_in(self._session, others)
        if is_done and self._session.case.records[index].kind == "determination":
            ask_field(self._session, earlier)

    def _document_field(self, index: int, name: str) -> FormField:
        session = self._session

        def change(text: str) -> Change:
            return record_entry.document_change(index, name, text, session.today)

        return FormField(
            path=f"records[{index}].{name}",
            label=DOCUMENT[name],
            value=lambda: record_entry.document_value(session.case.records[index], name),
            change=change,
            full=partial(record_entry.record_text_in_full, name, today=session.today),
            options=RECORD_KINDS if name == "kind" else {},
        )

    def _remove(self, typed: str) -> None:
        """`d 2` removes a document."""
        if (at := self._row(typed)) is not None:
            says = f"Document {at + 1} was removed; undo restores: "
            said = says + describe(self._session.case.records[at])
            self._session.edit(partial(edits.remove_record, index=at), said)
