"""Offers another folder for a case that the disk does not take, so that the session can end."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from imr_tui.errors import ImrError
from imr_tui.plain.console import Ended
from imr_tui.plain.notices import Notice
from imr_tui.store.cases.folder import Folder

if TYPE_CHECKING:
    from imr_tui.plain.command import Page
    from imr_tui.plain.session import PlainSession

_UNSAVED = "Not saved. The session stays open, and saving is tried again every second."
_WAITING = (
    "The text is kept in this session only: leave it open, and tell your administrator the error. "
    "quit ends it once it is saved."
)


def tell_unsaved(session: PlainSession) -> None:
    """Tell that the session stays open, as the disk does not take the case."""
    session.notices.tell(Notice("rescue", _UNSAVED, lambda: _offer(session)))


def _offer(session: PlainSession) -> Page | None:
    """Write a copy where the reviewer says, and end; in restricted mode there is no other place.

    Raises Ended.
    """
    console, case = session.console, session.open_case
    if session.restricted or case is None:
        console.say(_WAITING)
        return None
    typed = console.ask("Another folder for a copy, or blank to go on")
    if not typed:
        console.say("Nothing was copied. Saving is tried again.")
        return None
    try:
        path = Folder(Path(typed).expanduser()).rescue(case.case)
    except (ImrError, RuntimeError) as error:
        # RuntimeError: a home folder that is not known.
        console.error(str(error))
        return None
    session.cases.let_go()
    says = f"The case could not be saved in {session.folder.path}. It is in {path}."
    raise Ended(says, tells_all=True)
