"""Finds the version of a guideline that was in force on a day, and describes its status."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from imr_tui.catalogue.catalogue import Catalogue
    from imr_tui.catalogue.guidelines import Force, Guideline


def versions_in_force(
    catalogue: Catalogue, guideline: Guideline, on: date
) -> tuple[Guideline, ...]:
    """Other versions of the same section that were in force on a day, as far as known.

    A section may contain several guidelines at once, as 9792.23.8 does for mental health.
    """
    if not guideline.is_mtus:
        return ()
    section = [
        each
        for each in catalogue.guidelines
        if each.is_mtus and each.section == guideline.section and each.id != guideline.id
    ]
    certain = tuple(each for each in section if each.force(on) == "in force")
    return certain or tuple(each for each in section if each.force(on) == "unknown")


def status(guideline: Guideline, on: date | None) -> str:
    """A short label for the status of a version on a day; blank if unknown.

    `last known` means that it began before that day and the table records no end; `change proposed`
    that a hearing on a change was held, whose outcome is not known.
    """
    if on is None or guideline.effective_from is None:
        return ""
    unknown = "last known" if guideline.end_known else "end unknown"
    words: dict[Force, str] = {"past": "superseded", "future": "not yet", "unknown": unknown}
    force = guideline.force(on)
    label = words.get(force, force)
    return f"{label}, change proposed" if _change_is_proposed(guideline, on) else label


def _change_is_proposed(guideline: Guideline, on: date) -> bool:
    """Whether a change was proposed by a day on which the version may still have been in force."""
    proposed = guideline.change_proposed
    may_apply = guideline.force(on) in ("in force", "unknown")
    return may_apply and proposed is not None and on >= proposed


def badge(guideline: Guideline, on: date | None) -> str:
    """`status`, with a question mark if no public page confirms the version."""
    words = status(guideline, on)
    return words if guideline.verified or not words else f"{words}?"


def instead(catalogue: Catalogue, guideline: Guideline, on: date | None) -> str:
    """The versions in force on a day when this one was not; unconfirmed ones are marked `?`."""
    return _names(_instead(catalogue, guideline, on))


def remark(catalogue: Catalogue, guideline: Guideline, on: date | None) -> str:
    """`instead` as a sentence, with the day, and the last day that the table covers."""
    others = _instead(catalogue, guideline, on)
    as_of = max((each.as_of for each in others), default=None)
    if on is None or as_of is None:
        return ""
    return f"In force on {_us(on)}: {_names(others)} (catalogue as of {_us(as_of)})"


def _us(day: date) -> str:
    return f"{day.month}/{day.day}/{day.year}"


def _instead(catalogue: Catalogue, guideline: Guideline, on: date | None) -> tuple[Guideline, ...]:
    if on is None or guideline.force(on) not in ("past", "future"):
        return ()
    return versions_in_force(catalogue, guideline, on)


def _names(guidelines: tuple[Guideline, ...]) -> str:
    return "; ".join(
        f"{each.printed} {each.year or ''}".strip() + ("" if each.verified else "?")
        for each in guidelines
    )
