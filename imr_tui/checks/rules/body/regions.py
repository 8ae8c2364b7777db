"""IMR305 and IMR306: the body region of an item and of its rationale."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from imr_tui.checks.rule import Hit, Span, rule
from imr_tui.checks.rules.body.other_regions import other_criteria, other_region_concluded
from imr_tui.domain.workflow import Place
from imr_tui.reading.body import anatomy
from imr_tui.reading.body.anatomy import regions
from imr_tui.text.layout import listed

if TYPE_CHECKING:
    from imr_tui.checks.context import CheckContext


def _request(index: int) -> tuple[Place, Span | None]:
    return Place("request", index), None


@rule(
    "IMR305",
    "body-region-conflict",
    "warning",
    why="Determinations about the wrong body part have been reversed.",
    source="Labor Code 4610.6(h)(5); WCAB panel decision Heath (2016); 2 of 194 published letters",
    fires={
        "request": "MRI of the cervical spine",
        "rationale": "The knee has a full range of motion. An MRI is not medically necessary.",
    },
    passes={
        "request": "EMG of the upper extremities",
        "rationale": "The Low Back Chapter is silent. Radicular neck pain is documented, so it is "
        "medically necessary.",
    },
)
def body_region_conflict(context: CheckContext) -> Iterator[Hit]:
    """The request and the rationale name different body regions.

    Conclusions, and criteria of a region that the letter does not mention elsewhere, are compared
    one by one. A region matches its parts and its neighbours: an arm matches the neck that its
    nerves come from, a wrist the hand. Titles of guideline chapters do not count.
    """
    for index, item in enumerate(context.items):
        asked, found = anatomy.names(item.request), anatomy.names(item.rationale)
        if asked and found and not anatomy.any_related(asked, found):
            wrong = next(each for each in regions(item.rationale) if each.name in found)
            about, instead = listed(sorted(asked)), listed(sorted(found))
            says = f"The request is about the {about}; the rationale is about the {instead}."
            yield Hit(Place("rationale", index), says, wrong.span, also=(_request(index),))
            continue
        reading = context.reading
        for found_in in (other_region_concluded, other_criteria):
            yield from found_in(reading, reading.items[index])


@rule(
    "IMR306",
    "body-region-absent",
    "info",
    why="A rationale that does not name the region may belong to another item.",
    source="32 of 200 published items that name a region, nearly all of them fine",
    fires={
        "request": "MRI of the right wrist",
        "rationale": "Conservative care has not been tried. Imaging is not medically necessary.",
    },
    passes={
        "request": "MRI of the right wrist",
        "rationale": "The hand is stiff. Imaging is not medically necessary.",
    },
)
def body_region_absent(context: CheckContext) -> Iterator[Hit]:
    """The request names a body region, and the rationale names none."""
    for index, item in enumerate(context.items):
        asked = anatomy.names(item.request)
        if asked and item.rationale.strip() and not regions(item.rationale):
            about = listed(sorted(asked))
            says = f"The request is about the {about}; the rationale names no region."
            yield Hit(Place("rationale", index), says, also=(_request(index),))
