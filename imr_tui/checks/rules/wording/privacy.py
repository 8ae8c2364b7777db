"""IMR501: names, numbers and addresses that no letter may contain."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from imr_tui.checks.rule import Hit, Span, rule
from imr_tui.reading.language.patterns import unaccented
from imr_tui.reading.people.identifiers import identifiers
from imr_tui.reading.people.named_people import named_person
from imr_tui.reading.people.party_names import PartyNames, not_searched_alone, party_names

if TYPE_CHECKING:
    from imr_tui.checks.context import CheckContext
    from imr_tui.model.case import Parties

_NOT_TEXT = ("citations", "administrator_citations", "reviewer")
"""Printed fields that name authors, or that the reviewer chooses from a list."""


@rule(
    "IMR501",
    "name-in-text",
    "warning",
    why="Letters are published, so they must not identify anybody.",
    source='Labor Code 4610.6(m), 138.7; "Dr. Name" in 0 of 194 published letters',
    fires={"rationale": "Dr. Sampleton asked for an MRI. It is not medically necessary."},
    passes={"rationale": "The Neer and Hawkins signs are negative, the doctor wrote."},
)
def name_in_text(context: CheckContext) -> Iterator[Hit]:
    """A printed text contains a name, a date of birth, an address or an identifying number.

    A name counts if it has a title, a degree or a role, or if it belongs to a party of the case. A
    party's surname or first name alone counts only if it is neither an everyday word nor the name
    of a clinical sign. Numbers of claims, records, licenses and telephones, and addresses of
    e-mail, count as well. Authors of studies and codes of treatments and laws are not reported.
    """
    names = names_of_parties(context.case.parties)
    for place, text in context.printed:
        if place.field.startswith(_NOT_TEXT):
            continue
        for kind, span in _found(unaccented(text), names):
            says = f"{text[slice(*span)]!r} looks like {kind}. Letters must not identify anybody."
            yield Hit(place, says, span)


def names_of_parties(parties: Parties) -> PartyNames:
    """What identifies the parties of a case."""
    return party_names(parties.employee, _people(parties), _organizations(parties))


def words_not_alone(parties: Parties) -> tuple[str, ...]:
    """Words of the parties' names that are not taken for a name where they stand alone."""
    return not_searched_alone(parties.employee, _people(parties), _organizations(parties))


def _people(parties: Parties) -> tuple[str, ...]:
    return (parties.adjuster, *parties.providers) if parties.adjuster else parties.providers


def _organizations(parties: Parties) -> tuple[str, ...]:
    reviewed = parties.utilization_review_organization
    return (parties.employer, parties.claims_administrator, reviewed)


def _found(text: str, parties: PartyNames) -> Iterator[tuple[str, Span]]:
    """The first name of a party, the first other name, and the first identifier of each kind."""
    party = parties.search(text)
    if party is not None:
        yield "a party's name", party.span()
    yield from other_names(text, parties)


def other_names(text: str, parties: PartyNames) -> Iterator[tuple[str, Span]]:
    """What identifies somebody in an unaccented text, besides the names of parties.

    The first name, and the first identifier of each kind, with its article: "a telephone number".
    """
    if name := named_person(parties.masked(text)):
        yield "a name", name
    yield from ((each.kind, each.span) for each in identifiers(text))
