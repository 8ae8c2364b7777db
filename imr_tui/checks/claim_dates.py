"""The dates of injury and of utilization review that a case states, in its header or its texts."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import TYPE_CHECKING, NamedTuple

from imr_tui.domain.workflow import Place
from imr_tui.reading.dates.injury_dates import injury_dates
from imr_tui.reading.dates.injury_periods import injury_periods
from imr_tui.reading.dates.review_dates import review_dates

if TYPE_CHECKING:
    from imr_tui.checks.context import CheckContext
    from imr_tui.checks.rule import Span


class Stated(NamedTuple):
    """A date that the case states, and where."""

    day: date
    """The date."""
    place: Place
    """The field."""
    span: Span | None = None
    """The words in the field; None in the header."""

    @property
    def is_header(self) -> bool:
        """Whether the header states it."""
        return self.span is None


def injuries(context: CheckContext) -> Iterator[Stated]:
    """The dates of injury: that of the header, then those of the texts in letter order."""
    if day := context.particulars.date_of_injury:
        yield Stated(day, Place("case.date_of_injury"))
    for place, text in context.printed:
        yield from (Stated(each.day, place, each.span) for each in injury_dates(text))


def reviews(context: CheckContext) -> Iterator[Stated]:
    """The dates of utilization review: that of the header, then those of the texts."""
    if day := context.particulars.ur_decision_date:
        yield Stated(day, Place("case.ur_decision_date"))
    for place, text in context.printed:
        yield from (Stated(each.day, place, each.span) for each in review_dates(text))


def start_of_claim(context: CheckContext) -> Stated | None:
    """The earliest date of injury that the case states, or the start of an earlier period."""
    stated = [*injuries(context)]
    for place, text in context.printed:
        stated += (Stated(each.first, place, each.span) for each in injury_periods(text))
    return min(stated, key=lambda each: each.day, default=None)
