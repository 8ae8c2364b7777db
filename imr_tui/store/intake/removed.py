"""Cases that came by intake and whose file was removed: what of them is still kept."""

from __future__ import annotations

from contextlib import suppress
from pathlib import PurePath
from typing import TYPE_CHECKING

from imr_tui.store.intake.closing import closing_path
from imr_tui.store.intake.new_facts import new_facts_path
from imr_tui.store.intake.received import RECEIVED, intake_folder, numbers_in, received_path
from imr_tui.store.safety import safe_open
from imr_tui.store.worklist.case_files import case_names

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


def removed_numbers(folder: Path) -> Iterator[str]:
    """The numbers of cases that were received, but have no file any more; raises CannotStore."""
    there = {PurePath(name).stem for name in case_names(folder)}
    received = numbers_in(intake_folder(folder) / RECEIVED)
    yield from (number for number in received if number not in there)


def forget(folder: Path, number: str) -> None:
    """Remove all that intake keeps of a case."""
    # What was received goes last, because it shows that there is something to remove.
    for path_of in (new_facts_path, closing_path, received_path):
        with suppress(OSError):
            safe_open.unlink(path_of(folder, number))
