"""Restores an earlier version of a case."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from imr_tui.errors import BadInput
from imr_tui.store.cases.case_codec import decode
from imr_tui.store.cases.case_file import replace_file
from imr_tui.store.history.versions import Event, Version
from imr_tui.store.locking.claim import Holder, claim
from imr_tui.store.safety.folder_privacy import require_private
from imr_tui.store.safety.safe_open import read_bytes

if TYPE_CHECKING:
    from imr_tui.store.cases.folder import Folder


def restore(folder: Folder, number: str, version: Version, me: Holder) -> int | None:
    """Replace the case file of `number` by `version`.

    `me` holds the claim meanwhile. The old content, readable or not, is kept as a version;
    returns its number, or None if there was no file. Raises Held if a session has the case open,
    BadInput if the version holds another case, CannotStore also if others can access the folder.
    """
    require_private(folder.path)
    data = read_bytes(version.path)
    if decode(data, version.path).number != number:
        raise BadInput(f"{version.path} holds another case; nothing was restored.")
    claimed = claim(folder.path, number, me)
    try:
        path, versions = folder.path_of(number), folder.versions(number)
        before = read_bytes(path) if os.path.lexists(path) else None
        replace_file(path, data, Event.RESTORING)
        kept = versions.find_bytes(before) if before is not None else None
        versions.note(data, Event.RESTORED)
        return kept.number if kept else None
    finally:
        claimed.release()
