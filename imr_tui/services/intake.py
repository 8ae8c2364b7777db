"""Takes assignments of an organization into a folder of cases, each of them whole or not at all."""

from __future__ import annotations

from contextlib import ExitStack
from typing import TYPE_CHECKING, Self

from imr_tui.errors import CannotStore, ChangedElsewhere, ImrError
from imr_tui.services.intake_decision import Decision, decide, is_settled
from imr_tui.services.intake_log import missing_events
from imr_tui.services.intake_steps import RowResult, Step, batches
from imr_tui.services.record_events import record_all_or_tell
from imr_tui.store.intake.case_writes import CaseWrites, RememberedWrites
from imr_tui.store.intake.known import known
from imr_tui.store.intake.run_lock import one_run
from imr_tui.store.locking.holder import Held, this_session
from imr_tui.store.safety.folder_privacy import require_private
from imr_tui.store.safety.safe_open import SUFFIX
from imr_tui.store.worklist.case_files import case_names

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import datetime

    from imr_tui.services.intake_decision import Kind
    from imr_tui.services.read_intake import IntakeRow
    from imr_tui.store.audit.log import Occurrence
    from imr_tui.store.cases.folder import Folder
    from imr_tui.store.intake.run_lock import Run

TOGETHER = 128
"""How many rows are written, and recorded in the log, at once."""


class Intake:
    """One run over a folder of cases, which no other run may change meanwhile; a context manager.

    A dry run writes nothing, but otherwise tells what would become of each row.
    """

    def __init__(self, folder: Folder, now: datetime, *, is_dry_run: bool = False) -> None:
        self.warnings: list[str] = []
        """What could not be recorded in the audit log."""
        self._folder = folder.path
        self._now = now
        kind = RememberedWrites if is_dry_run else CaseWrites
        self._writes = kind(folder.path, this_session(now))
        self.is_dry_run = is_dry_run
        """Whether nothing is written."""
        self._run: Run | None = None
        self._resources = ExitStack()
        self._is_unsure = False
        """Whether the log may not have all that was changed, so that the next run looks."""

    def __enter__(self) -> Self:
        """Raises CannotStore if others can access the folder, Conflict if another run is there."""
        case_names(self._folder)
        require_private(self._folder)
        with ExitStack() as resources:
            if not self.is_dry_run:
                self._run = resources.enter_context(one_run(self._folder))
                if self._run.was_killed:
                    self._record(list(missing_events(self._folder)))
            self._known = known(self._folder)
            self._resources = resources.pop_all()
        return self

    def __exit__(self, failed: object, *_: object) -> None:
        with self._resources:
            if self._run is not None and failed is None and not self._is_unsure:
                self._run.end()

    def take_in(self, rows: Sequence[IntakeRow]) -> Iterator[RowResult]:
        """Take in the rows of one file; one result for each, in their order."""
        last = {row.assignment.id: row for row in rows if row.assignment}
        for together in batches(rows, TOGETHER):
            yield from self._take_in(together, last)

    def _take_in(
        self, rows: Sequence[IntakeRow], last: dict[str, IntakeRow]
    ) -> Sequence[RowResult]:
        steps = self._created([self._decided(row, last) for row in rows])
        steps = self._received([self._changed(step) for step in steps])
        for step in steps:
            if step.decision.write == "create":
                number = step.number
                self._known.note(number, step.given.id, f"{number}{SUFFIX}")
            self._is_unsure |= isinstance(step.error, CannotStore)
        self._record([each for step in steps for each in step.events()])
        return [step.result() for step in steps]

    def _decided(self, row: IntakeRow, last: dict[str, IntakeRow]) -> Step:
        if row.assignment is None:
            return Step(row, Decision("failed", row.error))
        later = last[row.assignment.id]
        try:
            decision = decide(row.assignment, self._writes, self._known)
            is_change = decision.kind != "unchanged" or decision.write
            if is_change and later is not row and self._has(later):
                decision = Decision("unchanged", f"line {later.line} is already there")
            if decision.kind != "unchanged" or decision.write:
                self._begin()
        except ImrError as error:
            return Step(row, Decision("failed")).failed(error)
        return Step(row, decision)

    def _has(self, row: IntakeRow) -> bool:
        return row.assignment is not None and is_settled(row.assignment, self._writes)

    def _begin(self) -> None:
        if self._run is not None:
            self._run.begin()

    def _created(self, steps: Sequence[Step]) -> Sequence[Step]:
        """Create the new case files, together or else one by one."""
        new = {step.number: step.decision.data for step in steps if step.decision.write == "create"}
        if not new:
            return steps
        try:
            there = self._writes.create(new)
        except ImrError:
            return [self._created_alone(step) for step in steps]
        return [step.failed(step.conflict) if step.number in there else step for step in steps]

    def _created_alone(self, step: Step) -> Step:
        if step.decision.write != "create":
            return step
        try:
            there = self._writes.create({step.number: step.decision.data})
        except ImrError as error:
            return step.failed(error)
        return step.failed(step.conflict) if there else step

    def _changed(self, step: Step) -> Step:
        """Do what is done for each row alone."""
        decision, number = step.decision, step.number
        try:
            if decision.closing is not None:
                self._writes.close(number, decision.closing)
            if decision.write == "update":
                step = self._updated(step)
            if decision.write == "wait":
                self._writes.wait(number, decision.data)
            if decision.reopens:
                self._writes.reopen(number)
        except ImrError as error:
            return step.failed(error)
        return step

    def _updated(self, step: Step) -> Step:
        """Replace a case file, unless somebody starts the case just now."""
        decision = step.decision
        try:
            self._writes.update(step.number, decision.before, decision.after)
        except (Held, ChangedElsewhere):
            self._writes.wait(step.number, decision.data)
            kind: Kind = "new facts" if decision.kind == "updated" else decision.kind
            return step._replace(decision=decision._replace(kind=kind, write="wait"))
        return step

    def _received(self, steps: Sequence[Step]) -> Sequence[Step]:
        """Keep what was received of the cases that were written."""
        kept = {
            step.number: step.decision.data
            for step in steps
            if step.decision.write in ("create", "receive", "update")
        }
        try:
            if kept:
                self._writes.receive(kept)
        except ImrError as error:
            return [step.failed(error) if step.number in kept else step for step in steps]
        return steps

    def _record(self, happened: Sequence[Occurrence]) -> None:
        if self._run is not None and happened:
            says = record_all_or_tell(self._folder, happened, now=self._now)
            self._is_unsure |= bool(says)
            self.warnings += (each for each in says if each not in self.warnings)
