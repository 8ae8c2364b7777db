"""A rationale that the reviewer wrote in an earlier case, or in another item of this one."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from imr_tui.reading.language.sentences import sentences

if TYPE_CHECKING:
    from imr_tui.model.case import Case
    from imr_tui.model.evidence import Citation
    from imr_tui.model.limits import Outcome


@dataclass(frozen=True)
class Rationale:
    """A rationale, with the facts of its item that are shown beside it."""

    number: str
    """The number of its case."""
    item: int
    """The 0-based item."""
    request: str
    """The request that was decided."""
    decision: Outcome | None
    """The decision; None if the item is still open."""
    day: date
    """The date of the determination, or else of the last edit."""
    text: str
    """The text."""
    citations: tuple[Citation, ...] = ()
    """The sources that the reviewer cited for the item."""

    @property
    def sentences(self) -> tuple[str, ...]:
        """The sentences of the text, in order."""
        return tuple(each.text for each in sentences(self.text))


def rationales(case: Case, edited: date) -> tuple[Rationale, ...]:
    """The rationales of a case that was last edited on `edited`.

    An imported letter has none, unless the reviewer says that they wrote it.
    """
    particulars = case.particulars
    if particulars.imported and not particulars.own:
        return ()
    return tuple(
        Rationale(
            case.number,
            index,
            item.request,
            item.decision,
            particulars.decision_date or edited,
            item.rationale,
            item.citations,
        )
        for index, item in enumerate(case.items)
        if item.rationale.strip()
    )
