"""The edits of a case: pure functions that take a case and return the edited one.

Those of the reviewer's credentials are in `reviewer_edits`, those of an item's citations and of
its evidence in `evidence_edits`.

Text arguments are cleaned here, so an edited case is as valid as a loaded one. An edit that changes
nothing returns the same object. An edit that would make a text or list exceed the limits of a case
file raises LimitReached.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, Any, Literal, TypeAlias

from imr_tui.model import tuples
from imr_tui.model.entered import line, lines, prose
from imr_tui.model.limits import MAX_COPIED, MAX_SOURCES
from imr_tui.model.tuples import renumbered, with_item

if TYPE_CHECKING:
    from imr_tui.model.case import Case, Copied, Record
    from imr_tui.model.limits import Outcome, Priority

Change: TypeAlias = "Callable[[Case], Case]"
"""An edit with its arguments bound."""
PartyName = Literal[
    "employee",
    "employer",
    "claims_administrator",
    "adjuster",
    "utilization_review_organization",
]
DateName = Literal[
    "date_of_injury",
    "date_assigned",
    "ur_decision_date",
    "application_received",
    "records_received",
    "decision_date",
]
ItemLine = Literal["request", "original", "authorized"]
CaseLine = Literal["diagnosis", "specialty"]


# ── The case and its parties ─────────────────────────────────────────────────────────────


def set_date(case: Case, name: DateName, day: date | None) -> Case:
    """Set or clear one of the case's dates."""
    return case.but(particulars=case.particulars.but(**{name: day}))


def set_priority(case: Case, priority: Priority) -> Case:
    """Set the priority, which determines the deadline."""
    return case.but(particulars=case.particulars.but(priority=priority))


def set_case_line(case: Case, name: CaseLine, text: str) -> Case:
    """Set the diagnosis, or the specialty of the requesting physician."""
    return case.but(particulars=case.particulars.but(**{name: line(text)}))


def set_party(case: Case, name: PartyName, who: str) -> Case:
    """Set a party; withdraws the no-affiliation attestation, which was given for other parties."""
    return _with_parties(case, **{name: line(who)})


def set_providers(case: Case, providers: Sequence[str]) -> Case:
    """Set the providers; withdraws the no-affiliation attestation, which was given for others."""
    return _with_parties(case, providers=lines(providers))


def _with_parties(case: Case, **changes: object) -> Case:
    parties = case.parties.but(**changes)
    if parties == case.parties:
        return case
    attested = tuple(key for key in case.reviewer.attested if key != "no-affiliation")
    return case.but(parties=parties, reviewer=case.reviewer.but(attested=attested))


def add_record(case: Case, record: Record) -> Case:
    """Add a document to the list of reviewed ones."""
    return case.but(records=tuples.added(case.records, record))


def set_record(case: Case, index: int, changes: Mapping[str, Any]) -> Case:
    """Change fields of the document at `index`; text is cleaned, dates are taken as they are."""
    if not tuples.has(case.records, index):
        return case
    fields = {
        key: line(value) if isinstance(value, str) else value for key, value in changes.items()
    }
    return case.but(records=tuples.replaced(case.records, index, case.records[index].but(**fields)))


def remove_record(case: Case, index: int) -> Case:
    """Remove the document at `index`."""
    return case.but(records=tuples.without(case.records, index))


# ── Summary and items ────────────────────────────────────────────────────────────────────


def set_summary(case: Case, text: str) -> Case:
    """Set the clinical case summary."""
    return case.but(summary=case.summary.but(text=prose(text)))


def add_item(case: Case, request: str = "") -> Case:
    """Append a disputed item."""
    # pydantic loads with the first case, not with the screens that import this module.
    from imr_tui.model.case import Item

    return case.but(items=tuples.added(case.items, Item(request=line(request))))


def set_item_line(case: Case, index: int, name: ItemLine, text: str) -> Case:
    """Set the request, original request or authorized part of an item."""
    return with_item(case, index, **{name: line(text)})


def set_follows(case: Case, index: int, number: int) -> Case:
    """Make the item at `index` follow item `number` (1-based; 0 for none), sharing its decision."""
    if not 0 <= number <= len(case.items) or number == index + 1:
        return case
    return with_item(case, index, follows=number)


def set_date_of_service(case: Case, index: int, day: date | None) -> Case:
    """Set or clear the day on which the service of a retrospective item was rendered."""
    return with_item(case, index, date_of_service=day)


def set_decision(case: Case, index: int, decision: Outcome | None) -> Case:
    """Set the decision of an item; None reopens it."""
    return with_item(case, index, decision=decision)


def decide_like(case: Case, index: int, number: int) -> Case:
    """Make the item at `index` follow item `number` (1-based) and give it that item's decision."""
    if not 1 <= number <= len(case.items) or number == index + 1:
        return case
    decision = case.items[number - 1].decision
    return with_item(case, index, follows=number, decision=decision)


def append_to_rationale(case: Case, index: int, text: str) -> Case:
    """Append sentences to a rationale, after a space; nothing if it already has them."""
    if not tuples.has(case.items, index) or text in (before := case.items[index].rationale):
        return case
    space = " " if before and not before[-1].isspace() else ""
    return set_rationale(case, index, f"{before}{space}{text}")


def set_rationale(case: Case, index: int, text: str) -> Case:
    """Set the clinical reasons for an item's decision."""
    return with_item(case, index, rationale=prose(text))


def add_copied(case: Case, index: int, copied: Copied) -> Case:
    """Record that a rationale was copied into that of an item.

    What the item has from the same rationale already is combined with it. Beyond the limits, the
    oldest sources and sentences are forgotten.
    """
    if not tuples.has(case.items, index):
        return case
    source = copied.case, copied.item
    known = case.items[index].copied
    before = (each.sentences for each in known if (each.case, each.item) == source)
    sentences = tuple(
        dict.fromkeys(digest for each in (*before, copied.sentences) for digest in each)
    )
    others = (each for each in known if (each.case, each.item) != source)
    combined = (*others, copied.but(sentences=sentences[-MAX_COPIED:]))
    return with_item(case, index, copied=combined[-MAX_SOURCES:])


def remove_item(case: Case, index: int) -> Case:
    """Remove an item; items that followed it become independent, later ones are renumbered."""
    if not tuples.has(case.items, index):
        return case
    numbers = {old: old - (old > index + 1) for old in range(len(case.items) + 1)}
    numbers[index + 1] = 0
    return renumbered(case, tuples.without(case.items, index), numbers)


def move_item(case: Case, index: int, to: int) -> Case:
    """Move an item to another position; items that follow it still do."""
    if not (tuples.has(case.items, index) and tuples.has(case.items, to)):
        return case
    order = tuples.moved(tuple(range(len(case.items))), index, to)
    numbers = {0: 0} | {old + 1: new + 1 for new, old in enumerate(order)}
    return renumbered(case, tuple(case.items[old] for old in order), numbers)


# ── Warnings ─────────────────────────────────────────────────────────────────────────────


def acknowledge(case: Case, key: str, reason: str, digest: str, now: datetime) -> Case:
    """Accept the warnings of `key` for `reason`, while their texts have this `digest`.

    A blank reason changes nothing.
    """
    if not (said := line(reason).strip()):
        return case
    # As above.
    from imr_tui.model.case import Acknowledgement

    given = Acknowledgement(
        reason=said, digest=digest, at=now.astimezone(UTC).replace(microsecond=0)
    )
    return case.but(acknowledged=case.acknowledged | {key: given})


def withdraw(case: Case, key: str) -> Case:
    """Withdraw the acceptance of the warnings of `key`."""
    kept = {other: given for other, given in case.acknowledged.items() if other != key}
    return case.but(acknowledged=kept)
