"""What the organization changed in a case that a reviewer had started.

The case file is left alone. `.imr/intake/<number>.toml` holds the case as it is given now, until
the reviewer has accepted or rejected each change.
"""

from __future__ import annotations

import os
from contextlib import suppress
from typing import TYPE_CHECKING, NamedTuple

from imr_tui.model.limits import required_number
from imr_tui.store.audit.log_write import locked
from imr_tui.store.cases.case_codec import decode, encode
from imr_tui.store.intake.received import (
    intake_folder,
    keep_received,
    numbers_in,
    read_if_there,
    received,
)
from imr_tui.store.safety import atomic, safe_open
from imr_tui.store.safety.safe_open import SUFFIX

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from imr_tui.model.case import Case


class NewFacts(NamedTuple):
    """What the organization sent for a case, before and now."""

    number: str
    """The case number."""
    before: Case
    """The case as it was received before; blank if that is not known."""
    after: Case
    """The case as it is given now; it may equal `before` after a power failure."""


def new_facts(folder: Path, number: str) -> NewFacts | None:
    """The changes that wait for a reviewer; None if nothing waits.

    Raises BadInput if a file holds no case, CannotStore.
    """
    path = new_facts_path(folder, number)
    data = read_if_there(path)
    if data is None:
        return None
    after = decode(data, path)
    return NewFacts(number, received(folder, number) or blank_like(after), after)


def blank_like(case: Case) -> Case:
    """A case with the number and assignment of `case`, and otherwise blank."""
    blank = type(case).blank(case.number)
    assignment = case.particulars.assignment
    return blank.but(particulars=blank.particulars.but(assignment=assignment))


def has_new_facts(folder: Path, number: str) -> bool:
    """Whether changes wait for a reviewer; reads no file."""
    return os.path.lexists(new_facts_path(folder, number))


def numbers_with_new_facts(folder: Path) -> Iterator[str]:
    """The numbers of the cases with changes that wait; raises CannotStore."""
    yield from numbers_in(intake_folder(folder))


def keep_new_facts(folder: Path, case: Case) -> None:
    """Keep `case`, as it is given now, until a reviewer has looked at it; raises CannotStore."""
    path = new_facts_path(folder, case.number)
    atomic.make_folders(path.parent, folder)
    with locked(path.parent):
        atomic.write(path, encode(case))


def settle_new_facts(folder: Path, number: str, seen: Case | None = None) -> None:
    """Note that a reviewer has decided about all changes: they were received now.

    `seen` is the `after` that the reviewer looked at; if newer facts came in the meantime, these
    stay. Raises BadInput, CannotStore.
    """
    path = new_facts_path(folder, number)
    if not os.path.lexists(path):
        return
    with locked(path.parent):
        waiting = new_facts(folder, number)
        if waiting is None:
            return
        keep_received(folder, seen or waiting.after)
        if seen in (None, waiting.after):
            drop_new_facts(folder, number)


def drop_new_facts(folder: Path, number: str) -> None:
    """Remove the changes that wait; raises CannotStore."""
    path = new_facts_path(folder, number)
    try:
        with suppress(FileNotFoundError):
            safe_open.unlink(path)
    except OSError as error:
        raise atomic.refused(path, error) from error


def new_facts_path(folder: Path, number: str) -> Path:
    """The file with the changes that wait; raises BadInput for an invalid number."""
    return intake_folder(folder) / f"{required_number(number)}{SUFFIX}"
