"""What the rules look at: a case, and what surrounds it while it is written."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING

from imr_tui.catalogue.library import Catalogue, shipped
from imr_tui.checks.places import printed

if TYPE_CHECKING:
    from imr_tui.case import Case, Item, Particulars
    from imr_tui.stages import Place


@dataclass(frozen=True)
class Draft:
    """A case with the day, the guidelines and the reviewer that it is written with."""

    case: Case
    """The case as it is now."""
    today: date | None = None
    """The day on which it is looked at; None where the day should not count."""
    site: Catalogue | None = None
    """The guidelines that the site knows; None for those of the package."""
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

    @property
    def guidelines(self) -> Catalogue:
        """What can be cited."""
        return self.site or shipped()

    @cached_property
    def printed(self) -> tuple[tuple[Place, str], ...]:
        """Every text that the letter prints with its place, in the letter's order."""
        return tuple(printed(self.case))
