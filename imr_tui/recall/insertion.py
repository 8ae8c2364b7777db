"""Inserts an earlier rationale, or sentences of it, into the rationale of an item."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from imr_tui.model import edits, evidence_edits
from imr_tui.recall.copied_facts import BlankedText, blank_foreign_facts
from imr_tui.recall.copied_sentences import copied

if TYPE_CHECKING:
    from datetime import datetime

    from imr_tui.model.case import Case, Copied
    from imr_tui.model.edits import Change
    from imr_tui.model.evidence import Citation
    from imr_tui.recall.rationale import Rationale

Span = tuple[int, int]


@dataclass(frozen=True)
class Recalled:
    """What the reviewer chose of an earlier rationale."""

    source: Rationale
    """The rationale."""
    sentences: tuple[int, ...] = ()
    """The chosen sentences, counted from 0; empty for the whole text."""
    with_citations: bool = False
    """Whether its citations are copied, too."""

    @property
    def text(self) -> str:
        """The words that were chosen."""
        if not self.sentences:
            return self.source.text.strip()
        return " ".join(self.source.sentences[at].strip() for at in sorted(self.sentences))

    @property
    def citations(self) -> tuple[Citation, ...]:
        """The citations to copy; not those kept verbatim, whose words fit one item only."""
        if not self.with_citations:
            return ()
        return tuple(
            each for each in self.source.citations if not (each.is_blank() or each.verbatim)
        )


@dataclass(frozen=True)
class Insertion:
    """A chosen text as it is inserted into an item."""

    index: int
    """The 0-based item."""
    prepared: BlankedText
    """The text, and what to look at in it."""
    at: Span
    """The characters of the rationale that it replaces."""
    before: str
    """What separates it from the text in front of it."""
    citations: tuple[Citation, ...]
    """The citations that are added."""
    copied: Copied
    """The record of its source."""

    @property
    def start(self) -> int:
        """Where the text begins in the rationale, once it is inserted."""
        return self.at[0] + len(self.before)

    @property
    def change(self) -> Change:
        """The edit that makes it, in one step."""
        return partial(_inserted, made=self)


def insertion(
    case: Case, index: int, recalled: Recalled, at: Span | None, now: datetime
) -> Insertion:
    """How to insert what was chosen in place of the characters `at` of a rationale.

    At its end, as a paragraph, if `at` is None.
    """
    # Only its number is recorded.
    from imr_tui.model.case import Case

    source, text = recalled.source, case.items[index].rationale
    end = len(text.rstrip())
    before = "\n\n" if at is None and end else ""
    return Insertion(
        index,
        blank_foreign_facts(recalled.text, case),
        (end, len(text)) if at is None else at,
        before,
        recalled.citations,
        copied(Case.blank(source.number), source.item, recalled.text, now),
    )


def _inserted(case: Case, made: Insertion) -> Case:
    if made.index >= len(case.items):
        return case
    text = case.items[made.index].rationale
    start, end = made.at
    case = edits.set_rationale(
        case, made.index, f"{text[:start]}{made.before}{made.prepared.text}{text[end:]}"
    )
    case = edits.add_copied(case, made.index, made.copied)
    return evidence_edits.copy_citations(case, made.index, "citations", made.citations)
