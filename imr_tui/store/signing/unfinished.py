"""Notes under `.imr/unfinished` about signatures that are being written, for the next start.

A note is written before the sealed copy of a case, and removed after the event is in the log. So a
process that was killed in between leaves its note, which tells the next start what to look at.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Literal, NamedTuple, get_args

from imr_tui.errors import CannotStore
from imr_tui.model.limits import is_case_number, required_number
from imr_tui.store.safety import atomic, safe_open
from imr_tui.store.safety.safe_open import OWN, read_bytes

FOLDER = "unfinished"
"""Folder under `.imr`, with a note for each case that is being signed."""
_MAX_BYTES = 400
_NOTE = re.compile(rb"([1-9][0-9]{0,3}) ([0-9a-f]{64}) ([a-z -]+)\n(?:([!-~]+)\n)?")
Step = Literal["signed", "sealed", "correction begun", "re-review begun"]


class Unfinished(NamedTuple):
    """A step that was begun on a case."""

    number: str
    """The case number."""
    step: Step
    """What was begun; the event that the log gets."""
    revision: int
    """The revision that is being signed, sealed, corrected or reviewed again."""
    manifest: str
    """The SHA-256 of its manifest."""
    signer: str = ""
    """The principal whose key signs or seals; blank for the other steps."""


def begin(folder: Path, step: Unfinished) -> None:
    """Note that a step begins; raises CannotStore."""
    path = _path(folder, step.number)
    atomic.make_folders(path.parent, folder)
    signer = f"{step.signer}\n" if step.signer else ""
    atomic.write(path, f"{step.revision} {step.manifest} {step.step}\n{signer}".encode())


def end(folder: Path, number: str) -> None:
    """Remove the note of a case."""
    with suppress(OSError):
        safe_open.unlink(_path(folder, number))


def is_unfinished(folder: Path, number: str) -> bool:
    """Whether a step on a case was begun and not ended."""
    return os.path.lexists(_path(folder, number))


def unfinished(folder: Path) -> Iterator[Unfinished]:
    """The steps that this account began and did not end; some may be under way elsewhere.

    Those of other accounts are theirs to end, as the log names the account of each event.
    """
    try:
        names = safe_open.names(folder / OWN / FOLDER)
    except OSError:
        return
    for name in filter(is_case_number, names):
        path = _path(folder, name)
        with suppress(CannotStore, OSError):
            if path.lstat().st_uid != os.geteuid():
                continue
            if (step := _parse(name, read_bytes(path, _MAX_BYTES))) is not None:
                yield step


def _parse(number: str, data: bytes) -> Unfinished | None:
    if (found := _NOTE.fullmatch(data)) is None:
        return None
    revision, manifest, step, signer = (each.decode("ascii") for each in found.groups(b""))
    for known in get_args(Step):
        if known == step:
            return Unfinished(number, known, int(revision), manifest, signer)
    return None


def _path(folder: Path, number: str) -> Path:
    return folder / OWN / FOLDER / required_number(number)
