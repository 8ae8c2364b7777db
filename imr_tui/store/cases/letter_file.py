"""Writes the letter beside the case file, and keeps a file there that others wrote."""

import hashlib
import os
import stat
from contextlib import suppress
from pathlib import Path

from imr_tui.errors import CannotStore
from imr_tui.store.cases.case_file import keep_original
from imr_tui.store.safety import atomic, permissions
from imr_tui.store.safety.safe_open import OWN, read_bytes

FOLDER = "letters"
"""Folder under `.imr` with the digest of the last letter written for each case."""


def write_letter(path: Path, data: bytes) -> None:
    """Write a letter to `path`; copies a file that this program did not write beforehand.

    The copy goes to `.imr/originals`. Raises CannotStore, also for a link, a folder or a file
    of another account.
    """
    digest_path = path.parent / OWN / FOLDER / f"{path.stem}.sha256"
    known = {_digest(data), _read(digest_path)}

    def keep(old: bytes) -> None:
        if _digest(old) not in known:
            keep_original(path, old)

    _require_ours(path)
    if not atomic.create(path, data):
        # Kept before the swap, and again if it changed in between.
        keep(read_bytes(path))
        atomic.swap(path, data, keep)
    atomic.make_folders(digest_path.parent, path.parent)
    atomic.write(digest_path, _digest(data))


def _require_ours(path: Path) -> None:
    if not os.path.lexists(path):
        return
    status = path.lstat()
    if not stat.S_ISREG(status.st_mode):
        raise CannotStore(f"{path} is a link or no file, so no letter was written there.")
    if status.st_uid != os.geteuid() and not permissions.is_shared():
        raise CannotStore(f"{path} belongs to somebody else, so no letter was written there.")


def _digest(data: bytes) -> bytes:
    return hashlib.sha256(data).hexdigest().encode()


def _read(digest_path: Path) -> bytes:
    with suppress(CannotStore):
        return read_bytes(digest_path)
    return b""
