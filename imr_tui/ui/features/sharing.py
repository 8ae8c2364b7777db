"""Shares a case with other sessions and programs: who has it, who asks for it, whose text stays."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from textual import events

from imr_tui.errors import ImrError
from imr_tui.store.cases.case_file import ChangedElsewhere
from imr_tui.store.history.versions import Event
from imr_tui.terminal.input_queue import ASIDE
from imr_tui.ui import dialogs
from imr_tui.ui.features.notices import KEY, Notice
from imr_tui.ui.features.opening import Opening
from imr_tui.ui.messages import (
    ClaimAsked,
    ClaimFree,
    ClaimLost,
    ClaimRefused,
    ClaimWithdrawn,
    FileChanged,
    SaveReported,
)
from imr_tui.ui.widgets.key_line import key_name

if TYPE_CHECKING:
    from imr_tui.store.locking.claim import Claim, Holder
    from imr_tui.ui.dialogs.sharing import Choice
    from imr_tui.ui.features.claim_monitor import ClaimMonitor
    from imr_tui.ui.features.editing import Editing
    from imr_tui.ui.features.open_case import OpenCase
    from imr_tui.ui.features.saving import Saving
    from imr_tui.ui.state import Handlers, Shell, State


class Sharing:
    """Writes a case only while it has the claim on it, and never over another program's text."""

    def __init__(
        self,
        state: State,
        shell: Shell,
        editing: Editing,
        saving: Saving,
        show_again: Callable[[], object],
    ) -> None:
        """`show_again` rebuilds what is in view from the case."""
        self._state = state
        self._shell = shell
        self.opening = Opening(state, shell, editing, self.tell_two_texts)
        """Opens cases."""
        self._editing = editing
        self._saving = saving
        self._show_again = show_again
        self._asks: Holder | None = None

    @property
    def handlers(self) -> Handlers:
        """The messages that this feature handles."""
        return {
            SaveReported: self._saved,
            FileChanged: lambda _: self._file_changed(),
            ClaimAsked: self._asked,
            ClaimWithdrawn: lambda _: self._settle_request("It is not asked for any more."),
            ClaimLost: self._lost,
            ClaimRefused: self._refused,
            ClaimFree: self._is_free,
        }

    async def note_activity(self, event: events.Event) -> events.Event:
        """A step of the input pipeline: a case at which somebody types is not given away."""
        is_typed = isinstance(event, events.Key | events.Paste)
        if is_typed and self._editing.claim_monitor is not None and not self._state.is_locked:
            self._editing.claim_monitor.note_key()
        return event

    # ── Another program wrote the file ───────────────────────────────────────────────────

    def tell_two_texts(self) -> None:
        """Say that there are two texts of the open case, and how to choose between them."""
        says = "Another program changed this case. Both texts are kept."
        self._state.tell(Notice("choice", says, "Compare"))

    def _saved(self, message: SaveReported) -> None:
        if isinstance(message.error, ChangedElsewhere):
            self.tell_two_texts()

    def _file_changed(self) -> None:
        session = self._editing.session
        if session is not None and not session.writes_case:
            self._shell.io.queue.between_keys(self._follow_file)
        elif session is not None and session.file.is_apart:
            self._state.save_state = "KEPT ASIDE: changed elsewhere"
            self.tell_two_texts()

    def choose(self) -> None:
        """Let the reviewer choose which of two texts stays."""
        session, choice = self._editing.session, dialogs.sharing.ChoiceScreen
        if session is not None and not isinstance(self._shell.screen, choice):
            self._shell.push_screen(choice(session.case, session.file.theirs), self._chosen)

    def _chosen(self, choice: Choice | None) -> None:
        session = self._editing.session
        if session is not None and choice is not None:
            work = self._continue_with(choice, session)
            self._shell.run_worker(work, exclusive=True, group="choice")

    async def _continue_with(self, choice: Choice, session: OpenCase) -> None:
        if not await self._saving.saved():
            # What still is on its way would come after what is chosen now.
            return
        try:
            if choice is dialogs.sharing.Choice.MINE:
                await asyncio.to_thread(session.file.overwrite, session.case)
            else:
                session.adopt(await asyncio.to_thread(session.file.take_theirs, session.case))
        except ImrError as error:
            self._shell.complain(error)
            return
        self._state.drop_notice("choice")
        self._state.save_state = f"Saved {self._state.now:%H:%M:%S}"
        if choice is dialogs.sharing.Choice.THEIRS:
            self._state.case = session.case
            self._close_dialogs()
            self._show_again()

    def _close_dialogs(self) -> None:
        """Close the dialogs over the stage, which show the other text."""
        while isinstance(screen := self._shell.screen, dialogs.dialog.Dialog):
            screen.dismiss(None)

    def _follow_file(self) -> None:
        """Show what the session that has the case has written, unless something is typed here."""
        session = self._editing.session
        if session is None or session.writes_case or session.has_copy:
            return
        try:
            session.reread()
        except ImrError:
            return
        self._state.case = session.case
        self._show_again()

    # ── Another session wants the case, or has it ────────────────────────────────────────

    def _asked(self, message: ClaimAsked) -> None:
        session = self._editing.session
        if session is None or not session.writes_case:
            return
        self._asks = message.holder
        who = f"{message.holder.who} on {message.holder.host}"
        self._state.tell(Notice("request", f"{who} asks for this case.", "Answer"))

    def _settle_request(self, says: str) -> None:
        """Close the question of another session; its dialog, if it is open, only tells why."""
        self._state.drop_notice("request")
        for screen in self._shell.screen_stack:
            if isinstance(screen, dialogs.sharing.RequestScreen):
                screen.settle(says)

    def open_request(self) -> None:
        """Show the question of the session that asks for the open case."""
        request = dialogs.sharing.RequestScreen
        if self._asks is not None and not isinstance(self._shell.screen, request):
            answer = partial(self._answer, self._asks)
            self._shell.push_screen(request(self._asks), answer)

    def _answer(self, holder: Holder, gives: bool | None) -> None:
        monitor = self._editing.claim_monitor
        if monitor is None or gives is None:
            return
        self._state.drop_notice("request")
        if gives:
            work = self._give(holder, monitor)
            self._shell.run_worker(work, exclusive=True, group=f"{ASIDE}-give")
        else:
            monitor.refuse()

    async def _give(self, holder: Holder, monitor: ClaimMonitor) -> None:
        if not await asyncio.to_thread(monitor.give, holder):
            monitor.refuse()
            self._shell.say("The case is not on the disk yet, so it stays here.")

    def _lost(self, message: ClaimLost) -> None:
        who = f"{message.holder.who} on {message.holder.host}"
        self._settle_request(f"All is saved, and {who} has the case now.")
        self._state.held_by = message.holder
        self._state.save_state = f"Given to {message.holder.who}"
        says = f"Given to {message.holder.who}; what you type is kept as a copy."
        self._state.tell(Notice("given", says, "Ask for it"))
        self._shell.refresh_bindings()

    def _refused(self, message: ClaimRefused) -> None:
        self._shell.say(f"{message.holder.who} on {message.holder.host} keeps the case.")

    def _is_free(self, message: ClaimFree) -> None:
        if message.is_wanted:
            self._shell.io.queue.between_keys(self.take_over)
        elif self._state.held_by is not None:
            key = key_name(KEY) if self._state.notices else "t"
            self._shell.say(f"The case is free now; {key} takes it over.")

    def take_over(self) -> None:
        """Take the open case from the session that has it, or ask that session for it."""
        if self._state.held_by is None or self._editing.claim_monitor is None:
            return
        from imr_tui.store.locking.claim import Held, claim

        number = self._state.open_case.number
        try:
            taken = claim(self._state.folder.path, number, self.opening.me)
        except Held as error:
            self._ask(error.holder, self._editing.claim_monitor)
        except ImrError as error:
            self._shell.complain(error)
        else:
            self._take_over(number, taken)

    def _ask(self, holder: Holder, monitor: ClaimMonitor) -> None:
        try:
            monitor.ask(self.opening.me)
        except ImrError as error:
            self._shell.complain(error)
        else:
            self._shell.say(
                f"{holder.who} on {holder.host} is asked for the case. It comes here as soon as "
                "it is given, or after a minute in which nobody types there."
            )

    def _take_over(self, number: str, claim: Claim) -> None:
        """Write the case from now on; what was typed into a copy meanwhile is a second text."""
        state, session = self._state, self._editing.session
        copy = session.case if session is not None and session.has_copy else None
        before = state.read_only, state.held_by
        try:
            file = state.folder.open(number)
            if copy is not None:
                file.save_aside(copy)
            state.read_only, state.held_by = "", None
            self.opening.begin(file, claim, Event.TAKEN_OVER)
        except ImrError as error:
            state.read_only, state.held_by = before
            claim.release()
            self._shell.complain(error)
            return
        if copy is None:
            self._show_again()
        self._shell.say("You write this case now.")
