"""Finds the facts of one patient: dates, ages, amounts, strengths, levels of the spine, sides."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from typing import Literal, NamedTuple, TypeAlias

from imr_tui.reading.body.anatomy import Level, levels
from imr_tui.reading.facts.date_facts import DateParts, date_facts
from imr_tui.reading.facts.guideline_facts import (
    cited_spans,
    guideline_spans,
    is_day_of_issue,
)
from imr_tui.reading.facts.numbers import Number, numbers
from imr_tui.reading.facts.side_facts import SideFact, side_facts
from imr_tui.reading.facts.spans import is_within, without_overlaps
from imr_tui.reading.language.patterns import CACHE_SIZE

Kind = Literal["date", "age", "amount", "strength", "level", "side"]
Value: TypeAlias = DateParts | Number | Level | SideFact


class Fact(NamedTuple):
    """A fact that is true of one patient only, or a number of a guideline."""

    kind: Kind
    """The kind."""
    value: Value
    """What it says; its offsets are those of the words to replace."""
    is_guidelines: bool
    """Whether a guideline says it, so that it may be true of other patients."""

    @property
    def span(self) -> tuple[int, int]:
        """Offsets of the number or the word, without its unit or region."""
        return self.value.span


@lru_cache(maxsize=CACHE_SIZE)
def facts(text: str) -> tuple[Fact, ...]:
    """The facts in `text`, in order; none overlap.

    Pages, sections, chapters, years of publication and the numbers of lists are no facts. Amounts
    in a sentence that only reports a guideline, and days of issue, are the guideline's.
    """
    cited = cited_spans(text)
    general = guideline_spans(text)
    return tuple(
        without_overlaps(
            text,
            (
                Fact(kind, value, is_within(value.span, general) or _is_issue(text, kind, value))
                for kind, value in _values(text)
                if not is_within(value.span, cited)
            ),
        )
    )


def _is_issue(text: str, kind: Kind, value: Value) -> bool:
    return kind == "date" and is_day_of_issue(text, value.span[0])


def _values(text: str) -> Iterator[tuple[Kind, Value]]:
    """All values; of those that overlap, the first one counts."""
    counted = numbers(text)
    # "2000 mg" is no year.
    measured = {each.span for each in counted if each.unit}
    for day in date_facts(text):
        if day.span not in measured:
            yield "date", day
    yield from (("level", each) for each in levels(text))
    yield from (("side", each) for each in side_facts(text))
    yield from ((each.kind, each) for each in counted)
