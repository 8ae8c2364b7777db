"""The context of a check: the case, its printed texts, the day, the site and the reviewer."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING

from imr_tui.catalogue.catalogue import Catalogue, shipped
from imr_tui.domain.citation_text import words
from imr_tui.domain.workflow import Place
from imr_tui.model.evidence import Citation

if TYPE_CHECKING:
    from imr_tui.model.case import Case, Item, Particulars


@dataclass(frozen=True)
class CheckContext:
    """A case with the day, the guidelines and the reviewer that it is written with."""

    case: Case
    """The case as it is now."""
    today: date | None = None
    """The day on which it is looked at; None where the day should not count."""
    load_catalogue: Callable[[], Catalogue] | None = None
    """Loads the guidelines that the site knows; None for those of the package."""
    reviewer: str = ""
    """The reviewer's own name, which no letter may hold; blank where it is not known."""
    login: str = ""
    """The name of the reviewer's account, where it tells who that is; or blank."""

    @property
    def items(self) -> tuple[Item, ...]:
        """The disputed items."""
        return self.case.items

    @property
    def particulars(self) -> Particulars:
        """The number, the priority and the dates."""
        return self.case.particulars

    @property
    def summary(self) -> str:
        """The clinical case summary."""
        return self.case.summary.text

    @cached_property
    def guidelines(self) -> Catalogue:
        """The guidelines that can be cited."""
        return self.load_catalogue() if self.load_catalogue else shipped()

    @cached_property
    def printed(self) -> tuple[tuple[Place, str], ...]:
        """Every text that the letter prints with its place, in the letter's order."""
        return tuple(printed(self.case))


_ROW = re.compile(r"(\w+)\[(\d+)\]")


def printed(case: Case) -> Iterator[tuple[Place, str]]:
    """Every text that the letter prints, in the letter's order."""
    for place in (Place("reviewer.licenses"), Place("reviewer.specialties")):
        yield place, text_at(case, place)
    yield Place("summary.text"), case.summary.text
    for index, item in enumerate(case.items):
        yield from _printed_of_item(index, item)


def _printed_of_item(index: int, item: Item) -> Iterator[tuple[Place, str]]:
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
    """The text of a field, as rules count its characters; blank where there is no such field.

    A list is the lines of its entries, a citation its printed words, a date its ISO form.
    """
    if place.item is None:
        part, _, field = place.field.partition(".")
        owner = getattr(case, "particulars" if part == "case" else part, None)
        return _spelled(getattr(owner, field, None) if field else owner)
    if place.item >= len(case.items):
        return ""
    item = case.items[place.item]
    if (row := _ROW.fullmatch(place.field)) is None:
        return _spelled(getattr(item, place.field, None))
    listed = getattr(item, row[1], ())
    at = int(row[2])
    return words(listed[at]) if at < len(listed) else ""


def _spelled(value: object) -> str:
    if isinstance(value, tuple):
        return "\n".join(map(_spelled, value))
    if isinstance(value, Citation):
        return words(value)
    if isinstance(value, date):
        return value.isoformat()
    return "" if value is None else str(value)
