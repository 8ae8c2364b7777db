"""Replaces files, and keeps the content that they had."""

import hashlib
import os
from contextlib import suppress
from pathlib import Path

from imr_tui.errors import CannotStore
from imr_tui.store.history.versions import Event, Versions
from imr_tui.store.safety import atomic
from imr_tui.store.safety.safe_open import read_bytes


def replace_file(path: Path, data: bytes, event: Event) -> None:
    """Write `data` to `path`; the old content becomes a version for `event`."""
    versions = Versions(path.parent, path.stem)

    def keep(old: bytes) -> None:
        versions.note(old, event)

    if os.path.lexists(path):
        # Kept before the swap, and again if it changed in between.
        keep(read_bytes(path))
        atomic.swap(path, data, keep)
    else:
        atomic.write(path, data)


def keep_original(path: Path, data: bytes) -> None:
    """Copy a file that this program did not write to `.imr/originals`, named by its hash."""
    folder = path.parent / ".imr" / "originals"
    atomic.make_folders(folder, path.parent)
    digest = hashlib.sha256(data).hexdigest()[:12]
    original = folder / f"{path.stem}-{digest}{path.suffix}"
    with suppress(CannotStore):
        if read_bytes(original) == data:
            return
    atomic.write(original, data)
