"""Which version of a guideline was in force on a day, said beside the one that is in view."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from imr_tui.catalogue.catalogue import Catalogue
    from imr_tui.catalogue.guidelines import Force, Guideline


def in_force_then(catalogue: Catalogue, guideline: Guideline, on: date) -> tuple[Guideline, ...]:
    """The other versions of the same section that were in force on a day, as far as known.

    A section may hold several guidelines at a time, as 9792.23.8 does of mental health.
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


def standing(guideline: Guideline, on: date | None) -> str:
    """What is known of a version on a day, in a word or two; blank where nothing is.

    `last known` began before that day and is open, as far as the table knows.
    """
    if on is None or guideline.effective_from is None:
        return ""
    unknown = "last known" if guideline.end_known else "end unknown"
    words: dict[Force, str] = {"past": "superseded", "future": "not yet", "unknown": unknown}
    force = guideline.force(on)
    return words.get(force, force)


def badge(guideline: Guideline, on: date | None) -> str:
    """`standing` with a question mark behind what no public page confirms."""
    words = standing(guideline, on)
    return words if guideline.verified or not words else f"{words}?"


def instead(catalogue: Catalogue, guideline: Guideline, on: date | None) -> str:
    """The versions that were in force instead of one that was not; `?` as in `badge`."""
    return _names(_instead(catalogue, guideline, on))


def remark(catalogue: Catalogue, guideline: Guideline, on: date | None) -> str:
    """`instead` as a sentence, with the day and the last day that the table knows of."""
    others = _instead(catalogue, guideline, on)
    as_of = max((each.as_of for each in others), default=None)
    return f"In force on {on}: {_names(others)} (as of {as_of})" if others else ""


def _instead(catalogue: Catalogue, guideline: Guideline, on: date | None) -> tuple[Guideline, ...]:
    if on is None or guideline.force(on) not in ("past", "future"):
        return ()
    return in_force_then(catalogue, guideline, on)


def _names(guidelines: tuple[Guideline, ...]) -> str:
    return "; ".join(
        f"{each.printed} {each.year or ''}".strip() + ("" if each.verified else "?")
        for each in guidelines
    )
