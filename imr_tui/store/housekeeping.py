"""What is done in a folder of cases at every start, so that nothing grows without bound."""

from __future__ import annotations

from contextlib import suppress
from datetime import datetime
from typing import TYPE_CHECKING

from imr_tui.errors import ImrError
from imr_tui.store.leftovers import sweep
from imr_tui.store.private_text import purge
from imr_tui.store.sharing import share
from imr_tui.store.versions import Versions, cases_with_versions

if TYPE_CHECKING:
    from imr_tui.store.folder import Folder


def tidy(folder: Folder, history_days: int, now: datetime) -> None:
    """Clean up after killed sessions, and drop versions that are too old.

    The versions of a case go `history_days` after the last of them was kept, and what an editor
    left as long after the reviewer was told of it; 0 keeps both for ever. What cannot be removed
    is left for the next start.
    """
    with suppress(ImrError, OSError):
        sweep(folder.path)
    with suppress(ImrError, OSError):
        share(folder.path)
    purge(folder, history_days, now)
    for number in cases_with_versions(folder.path) if history_days else ():
        Versions(folder.path, number).purge(history_days, now)
