"""The cases of this account: those whose files it wrote last."""

from __future__ import annotations

import os
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from imr_tui.errors import ImrError
from imr_tui.store.cases.case_codec import decode, misnamed
from imr_tui.store.worklist.case_files import case_files

if TYPE_CHECKING:
    from pathlib import Path

    from imr_tui.recall.rationale import Rationale


def own_files(folder: Path) -> dict[str, os.stat_result]:
    """The names and the status of the case files that this account wrote last.

    A save replaces the file, so that its owner is the account that edited the case last. Raises
    CannotStore.
    """
    return {
        name: status
        for name, status in case_files(folder)
        if status is not None and status.st_uid == os.geteuid()
    }


def rationales_in(path: Path, data: bytes, changed_ns: int) -> tuple[Rationale, ...]:
    """The rationales in the content of a case file, last changed at `changed_ns`.

    A file that holds no case has none.
    """
    from imr_tui.recall.rationale import rationales

    try:
        case = decode(data, path)
    except ImrError:
        return ()
    if misnamed(path, case):
        return ()
    return rationales(case, datetime.fromtimestamp(changed_ns / 1e9, UTC).date())
