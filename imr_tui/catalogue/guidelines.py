"""One version of a guideline that a determination may cite, with the dates it was in force."""

import re
from dataclasses import dataclass
from datetime import date
from typing import Literal

_ABBREVIATION = re.compile(r"\(([^()\s]+)\)$")

Kind = Literal["mtus", "acoem", "odg", "other"]
"""Whose guideline it is: of the MTUS, of ACOEM, of ODG, or another's."""

Force = Literal["in force", "unknown", "past", "future"]
"""What is known of a version on a day."""


@dataclass(frozen=True, kw_only=True)
class Topic:
    """One treatment or condition that a guideline covers; helps a search, proves nothing."""

    title: str
    """The topic's heading in the guideline."""

    pages: str = ""
    """Where in the guideline it stands, as in "46-47"; blank where not known."""

    aliases: tuple[str, ...] = ()
    """What a reviewer may type for it."""

    @property
    def name(self) -> str:
        """The heading with its pages, as lists show it."""
        return f"{self.title}, p. {self.pages}" if self.pages else self.title


@dataclass(frozen=True, kw_only=True)
class Guideline:
    """One version of a guideline, or one chapter of a guideline cited by chapter."""

    id: str
    """What a case file calls it."""

    kind: Kind
    """Whose guideline it is."""

    title: str
    """The full title."""

    printed: str
    """The title as letters print it before the year; those of 2016 on cite sections."""

    paged: str = ""
    """The title as letters before 2016 print it before the pages; blank where it is the same."""

    organization: str = ""
    """Who issued it; blank for the MTUS."""

    year: int | None = None
    """The year letters print after the title; None where the version has none."""

    yearly: bool = False
    """Whether it is revised all the time, and cited with the year it was consulted in."""

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
    """What it covers, as far as known."""

    as_of: date
    """The last day that its row knows of."""

    is_site: bool = False
    """Whether the site added it."""

    @property
    def is_mtus(self) -> bool:
        """Whether it is part of the Medical Treatment Utilization Schedule."""
        return self.kind == "mtus"

    @property
    def titles(self) -> tuple[str, str]:
        """The titles as letters print them: the one before sections, the one before pages."""
        return self.printed, self.paged or self.printed

    @property
    def name(self) -> str:
        """What tells it from the others in a list: whose it is, title, part, year, section."""
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
        """The abbreviation of the organization, if it has one."""
        short = _ABBREVIATION.search(self.organization)
        return f"{short[1]}: " if short else ""

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
        return self.end_known and (self.effective_to is not None or on <= self.as_of)

    def force(self, on: date) -> Force:
        """What is known of it on a day; what appeared in a later year was not there yet."""
        known = self.in_force(on)
        if known is False:
            begins = self.effective_from
            return "future" if begins is not None and on < begins else "past"
        if known is None and self.effective_from is None and (self.year or 0) > on.year:
            return "future"
        return "in force" if known else "unknown"
