"""The facts that a case states in its summary, its requests, its documents and its dates."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from functools import cached_property
from itertools import product
from typing import TYPE_CHECKING

from imr_tui.reading.amounts.amounts import amounts, any_equal
from imr_tui.reading.body import anatomy
from imr_tui.reading.body.anatomy import Level
from imr_tui.reading.facts.date_facts import DateParts
from imr_tui.reading.facts.facts import facts
from imr_tui.reading.facts.numbers import Number
from imr_tui.reading.facts.side_facts import SideFact
from imr_tui.reading.people.demographics import stated_sexes
from imr_tui.reading.people.pronouns import pronouns

if TYPE_CHECKING:
    from imr_tui.model.case import Case, Item
    from imr_tui.reading.amounts.quantities import Quantity
    from imr_tui.reading.body.sides import Side
    from imr_tui.reading.facts.facts import Value

_PARTICULARS = (
    *("date_of_injury", "date_assigned", "ur_decision_date", "application_received"),
    *("records_received", "decision_date"),
)


class CaseFacts:
    """The facts of a case; its rationales are not read, because they may contain copied text."""

    def __init__(self, case: Case) -> None:
        self._case = case
        self._values = [each.value for text in self._texts for each in facts(text)]

    @cached_property
    def _texts(self) -> tuple[str, ...]:
        items = (text for each in self._case.items for text in _requests(each))
        records = (text for each in self._case.records for text in (each.title, each.source))
        return tuple(text for text in (self._case.summary.text, *items, *records) if text)

    def states(self, value: Value) -> bool:
        """Whether the case states this fact."""
        if isinstance(value, DateParts):
            return value.given in self._dates
        if isinstance(value, Number):
            return self._counts(value)
        if isinstance(value, Level):
            return self._names_level(value)
        return self._names_side(value)

    @cached_property
    def _dates(self) -> frozenset[tuple[int | None, ...]]:
        """The dates, and all that is true if parts of them are left out."""
        stated: set[tuple[int | None, ...]] = {
            (each.year, each.month, each.day) for each in _days(self._case)
        }
        stated |= {each.given for each in self._values if isinstance(each, DateParts)}
        choices = (product(*((part, None) for part in each)) for each in stated)
        return frozenset(each for parts in choices for each in parts if any(each))

    @cached_property
    def _numbers(self) -> list[Number]:
        return [each for each in self._values if isinstance(each, Number)]

    @cached_property
    def _counted(self) -> frozenset[tuple[tuple[float, ...], str]]:
        """The numbers with their units, and a second time with a blank unit."""
        counted = [each for each in self._numbers if each.kind != "age"]
        return frozenset((each.parts, unit) for each in counted for unit in (each.unit, ""))

    @cached_property
    def _unitless(self) -> frozenset[tuple[float, ...]]:
        return frozenset(each.parts for each in self._numbers if each.unit in ("", "count"))

    @cached_property
    def _ages(self) -> frozenset[float]:
        return frozenset(
            part for each in self._numbers if each.kind == "age" for part in each.parts
        )

    @cached_property
    def _amounts(self) -> dict[float, set[Quantity]]:
        """The amounts by their number."""
        found: dict[float, set[Quantity]] = {}
        for each in (amount for text in self._texts for amount in amounts(text)):
            found.setdefault(each.value, set()).add(each._replace(span=(0, 0)))
        return found

    def _counts(self, number: Number) -> bool:
        if number.kind == "age":
            first, last = min(number.parts), max(number.parts)
            return any(first <= each <= last for each in self._ages)
        if (number.parts, number.unit) in self._counted:
            return True
        amount = number.amount
        # The numbers of a course are more than their product.
        if amount is None or number.parts != (amount.value,):
            return False
        return number.parts in self._unitless or any_equal(
            (amount,), self._amounts.get(amount.value, ())
        )

    @cached_property
    def _levels(self) -> tuple[frozenset[str], frozenset[tuple[str, str]]]:
        """The vertebrae, and the discs of levels that have two or more of them."""
        named = [each for each in self._values if isinstance(each, Level)]
        discs = (each.segments for each in named if len(each.vertebrae) > 1)
        return frozenset().union(*(each.vertebrae for each in named)), frozenset().union(*discs)

    def _names_level(self, level: Level) -> bool:
        vertebrae, discs = self._levels
        if len(level.vertebrae) == 1:
            return level.vertebrae <= vertebrae
        return level.segments <= discs

    @cached_property
    def _sides(self) -> frozenset[tuple[Side, frozenset[str]]]:
        return frozenset(
            (each.side, each.names) for each in self._values if isinstance(each, SideFact)
        )

    def _names_side(self, fact: SideFact) -> bool:
        """Whether the case names the side, of that region if the fact has one."""
        stated = {
            side
            for side, names in self._sides
            if not fact.names or anatomy.any_related(fact.names, names)
        }
        return fact.side in stated or (fact.side == "both" and {"left", "right"} <= stated)

    @cached_property
    def regions(self) -> frozenset[str]:
        """The body regions of the case."""
        return frozenset(each.name for text in self._texts for each in anatomy.regions(text))

    @cached_property
    def sexes(self) -> frozenset[str]:
        """The sexes that the summary gives the patient; more than one if it contradicts itself."""
        summary = self._case.summary.text
        stated = frozenset(each.sex for each in stated_sexes(summary))
        return stated or frozenset(each.sex for each in pronouns(summary))


def _requests(item: Item) -> Iterator[str]:
    return (getattr(item, name) for name in ("request", "original", "authorized"))


def _days(case: Case) -> Iterator[date]:
    days: Iterable[date | None] = (
        *(getattr(case.particulars, name) for name in _PARTICULARS),
        *(day for record in case.records for day in (record.from_, record.to)),
        *(item.date_of_service for item in case.items),
    )
    return (day for day in days if day is not None)
