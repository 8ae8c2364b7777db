"""The letter of a case beside its file: written over the program's own one, and over no other."""

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
"""Where under `.imr` stands, for each case, the digest of the letter that was written last."""


def write_letter(path: Path, data: bytes) -> None:
    """Write a letter to `path`; a file that is not this program's goes to `.imr/originals` first.

    Raises CannotStore, for a link, a folder or a file of somebody else, too.
    """
    mark = path.parent / OWN / FOLDER / f"{path.stem}.sha256"
    known = {_digest(data), _read(mark)}

    def keep(old: bytes) -> None:
        if _digest(old) not in known:
            keep_original(path, old)

    _demand_ours(path)
    if not atomic.create(path, data):
        # Kept before it goes, and once more if it changed until then.
        keep(read_bytes(path))
        atomic.swap(path, data, keep)
    atomic.make_folders(mark.parent, path.parent)
    atomic.write(mark, _digest(data))


def _demand_ours(path: Path) -> None:
    if not os.path.lexists(path):
        return
    status = path.lstat()
    if not stat.S_ISREG(status.st_mode):
        raise CannotStore(f"{path} is a link or no file, so no letter was written there.")
    if status.st_uid != os.geteuid() and not permissions.is_shared():
        raise CannotStore(f"{path} belongs to somebody else, so no letter was written there.")


def _digest(data: bytes) -> bytes:
    return hashlib.sha256(data).hexdigest().encode()


def _read(mark: Path) -> bytes:
    with suppress(CannotStore):
        return read_bytes(mark)
    return b""
