"""A worklist row in plain values."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime, tzinfo
from functools import cache, lru_cache

from imr_tui.domain.deadlines import Due, days_left_text
from imr_tui.store.safety.safe_open import SUFFIX
from imr_tui.text.sanitize import clean_line

BROKEN = "broken"
"""The state of a file that cannot be opened as a case."""
WRITTEN = "written"
"""The state of a case whose letter was written and is still that of the case."""
CHANGED = "changed since written"
"""The state of a case that would print another letter, or whose letter file differs."""
SIGNED = "signed"
"""The state of a case that is signed, and unchanged since then."""
ALTERED = "altered"
"""The state of a case that was changed after it was signed."""
CORRECTING = "correcting"
"""The state of a signed case whose printed words are being corrected."""
CLOSED = "closed"
"""The state of a case that the organization closed."""
NEW_FACTS = "new facts"
"""What is shown as the state of a case in which the organization changed something."""
SIGNED_STATES = (SIGNED, ALTERED, CORRECTING)
"""The states of cases that are signed, or were."""
_FINISHED = (WRITTEN, SIGNED, CLOSED)
_LAST = "9999-12-31"
_BACKWARDS = str.maketrans("0123456789", "9876543210")
MAX_REQUEST = 200
"""Characters of a request that a row has; the longest published one has 441."""


@dataclass(frozen=True, slots=True)
class Row:
    """One row of the worklist, in plain values that the index can store."""

    name: str
    """The file name."""
    number: str
    """The case number from the file name, safe to display."""
    problem: str = ""
    """Why the file cannot be opened as a case, or how it differs from what was signed."""
    due: str = ""
    """The due date as 2014-12-20, or blank."""
    why: str = ""
    """How the due date was computed, in one sentence."""
    decided_on: str = ""
    """The decision date, or blank; a decided case is no longer due."""
    priority: str = ""
    """How fast the case must be decided."""
    items: int = 0
    """How many items are in dispute."""
    decided: int = 0
    """How many of them have a decision and a rationale."""
    stage: str = ""
    """The name of the stage at which to resume."""
    state: str = ""
    """The state of the case in one word; blank until the file was read."""
    words: str = ""
    """The text that the filter searches, case-folded."""
    held: str = ""
    """The case number in the file; blank if it was not read yet."""
    request: str = ""
    """The first item in dispute that is not blank."""
    employee: str = ""
    """The employee as the settings allow: initials, the full name, or blank."""
    written: str = ""
    """When the case was signed or, before that, when its last letter was written; or blank.

    In UTC, such as 2026-11-29T14:02:07Z."""
    note: str = ""
    """Why the organization closed the case, or which facts it changed, as a sentence; or blank."""

    def near(self, today: date) -> str:
        """How near the due date is; blank without one, once the case is decided or written."""
        if self.is_over or not self.due:
            return ""
        return _near(self.due, today)

    def is_late(self, today: date) -> bool:
        """Whether the case is overdue."""
        return not self.is_over and "" < self.due < str(today)

    @property
    def is_over(self) -> bool:
        """Whether the determination was made, so that no limit runs any more."""
        return bool(self.decided_on or self.written) or self.state == CLOSED

    @property
    def has_new_facts(self) -> bool:
        """Whether the organization changed something that a reviewer has to look at."""
        return bool(self.note) and self.state != CLOSED

    @property
    def is_finished(self) -> bool:
        """Whether the case needs no more work."""
        return self.state in _FINISHED and not self.has_new_facts

    def shown_state(self, now: datetime, *, is_brief: bool = False) -> str:
        """The state for a reader: `signed 14:02` today, `signed 2026-11-28` before.

        The brief form has at most 13 columns: `changed`, `written 11/28`.
        """
        if self.has_new_facts:
            return NEW_FACTS.upper()
        if self.state == CHANGED and is_brief:
            return "changed"
        if self.state in (WRITTEN, SIGNED):
            return f"{self.state} {self.written_at(now, is_brief)}"
        return self.state

    def written_at(self, now: datetime, is_brief: bool = False) -> str:
        """When it was signed or its letter written: the time today, the date before."""
        moment = _local(self.written, now.tzinfo)
        if moment.date() == now.date():
            return f"{moment:%H:%M}"
        if not is_brief:
            return f"{moment:%Y-%m-%d}"
        return f"{moment:%m/%d}" if moment.year == now.year else f"{moment:%m/%y}"

    @property
    def urgency(self) -> tuple[int, str, str]:
        """Sort key: due cases by date, decided ones, broken ones, the last of the finished ones."""
        due = self.due or _LAST
        return self.rank, due.translate(_BACKWARDS) if self.is_finished else due, self.number

    @property
    def rank(self) -> int:
        """0 for open cases, 1 for decided, 2 for broken and altered, 3 for finished ones."""
        if self.is_finished:
            return 3
        if self.state in (BROKEN, ALTERED):
            return 2
        if self.has_new_facts:
            return 0
        return 1 if self.decided_on and self.state not in (CHANGED, CORRECTING) else 0

    def broken(self, problem: str) -> Row:
        """This row as that of a broken file, with only its problem."""
        words = f"{self.number} {BROKEN}".casefold()
        return replace(
            unread(self.name), held=self.held, problem=problem, state=BROKEN, words=words
        )


@lru_cache(maxsize=10_000)
def _local(written: str, zone: tzinfo | None) -> datetime:
    return datetime.fromisoformat(written).astimezone(zone)


@cache
def _near(due: str, today: date) -> str:
    # Thousands of cases have the same few hundred dates.
    return days_left_text(Due(date.fromisoformat(due), ""), today)


def unread(name: str) -> Row:
    """The row of a file that was not read yet."""
    number = number_in_name(name)
    return Row(name, number, words=number.casefold())


def number_in_name(name: str) -> str:
    """The case number that a file is named after, safe to display."""
    return clean_line(name.removesuffix(SUFFIX))
