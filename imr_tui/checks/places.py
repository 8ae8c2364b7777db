"""The texts of a case by their places: those that its letter prints, and any one of them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from typing import TYPE_CHECKING

from imr_tui.citation import words
from imr_tui.evidence import Citation
from imr_tui.stages import Place

if TYPE_CHECKING:
    from imr_tui.case import Case, Item

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
