"""Writes the letter beside the case file, and keeps a file there that others wrote."""

from __future__ import annotations

import hashlib
import json
import os
import stat
import time
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from imr_tui.errors import CannotStore
from imr_tui.store.history.replaced import keep_original
from imr_tui.store.safety import atomic, permissions
from imr_tui.store.safety.safe_open import OWN, read_bytes

if TYPE_CHECKING:
    from imr_tui.model.case import Case

FOLDER = "letters"
"""Folder under `.imr` with a record of the last letter written for each case."""
RECORD = ".sha256"
"""How the name of a record ends."""
LETTER = ".txt"
"""How the name of a letter ends."""
PDF = ".pdf"
"""How the name of its PDF ends."""
_PDF_RECORD = ".pdf-sha256"
"""How the name of a PDF's record ends; no row of the worklist depends on it."""


class LetterRecord(NamedTuple):
    """What is known of the last letter written for a case; a line of the record each."""

    digest: str
    """The SHA-256 of the letter."""
    written: str = ""
    """When it was written, in UTC; blank in a record of an earlier version."""
    content: str = ""
    """The `content_digest` of the case then; blank in a record of an earlier version."""

    def encode(self) -> bytes:
        """The bytes of the record."""
        lines = self if self.written else self[:1]
        return "".join(f"{line}\n" for line in lines).encode()


def write_letter(path: Path, data: bytes, content: str = "", now: datetime | None = None) -> None:
    """Write a letter to `path`; copies a file that this program did not write beforehand.

    `content` is the `content_digest` of its case. The copy goes to `.imr/originals`. Raises
    CannotStore, also for a link, a folder or a file of another account.
    """
    _write(path, data, RECORD, _record_of(data, content, now))


def letter_files(
    number: str, data: bytes, case: Case | None = None, now: datetime | None = None
) -> dict[str, bytes]:
    """The letter of a case and the record of it, by their path in a folder of cases."""
    record = _record_of(data, content_digest(case) if case is not None else "", now)
    return {f"{number}{LETTER}": data, f"{OWN}/{FOLDER}/{number}{RECORD}": record.encode()}


def _record_of(data: bytes, content: str, now: datetime | None) -> LetterRecord:
    written = now or datetime.fromtimestamp(time.time(), UTC)
    moment = f"{written.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}"
    return LetterRecord(digest_of_letter(data), moment, content)


def write_pdf(path: Path, data: bytes) -> None:
    """Write the PDF of a letter to `path`; copies and raises as `write_letter` does."""
    _write(path, data, _PDF_RECORD, LetterRecord(digest_of_letter(data)))


def _write(path: Path, data: bytes, ending: str, record: LetterRecord) -> None:
    """Write a file and the record of it, whose name ends with `ending`."""
    record_path = _record_path(path, ending)
    before = read_record(record_path)
    known = {record.digest, before.digest if before else ""}

    def keep(old: bytes) -> None:
        if digest_of_letter(old) not in known:
            keep_original(path, old)

    _require_ours(path)
    if not atomic.create(path, data):
        # Kept before the swap, and again if it changed in between.
        keep(read_bytes(path))
        atomic.swap(path, data, keep)
    atomic.make_folders(record_path.parent, path.parent)
    atomic.write(record_path, record.encode())


class WrittenLetter(NamedTuple):
    """What the files tell about the last letter written for a case."""

    written: str
    """When it was written, in UTC, such as 2026-11-29T14:02:07Z."""
    is_same: bool
    """Whether the file is what was written, and the case would still print it."""


def written_letter(path: Path, case: Case) -> WrittenLetter | None:
    """The last letter written for the case in the file `path`; None if none was."""
    record_path = _record_path(path)
    record = read_record(record_path)
    if record is None:
        return None
    is_intact = digest_of_file(path.with_name(f"{path.stem}{LETTER}")) == record.digest
    if record.written:
        is_same = is_intact and record.content == content_digest(case)
        return WrittenLetter(record.written, is_same)
    # A record of an earlier version: only a case file that is older is known to be unchanged.
    is_older = _modified(path) <= _modified(record_path)
    return WrittenLetter(_moment(record, record_path), is_intact and is_older)


def last_written(path: Path) -> str:
    """When the last letter for the case file `path` was written, in UTC; blank if none was."""
    record_path = _record_path(path)
    record = read_record(record_path)
    return _moment(record, record_path) if record is not None else ""


def _moment(record: LetterRecord, path: Path) -> str:
    """When a letter was written; that of the record at `path` if an earlier version wrote it."""
    if record.written:
        return record.written
    return f"{datetime.fromtimestamp(_modified(path), UTC):%Y-%m-%dT%H:%M:%SZ}"


def _record_path(path: Path, ending: str = RECORD) -> Path:
    """The record, whose name ends with `ending`, for the case file or letter at `path`."""
    return path.parent / OWN / FOLDER / f"{path.stem}{ending}"


def _modified(path: Path) -> float:
    """When a file was last changed, in seconds; 0 if it is gone."""
    try:
        return path.lstat().st_mtime
    except OSError:
        return 0.0


def read_record(path: Path) -> LetterRecord | None:
    """The record at `path`; None if it does not exist or cannot be read."""
    try:
        digest, *more = read_bytes(path, 1000).decode("ascii").splitlines()
        if len(digest) != 64 or len(more) not in (0, 2):
            return None
        if more:
            datetime.fromisoformat(more[0])
        return LetterRecord(digest, *more)
    except (CannotStore, ValueError):
        return None


def content_digest(case: Case) -> str:
    """The SHA-256 of all that a letter prints of `case`.

    The organization's name, its label and its template are not part of it: if they change, the
    letters written before are still those of their cases.
    """
    from imr_tui.letter.render.view import View

    shown = View(case, draft=True).variables()
    del shown["phrases"]
    return hashlib.sha256(json.dumps(shown, sort_keys=True).encode()).hexdigest()


def digest_of_letter(data: bytes) -> str:
    """The SHA-256 of a letter, as in its record."""
    return hashlib.sha256(data).hexdigest()


def digest_of_file(path: Path) -> str:
    """The SHA-256 of a letter file; blank if it cannot be read."""
    with suppress(CannotStore):
        return digest_of_letter(read_bytes(path))
    return ""


def _require_ours(path: Path) -> None:
    if not os.path.lexists(path):
        return
    status = path.lstat()
    if not stat.S_ISREG(status.st_mode):
        raise CannotStore(f"{path} is a link or not a file. No letter was written there.")
    if status.st_uid != os.geteuid() and not permissions.is_shared():
        raise CannotStore(f"{path} belongs to another user. No letter was written there.")
