"""Tells whether a reviewer has started a case that an organization sent."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from imr_tui.model.case import Case


def is_started(current: Case, received: Case) -> bool:
    """Whether a reviewer changed any field of a case since it was received.

    Licenses and specialties do not count: the app fills them in from the profile.
    """
    return with_credentials(received, current) != current


def with_credentials(case: Case, current: Case) -> Case:
    """`case` with the licenses and specialties of `current`."""
    filled = current.reviewer
    reviewer = case.reviewer.but(licenses=filled.licenses, specialties=filled.specialties)
    return case.but(reviewer=reviewer)
