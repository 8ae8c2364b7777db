"""Asks why a source outside the MTUS is cited, or none at all."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from imr_tui.domain.standards import sentence
from imr_tui.model import evidence_edits
from imr_tui.plain.fields import CLEAR
from imr_tui.session.citing.departures import ASKS, ORDER, PLACES, REASONS
from imr_tui.session.reasons import NOT_PRINTED

if TYPE_CHECKING:
    from imr_tui.plain.session import PlainSession

_LATER = "The rationale does not say why the MTUS does not decide. m asks again."


def ask_departure(session: PlainSession, index: int) -> None:
    """Ask for the reason, the sentence that states it, and where to put it in the rationale."""
    console, path = session.console, f"items[{index}].departure.sentence"
    console.say("Why not the MTUS? (8 CCR 9792.21.1)", ASKS, ORDER)
    at = console.choose("Reason", list(REASONS.values()))
    if at is None:
        _postpone(session, index)
        return
    reason = list(REASONS)[at]
    words = session.drafts.text(path, sentence(session.case.items[index], reason))
    console.say(f"Sentence: {words}")
    if typed := console.ask("Another sentence, or blank to keep this one"):
        words = typed
        session.drafts.put(path, words)
    place = console.choose("Place", list(PLACES.values()))
    if place is None:
        _postpone(session, index)
        return
    change = partial(
        evidence_edits.depart_in_words,
        index=index,
        departure=reason,
        sentence=words,
        first=list(PLACES)[place] == "beginning",
    )
    if session.edit(change, "The sentence is in the rationale.") and session.saved():
        session.drafts.drop(path)


def _postpone(session: PlainSession, index: int) -> None:
    if session.case.items[index].departure is None:
        change = partial(evidence_edits.depart, index=index, departure="unexplained")
        if not session.edit(change):
            return
    session.console.say(_LATER)


def ask_uncited(session: PlainSession, index: int) -> None:
    """Ask why an item cites no guideline; the letter then says that no evidence is cited."""
    now = session.case.items[index].uncited
    session.console.say(f"{NOT_PRINTED} {CLEAR} takes the choice back.")
    typed = session.console.ask(f"Reason to cite no guideline ({now or 'blank'})")
    if not typed:
        session.console.say("Nothing was changed.")
        return
    reason = "" if typed == CLEAR else typed
    says = "The item cites no guideline." if reason else "The choice was taken back."
    session.edit(partial(evidence_edits.set_uncited, index=index, reason=reason), says)
