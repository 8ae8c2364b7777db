"""Finds reasons of a kin treatment: nerve criteria for a joint, another therapy, for IMR328."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from imr_tui.checks.rule import Hit
from imr_tui.domain.workflow import Place
from imr_tui.reading.language.patterns import LazyPattern, blank_quotations, lowered
from imr_tui.reading.language.sentences import sentence_at
from imr_tui.reading.treatments import treatment_kinds
from imr_tui.reading.treatments.services import Service, service

if TYPE_CHECKING:
    from imr_tui.checks.case_reading import ItemReading

_JOINTS = frozenset(("shoulder", "elbow", "wrist", "hand", "hip", "knee", "ankle", "foot"))
_IMAGING = frozenset(("MRI", "CT", "x-ray", "imaging", "arthrography"))
_NERVE = LazyPattern(
    r"\b(?:findings (?:that|which) identify (?:a )?specific nerve"
    r"|identif\w+ (?:of )?(?:a )?specific nerve (?:root )?(?:compromise|dysfunction)"
    r"|specific nerve compromise)\b"
)


def nerve_criterion(read: ItemReading, own: Service) -> Iterator[Hit]:
    """The criterion of nerve compromise for imaging, which is that of the neck and back."""
    if not own.regions or not own.regions <= _JOINTS or not own.kinds & _IMAGING:
        return
    if match := _NERVE.search(lowered(read.rationale.text)):
        says = "This is a criterion of the neck and low back chapters"
        yield hit_of(read, match.span(), says)


def other_therapy(read: ItemReading, own: Service) -> Iterator[Hit]:
    """Occupational therapy as a reason for or against physical therapy."""
    if "physical therapy" not in own.kinds or "occupational therapy" in own.kinds:
        return
    for kind, span in treatment_kinds.mentions(blank_quotations(read.rationale.text)):
        near = service(sentence_at(read.rationale.text, span[0]).text)
        if kind == "occupational therapy" and "physical therapy" not in near.kinds:
            says = "The request is for physical therapy, and this is about another therapy."
            place = Place("request", read.index)
            yield Hit(Place("rationale", read.index), says, span, ((place, None),), severity="info")
            return


def hit_of(read: ItemReading, span: tuple[int, int], says: str, also: Place | None = None) -> Hit:
    """The hit of words that concern another treatment than the request of their item."""
    place = also or Place("request", read.index)
    said = f"{says}. Check whether it belongs to another item or letter."
    return Hit(Place("rationale", read.index), said, span, also=((place, None),))
