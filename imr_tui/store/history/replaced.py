"""Replaces files, and keeps the content that they had."""

import hashlib
import os
from contextlib import suppress
from pathlib import Path

from imr_tui.errors import CannotStore, ChangedElsewhere
from imr_tui.store.history.versions import Event, Versions
from imr_tui.store.safety import atomic
from imr_tui.store.safety.safe_open import read_bytes
from imr_tui.store.signing.standing import standing_of_file


def replace_file(path: Path, data: bytes, event: Event) -> None:
    """Write `data` to `path`; the old content becomes a version for `event`.

    Raises Signed if the file holds a signed case, CannotStore.
    """
    if os.path.lexists(path):
        standing_of_file(path, read_bytes(path)).require_editable(path)
    overwrite_file(path, data, event)


def overwrite_file(path: Path, data: bytes, event: Event) -> None:
    """Like `replace_file`, but also over a signed case."""
    versions = Versions(path.parent, path.stem)

    def keep(old: bytes) -> None:
        versions.note(old, event)

    if os.path.lexists(path):
        # Kept before the swap, and again if it changed in between.
        keep(read_bytes(path))
        atomic.swap(path, data, keep)
    else:
        atomic.write(path, data)


def swap_unchanged(path: Path, before: bytes, data: bytes) -> bytes | None:
    """Replace the content `before` of a file by `data`; None if that worked.

    If another program wrote the file in between, its text is kept as a version and returned; the
    file holds `data` then. Raises CannotStore.
    """
    displaced: list[bytes] = []

    def keep(old: bytes) -> None:
        if old not in (before, data):
            Versions(path.parent, path.stem).note(old, Event.ELSEWHERE)
            displaced.append(old)

    atomic.swap(path, data, keep)
    return displaced[0] if displaced else None


def replace_unchanged(path: Path, before: bytes, data: bytes) -> None:
    """Replace the content `before` of a file by `data`.

    Raises ChangedElsewhere, with the other text in the file, if it holds another one; CannotStore.
    """
    refused = ChangedElsewhere(f"Another program changed {path}. It was left as it is now.")
    if not os.path.lexists(path) or read_bytes(path) != before:
        raise refused
    if (theirs := swap_unchanged(path, before, data)) is not None:
        swap_unchanged(path, data, theirs)
        raise refused


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
