"""The workflow of a case: its stages, their completeness, and the fields they still lack.

Computed from the case and never stored, so the two cannot disagree.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from imr_tui.model.limits import ATTESTATIONS, StageKind as Kind

if TYPE_CHECKING:
    from imr_tui.model.case import Case, Item


NAMES: dict[Kind, str] = {
    "credentials": "Credentials",
    "summary": "Summary",
    "decision": "Decision",
    "citations": "Citations",
    "review": "Review",
}


REQUEST_FIELDS = ("request", "original", "authorized", "follows", "date_of_service")
"""The fields of an item that say what is requested; the form of the item edits them."""


@dataclass(frozen=True)
class Stage:
    """A stage of the workflow."""

    kind: Kind
    """The kind of work done in this stage."""
    item: int | None = None
    """The 0-based item of a decision or citations stage."""

    @property
    def name(self) -> str:
        """The name shown in the stage bar and in menus."""
        return NAMES[self.kind] if self.item is None else f"{NAMES[self.kind]} {self.item + 1}"


@dataclass(frozen=True)
class Place:
    """A field of the case, identified by its path in the case file."""

    field: str
    """`summary.text`, `reviewer.licenses`, `request`, …; for items, relative to the item."""
    item: int | None = None
    """The 0-based item, if the field belongs to one."""

    @property
    def path(self) -> str:
        """The full path, with items counted from 0: `items[1].rationale`."""
        return self.field if self.item is None else f"items[{self.item}].{self.field}"

    def __str__(self) -> str:
        """The displayed form, with items counted from 1: `item 2 rationale`."""
        return self.field if self.item is None else f"item {self.item + 1} {self.field}"


FIRST = Stage("credentials")
LAST = Stage("review")


def walk(case: Case) -> tuple[Stage, ...]:
    """All stages in order: credentials, summary, decision and citations of each item, review."""
    kinds: tuple[Kind, Kind] = ("decision", "citations")
    items = tuple(Stage(kind, index) for index in range(len(case.items)) for kind in kinds)
    return (FIRST, Stage("summary"), *items, LAST)


def neighbour(case: Case, stage: Stage, step: int) -> Stage:
    """The stage that is `step` stages further, limited to the first and last one."""
    stages = walk(case)
    at = stages.index(stage) if stage in stages else 0
    return stages[min(max(at + step, 0), len(stages) - 1)]


def missing(case: Case, stage: Stage) -> tuple[Place, ...]:
    """The fields of `stage` that a letter requires and the case lacks, in form order."""
    if stage.item is not None:
        return tuple(_missing_in_item(case.items[stage.item], stage))
    if stage.kind == "credentials":
        return tuple(_missing_credentials(case))
    if stage.kind == "summary" and not case.summary.text.strip():
        return (Place("summary.text"),)
    return ()


def is_complete(case: Case, stage: Stage) -> bool:
    """Whether `stage` lacks nothing; the review stage is complete when all others are."""
    if stage != LAST:
        return not missing(case, stage)
    return bool(case.items) and all(is_complete(case, other) for other in walk(case)[:-1])


def resume(case: Case) -> Stage:
    """The stage to resume at: the first incomplete one."""
    return next((stage for stage in walk(case) if not is_complete(case, stage)), LAST)


def stage_of(place: Place) -> Stage:
    """The stage that shows a field; Review, if no other stage does."""
    if place.item is not None:
        cites = ("citations", "administrator_citations", "uncited", "departure", "weighing")
        kind: Kind = "citations" if place.field.startswith(cites) else "decision"
        return Stage(kind, place.item)
    if place.field.startswith("reviewer"):
        return FIRST
    return Stage("summary") if place.field.startswith("summary") else LAST


def items_decided(case: Case) -> int:
    """The number of items with both a decision and a rationale."""
    return sum(1 for item in case.items if item.decision and item.rationale.strip())


def _missing_credentials(case: Case) -> Iterator[Place]:
    reviewer = case.reviewer
    if not any(state.strip() for state in reviewer.licenses):
        yield Place("reviewer.licenses")
    if not any(specialty.strip() for specialty in reviewer.specialties):
        yield Place("reviewer.specialties")
    if set(reviewer.attested) != set(ATTESTATIONS) and not case.particulars.imported:
        yield Place("reviewer.attested")


def _missing_in_item(item: Item, stage: Stage) -> Iterator[Place]:
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
