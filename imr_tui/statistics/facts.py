"""What the statistics count of a case, in plain values without any text of the parties."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, NamedTuple

from imr_tui.catalogue.categories import DRUGS, category_of, drug_classes
from imr_tui.domain.deadlines import due
from imr_tui.text.layout import one_line

if TYPE_CHECKING:
    from collections.abc import Iterable

    from imr_tui.model.case import Case, Item
    from imr_tui.model.evidence import Citation

UNKNOWN = "unknown"
"""The account of a case that the audit log does not name, and the month of one without a date."""
_SOURCE_LENGTH = 60
"""Characters of a source that has no title."""


class ItemFacts(NamedTuple):
    """What is counted of an item."""

    request: str
    """The request, on one line."""
    category: str
    """The id of its category of service."""
    drugs: tuple[str, ...]
    """The classes of the drugs it requests; none if it requests no drug."""
    outcome: str
    """`upheld` or `overturned`; blank if it has no decision."""
    sources: tuple[str, ...]
    """The sources that the reviewer cites for it, each once."""


class Warned(NamedTuple):
    """A warning of a rule about a case."""

    rule: str
    """The rule's id and name."""
    item: int | None
    """The item that it is about, counted from 0; None if it is about the case."""


class CaseFacts(NamedTuple):
    """What is counted of a case whose determination was written."""

    number: str
    """The case number."""
    priority: str
    """The kind of review, which decides the time limit."""
    assigned: date | None
    """The day on which the organization was assigned the case."""
    complete: date | None
    """The day on which application and records were complete."""
    due: date | None
    """The last day in time."""
    written: date | None
    """The day on which the determination was signed, or else its letter was written."""
    account: str
    """The login that signed or wrote it; never a reviewer's name."""
    items: tuple[ItemFacts, ...]
    """Its items."""
    warned: tuple[Warned, ...]
    """The warnings about it, each once; blank unless they are counted."""

    @property
    def month(self) -> str:
        """The month in which it was written, such as 2026-11."""
        return f"{self.written:%Y-%m}" if self.written else UNKNOWN


def facts_of(
    case: Case, written: date | None, account: str = UNKNOWN, warned: Iterable[Warned] = ()
) -> CaseFacts:
    """What the statistics count of a case that was written on a day by an account."""
    dates, limit = case.particulars, due(case.particulars)
    received = [day for day in (dates.application_received, dates.records_received) if day]
    return CaseFacts(
        number=case.number,
        priority=dates.priority,
        assigned=dates.date_assigned,
        complete=max(received, default=None),
        due=limit.day if limit else None,
        written=written,
        account=account,
        items=tuple(map(_item, case.items)),
        warned=tuple(dict.fromkeys(warned)),
    )


def _item(item: Item) -> ItemFacts:
    request = one_line(item.request) or one_line(item.original)
    category = category_of(request)
    cited = (source_of(each) for each in item.citations if not each.is_blank())
    return ItemFacts(
        request,
        category,
        drug_classes(request) if category == DRUGS else (),
        item.decision or "",
        tuple(dict.fromkeys(filter(None, cited))),
    )


def source_of(citation: Citation) -> str:
    """A source without its chapter and pages: `MTUS Low Back Complaints 2004`."""
    title = one_line(citation.title) or one_line(citation.organization)
    if not title:
        return one_line(citation.text)[:_SOURCE_LENGTH].rstrip()
    named = title if not citation.is_mtus else f"MTUS {title}"
    return f"{named} {citation.year}" if citation.year else named
