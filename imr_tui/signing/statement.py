"""What a reviewer reads before signing a determination."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from datetime import date

    from imr_tui.model.case import Case, Item
    from imr_tui.signing.manifest import Kind

_WORDS = {"upheld": "Upheld", "overturned": "OVERTURNED"}


class Statement(NamedTuple):
    """The determination in a few words."""

    number: str
    """The case number."""
    revision: int
    """The revision that is signed: 1 for the first letter."""
    kind: Kind
    """Whether it is the first letter, a corrected one, or that of a new review."""
    decisions: str
    """The decisions by item: `1 Upheld, 2 OVERTURNED`."""
    absences: tuple[str, ...]
    """The sentences that say that the records lack something."""
    decision_date: date
    """The date of the determination, which the letter prints."""

    @property
    def last_digits(self) -> str:
        """The last four digits of the case number, which the reviewer types to sign.

        All digits if there are fewer, and the whole number if it has no digits.
        """
        digits = "".join(char for char in self.number if char.isdigit())
        return digits[-4:] or self.number


def decisions_in_words(case: Case) -> str:
    """The decision of each item: `1 Upheld, 2 OVERTURNED`."""
    return ", ".join(
        f"{number} {decision_in_words(item)}" for number, item in enumerate(case.items, 1)
    )


def decision_in_words(item: Item) -> str:
    """A decision; an overturned one is in capitals, as it changes the treatment."""
    return _WORDS[item.decision] if item.decision else "undecided"
