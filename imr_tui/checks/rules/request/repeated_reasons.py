"""Finds a reason that two unrelated items share, for IMR328."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from imr_tui.checks.rule import Hit
from imr_tui.domain.workflow import Place
from imr_tui.reading.language.sentences import sentence_at
from imr_tui.reading.treatments import services
from imr_tui.reading.treatments.repeated import Run, shared_reasons
from imr_tui.reading.treatments.services import Service, service

if TYPE_CHECKING:
    from imr_tui.checks.case_reading import ItemReading


def repeated_reason(
    items: Sequence[ItemReading], requests: Sequence[Service], read: ItemReading
) -> Iterator[Hit]:
    """The only sentence of an item that also stands, whole or in part, under an unrelated item.

    `requests` has the requested service of each of the `items`.
    """
    own = requests[read.index]
    text = read.rationale.text
    found: dict[tuple[int, int], tuple[ItemReading, Run]] = {}
    for other in items:
        theirs = requests[other.index]
        if other.index == read.index or not services.other_treatment(own, theirs):
            continue
        for run in shared_reasons(text, other.rationale.text):
            found.setdefault(sentence_at(text, run.span[0]).span, (other, run))
    if len(found) != 1:
        return
    other, run = found.popitem()[1]
    if _belongs(own, requests[other.index], read, run, is_first=read.index < other.index):
        return
    says = f"Item {other.index + 1} gives the same reason. Check that it concerns this item."
    place = Place("rationale", other.index)
    yield Hit(
        Place("rationale", read.index), says, run.span, ((place, run.other),), severity="info"
    )


def _belongs(own: Service, theirs: Service, read: ItemReading, run: Run, *, is_first: bool) -> bool:
    """Whether a shared reason fits this item at least as well as the other one."""
    reason = service(read.rationale.text[slice(*run.span)])
    return services.is_named(own, reason) or (is_first and not services.is_named(theirs, reason))
