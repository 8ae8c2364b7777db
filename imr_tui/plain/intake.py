"""Follows the organization, which may close the open case, or change facts of it."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from imr_tui.domain.new_facts import changes, in_words
from imr_tui.errors import ImrError
from imr_tui.plain.notices import Notice
from imr_tui.plain.page_table import new_facts_page
from imr_tui.session.file_state import must_open_again
from imr_tui.store.intake.closing import is_closed
from imr_tui.store.intake.new_facts import has_new_facts, new_facts, settle_new_facts
from imr_tui.store.signing.standing import closed_standing

if TYPE_CHECKING:
    from imr_tui.plain.session import PlainSession
    from imr_tui.plain.two_texts import TwoTexts


def follow_closing(session: PlainSession, texts: TwoTexts) -> None:
    """Open the case again if it was closed, or opened again, once all is saved."""
    case, folder = session.open_case, session.folder.path
    if case is None:
        return
    standing, number = case.file.standing, case.case.number
    if standing.kind != "closed" and not is_closed(folder, number):
        return
    if not must_open_again(standing, closed_standing(folder, number)):
        return
    session.audit.note_edits()
    if case.flush(or_kept=True):
        texts.open_again()
    elif session.cases.intake is not None:
        session.cases.intake.tell_again()


def tell_new_facts(session: PlainSession) -> None:
    """Tell that facts wait for the reviewer, or settle them if the case states all of them."""
    folder, number = session.folder.path, session.case.number
    if not has_new_facts(folder, number):
        session.notices.drop("facts")
        return
    if session.held_by is not None or session.standing.kind == "closed":
        # The session that has the case decides; about a closed one, nobody does.
        return
    try:
        found = new_facts(folder, number)
        if found is None:
            return
        if says := in_words(changes(session.case, found)):
            answer = partial(new_facts_page, session)
            session.notices.tell(Notice("facts", f"{says} Your case is unchanged.", answer))
        elif not session.read_only and session.saved():
            settle_new_facts(folder, number, found.after)
    except ImrError as error:
        session.console.error(str(error))
