"""Writes the letter of the open case, or its PDF, once the case itself is saved."""

from __future__ import annotations

from typing import TYPE_CHECKING

from imr_tui.errors import ImrError
from imr_tui.services.signed_letter import signed_letter
from imr_tui.services.write_letter import make_letter
from imr_tui.session.findings_in_words import unresolved, unresolved_in_words
from imr_tui.session.letters import written_draft, written_letter, written_pdf, written_signed
from imr_tui.store.history.versions import Event

if TYPE_CHECKING:
    from imr_tui.plain.session import PlainSession
    from imr_tui.services.write_letter import Letter


def write_open_letter(session: PlainSession, *, as_pdf: bool) -> None:
    """Write the letter, and say where; with unresolved warnings only after asking."""
    try:
        if session.is_signed:
            _write_signed(session, as_pdf=as_pdf)
        elif _may_write(session):
            _write(session, as_pdf=as_pdf)
    except ImrError as error:
        session.console.error(str(error))


def _write_signed(session: PlainSession, *, as_pdf: bool) -> None:
    folder, case = session.folder.path, session.case
    if as_pdf:
        letter = signed_letter(folder, case).decode("ascii")
        session.console.say(written_pdf(folder, case.number, letter, is_draft=False))
        session.audit.note_export()
    else:
        session.console.say(written_signed(folder, case, session.now))


def _may_write(session: PlainSession) -> bool:
    """Whether a letter may be written now; says why not."""
    if session.read_only:
        session.console.error(session.read_only)
        return False
    findings = session.findings()
    if any(each.severity == "error" for each in findings):
        session.console.error("An error blocks the letter. f names it.")
        return False
    if count := unresolved(findings):
        says = f"{unresolved_in_words(count)}. Write the letter anyway?"
        if not session.console.confirm(says):
            session.console.say("No letter was written.")
            return False
    return True


def _write(session: PlainSession, *, as_pdf: bool) -> None:
    """Write the letter of a case that is open; raises ImrError."""
    opened = session.open_case
    if opened is None or not session.saved():
        return
    if not opened.writes_case:
        session.console.error(f"No letter was written, because {session.held_by} has the case.")
        return
    if session.has_two_texts():
        says = "No letter was written, as another program changed the case."
        session.console.error(says)
        return
    if not session.shared("No letter was written."):
        return
    case, letterhead = session.case, session.settings.letterhead
    letter = make_letter(case, letterhead, session.check_setup())
    if letter.errors:
        session.console.error("An error blocks the letter. f names it.")
        return
    session.console.say(_written(session, letter, as_pdf=as_pdf))


def _written(session: PlainSession, letter: Letter, *, as_pdf: bool) -> str:
    """Write what is asked for, record it, and say where it is; raises ImrError."""
    folder, case = session.folder, session.case
    is_draft = session.host.require_signature
    if as_pdf:
        says = written_pdf(folder.path, case.number, letter.text, is_draft=is_draft)
        session.audit.note_export()
        return says
    if is_draft:
        return written_draft(folder, case, letter, session.now)
    says = written_letter(folder, case, letter, session.now)
    session.mark(Event.LETTER)
    session.sharing.send_files()
    return says
