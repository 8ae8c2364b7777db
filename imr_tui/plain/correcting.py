"""Begins the correction of a signed case."""

from __future__ import annotations

from typing import TYPE_CHECKING

from imr_tui.errors import ImrError

if TYPE_CHECKING:
    from imr_tui.plain.session import PlainSession


def begin_correction_of(session: PlainSession) -> bool:
    """Make the open, signed case editable for a correction of its printed words; says what is kept.

    False if nothing was changed.
    """
    # What only a correction needs.
    from imr_tui.services.correct_case import begin_correction
    from imr_tui.store.signing.trust import load_trust

    console, number = session.console, session.case.number
    console.say("Decisions, requests and the order of the items stay as they were signed.")
    reason = console.ask("Reason for the correction, not printed, or blank for none")
    if not reason or session.open_case is None:
        console.say("Nothing was changed.")
        return False
    path, now = session.open_case.file.path, session.now
    try:
        trust = load_trust(session.folder, session.host)
        claim = session.claims.claim(number, session.me)
        try:
            begun = begin_correction(path, reason, trust, now)
        finally:
            claim.release()
        session.open_again()
    except ImrError as error:
        console.error(str(error))
        return False
    console.say(
        f"{number} can be corrected. Edit it, then sign it as revision {begun.revision + 1}. "
        f"Revision {begun.revision} is kept."
    )
    return True
