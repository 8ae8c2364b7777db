"""One thing that the store does, in a process that can be killed or refused at any system call."""

import os
import sys
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

from imr_tui.errors import CannotStore, ImrError
from imr_tui.model import edits
from imr_tui.model.case import Case
from imr_tui.store.cases.case_codec import encode
from imr_tui.store.cases.case_file import CaseFile, open_case
from imr_tui.store.cases.folder import Folder
from imr_tui.store.history.versions import Event
from imr_tui.store.locking.claim import claim
from imr_tui.store.locking.holder import Holder
from imr_tui.store.maintenance.orphan_files import sweep
from tests.builders import NUMBER, a_complete_case

MARK = "/imr-tui-acts-from-here"
"""A path that is asked for just before the act, to be found in a trace."""
AT = datetime(2026, 11, 23, 9, 30, tzinfo=UTC)
ME = Holder(who="drjane", host="ward-3", pid=1, since=AT)


def state(text: str) -> Case:
    """A whole case that can be told from others."""
    return edits.set_summary(a_complete_case(2), f"{text} " * 300)


OLD, NEW, THEIRS, EARLIER = (state(text) for text in ("old", "new", "theirs", "earlier"))


def save(folder: Folder) -> None:
    open_case(folder.path_of(NUMBER)).save(NEW)


def take_over(folder: Folder) -> None:
    claim(folder.path, NUMBER, ME)
    file = open_case(folder.path_of(NUMBER))
    file.versions.note(encode(file.case), Event.TAKEN_OVER)
    file.save(NEW)


def take_in(folder: Folder) -> None:
    """Import a letter's case over the one that is there."""
    folder.supersede(NEW, ME)


def go_back(folder: Folder) -> None:
    folder.restore(NUMBER, folder.versions(NUMBER).find(1), ME)


def write_letter(folder: Folder) -> None:
    folder.write_letter(NUMBER, "The letter.\n" * 300)
    folder.versions(NUMBER).note(encode(OLD), Event.LETTER)


def own_text(file: CaseFile) -> Case:
    """The text that lies aside; raises CannotStore where the system does not let it be read."""
    mine = file.mine()
    if mine is None:
        raise CannotStore(f"The text aside of {file.path} could not be read.")
    return mine


def overwrite(folder: Folder) -> None:
    """Go on with the text that lies aside, over what the file holds."""
    file = open_case(folder.path_of(NUMBER))
    file.overwrite(own_text(file))


def accept(folder: Folder) -> None:
    """Go on with what the file holds."""
    file = open_case(folder.path_of(NUMBER))
    file.take_theirs(own_text(file))


def clean_up(folder: Folder) -> None:
    sweep(folder.path)


ACTS: dict[str, Callable[[Folder], None]] = {
    "save": save,
    "take over": take_over,
    "import": take_in,
    "restore": go_back,
    "write letter": write_letter,
    "mine goes on": overwrite,
    "theirs goes on": accept,
    "sweep": clean_up,
}


def main(act: str, folder: str) -> int:
    """Do it; 4 and a sentence where the system refuses."""
    os.access(MARK, os.F_OK)
    try:
        ACTS[act](Folder(Path(folder)))
    except ImrError as error:
        print(f"refused: {error}", flush=True)
        return 4
    print("done", flush=True)
    return 0


if __name__ == "__main__":
    os._exit(main(*sys.argv[1:]))
