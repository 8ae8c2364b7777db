"""Drafts: text typed into dialogs that no case holds yet, kept until the dialog opens again."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator, Mapping
from contextlib import suppress
from pathlib import Path

from imr_tui.errors import CannotStore, ImrError
from imr_tui.model.limits import is_case_number
from imr_tui.store import config
from imr_tui.store.config.account_folder import account_folder, make_account_folder
from imr_tui.store.locking.sessions import new_session
from imr_tui.store.recovery import journal
from imr_tui.store.recovery.asides import cases_with_asides
from imr_tui.store.safety import atomic, safe_open
from imr_tui.store.safety.safe_open import SUFFIX

FOLDER = "drafts"
"""Where under the folder of an account they are, a file for each case."""
NO_CASE = "_folder"
"""The file of what belongs to no case; no case can have this number."""

JOURNAL_BYTES = 1 << 18
"""The room that a session takes beforehand for the drafts that the disk refuses later."""

Drafts = Mapping[str, str]
"""What was typed, by the path of its field."""


def load_drafts(folder: Path, number: str) -> dict[str, str]:
    """The drafts of a case, or of NO_CASE; none where they cannot be read."""
    path = _path(folder, number)
    if not path.exists():
        return {}
    try:
        return config.DraftsFile.read(path).typed
    except ImrError:
        return {}


def save_drafts(folder: Path, number: str, drafts: Drafts) -> None:
    """Keep the drafts of a case, or of NO_CASE, instead of those before; raises CannotStore."""
    path = _path(folder, number)
    if drafts:
        make_account_folder(folder)
        atomic.make_folder(path.parent)
        atomic.write(path, config.DraftsFile(typed=dict(drafts)).encode())
        return
    try:
        safe_open.unlink(path)
    except FileNotFoundError:
        pass
    except OSError as error:
        raise atomic.refused(path, error) from error


class DraftsJournal:
    """Keeps the drafts of a session while the disk takes no new file."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._journal: journal.Journal | None = None

    def prepare(self) -> None:
        """Reserve its space on the disk, unless that is done."""
        if self._journal is None or not self._journal.is_in_place:
            self.close()
            with suppress(CannotStore):
                self._journal = journal.create(self._folder, NO_CASE, new_session(), JOURNAL_BYTES)

    def keep(self, files: Mapping[str, Drafts]) -> bool:
        """Write the drafts of each case, by its number; True once they are on the disk."""
        self.prepare()
        if self._journal is None:
            return False
        with suppress(OSError):
            self._journal.write(json.dumps({each: dict(files[each]) for each in files}).encode())
            return self._journal.is_in_place
        return False

    def clear(self) -> None:
        """Remove its contents, because all drafts are in their files."""
        if self._journal is not None:
            with suppress(OSError):
                self._journal.clear()

    def close(self) -> None:
        """Close it, and remove it unless it holds drafts."""
        if self._journal is not None:
            self._journal.close(remove=not self._journal.holds_record)
            self._journal = None


def recover_drafts(folder: Path) -> None:
    """Move drafts from the journals of ended sessions of this account into their files."""
    for each in journal.abandoned(folder, NO_CASE):
        if each.path.lstat().st_uid != os.geteuid():
            # Root can open those of other accounts, whose drafts they are.
            each.close(remove=False)
            continue
        is_done = False
        with suppress(ImrError, ValueError, AttributeError):
            for number, typed in json.loads(each.read() or b"{}").items():
                if number == NO_CASE or is_case_number(number):
                    save_drafts(folder, number, {**load_drafts(folder, number), **typed})
            is_done = True
        each.close(remove=is_done)


def drop_orphans(folder: Path) -> None:
    """Drop the drafts of this account for cases that do not exist any more."""
    with_asides = {number for number, _ in cases_with_asides(folder)}
    for number in _numbers(folder):
        is_gone = number not in with_asides and not os.path.lexists(folder / f"{number}{SUFFIX}")
        if is_case_number(number) and is_gone:
            with suppress(ImrError):
                save_drafts(folder, number, {})


def _numbers(folder: Path) -> Iterator[str]:
    with suppress(OSError):
        names = safe_open.names(account_folder(folder) / FOLDER)
        yield from (name.removesuffix(SUFFIX) for name in names if name.endswith(SUFFIX))


def _path(folder: Path, number: str) -> Path:
    return account_folder(folder) / FOLDER / f"{number}{SUFFIX}"
