"""The edits of the reviewer's credentials, as in `edits`."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from imr_tui.model.entered import lines

if TYPE_CHECKING:
    from imr_tui.model.case import Case, Reviewer
    from imr_tui.model.limits import Attestation


def set_licenses(case: Case, states: Sequence[str]) -> Case:
    """Set the states in which the reviewer is licensed."""
    return case.but(reviewer=case.reviewer.but(licenses=lines(states)))


def set_specialties(case: Case, specialties: Sequence[str]) -> Case:
    """Set the reviewer's certifications and specialties."""
    return case.but(reviewer=case.reviewer.but(specialties=lines(specialties)))


def prefill(case: Case, licenses: Sequence[str], specialties: Sequence[str]) -> Case:
    """Fill blank credentials from the reviewer's profile; attestations are left alone."""
    known: Reviewer = case.reviewer
    return case.but(
        reviewer=known.but(
            licenses=known.licenses or lines(licenses),
            specialties=known.specialties or lines(specialties),
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


def claim_letter(case: Case) -> Case:
    """Note that the reviewer wrote the letter that the case was imported from."""
    return case.but(particulars=case.particulars.but(own=True))
