"""The fields of the reviewer's profile as they are typed, and what is wrong with them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from imr_tui.catalogue.credentials import split_list
from imr_tui.model.limits import MAX_ROWS
from imr_tui.store.config.profile import PIN_LENGTH, digest_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from imr_tui.store.config import Profile

NO_PIN = "-"
"""Typed as a new PIN to have none."""


def as_typed(profile: Profile) -> dict[str, str]:
    """The fields of a profile as text, in the order of the form."""
    return {
        "licenses": ", ".join(profile.licenses),
        "specialties": ", ".join(profile.specialties),
        "name": profile.name,
    }


def too_many(typed: str, known: Sequence[str]) -> str:
    """The error text for a list with more entries than a profile can hold; blank if it can."""
    is_too_long = len(split_list(typed, known)) > MAX_ROWS
    return f"At most {MAX_ROWS:,} entries." if is_too_long else ""


def pin_fault(pin: str, again: str) -> str:
    """What is wrong with a new PIN, typed twice; blank if nothing is."""
    if pin not in ("", NO_PIN) and len(pin) < PIN_LENGTH:
        return f"A PIN has at least {PIN_LENGTH} characters."
    if pin != again and (pin != NO_PIN or again):
        return "The two PINs differ. Type the PIN twice."
    return ""


def kept_pin(typed: str, before: str) -> str:
    """What a profile keeps of a new PIN without a fault; the digest `before` if none was typed."""
    if typed == NO_PIN:
        return ""
    return digest_of(typed) if len(typed) >= PIN_LENGTH else before
