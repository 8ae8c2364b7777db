"""The walk: which stages a case has, which are complete and what each still misses.

Always computed from the case and never stored, so it cannot disagree with it.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from imr_tui.model.limits import ATTESTATIONS
from imr_tui.model.limits import StageKind as Kind

if TYPE_CHECKING:
    from imr_tui.model.case import Case, Item


NAMES: dict[Kind, str] = {
    "credentials": "Credentials",
    "summary": "Summary",
    "decision": "Decision",
    "citations": "Citations",
    "review": "Review",
}


@dataclass(frozen=True)
class Stage:
    """One station of the walk."""

    kind: Kind
    """What is done there."""
    item: int | None = None
    """The 0-based item that it is about, for decisions and citations."""

    @property
    def name(self) -> str:
        """How the rail and the menus call it."""
        return NAMES[self.kind] if self.item is None else f"{NAMES[self.kind]} {self.item + 1}"


@dataclass(frozen=True)
class Place:
    """A field of the case, by its path in the case file."""

    field: str
    """`summary.text`, `reviewer.licenses`, `request`, …; of an item without the item."""
    item: int | None = None
    """The 0-based item that it belongs to."""

    @property
    def path(self) -> str:
        """The whole path, items counted from 0: `items[1].rationale`."""
        return self.field if self.item is None else f"items[{self.item}].{self.field}"

    def __str__(self) -> str:
        """For a reader, items counted from 1: `item 2 rationale`."""
        return self.field if self.item is None else f"item {self.item + 1} {self.field}"


FIRST = Stage("credentials")
LAST = Stage("review")


def walk(case: Case) -> tuple[Stage, ...]:
    """Every stage in order: credentials, summary, decision and citations of each item, review."""
    kinds: tuple[Kind, Kind] = ("decision", "citations")
    items = tuple(Stage(kind, index) for index in range(len(case.items)) for kind in kinds)
    return (FIRST, Stage("summary"), *items, LAST)


def neighbour(case: Case, stage: Stage, step: int) -> Stage:
    """The stage `step` places on, or the first or last one at the ends."""
    stages = walk(case)
    at = stages.index(stage) if stage in stages else 0
    return stages[min(max(at + step, 0), len(stages) - 1)]


def missing(case: Case, stage: Stage) -> tuple[Place, ...]:
    """The fields of `stage` that a letter needs and the case lacks, in the order of the form."""
    if stage.item is not None:
        return tuple(_missing_of_item(case.items[stage.item], stage))
    if stage.kind == "credentials":
        return tuple(_missing_credentials(case))
    if stage.kind == "summary" and not case.summary.text.strip():
        return (Place("summary.text"),)
    return ()


def is_complete(case: Case, stage: Stage) -> bool:
    """Whether nothing of `stage` is missing; review is complete when all the others are."""
    if stage != LAST:
        return not missing(case, stage)
    return bool(case.items) and all(is_complete(case, other) for other in walk(case)[:-1])


def resume(case: Case) -> Stage:
    """Where to go on: the first stage that misses something."""
    return next((stage for stage in walk(case) if not is_complete(case, stage)), LAST)


def stage_of(place: Place) -> Stage:
    """The stage on which a field is shown; what has no screen of its own is Review's."""
    if place.item is not None:
        cites = ("citations", "administrator_citations", "uncited", "departure", "weighing")
        kind: Kind = "citations" if place.field.startswith(cites) else "decision"
        return Stage(kind, place.item)
    if place.field.startswith("reviewer"):
        return FIRST
    return Stage("summary") if place.field.startswith("summary") else LAST


def items_decided(case: Case) -> int:
    """How many items have a decision and a rationale."""
    return sum(1 for item in case.items if item.decision and item.rationale.strip())


def _missing_credentials(case: Case) -> Iterator[Place]:
    reviewer = case.reviewer
    if not any(state.strip() for state in reviewer.licenses):
        yield Place("reviewer.licenses")
    if not any(specialty.strip() for specialty in reviewer.specialties):
        yield Place("reviewer.specialties")
    if set(reviewer.attested) != set(ATTESTATIONS) and not case.particulars.imported:
        yield Place("reviewer.attested")


def _missing_of_item(item: Item, stage: Stage) -> Iterator[Place]:
    if stage.kind == "citations":
        if not (item.cites or item.follows or item.uncited.strip()):
            yield Place("citations", stage.item)
        return
    if not item.request.strip():
        yield Place("request", stage.item)
    if item.decision is None:
        yield Place("decision", stage.item)
    if not item.rationale.strip():
        yield Place("rationale", stage.item)
