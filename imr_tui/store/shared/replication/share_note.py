"""Notes under `.imr/shared/cases`: what the shared store has of the texts of this folder.

They tell a text that was not sent yet from one that another host replaced. A note is written before
a text is sent and after it was acknowledged, so a killed session leaves the digests of texts that
may have arrived.
"""

from __future__ import annotations

import hashlib
import os
from contextlib import suppress
from typing import TYPE_CHECKING, NamedTuple

from imr_tui.errors import ImrError
from imr_tui.model.limits import is_case_number, required_number
from imr_tui.store.cases.own_files import own_files
from imr_tui.store.safety import atomic
from imr_tui.store.safety.safe_open import OWN, SUFFIX, read_bytes
from imr_tui.store.toml_files import toml
from imr_tui.store.worklist.case_files import case_names

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

FOLDER = "shared/cases"
"""Folder under `.imr`, with a note for each case."""
MAX_SENT = 16
"""How many unacknowledged texts a note names; of more, the latest."""


class ShareNote(NamedTuple):
    """What the shared store has of one case, as far as this folder knows."""

    revision: int
    """The revision that was read or acknowledged last; 0 for none."""
    digest: str
    """SHA-256 of the case file of that revision; blank for none."""
    files: str
    """The digest of the other files that it has, as `digest_of_files`; blank for none."""
    epoch: int
    """The epoch of the shared store at that time."""
    session: str
    """The session that sends from this folder, as in its lease."""
    sent: tuple[str, ...] = ()
    """The digests of the texts that were sent since then, and may have arrived."""


def digest_of(data: bytes) -> str:
    """The SHA-256 of a file."""
    return hashlib.sha256(data).hexdigest()


def digest_of_files(files: Mapping[str, str]) -> str:
    """One digest for the files of a case besides its case file, from the SHA-256 of each path."""
    lines = "".join(f"{digest} {path}\n" for path, digest in sorted(files.items()))
    return digest_of(lines.encode()) if files else ""


def read_note(folder: Path, number: str) -> ShareNote | None:
    """The note of a case; None if it is missing or cannot be read.

    Without a note, two different texts count as changed on both sides, which loses neither.
    """
    path = _path(folder, number)
    with suppress(ImrError, TypeError, ValueError):
        if os.path.lexists(path):
            tables, _ = toml.parse(read_bytes(path), path)
            return ShareNote(
                int(tables["revision"]),
                str(tables["digest"]),
                str(tables["files"]),
                int(tables["epoch"]),
                str(tables["session"]),
                tuple(map(str, tables["sent"])),
            )
    return None


def write_note(folder: Path, number: str, note: ShareNote) -> None:
    """Replace the note of a case; raises CannotStore."""
    path = _path(folder, number)
    if not path.parent.is_dir():
        atomic.make_folders(path.parent, folder)
    values = {**note._asdict(), "sent": list(note.sent[-MAX_SENT:])}
    atomic.write(path, toml.dumps(values).encode())


def file_digests(folder: Path, number: str) -> dict[str, str]:
    """The SHA-256 of each file of a case besides its case file; raises CannotStore."""
    return {path: digest_of(data) for path, data in own_files(folder, number).items()}


def is_unsent(folder: Path, number: str) -> bool:
    """Whether the shared store may lack the text of a case, or a file; raises CannotStore."""
    note = read_note(folder, number)
    if note is None or note.digest != digest_of(read_bytes(folder / f"{number}{SUFFIX}")):
        return True
    return note.files != digest_of_files(file_digests(folder, number))


def unsent(folder: Path) -> Iterator[str]:
    """The numbers of the cases of `folder` that are not shared yet; raises CannotStore.

    Reads every case file. A file that cannot be read now is left out.
    """
    for name in case_names(folder):
        number = name.removesuffix(SUFFIX)
        with suppress(ImrError):
            if is_case_number(number) and is_unsent(folder, number):
                yield number


def _path(folder: Path, number: str) -> Path:
    return folder / OWN / FOLDER / f"{required_number(number)}{SUFFIX}"
