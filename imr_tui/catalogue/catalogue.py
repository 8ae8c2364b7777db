"""The catalogue of guidelines: those shipped, and those added by the site."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cache, cached_property, lru_cache
from typing import Any, get_args

from imr_tui.catalogue.guidelines import Guideline, Kind, Topic
from imr_tui.catalogue.inverted_index import split
from imr_tui.catalogue.tables import table


@dataclass(frozen=True, eq=False)
class Catalogue:
    """Guidelines in a fixed order, each with a unique id; instances compare by identity."""

    guidelines: tuple[Guideline, ...]
    """All versions of all guidelines."""
    as_of: date
    """The last day that the shipped rows cover; later orders may have changed what is in force."""

    def by_id(self, guideline_id: str) -> Guideline | None:
        """The guideline with this id, if any."""
        return self._by_id.get(guideline_id)

    def printed_as(self, title: str, year: int) -> str:
        """The id of the only guideline printed with this title and year, or blank."""
        return self._by_print.get((title.casefold(), year), "")

    def years_of(self, title: str) -> tuple[int, ...]:
        """The years of all versions of an MTUS guideline with this title, oldest first."""
        return self._years_by_title.get(_title_words(title), ())

    def extended(self, rows: Sequence[Guideline]) -> Catalogue:
        """This catalogue plus a site's rows; a row with a known id replaces the shipped one."""
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

    @cached_property
    def _years_by_title(self) -> dict[tuple[str, ...], tuple[int, ...]]:
        found: dict[tuple[str, ...], set[int]] = {}
        for guideline in self.guidelines:
            if guideline.is_mtus and guideline.year is not None:
                for title, year in _dated_titles(guideline):
                    found.setdefault(title, set()).add(year)
        return {title: tuple(sorted(years)) for title, years in found.items()}


_GENERIC = frozenset(
    (
        *("the", "a", "and", "of", "mtus", "ca", "california", "acoem", "chapter"),
        *("guideline", "guidelines", "medical", "treatment", "revised"),
    )
)
"""Words that titles of the same guideline may have or lack."""


@lru_cache(maxsize=256)
def _title_words(title: str) -> tuple[str, ...]:
    """The words that tell a title from others, without a plural in `opioids`."""
    found = tuple(word.replace("opioids", "opioid") for word in split(title))
    return tuple(word for word in found if word not in _GENERIC)


def _dated_titles(guideline: Guideline) -> Iterator[tuple[tuple[str, ...], int]]:
    """The words of each title and alias, and the year that letters print after it."""
    for title in (*guideline.titles, *guideline.aliases):
        found = _title_words(title)
        if len(found) > 1 and found[-1].isdigit() and len(found[-1]) == 4:
            yield found[:-1], int(found[-1])
        elif found:
            yield found, guideline.year or 0


def _names(guideline: Guideline) -> Iterator[str]:
    """The names that letters print before the year; some aliases end in the year."""
    if guideline.year is not None:
        for name in (guideline.printed, *guideline.aliases):
            yield name.casefold().removesuffix(f" {guideline.year}")


@cache
def shipped() -> Catalogue:
    """The catalogue that is part of the package."""
    data = table("guidelines")
    topics = _topics()
    rows = (
        _guideline(kind, row, topics.get(row["id"], ()), data["as_of"])
        for kind in get_args(Kind)
        for row in data.get(kind, ())
    )
    return Catalogue(tuple(rows), data["as_of"])


def _topics() -> dict[str, tuple[Topic, ...]]:
    """Topics by guideline id, in file order."""
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
