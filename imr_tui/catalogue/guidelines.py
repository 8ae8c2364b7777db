"""The guidelines a determination may cite, with the dates each version was in force."""

from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any, Literal, get_args

from imr_tui.catalogue.tables import table

Kind = Literal["mtus", "acoem", "odg", "other"]


@dataclass(frozen=True)
class Topic:
    """One treatment or condition that a guideline covers."""

    title: str
    """The topic's heading in the guideline."""

    pages: str
    """Where in the guideline it stands."""


@dataclass(frozen=True, kw_only=True)
class Guideline:
    """One version of a guideline, or one chapter of a guideline cited by chapter."""

    id: str
    """What a case file calls it."""

    kind: Kind
    """Whose guideline it is: of the MTUS, of ACOEM, of ODG, or another's."""

    title: str
    """The full title."""

    printed: str
    """The title as letters print it."""

    year: int | None = None
    """The year letters print after the title; None where the version has none."""

    section: str
    """The section of title 8 of the regulations, or the chapter."""

    pages: str = ""
    """The pages it has, as in "1-127"; blank where not known."""

    effective_from: date | None = None
    """The first day in force; None where not known."""

    effective_to: date | None = None
    """The last day in force; None while in force, and where not known."""

    end_known: bool = True
    """False where its force ended, or may have ended, on a day that is not known."""

    aliases: tuple[str, ...] = ()
    """Other names, abbreviations and body regions a reviewer may type for it."""

    source: str
    """Who wrote it, and which edition the version is."""

    verified: bool
    """Whether a public page confirms this row; if not, it must never produce a finding."""

    topics: tuple[Topic, ...] = ()
    """What it covers, where the pages are known."""

    def in_force(self, on: date) -> bool | None:
        """Whether it was in force on a day; None where the catalogue cannot say."""
        if self.effective_from is None:
            return None
        if on < self.effective_from:
            return False
        if self.effective_to is not None and on > self.effective_to:
            return False
        return True if self._known_still(on) else None

    def _known_still(self, on: date) -> bool:
        """Whether the catalogue knows that its force, once begun, had not ended by a day."""
        return self.end_known and (self.effective_to is not None or on <= as_of())


@cache
def guidelines() -> tuple[Guideline, ...]:
    """Every guideline, in the order of the data file."""
    rows = _data()
    return tuple(_guideline(kind, row) for kind in get_args(Kind) for row in rows.get(kind, ()))


def as_of() -> date:
    """The last day the catalogue knows of; later orders may have changed what is in force."""
    day: date = _data()["as_of"]
    return day


def by_id(guideline_id: str) -> Guideline | None:
    """The guideline a case file calls `guideline_id`."""
    return _by_id().get(guideline_id)


def printed_as(title: str, year: int) -> str:
    """The id of the one guideline that letters print with this title and year, or blank."""
    return _by_print().get((title.casefold(), year), "")


@cache
def _by_print() -> dict[tuple[str, int], str]:
    found: dict[tuple[str, int], str] = {}
    for guideline in guidelines():
        names = (guideline.printed, *guideline.aliases)
        for name in {_bare(name, guideline.year) for name in names} if guideline.year else ():
            key = (name, guideline.year or 0)
            found[key] = "" if key in found else guideline.id
    return found


def _bare(name: str, year: int | None) -> str:
    """A name without the year that some aliases end in."""
    return name.casefold().removesuffix(f" {year}")


@cache
def _by_id() -> dict[str, Guideline]:
    return {guideline.id: guideline for guideline in guidelines()}


@cache
def _data() -> dict[str, Any]:
    return table("guidelines")


def _guideline(kind: Kind, row: dict[str, Any]) -> Guideline:
    lists = {
        "aliases": tuple(row.get("aliases", ())),
        "topics": tuple(Topic(**topic) for topic in row.get("topics", ())),
    }
    return Guideline(kind=kind, **(row | lists))
