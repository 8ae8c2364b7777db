"""The facts that the organization changed in a case, each to be accepted or rejected."""

from __future__ import annotations

from collections.abc import Callable, Container, Iterator
from functools import partial
from typing import TYPE_CHECKING, Any, Protocol, cast

from imr_tui.domain.documents import describe
from imr_tui.domain.fact_change import NOT_LISTED, FactChange, shown
from imr_tui.domain.field_names import PARTICULARS, PARTIES
from imr_tui.domain.new_item_facts import item_changes
from imr_tui.model import edits
from imr_tui.text.layout import listed

if TYPE_CHECKING:
    from imr_tui.model.case import Case, Record
    from imr_tui.model.edits import PartyName

_LISTED = 3
"""How many changed facts a sentence names."""
_KEPT = ("assignment", "decision_date")
"""Particulars that no assignment changes."""


class Received(Protocol):
    """What the organization sent for a case, before and now."""

    @property
    def before(self) -> Case:
        """The case as it was given before."""

    @property
    def after(self) -> Case:
        """The case as it is given now."""


def changes(current: Case, received: Received) -> tuple[FactChange, ...]:
    """The facts that differ from before to now, and from those of `current`, in file order."""
    before, after = received.before, received.after
    return (
        *_particulars(current, before, after),
        *_parties(current, before, after),
        *_records(current, before, after),
        *item_changes(current, before, after),
    )


def accepted(
    current: Case, received: Received, rejected: Container[tuple[str, str, str]] = ()
) -> Case:
    """`current` with all changes that are not rejected and remove no work of the reviewer."""
    for each in changes(current, received):
        if each.key not in rejected and not each.warning:
            current = each.apply(current)
    return current


def in_words(found: tuple[FactChange, ...]) -> str:
    """`The organization changed: employer, UR decision date.`; blank if nothing is changed."""
    if not found:
        return ""
    labels = list(dict.fromkeys(each.label for each in found))
    more = len(labels) - _LISTED
    named = [*labels[:_LISTED], f"{more} more"] if more > 0 else labels
    return f"The organization changed: {listed(named)}."


# ── Particulars and parties ──────────────────────────────────────────────────────────────


def _particulars(current: Case, before: Case, after: Case) -> Iterator[FactChange]:
    for name, label in PARTICULARS.items():
        if name not in _KEPT:
            states = [getattr(case.particulars, name) for case in (current, before, after)]
            yield from _field(f"case.{name}", label, states, partial(_set_particular, name=name))


def _set_particular(case: Case, name: str, value: Any) -> Case:
    return case.but(particulars=case.particulars.but(**{name: value}))


def _parties(current: Case, before: Case, after: Case) -> Iterator[FactChange]:
    for name, label in PARTIES.items():
        states = [getattr(case.parties, name) for case in (current, before, after)]
        yield from _field(f"parties.{name}", label, states, partial(_set_party, name=name))


def _set_party(case: Case, name: str, value: Any) -> Case:
    """Set a party as the reviewer does, which may withdraw an attestation."""
    if name == "providers":
        return edits.set_providers(case, value)
    return edits.set_party(case, cast("PartyName", name), value)


def _field(
    path: str, label: str, states: list[Any], change: Callable[..., Case]
) -> Iterator[FactChange]:
    """The change of a field with its states now, as given before, and as given now."""
    now, before, after = states
    if after not in (before, now):
        yield FactChange(path, label, shown(now), shown(after), partial(change, value=after))


# ── Documents ────────────────────────────────────────────────────────────────────────────


def _records(current: Case, before: Case, after: Case) -> Iterator[FactChange]:
    """Documents that were added or taken back; a changed one is both."""
    for record in _without(after.records, before.records):
        if record not in current.records:
            add = partial(edits.add_record, record=record)
            yield FactChange("records added", "new document", NOT_LISTED, describe(record), add)
    for record in _without(before.records, after.records):
        if record in current.records:
            remove = partial(_remove_record, record=record)
            label = "document taken back"
            yield FactChange("records removed", label, describe(record), NOT_LISTED, remove)


def _without(records: tuple[Record, ...], others: tuple[Record, ...]) -> Iterator[Record]:
    return (record for record in dict.fromkeys(records) if record not in others)


def _remove_record(case: Case, record: Record) -> Case:
    if record not in case.records:
        return case
    return edits.remove_record(case, case.records.index(record))
