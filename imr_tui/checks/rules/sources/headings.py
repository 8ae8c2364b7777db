"""Finds headings of guidelines that do not fit the item they are cited for, for IMR411."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, NamedTuple

from imr_tui.checks.rules.request.requests import depends_on_operation
from imr_tui.domain.citation_text import words
from imr_tui.reading.guidelines.chapters import issuer_of
from imr_tui.reading.guidelines.headings import is_about_another, is_of_operation
from imr_tui.text.layout import one_line

if TYPE_CHECKING:
    from imr_tui.checks.case_reading import CaseReading, ItemReading
    from imr_tui.model.evidence import Citation


class Heading(NamedTuple):
    """A heading that a citation names."""

    words: str
    """Its words; blank if the citation names none."""
    at: int
    """The 0-based citation of the item."""


def other_headings(item: ItemReading, reading: CaseReading) -> list[Heading]:
    """The headings that are about another treatment than the item's; empty if any fits."""
    request = f"{item.request.text} {item.original.text}"
    cited = list(_headings(item.item.citations))
    if not cited or not all(each.words for each in cited):
        return []
    if not all(is_about_another(each.words, request) for each in cited):
        return []
    operations = [each for each in cited if is_of_operation(each.words)]
    if operations and _is_around_operation(item, reading):
        return []
    return cited


def _headings(citations: tuple[Citation, ...]) -> Iterator[Heading]:
    for at, citation in enumerate(citations):
        if not citation.is_blank():
            for heading in _of(citation) or ("",):
                yield Heading(one_line(heading), at)


def _of(citation: Citation) -> tuple[str, ...]:
    if citation.is_mtus:
        return citation.sections
    if not issuer_of(f"{citation.organization} {words(citation)}"):
        return ()
    inside = " ".join((citation.section, *citation.sections)).strip()
    return (inside or citation.text,)


def _is_around_operation(item: ItemReading, reading: CaseReading) -> bool:
    """Whether the item goes with an operation, or another item is one."""
    others = (each for each in reading.items if each is not item)
    return depends_on_operation(item.item) or any(
        is_of_operation(each.request.text) for each in others
    )
