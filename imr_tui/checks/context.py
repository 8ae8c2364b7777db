"""The data that rules check: the case, its printed texts, the date, the site and the reviewer."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field as dataclass_field
from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING

from imr_tui.catalogue.catalogue import Catalogue, shipped
from imr_tui.domain.citation_text import words
from imr_tui.domain.workflow import Place
from imr_tui.model.evidence import Citation

if TYPE_CHECKING:
    from imr_tui.checks.case_reading import CaseReading
    from imr_tui.model.case import Case, Item, Particulars
    from imr_tui.spelling.protocol import Suggestions


@dataclass(frozen=True)
class CheckContext:
    """A case with the date, guidelines and reviewer to check it against."""

    case: Case
    """The current state of the case."""
    today: date | None = None
    """The date of the check; None if the rules should ignore the date."""
    load_catalogue: Callable[[], Catalogue] | None = None
    """Loads the site's guidelines; None for the shipped ones."""
    reviewer: str = ""
    """The reviewer's name, which no letter may contain; blank if unknown."""
    login: str = ""
    """The reviewer's login name, if it reveals the person; otherwise blank."""
    is_written: bool = False
    """Whether the letter of the case was written, so that it is no longer due."""
    misspelled: Mapping[str, Suggestions] = dataclass_field(default_factory=dict)
    """The words that the dictionary does not have, with suggestions; those known so far."""

    @property
    def items(self) -> tuple[Item, ...]:
        """The disputed items."""
        return self.case.items

    @property
    def particulars(self) -> Particulars:
        """Number, priority and dates of the case."""
        return self.case.particulars

    @property
    def summary(self) -> str:
        """The clinical case summary."""
        return self.case.summary.text

    @cached_property
    def guidelines(self) -> Catalogue:
        """The catalogue of guidelines."""
        return self.load_catalogue() if self.load_catalogue else shipped()

    @cached_property
    def reading(self) -> CaseReading:
        """The summary and the items, with everything that they mention."""
        # The first screens need a context, and none of the readers.
        from imr_tui.checks.case_reading import CaseReading

        return CaseReading(self.case)

    @cached_property
    def printed(self) -> tuple[tuple[Place, str], ...]:
        """All texts that the letter prints, with their fields, in letter order."""
        return tuple(printed(self.case))


_INDEXED = re.compile(r"(\w+)\[(\d+)\]")


def printed(case: Case) -> Iterator[tuple[Place, str]]:
    """Yield all texts that the letter prints, with their fields, in letter order."""
    for place in (Place("reviewer.licenses"), Place("reviewer.specialties")):
        yield place, text_at(case, place)
    yield Place("summary.text"), case.summary.text
    for index, item in enumerate(case.items):
        yield from _printed_in_item(index, item)


def _printed_in_item(index: int, item: Item) -> Iterator[tuple[Place, str]]:
    yield Place("request", index), item.request
    if item.is_modified:
        yield Place("original", index), item.original
        yield Place("authorized", index), item.authorized
    for field, listed in (
        ("administrator_citations", item.administrator_citations),
        ("citations", item.citations),
    ):
        for at, citation in enumerate(listed):
            if not citation.is_blank():
                yield Place(f"{field}[{at}]", index), words(citation)
    yield Place("rationale", index), item.rationale


def text_at(case: Case, place: Place) -> str:
    """The text of a field, to which the offsets of spans refer; blank if it does not exist.

    A list yields one line per entry, a citation its printed words, a date its ISO form.
    """
    if place.item is None:
        part, _, field = place.field.partition(".")
        owner = getattr(case, "particulars" if part == "case" else part, None)
        return _field_text(getattr(owner, field, None) if field else owner)
    if place.item >= len(case.items):
        return ""
    item = case.items[place.item]
    if (row := _INDEXED.fullmatch(place.field)) is None:
        return _field_text(getattr(item, place.field, None))
    listed = getattr(item, row[1], ())
    at = int(row[2])
    return words(listed[at]) if at < len(listed) else ""


def _field_text(value: object) -> str:
    if isinstance(value, tuple):
        return "\n".join(map(_field_text, value))
    if isinstance(value, Citation):
        return words(value)
    if isinstance(value, date):
        return value.isoformat()
    return "" if value is None else str(value)
