"""A version of a guideline that determinations may cite, and the dates it was in force."""

import re
from dataclasses import dataclass
from datetime import date
from typing import Literal

_ABBREVIATION = re.compile(r"\(([^()\s]+)\)$")

Kind = Literal["mtus", "acoem", "odg", "other"]
"""The issuer: the MTUS, ACOEM, ODG, or another organization."""

Force = Literal["in force", "unknown", "past", "future"]
"""The status of a version on a given day."""


@dataclass(frozen=True, kw_only=True)
class Topic:
    """A treatment or condition that a guideline covers; used for search only, not as evidence."""

    title: str
    """The topic's heading in the guideline."""

    pages: str = ""
    """Pages in the guideline, such as "46-47"; blank if unknown."""

    aliases: tuple[str, ...] = ()
    """Other search terms for the topic."""

    @property
    def name(self) -> str:
        """The heading with its pages, for lists."""
        return f"{self.title}, p. {self.pages}" if self.pages else self.title


@dataclass(frozen=True, kw_only=True)
class Guideline:
    """A version of a guideline, or of one chapter of a guideline that is cited by chapter."""

    id: str
    """The id used in case files."""

    kind: Kind
    """The issuer of the guideline."""

    title: str
    """The full title."""

    printed: str
    """The title that letters from 2016 on print before the year and sections."""

    paged: str = ""
    """The title that letters before 2016 print before the pages; blank if it is the same."""

    organization: str = ""
    """The issuing organization; blank for the MTUS."""

    year: int | None = None
    """The year printed after the title; None if the version has none."""

    yearly: bool = False
    """Whether it is revised continuously and cited with the year in which it was consulted."""

    section: str
    """The section of title 8 of the regulations, or the chapter."""

    pages: str = ""
    """The pages of the document, such as "1-127"; blank if unknown."""

    effective_from: date | None = None
    """The first day in force; None if unknown."""

    effective_to: date | None = None
    """The last day in force; None while in force, or if unknown."""

    end_known: bool = True
    """False if it has ended, or may have ended, on an unknown day."""

    aliases: tuple[str, ...] = ()
    """Other search terms: names, abbreviations and body regions."""

    source: str
    """The author, and the edition of this version."""

    verified: bool
    """Whether a public page confirms this row; unconfirmed rows must never trigger a finding."""

    pages_verified: bool = True
    """False if a public page confirms the row, but not `pages`."""

    change_proposed: date | None = None
    """The day of a hearing on a change of this version whose adoption is not known."""

    topics: tuple[Topic, ...] = ()
    """Known topics of the guideline."""

    as_of: date
    """The last day that the row covers."""

    is_site: bool = False
    """Whether the site added this row."""

    @property
    def is_mtus(self) -> bool:
        """Whether it is part of the Medical Treatment Utilization Schedule."""
        return self.kind == "mtus"

    @property
    def has_verified_pages(self) -> bool:
        """Whether a public page confirms its pages."""
        return self.verified and self.pages_verified

    @property
    def titles(self) -> tuple[str, str]:
        """The printed titles: the one used with sections, and the one used with pages."""
        return self.printed, self.paged or self.printed

    @property
    def name(self) -> str:
        """A name that is unique in a list: issuer, title, part, year, section."""
        part = self.title.removeprefix(f"{self.printed}: ")
        title = self.printed if part == self.title else f"{self.printed}: {part}"
        dated = {
            "mtus": f"MTUS {title} {self.year or ''}",
            "acoem": f"ACOEM {self.year or ''}",
            "odg": "ODG",
            "other": f"{self._issuer()}{title} {self.year or ''}",
        }[self.kind]
        return ", ".join(part for part in (dated.strip(), self.section) if part)

    def _issuer(self) -> str:
        """The abbreviation of the organization's name, if it has one."""
        short = _ABBREVIATION.search(self.organization)
        return f"{short[1]}: " if short else ""

    def in_force(self, on: date) -> bool | None:
        """Whether it was in force on a day; None if the catalogue does not say."""
        if self.effective_from is None:
            return None
        if on < self.effective_from:
            return False
        if self.effective_to is not None and on > self.effective_to:
            return False
        return True if self._known_still(on) else None

    def _known_still(self, on: date) -> bool:
        """Whether the catalogue confirms that it had not ended by a day, assuming it had begun."""
        return self.end_known and (self.effective_to is not None or on <= self.as_of)

    def force(self, on: date) -> Force:
        """Its status on a day; a version with a later year counts as future."""
        known = self.in_force(on)
        if known is False:
            begins = self.effective_from
            return "future" if begins is not None and on < begins else "past"
        if known is None and self.effective_from is None and (self.year or 0) > on.year:
            return "future"
        return "in force" if known else "unknown"
