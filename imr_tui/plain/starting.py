"""Starts a session of plain mode: restores what ended sessions left, and makes the first page."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from functools import partial
from threading import Timer
from typing import TYPE_CHECKING

from imr_tui.errors import ImrError
from imr_tui.plain.console import Cancelled
from imr_tui.plain.page_table import first_page, loaded, worklist
from imr_tui.plain.reports import Told
from imr_tui.session.shared_cases import make_replicated
from imr_tui.store.cases.editor_file import left_behind, note_told
from imr_tui.store.config.profile import load_profile

if TYPE_CHECKING:
    from imr_tui.plain.command import Page
    from imr_tui.plain.session import PlainSession
    from imr_tui.store.shared.replication.replicated_folder import ReplicatedFolder

TIDY_SECONDS = 2.0
"""How long cleaning up waits, so that the first question is there before."""


def begin(session: PlainSession, number: str, make_shared: Callable[[], ReplicatedFolder]) -> Page:
    """The first page: that of the case `number`, or the worklist.

    `make_shared` makes the folder whose cases are in the shared store, too.
    """
    if not session.folder.is_writable():
        session.read_only = f"READ ONLY: you cannot write to {session.folder.path}"
    session.cases.bring_all_back()
    _read_profile(session)
    _begin_sharing(session, make_shared)
    for origin, place in left_behind(session.folder):
        note_told(place)
        session.console.say(
            f"Unsaved editor text of {origin.number} ({origin.field}) is in {place}."
        )
    tidying = Timer(TIDY_SECONDS, partial(_tidy, session))
    tidying.daemon = True
    tidying.start()
    if number and session.open(number):
        return first_page(session, session.resume_points.last())
    return worklist(session)


def _read_profile(session: PlainSession) -> None:
    """Read the profile, and ask for it if none was saved."""
    try:
        session.profile = load_profile(session.folder)
    except ImrError as error:
        session.console.error(str(error))
        return
    if session.profile is None and not session.read_only:
        with suppress(Cancelled):
            loaded("imr_tui.plain.profile_page:ask_profile")(session)


def _tidy(session: PlainSession) -> None:
    """Clean up in the folder; on a thread, since nothing waits for it."""
    from imr_tui.store.maintenance.housekeeping import tidy

    with suppress(ImrError):
        tidy(session.folder, session.settings.retention, session.now)


def replicated(session: PlainSession) -> ReplicatedFolder:
    """The folder whose cases are in the shared store, too. Raises ImrError if it cannot be used."""
    names, setup = session.settings.employee_names, session.check_setup()
    return make_replicated(session.folder, session.host, session.me.who, setup, names)


def _begin_sharing(session: PlainSession, make: Callable[[], ReplicatedFolder]) -> None:
    def begun(folder: ReplicatedFolder) -> None:
        session.claims = folder
        if not session.read_only:
            folder.send_unsent(session.me, lambda says: session.reports.put(Told(says)))

    session.sharing.begin(make, begun, lambda error: session.reports.put(Told(f"Error: {error}")))
