"""Citations whose form was left before it was finished, kept as drafts of the case."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, NamedTuple

from pydantic import ValidationError

from imr_tui.model import evidence_edits
from imr_tui.model.evidence import Citation

if TYPE_CHECKING:
    from imr_tui.model.edits import Change
    from imr_tui.model.evidence_edits import Side
    from imr_tui.session.open_drafts import OpenDrafts

_FORM = "form"
"""The name of the draft that holds a whole citation, beside those of its single fields."""


@dataclass(frozen=True)
class Place:
    """Where in the case a citation is, or where it will be added."""

    index: int
    """The item, counted from 0."""
    side: Side
    """Who cites."""
    at: int | None
    """The row in the list, counted from 0; None for a citation that is not in the case yet."""
    number: int = 0
    """Which of the new citations of this list it is."""

    @property
    def is_new(self) -> bool:
        """Whether the case does not hold the citation yet."""
        return self.at is None

    def path(self, name: str = _FORM) -> str:
        """The path of the draft of a field, or of the whole form."""
        row = f".new{self.number}" if self.at is None else f"[{self.at}]"
        return f"items[{self.index}].{self.side}{row}.{name}"

    def change(self, citation: Citation) -> Change:
        """The edit that puts `citation` here."""
        if self.at is None:
            add = partial(evidence_edits.add_citation, index=self.index, side=self.side)
            return partial(add, citation=citation)
        put = partial(evidence_edits.set_citation, index=self.index, side=self.side, at=self.at)
        return partial(put, citation=citation)


class Left(NamedTuple):
    """A citation as a form left it."""

    before: Citation
    """The citation as it was when the form was first opened."""
    now: Citation
    """The citation as typed."""


def keep(drafts: OpenDrafts, place: Place, before: Citation, now: Citation) -> None:
    """Keep a citation as typed, unless nothing was typed into its form."""
    is_typed = now != before or (place.is_new and not now.guideline and not now.is_blank())
    both = [each.model_dump(mode="json", exclude_defaults=True) for each in (before, now)]
    drafts.put(place.path(), json.dumps(both) if is_typed else "")


def left_at(drafts: OpenDrafts, place: Place) -> Left | None:
    """The citation that was left at `place`, or None."""
    try:
        before, now = json.loads(drafts.text(place.path(), "null"))
        return Left(Citation.model_validate(before), Citation.model_validate(now))
    except (TypeError, ValueError, ValidationError):
        return None


def forget(drafts: OpenDrafts, place: Place) -> None:
    """Drop what was typed at `place`."""
    drafts.drop_all(place.path(""))


def all_left(drafts: OpenDrafts, index: int, side: Side) -> Iterator[tuple[Place, Left]]:
    """The new citations of a list whose forms were left."""
    for number in range(_next_number(drafts, index, side)):
        place = Place(index, side, None, number)
        if (left := left_at(drafts, place)) is not None:
            yield place, left


def new_place(drafts: OpenDrafts, index: int, side: Side) -> Place:
    """A place for one more new citation, which has no draft."""
    return Place(index, side, None, _next_number(drafts, index, side))


def _next_number(drafts: OpenDrafts, index: int, side: Side) -> int:
    """The number after the highest one that has a draft."""
    start = f"items[{index}].{side}.new"
    numbers = (path.removeprefix(start).partition(".")[0] for path in drafts.paths(start))
    return max((int(each) + 1 for each in numbers if each.isdecimal()), default=0)
