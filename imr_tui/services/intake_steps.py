"""The rows of a file of assignments as they are taken in: in parts, step by step."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from imr_tui.errors import Conflict, ImrError
from imr_tui.services.intake_decision import Decision
from imr_tui.signing.digest import sha256
from imr_tui.store.audit.log import Occurrence
from imr_tui.store.safety.safe_open import SUFFIX

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from imr_tui.domain.assignment import Assignment
    from imr_tui.services.intake_decision import Kind
    from imr_tui.services.read_intake import IntakeRow


class RowResult(NamedTuple):
    """What became of a row."""

    line: int
    """The line on which the row begins."""
    number: str
    """The case number; blank if the row could not be read."""
    kind: Kind
    """What became of it."""
    says: str = ""
    """The error as a sentence, or a remark without a full stop; usually blank."""
    dropped: tuple[str, ...] = ()
    """The kinds of data in the row that are not kept, such as `telephone`."""
    error: ImrError | None = None
    """Why it failed, if reading the row was not what failed."""


class Step(NamedTuple):
    """A row, and what is to be done for it."""

    row: IntakeRow
    """The row."""
    decision: Decision
    """What is to be done."""
    error: ImrError | None = None
    """Why that failed."""

    def failed(self, error: ImrError) -> Step:
        """This step after it failed."""
        return self._replace(decision=Decision("failed", str(error)), error=error)

    @property
    def given(self) -> Assignment:
        """The assignment of a row that could be read."""
        assert self.row.assignment is not None
        return self.row.assignment

    @property
    def number(self) -> str:
        """The case number; blank if the row could not be read."""
        return self.row.assignment.case.number if self.row.assignment else ""

    @property
    def conflict(self) -> Conflict:
        """The error for a case file that another program created meanwhile."""
        return Conflict(
            f"{self.number}{SUFFIX} was created by another program. It was not changed."
        )

    def events(self) -> Iterator[Occurrence]:
        """What the audit log gets."""
        decision = self.decision
        if decision.reopens:
            yield Occurrence(self.number, "reopened")
        if decision.closing is not None:
            yield Occurrence(self.number, "closed")
        if decision.write:
            yield Occurrence(self.number, "received", decision.fields, sha256(decision.data))

    def result(self) -> RowResult:
        """What became of the row."""
        row, decision = self.row, self.decision
        dropped = row.assignment.dropped if row.assignment else ()
        return RowResult(row.line, self.number, decision.kind, decision.says, dropped, self.error)


def batches(rows: Sequence[IntakeRow], most: int) -> Iterator[Sequence[IntakeRow]]:
    """Divide rows into batches of up to `most`; no number or assignment is twice in one batch."""
    batch: list[IntakeRow] = []
    seen: set[str] = set()
    for row in rows:
        keys: set[str] = set()
        if row.assignment is not None:
            keys = {f"id {row.assignment.id}", row.assignment.case.number.casefold()}
        if len(batch) == most or keys & seen:
            yield batch
            batch, seen = [], set()
        batch.append(row)
        seen |= keys
    if batch:
        yield batch
