"""What the worklist shows of one case file, without the case."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from functools import cache
from pathlib import PurePath

from imr_tui.domain.deadlines import Due, days_left_text
from imr_tui.text.sanitize import clean_line

BROKEN = "broken"
"""The state of a file that is not worked on as a case."""
_LAST = "9999-12-31"


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the worklist, in plain values that an index can keep."""

    name: str
    """The file's name."""
    number: str
    """The case number, by the file's name, fit to be shown."""
    problem: str = ""
    """Why the file is not worked on as a case, as a sentence."""
    due: str = ""
    """The due date as 2014-12-20, or blank."""
    why: str = ""
    """How the due date was computed, in one sentence."""
    decided_on: str = ""
    """The decision date, after which nothing is due any more, or blank."""
    priority: str = ""
    """How fast the case is to be decided."""
    items: int = 0
    """How many items are in dispute."""
    decided: int = 0
    """How many of them have a decision and a rationale."""
    stage: str = ""
    """The name of the stage at which the case goes on."""
    state: str = ""
    """How far the case is, in one word; blank while the file is still to be read."""
    words: str = ""
    """What the filter looks in, case folded."""
    held: str = ""
    """The case number that stands in the file; blank if it could not be read so far."""

    def near(self, today: date) -> str:
        """How near the due date is; blank without one, and once the case is decided."""
        if self.decided_on or not self.due:
            return ""
        return _near(self.due, today)

    @property
    def urgency(self) -> tuple[bool, str, str]:
        """Where the row stands: by due date, those without one behind, broken ones last."""
        return self.state == BROKEN, self.due or _LAST, self.number

    def broken(self, problem: str) -> Row:
        """The row of a file that is listed with its problem and nothing else."""
        words = f"{self.number} {BROKEN}".casefold()
        return replace(
            unread(self.name), held=self.held, problem=problem, state=BROKEN, words=words
        )


@cache
def _near(due: str, today: date) -> str:
    # Thousands of cases have the same few hundred dates.
    return days_left_text(Due(date.fromisoformat(due), ""), today)


def unread(name: str) -> Row:
    """The row of a file that nothing but its name is known of."""
    number = clean_line(PurePath(name).stem)
    return Row(name, number, words=number.casefold())
