"""The facts that the organization changed in the open case, and what the reviewer decides."""

from __future__ import annotations

from typing import TYPE_CHECKING

from imr_tui.domain import new_facts as domain
from imr_tui.errors import ImrError
from imr_tui.session.events import IntakeChanged
from imr_tui.session.received_facts import UNCHANGED, ReceivedFacts
from imr_tui.terminal.background import BACKGROUND, in_thread
from imr_tui.ui import dialogs
from imr_tui.ui.state import Notice

if TYPE_CHECKING:
    from imr_tui.domain.fact_change import FactChange
    from imr_tui.model.edits import Change
    from imr_tui.session.open_case import OpenCase
    from imr_tui.store.intake.new_facts import NewFacts as Received
    from imr_tui.store.signing.standing import Kind
    from imr_tui.ui.features.editing import Editing
    from imr_tui.ui.features.saving import Saving
    from imr_tui.ui.state import Handlers, Shell, State


class NewFacts:
    """No fact of the case changes unless the reviewer accepts it."""

    def __init__(self, state: State, shell: Shell, editing: Editing, saving: Saving) -> None:
        self._state = state
        self._shell = shell
        self._editing = editing
        self._saving = saving
        self._received = ReceivedFacts()

    @property
    def handlers(self) -> Handlers:
        """The messages that this feature handles."""
        return {IntakeChanged: lambda _: self._look()}

    def begin(self, *, shows: bool) -> None:
        """Look at what was sent for a case that was just opened; `shows`: show it at once."""
        self._received.clear()
        session = self._editing.session
        if shows and session is not None:
            self._shell.run_worker(self._read_and_show(session))
        else:
            self._look()

    def _look(self) -> None:
        """Look at what was sent; keys need not wait for it."""
        # The list of cases does without.
        from imr_tui.store.intake.new_facts import has_new_facts

        session = self._editing.session
        if session is None:
            return
        if self._received.facts or has_new_facts(self._state.folder.path, session.case.number):
            work = self._follow(session)
            self._shell.run_worker(work, exclusive=True, group=f"{BACKGROUND}-intake")

    async def _follow(self, session: OpenCase) -> None:
        if await self._read(session):
            self._tell()

    async def _read(self, session: OpenCase) -> bool:
        """Read the new facts; False if they cannot be read, or the case was left meanwhile."""
        from imr_tui.store.intake.new_facts import new_facts

        folder, number = self._state.folder.path, session.case.number
        try:
            found = await in_thread(lambda _: new_facts(folder, number))
        except ImrError as error:
            self._shell.complain(error)
            return False
        if session is not self._editing.session:
            return False
        self._received.facts = found
        return True

    async def _read_and_show(self, session: OpenCase) -> None:
        if await self._read(session):
            self.show()

    def _tell(self) -> None:
        """Say that facts wait, or settle them if the case states all of them already."""
        screen = self._shell.screen
        if isinstance(screen, dialogs.new_facts.NewFactsScreen):
            screen.show_facts()
        elif self._state.held_by is not None or self._is("closed"):
            # The session that has the case decides; about a closed one, nobody does.
            return
        elif says := domain.in_words(self.pending):
            self._state.tell(Notice("facts", f"{says} Your case is unchanged.", "Show"))
        else:
            self.settle()

    def show(self) -> None:
        """Show the new facts, each to be accepted or rejected."""
        self._state.drop_notice("facts")
        if self.pending:
            screen = dialogs.new_facts.NewFactsScreen()
            self._shell.push_screen(screen, lambda _: self._shell.call_later(self._tell))
        else:
            self._shell.hint(UNCHANGED)
            self.settle()

    @property
    def pending(self) -> tuple[FactChange, ...]:
        """The facts that the reviewer has not decided about."""
        return self._received.pending(self._state.case)

    @property
    def all_accepted(self) -> Change:
        """The edit that accepts all of them, except for those that remove a reviewer's work."""
        return self._received.all_accepted

    def reject(self, change: FactChange) -> None:
        """Leave the case as it is in this fact."""
        self._received.reject(change)

    @property
    def why_no_reject(self) -> str:
        """Why no fact can be rejected, as a sentence; blank if it can, as in a signed case."""
        can = self._is("signed") and self._state.held_by is None
        return "" if can else self._state.read_only

    def _is(self, kind: Kind) -> bool:
        """Whether the open case stands so."""
        session = self._editing.session
        return session is not None and session.file.standing.kind == kind

    def settle(self) -> None:
        """Note that the reviewer has decided about all facts, once the case is saved."""
        self._state.drop_notice("facts")
        if self._received.facts is not None and not self.why_no_reject:
            work = self._settle(self._received.facts)
            self._shell.run_worker(work, group=f"{BACKGROUND}-settle")
            self._received.facts = None

    async def _settle(self, facts: Received) -> None:
        from imr_tui.store.intake.new_facts import settle_new_facts

        folder = self._state.folder.path
        try:
            if await self._saving.saved():
                await in_thread(lambda _: settle_new_facts(folder, facts.number, facts.after))
            else:
                self._editing.look_at_intake_again()
        except ImrError as error:
            self._shell.complain(error)
