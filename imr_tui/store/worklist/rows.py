"""A worklist row in plain values, and how it is computed from a case file."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from imr_tui import checks
from imr_tui.domain import workflow
from imr_tui.domain.deadlines import Due, days_left_text, due
from imr_tui.errors import ImrError
from imr_tui.store.cases.case_codec import decode
from imr_tui.store.cases.case_file import misnamed
from imr_tui.store.safety.safe_open import SUFFIX
from imr_tui.text.sanitize import clean_line

if TYPE_CHECKING:
    from imr_tui.checks import CheckSetup
    from imr_tui.model.case import Case

BROKEN = "broken"
"""The state of a file that cannot be opened as a case."""
_LAST = "9999-12-31"


@dataclass(frozen=True, slots=True)
class Row:
    """One row of the worklist, in plain values that the index can store."""

    name: str
    """The file name."""
    number: str
    """The case number from the file name, safe to display."""
    problem: str = ""
    """Why the file cannot be opened as a case, as a sentence."""
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

    def near(self, today: date) -> str:
        """How near the due date is; blank without one, and once the case is decided."""
        if self.decided_on or not self.due:
            return ""
        return _near(self.due, today)

    @property
    def urgency(self) -> tuple[bool, str, str]:
        """Sort key: by due date, then rows without one, broken ones last."""
        return self.state == BROKEN, self.due or _LAST, self.number

    def broken(self, problem: str) -> Row:
        """This row as that of a broken file, with only its problem."""
        words = f"{self.number} {BROKEN}".casefold()
        return replace(
            unread(self.name), held=self.held, problem=problem, state=BROKEN, words=words
        )


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


def row_of(path: Path, data: bytes, setup: CheckSetup) -> Row:
    """The row of the file at `path` with content `data`."""
    row = unread(path.name)
    try:
        case = decode(data, path)
    except ImrError as error:
        return row.broken(clean_line(str(error)))
    row = replace(row, held=case.number)
    if says := misnamed(path, case):
        return row.broken(clean_line(says))
    return _filled(row, case, checks.state(case, setup))


def _filled(row: Row, case: Case, state: str) -> Row:
    limit = due(case.particulars)
    words = (row.number, state, case.particulars.priority, *(item.request for item in case.items))
    return replace(
        row,
        due=str(limit.day) if limit else "",
        why=limit.why if limit else "",
        decided_on=str(case.particulars.decision_date or ""),
        priority=case.particulars.priority,
        items=len(case.items),
        decided=workflow.items_decided(case),
        stage=workflow.resume(case).name,
        state=state,
        words=" ".join(words).casefold(),
    )
