"""The edits of a case: pure functions that take a case and return the edited one.

Text arguments are cleaned here, so an edited case is as valid as a loaded one. An edit that changes
nothing returns the same object. An edit that would make a text or list exceed the limits of a case
file raises LimitReached.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, Any, Literal, TypeAlias

from imr_tui.model import tuples
from imr_tui.model.limits import MAX_PROSE, Attestation, Departure, Outcome, Priority
from imr_tui.model.size import require_length, require_rows
from imr_tui.model.tuples import renumbered
from imr_tui.text.sanitize import clean, clean_line

if TYPE_CHECKING:
    from imr_tui.model.case import Case, Record, Reviewer
    from imr_tui.model.evidence import Citation, Weighing

Change: TypeAlias = "Callable[[Case], Case]"
"""An edit with its arguments bound."""
Side = Literal["administrator_citations", "citations"]
"""The claims administrator's citations of an item, or the reviewer's."""
PartyName = Literal[
    "employee", "employer", "claims_administrator", "utilization_review_organization"
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


def _line(text: str) -> str:
    line = clean_line(text)
    require_length(line)
    return line


def _lines(texts: Sequence[str]) -> tuple[str, ...]:
    lines = tuple(_line(text) for text in texts)
    require_rows(lines)
    return lines


def _prose(text: str) -> str:
    prose = clean(text)
    require_length(prose, MAX_PROSE)
    return prose


# ── The case and its parties ─────────────────────────────────────────────────────────────


def set_date(case: Case, name: DateName, day: date | None) -> Case:
    """Set or clear one of the case's dates."""
    return case.but(particulars=case.particulars.but(**{name: day}))


def set_priority(case: Case, priority: Priority) -> Case:
    """Set the priority, which determines the deadline."""
    return case.but(particulars=case.particulars.but(priority=priority))


def set_party(case: Case, name: PartyName, who: str) -> Case:
    """Set a party; withdraws the no-affiliation attestation, which was given for other parties."""
    return _with_parties(case, **{name: _line(who)})


def set_providers(case: Case, providers: Sequence[str]) -> Case:
    """Set the providers; withdraws the no-affiliation attestation, which was given for others."""
    return _with_parties(case, providers=_lines(providers))


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
        key: _line(value) if isinstance(value, str) else value for key, value in changes.items()
    }
    return case.but(records=tuples.replaced(case.records, index, case.records[index].but(**fields)))


def remove_record(case: Case, index: int) -> Case:
    """Remove the document at `index`."""
    return case.but(records=tuples.without(case.records, index))


# ── Credentials ──────────────────────────────────────────────────────────────────────────


def set_licenses(case: Case, states: Sequence[str]) -> Case:
    """Set the states in which the reviewer is licensed."""
    return case.but(reviewer=case.reviewer.but(licenses=_lines(states)))


def set_specialties(case: Case, specialties: Sequence[str]) -> Case:
    """Set the reviewer's certifications and specialties."""
    return case.but(reviewer=case.reviewer.but(specialties=_lines(specialties)))


def prefill(case: Case, licenses: Sequence[str], specialties: Sequence[str]) -> Case:
    """Fill blank credentials from the reviewer's profile; attestations are left alone."""
    known: Reviewer = case.reviewer
    return case.but(
        reviewer=known.but(
            licenses=known.licenses or _lines(licenses),
            specialties=known.specialties or _lines(specialties),
        )
    )


def toggle_attestation(case: Case, key: Attestation, now: datetime) -> Case:
    """Give or withdraw an attestation; giving one records `now` in UTC as the attestation time."""
    given = case.reviewer.attested
    if key in given:
        attested = tuple(other for other in given if other != key)
        return case.but(reviewer=case.reviewer.but(attested=attested))
    at = now.astimezone(UTC).replace(microsecond=0)
    return case.but(reviewer=case.reviewer.but(attested=(*given, key), attested_at=at))


# ── Summary and items ────────────────────────────────────────────────────────────────────


def set_summary(case: Case, text: str) -> Case:
    """Set the clinical case summary."""
    return case.but(summary=case.summary.but(text=_prose(text)))


def add_item(case: Case, request: str = "") -> Case:
    """Append a disputed item."""
    # pydantic loads with the first case, not with the screens that import this module.
    from imr_tui.model.case import Item

    return case.but(items=tuples.added(case.items, Item(request=_line(request))))


def set_item_line(case: Case, index: int, name: ItemLine, text: str) -> Case:
    """Set the request, original request or authorized part of an item."""
    return _with_item(case, index, **{name: _line(text)})


def set_follows(case: Case, index: int, number: int) -> Case:
    """Make the item at `index` follow item `number` (1-based; 0 for none), sharing its decision."""
    if not 0 <= number <= len(case.items) or number == index + 1:
        return case
    return _with_item(case, index, follows=number)


def set_date_of_service(case: Case, index: int, day: date | None) -> Case:
    """Set or clear the day on which the service of a retrospective item was rendered."""
    return _with_item(case, index, date_of_service=day)


def set_decision(case: Case, index: int, decision: Outcome | None) -> Case:
    """Set the decision of an item; None reopens it."""
    return _with_item(case, index, decision=decision)


def set_rationale(case: Case, index: int, text: str) -> Case:
    """Set the clinical reasons for an item's decision."""
    return _with_item(case, index, rationale=_prose(text))


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


def _with_item(case: Case, index: int, **changes: object) -> Case:
    if not tuples.has(case.items, index):
        return case
    return case.but(items=tuples.replaced(case.items, index, case.items[index].but(**changes)))


# ── Citations ────────────────────────────────────────────────────────────────────────────


def add_citation(case: Case, index: int, side: Side, citation: Citation) -> Case:
    """Append a citation to one side's list."""
    return _with_citations(case, index, side, tuples.added(citations(case, index, side), citation))


def copy_citations(case: Case, index: int, side: Side, copied: Sequence[Citation]) -> Case:
    """Append copies of citations, skipping those that are already listed."""
    listed = citations(case, index, side)
    for citation in copied:
        listed = listed if citation in listed else tuples.added(listed, citation)
    return _with_citations(case, index, side, listed)


def set_citation(case: Case, index: int, side: Side, at: int, citation: Citation) -> Case:
    """Replace the citation at `at`."""
    listed = tuples.replaced(citations(case, index, side), at, citation)
    return _with_citations(case, index, side, listed)


def remove_citation(case: Case, index: int, side: Side, at: int) -> Case:
    """Remove the citation at `at`."""
    return _with_citations(case, index, side, tuples.without(citations(case, index, side), at))


def move_citation(case: Case, index: int, side: Side, at: int, to: int) -> Case:
    """Move a citation to another position in its list."""
    return _with_citations(case, index, side, tuples.moved(citations(case, index, side), at, to))


def citations(case: Case, index: int, side: Side) -> tuple[Citation, ...]:
    """One side's citations of an item; empty if the item does not exist."""
    if not tuples.has(case.items, index):
        return ()
    listed: tuple[Citation, ...] = getattr(case.items[index], side)
    return listed


def _with_citations(case: Case, index: int, side: Side, listed: tuple[Citation, ...]) -> Case:
    if not tuples.has(case.items, index) or listed == citations(case, index, side):
        return case
    changed = _with_item(case, index, **{side: listed})
    # A reason for citing nothing is obsolete once the reviewer cites something.
    cites = side == "citations" and changed.items[index].cites
    return _with_item(changed, index, uncited="") if cites else changed


def set_uncited(case: Case, index: int, reason: str) -> Case:
    """Record the reason for citing no guideline for an item; a blank reason removes the choice."""
    if not tuples.has(case.items, index) or case.items[index].cites:
        return case
    return _with_item(case, index, uncited=_line(reason))


# ── Evidence ─────────────────────────────────────────────────────────────────────────────


def depart(case: Case, index: int, departure: Departure) -> Case:
    """Record why an item cites a source below the MTUS, or that the question was left open."""
    return _with_item(case, index, departure=departure)


def depart_in_words(
    case: Case, index: int, departure: Departure, sentence: str, *, first: bool
) -> Case:
    """`depart`, and insert `sentence` at the start or end of the rationale."""
    if not tuples.has(case.items, index):
        return case
    rationale = case.items[index].rationale.strip("\n ")
    said = clean(sentence).strip()
    text = " ".join(part for part in ((said, rationale) if first else (rationale, said)) if part)
    return depart(set_rationale(case, index, text), index, departure)


def set_weighing(case: Case, index: int, weighing: Weighing) -> Case:
    """Set how conflicting evidence was weighed; a blank weighing is stored as None."""
    cleaned = weighing.but(
        question=_line(weighing.question),
        administrator_study=_line(weighing.administrator_study),
        reviewer_study=_line(weighing.reviewer_study),
        applicability=_line(weighing.applicability),
    )
    return _with_item(case, index, weighing=None if cleaned.is_blank() else cleaned)


def append_paragraph(case: Case, index: int, paragraph: str) -> Case:
    """Append a paragraph to a rationale, unless the rationale already contains it."""
    if not tuples.has(case.items, index):
        return case
    rationale, added = case.items[index].rationale, clean(paragraph).strip()
    if not added or added in rationale:
        return case
    return set_rationale(case, index, f"{rationale.rstrip()}\n\n{added}".lstrip("\n"))


# ── Warnings ─────────────────────────────────────────────────────────────────────────────


def acknowledge(case: Case, key: str, reason: str, digest: str, now: datetime) -> Case:
    """Accept the warnings of `key` for `reason`, while their texts have this `digest`.

    A blank reason changes nothing.
    """
    if not (said := _line(reason).strip()):
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
