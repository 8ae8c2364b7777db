"""The edits of an item's citations and of how its evidence is weighed, as in `edits`."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Literal

from imr_tui.model import edits, tuples
from imr_tui.model.entered import line
from imr_tui.model.tuples import with_item
from imr_tui.text.sanitize import clean

if TYPE_CHECKING:
    from imr_tui.model.case import Case
    from imr_tui.model.evidence import Citation, Weighing
    from imr_tui.model.limits import Departure

Side = Literal["administrator_citations", "citations"]
"""The claims administrator's citations of an item, or the reviewer's."""


# ── Citations ────────────────────────────────────────────────────────────────────────────


def add_citation(case: Case, index: int, side: Side, citation: Citation) -> Case:
    """Append a citation to one side's list."""
    return _with_citations(case, index, side, tuples.added(citations(case, index, side), citation))


def copy_citations(case: Case, index: int, side: Side, copied: Sequence[Citation]) -> Case:
    """Append copies of citations, skipping those that are already listed."""
    listed = citations(case, index, side)
    for citation in copied:
        listed = listed if citation in listed else tuples.added(listed, citation)
    return _with_citations(case, index, side, listed)


def set_citation(case: Case, index: int, side: Side, at: int, citation: Citation) -> Case:
    """Replace the citation at `at`."""
    listed = tuples.replaced(citations(case, index, side), at, citation)
    return _with_citations(case, index, side, listed)


def remove_citation(case: Case, index: int, side: Side, at: int) -> Case:
    """Remove the citation at `at`."""
    return _with_citations(case, index, side, tuples.without(citations(case, index, side), at))


def move_citation(case: Case, index: int, side: Side, at: int, to: int) -> Case:
    """Move a citation to another position in its list."""
    return _with_citations(case, index, side, tuples.moved(citations(case, index, side), at, to))


def citations(case: Case, index: int, side: Side) -> tuple[Citation, ...]:
    """One side's citations of an item; empty if the item does not exist."""
    if not tuples.has(case.items, index):
        return ()
    listed: tuple[Citation, ...] = getattr(case.items[index], side)
    return listed


def _with_citations(case: Case, index: int, side: Side, listed: tuple[Citation, ...]) -> Case:
    if not tuples.has(case.items, index) or listed == citations(case, index, side):
        return case
    changed = with_item(case, index, **{side: listed})
    # A reason for citing nothing is obsolete once the reviewer cites something.
    cites = side == "citations" and changed.items[index].cites
    return with_item(changed, index, uncited="") if cites else changed


def set_uncited(case: Case, index: int, reason: str) -> Case:
    """Record the reason for citing no guideline for an item; a blank reason removes the choice."""
    if not tuples.has(case.items, index) or case.items[index].cites:
        return case
    return with_item(case, index, uncited=line(reason))


# ── Evidence ─────────────────────────────────────────────────────────────────────────────


def depart(case: Case, index: int, departure: Departure) -> Case:
    """Record why an item cites a source below the MTUS, or that the question was left open."""
    return with_item(case, index, departure=departure)


def depart_in_words(
    case: Case, index: int, departure: Departure, sentence: str, *, first: bool
) -> Case:
    """`depart`, and insert `sentence` at the start or end of the rationale."""
    if not tuples.has(case.items, index):
        return case
    rationale = case.items[index].rationale.strip("\n ")
    said = clean(sentence).strip()
    text = " ".join(part for part in ((said, rationale) if first else (rationale, said)) if part)
    return depart(edits.set_rationale(case, index, text), index, departure)


def set_weighing(case: Case, index: int, weighing: Weighing) -> Case:
    """Set how conflicting evidence was weighed; a blank weighing is stored as None."""
    cleaned = weighing.but(
        question=line(weighing.question),
        administrator_study=line(weighing.administrator_study),
        reviewer_study=line(weighing.reviewer_study),
        applicability=line(weighing.applicability),
    )
    return with_item(case, index, weighing=None if cleaned.is_blank() else cleaned)


def append_paragraph(case: Case, index: int, paragraph: str) -> Case:
    """Append a paragraph to a rationale, unless the rationale already contains it."""
    if not tuples.has(case.items, index):
        return case
    rationale, added = case.items[index].rationale, clean(paragraph).strip()
    if not added or added in rationale:
        return case
    return edits.set_rationale(case, index, f"{rationale.rstrip()}\n\n{added}".lstrip("\n"))
