"""Takes the open case over from the session that has it, or asks that session for it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from imr_tui.errors import ImrError
from imr_tui.session.opening import Opened
from imr_tui.store.history.versions import Event

if TYPE_CHECKING:
    from imr_tui.plain.session import PlainSession
    from imr_tui.store.contract import CaseClaim


def take_over(session: PlainSession) -> None:
    """Take the open case over, or ask for it, and say so. Raises ImrError."""
    # Loads pydantic, which the worklist does without.
    from imr_tui.store.locking.holder import Held

    if session.held_by is None or session.monitor is None:
        return
    number = session.case.number
    try:
        if (refused := session.cases.prepare(number, needs_lease=True)) is not None:
            raise refused
        claim = session.claims.claim(number, session.me)
    except Held as error:
        session.monitor.ask(session.me)
        session.console.say(
            f"Asked {error.holder.who} on {error.holder.host} for the case. You get it when it is "
            "handed over, or after a minute without a line there."
        )
    else:
        _write_again(session, number, claim)


def _write_again(session: PlainSession, number: str, claim: CaseClaim) -> None:
    """Write the case from now on; what was typed into a copy meanwhile is a second text."""
    case = session.open_case
    copy = case.case if case is not None and case.has_copy else None
    try:
        file = session.folder.open(number)
        if copy is not None:
            file.save_aside(copy)
        session.cases.take(session.cases.respect(Opened(file, claim)), Event.TAKEN_OVER)
    except ImrError:
        claim.release()
        raise
    if not session.read_only:
        session.console.say("You can edit this case now.")
