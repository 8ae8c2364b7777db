"""Finds the events that an intake could not record because it was killed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from imr_tui.signing.digest import sha256
from imr_tui.store.audit.log import AuditLog, Occurrence
from imr_tui.store.intake.closing import closed_numbers
from imr_tui.store.intake.new_facts import new_facts_path
from imr_tui.store.intake.received import (
    RECEIVED,
    intake_folder,
    numbers_in,
    read_if_there,
    received_path,
)

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


def missing_events(folder: Path) -> Iterator[Occurrence]:
    """What happened to the cases of a folder, but is not in its log; raises CannotStore."""
    log = AuditLog(folder)
    content = {event.case: event.content for event in log.events(name="received")}
    for number in numbers_in(intake_folder(folder) / RECEIVED):
        newest = read_if_there(new_facts_path(folder, number)) or read_if_there(
            received_path(folder, number)
        )
        if newest is not None and content.get(number) != sha256(newest):
            yield Occurrence(number, "received", content=sha256(newest))
    yield from _missing_closings(folder, log)


def _missing_closings(folder: Path, log: AuditLog) -> Iterator[Occurrence]:
    last = {event.case: event.seq for event in log.events(name="closed")}
    reopened = {event.case: event.seq for event in log.events(name="reopened")}
    recorded = {case for case, seq in last.items() if seq > reopened.get(case, 0)}
    closed = set(closed_numbers(folder))
    for number in sorted(closed ^ recorded):
        yield Occurrence(number, "closed" if number in closed else "reopened")
