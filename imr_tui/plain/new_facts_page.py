"""The page of the facts that the organization changed, each to be accepted or rejected."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import TYPE_CHECKING

from imr_tui.errors import ImrError
from imr_tui.plain.command import Command
from imr_tui.plain.numbered_rows import row_typed
from imr_tui.session.received_facts import UNCHANGED, ReceivedFacts, described
from imr_tui.store.intake.new_facts import new_facts, settle_new_facts

if TYPE_CHECKING:
    from imr_tui.domain.fact_change import FactChange
    from imr_tui.plain.command import Page
    from imr_tui.plain.session import PlainSession

_DECIDED = "You have decided about all new facts. undo reverts what you accepted."


class NewFactsPage:
    """Lists what is not decided yet. An accepted fact is an edit, which undo takes back."""

    title = "New facts from the organization"

    def __init__(
        self, session: PlainSession, received: ReceivedFacts, back: Callable[[], Page]
    ) -> None:
        """`back` makes the page that follows."""
        self._session = session
        self._received = received
        self._back = back

    @property
    def _facts(self) -> tuple[FactChange, ...]:
        return self._received.pending(self._session.case)

    def lines(self) -> Iterator[str]:
        """Each fact: what the case states, and what the organization states now."""
        for number, fact in enumerate(self._facts, 1):
            name, *states = described(fact)
            yield f"{number}. {name}"
            yield from states

    def prompt(self) -> str:
        """The case."""
        return f"New facts of {self._session.case.number}"

    def commands(self) -> Sequence[Command]:
        """What can be decided."""
        return (
            Command("a", "accept", self._accept, ("facts.accept",)),
            Command("r", "keep mine", self._reject, ("facts.reject",)),
            Command("all", "accept all", self._accept_all, ("facts.accept-all",)),
            Command("b", "back", lambda rest: self._back()),
        )

    def _accept(self, rest: str) -> Page | None:
        fact = self._chosen(rest)
        if fact is None:
            return None
        asks = f"{fact.warning} Accept it?"
        if fact.warning and not self._session.console.confirm(asks):
            return None
        if not self._session.edit(fact.apply, f"Accepted: {fact.label}."):
            return None
        return self._next()

    def _accept_all(self, rest: str) -> Page | None:
        says = "Accepted all, except for those that remove your work."
        return self._next() if self._session.edit(self._received.all_accepted, says) else None

    def _reject(self, rest: str) -> Page | None:
        session = self._session
        # The facts of a signed case can only be rejected.
        if session.read_only and not (session.is_signed and session.held_by is None):
            session.console.error(session.read_only)
            return None
        fact = self._chosen(rest)
        if fact is None:
            return None
        self._received.reject(fact)
        session.console.say(f"Kept yours: {fact.label}.")
        return self._next()

    def _chosen(self, rest: str) -> FactChange | None:
        facts = self._facts
        at = row_typed(self._session.console, rest, len(facts), "fact")
        return None if at is None else facts[at]

    def _next(self) -> Page | None:
        """Say what is left; with nothing left, the page before."""
        if self._facts:
            self._session.console.say(*self.lines())
            return None
        settle(self._session, self._received)
        self._session.console.say(_DECIDED)
        return self._back()


def show_new_facts(session: PlainSession, back: Callable[[], Page]) -> Page | None:
    """The page of the new facts of the open case; says if there are none, or an error."""
    received = ReceivedFacts()
    try:
        received.facts = new_facts(session.folder.path, session.case.number)
    except ImrError as error:
        session.console.error(str(error))
        return None
    if received.pending(session.case):
        return NewFactsPage(session, received, back)
    session.console.say(UNCHANGED)
    settle(session, received)
    return None


def settle(session: PlainSession, received: ReceivedFacts) -> None:
    """Note that the reviewer has decided about all facts, once the case is saved."""
    facts, received.facts = received.facts, None
    is_decided = not session.read_only or (session.is_signed and session.held_by is None)
    if facts is None or not is_decided or not session.saved():
        return
    try:
        settle_new_facts(session.folder.path, facts.number, facts.after)
    except ImrError as error:
        session.console.error(str(error))
