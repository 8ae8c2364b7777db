"""IMR305 to IMR308: body region, spinal level and side of an item."""

from __future__ import annotations

import re
from collections.abc import Iterator, Set
from typing import TYPE_CHECKING

from imr_tui.checks.rule import Hit, Span, rule
from imr_tui.domain.workflow import Place
from imr_tui.reading import anatomy
from imr_tui.reading.anatomy import Level, Region, Side, levels, regions
from imr_tui.reading.patterns import LazyPattern
from imr_tui.reading.sentences import near
from imr_tui.text.layout import listed

if TYPE_CHECKING:
    from imr_tui.checks.context import CheckContext
    from imr_tui.model.case import Item


def _request(index: int) -> tuple[Place, Span | None]:
    return Place("request", index), None


@rule(
    "IMR305",
    "body-region-conflict",
    "warning",
    why="Determinations about the wrong body part have been reversed.",
    source="Labor Code 4610.6(h)(5); Heath (2016); 2 of 194 published letters",
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

    A region matches its parts and its neighbours: an arm matches the neck that its nerves come
    from, a wrist the hand. Titles of guideline chapters do not count.
    """
    for index, item in enumerate(context.items):
        asked, found = anatomy.names(item.request), anatomy.names(item.rationale)
        if asked and found and not anatomy.any_related(asked, found):
            wrong = next(each for each in regions(item.rationale) if each.name in found)
            about, instead = listed(sorted(asked)), listed(sorted(found))
            says = f"The request is about the {about}; the rationale is about the {instead}."
            yield Hit(Place("rationale", index), says, wrong.span, also=(_request(index),))


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


_STUDIED = LazyPattern(
    r"\b(?:mri|ct|x-?rays?|imaging|scan|emg|ncv|ncs|electro\w+|radiograph\w*|myelogram"
    r"|reveal\w*|show\w*"
    r"|demonstrat\w+|dermatom\w+|myotom\w+|distributions?|reflex\w*|sensation|strength"
    r"|nerve roots?"
    r"|disc|disk|protrusion|bulg\w+|hernia\w+|stenosis|prior|previous\w*|history|status post"
    r"|s/p|adjacent|underwent|had an?|was done)\b",
    re.IGNORECASE,
)


@rule(
    "IMR307",
    "spine-level-conflict",
    "warning",
    why="A determination about the wrong spinal segment has been reversed.",
    source="Labor Code 4610.6(h)(5); Heath (2016)",
    fires={
        "request": "Epidural injection at L4-5",
        "rationale": "The request for an injection at C5-6 is not medically necessary.",
    },
    passes={
        "request": "Epidural injection at L4-5",
        "rationale": "The MRI shows a bulge at L5-S1. The injection is not medically necessary.",
    },
)
def spine_level_conflict(context: CheckContext) -> Iterator[Hit]:
    """The request and the rationale name different levels of the spine.

    Levels in a sentence about findings (imaging, dermatomes, discs, earlier surgery) are ignored,
    because a study also reports the neighbouring levels.
    """
    for index, item in enumerate(context.items):
        asked = _segments(levels(item.request))
        named = [each for each in levels(item.rationale) if not _is_finding(item.rationale, each)]
        everywhere = _segments(levels(item.rationale))
        if asked and named and not asked & everywhere:
            says = "The request and the rationale name different levels of the spine."
            place = Place("rationale", index)
            yield Hit(place, says, named[0].span, also=(_request(index),))


def _segments(named: tuple[Level, ...]) -> frozenset[tuple[str, str]]:
    return frozenset(segment for level in named for segment in level.segments)


def _is_finding(text: str, level: Level) -> bool:
    return _STUDIED.search(near(text, level.span[0])) is not None


@rule(
    "IMR308",
    "laterality-conflict",
    "warning",
    why="The wrong side is a wrong body part.",
    source="Labor Code 4610.6(h)(5); 0 of 90 published items by the strict form",
    fires={
        "request": "MRI of the right hip",
        "rationale": "There is no fracture of the left hip. The MRI is not medically necessary.",
    },
    passes={
        "request": "EMG of the left arm",
        "rationale": "The right shoulder is worse. The left arm is numb. The EMG is not medically "
        "necessary.",
        "summary.text": "A 54 year old man with pain in the right arm and numbness in the left.",
    },
)
def laterality_conflict(context: CheckContext) -> Iterator[Hit]:
    """The request is about one side, and the rationale is about the other side of that region.

    The rule reports it if the rationale never names the requested side, or if nothing else in the
    letter mentions the other side. Comparisons with the "contralateral" side are not reported.
    """
    known = {
        (each.name, each.side)
        for text in (context.summary, *(item.request for item in context.items))
        for each in regions(text)
    }
    for index, item in enumerate(context.items):
        for asked in regions(item.request):
            if asked.side in ("left", "right") and (wrong := _other_side(item, asked, known)):
                said = item.rationale[slice(*wrong.span)]
                says = f'The request is about the {asked.side} {asked.name}; this says "{said}".'
                place = Place("rationale", index)
                yield Hit(place, says, wrong.span, also=(_request(index),))
                break


def _other_side(item: Item, asked: Region, known: Set[tuple[str, Side | None]]) -> Region | None:
    parts = (item.request, item.original, item.authorized)
    if any(each.side == "bilateral" or _is_opposite(each, asked) for each in _all(parts)):
        return None
    named = [each for each in regions(item.rationale) if each.name == asked.name]
    wrong = [
        each
        for each in named
        if _is_opposite(each, asked) and not _is_compared(item.rationale, each)
    ]
    if not wrong:
        return None
    right = any(each.side in (asked.side, "bilateral") for each in named)
    spoken_of = {(asked.name, wrong[0].side), (asked.name, "bilateral")} & known
    return None if right and spoken_of else wrong[0]


def _all(texts: tuple[str, ...]) -> Iterator[Region]:
    for text in texts:
        yield from regions(text)


def _is_opposite(region: Region, asked: Region) -> bool:
    return region.name == asked.name and {region.side, asked.side} == {"left", "right"}


_COMPARED = LazyPattern(
    r"\b(?:contralateral|opposite|uninvolved|unaffected|uninjured|compar\w+|asymptomatic|than"
    r"|versus|vs|both"
    r"|prior|previous\w*|history|other side)\b",
    re.IGNORECASE,
)


def _is_compared(text: str, region: Region) -> bool:
    return _COMPARED.search(near(text, region.span[0])) is not None
