"""The catalogue as a whole: the shipped guidelines, and those that a site adds."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cache, cached_property
from typing import Any, get_args

from imr_tui.catalogue.guidelines import Guideline, Kind, Topic
from imr_tui.catalogue.tables import table


@dataclass(frozen=True, eq=False)
class Catalogue:
    """Guidelines in a fixed order, each under an id of its own; compared by identity."""

    guidelines: tuple[Guideline, ...]
    """Every version of every guideline."""
    as_of: date
    """The last day the shipped rows know of; later orders may have changed what is in force."""

    def by_id(self, guideline_id: str) -> Guideline | None:
        """The guideline a case file calls `guideline_id`."""
        return self._by_id.get(guideline_id)

    def printed_as(self, title: str, year: int) -> str:
        """The id of the one guideline that letters print with this title and year, or blank."""
        return self._by_print.get((title.casefold(), year), "")

    def extended(self, rows: Sequence[Guideline]) -> Catalogue:
        """This catalogue with a site's rows; one with a known id takes that one's place."""
        own = {row.id: row for row in rows}
        kept = (own.pop(each.id, each) for each in self.guidelines)
        return replace(self, guidelines=(*kept, *own.values()))

    @cached_property
    def _by_id(self) -> dict[str, Guideline]:
        return {guideline.id: guideline for guideline in self.guidelines}

    @cached_property
    def _by_print(self) -> dict[tuple[str, int], str]:
        found: dict[tuple[str, int], str] = {}
        for guideline in self.guidelines:
            for name in set(_names(guideline)):
                key = (name, guideline.year or 0)
                found[key] = "" if key in found else guideline.id
        return found


def _names(guideline: Guideline) -> Iterator[str]:
    """What letters print before its year; some aliases end in the year."""
    if guideline.year is not None:
        for name in (guideline.printed, *guideline.aliases):
            yield name.casefold().removesuffix(f" {guideline.year}")


@cache
def shipped() -> Catalogue:
    """The catalogue of the package."""
    data = table("guidelines")
    topics = _topics()
    rows = (
        _guideline(kind, row, topics.get(row["id"], ()), data["as_of"])
        for kind in get_args(Kind)
        for row in data.get(kind, ())
    )
    return Catalogue(tuple(rows), data["as_of"])


def _topics() -> dict[str, tuple[Topic, ...]]:
    """The topics of each guideline, in the order of the file."""
    topics: dict[str, tuple[Topic, ...]] = {}
    for row in table("topics")["topic"]:
        topic = Topic(
            title=row["title"], pages=row.get("pages", ""), aliases=tuple(row.get("aliases", ()))
        )
        for guideline_id in row["of"]:
            topics[guideline_id] = (*topics.get(guideline_id, ()), topic)
    return topics


def _guideline(
    kind: Kind, row: dict[str, Any], topics: tuple[Topic, ...], as_of: date
) -> Guideline:
    lists = {"aliases": tuple(row.get("aliases", ())), "topics": topics}
    return Guideline(kind=kind, as_of=as_of, **(row | lists))
