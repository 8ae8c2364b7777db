"""Shares a case with other sessions: who has it, who asks for it, and handing it over."""

from __future__ import annotations

import asyncio
from functools import partial
from typing import TYPE_CHECKING

from textual import events

from imr_tui.errors import ImrError
from imr_tui.session.events import (
    ClaimAsked,
    ClaimFree,
    ClaimLost,
    ClaimRefused,
    ClaimWithdrawn,
)
from imr_tui.store.history.versions import Event
from imr_tui.terminal.background import BACKGROUND, in_thread
from imr_tui.ui import dialogs
from imr_tui.ui.state import Notice

if TYPE_CHECKING:
    from collections.abc import Callable

    from imr_tui.session.claim_monitor import ClaimMonitor
    from imr_tui.store.contract import CaseClaim
    from imr_tui.store.locking.holder import Holder
    from imr_tui.ui.features.editing import Editing
    from imr_tui.ui.features.opening import Opening
    from imr_tui.ui.features.preparing import Preparing
    from imr_tui.ui.state import Handlers, Shell, State


class Sharing:
    """Hands the claim on the open case over to another session, and takes it over from one."""

    def __init__(
        self,
        state: State,
        shell: Shell,
        editing: Editing,
        opening: Opening,
        preparing: Preparing,
        lost_to: Callable[[], Holder | None],
        show_again: Callable[[], object],
    ) -> None:
        """`lost_to`: the session of another host to which the open case was lost, or None.

        `show_again` rebuilds the screen in view from the case.
        """
        self._state = state
        self._shell = shell
        self._editing = editing
        self._opening = opening
        self._preparing = preparing
        self._lost_to = lost_to
        self._show_again = show_again
        self._asks: Holder | None = None

    @property
    def handlers(self) -> Handlers:
        """The messages that this feature handles."""
        return {
            ClaimAsked: self._asked,
            ClaimWithdrawn: lambda _: self._settle_request(
                "The other session withdrew its request."
            ),
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

    # ── Another session asks for the case ────────────────────────────────────────────────

    def _asked(self, message: ClaimAsked) -> None:
        session = self._editing.session
        if session is None or not session.writes_case:
            return
        self._asks = message.holder
        says = f"{_name(message.holder)} wants to edit this case."
        self._state.tell(Notice("request", says, "Answer"))

    def _settle_request(self, says: str) -> None:
        """Close the question of another session; if its dialog is open, it only says why."""
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
            self._shell.run_worker(work, exclusive=True, group=f"{BACKGROUND}-give")
        else:
            monitor.refuse()

    async def _give(self, holder: Holder, monitor: ClaimMonitor) -> None:
        if not await asyncio.to_thread(monitor.give, holder):
            monitor.refuse()
            self._shell.say("The case is not saved yet, so it was not handed over.")

    # ── Another session has the case ─────────────────────────────────────────────────────

    def _lost(self, message: ClaimLost) -> None:
        holder = self._lost_to() or message.holder
        self._settle_request(f"Everything is saved. {_name(holder)} has the case now.")
        self._state.held_by = holder
        self._state.save_state = f"Handed over to {holder.who}"
        says = f"{holder.who} has the case. Your further changes go to a copy."
        self._state.tell(Notice("given", says, "Ask for it"))
        self._shell.refresh_bindings()

    def _refused(self, message: ClaimRefused) -> None:
        self._shell.say(f"{_name(message.holder)} did not hand over the case.")

    def _is_free(self, message: ClaimFree) -> None:
        if message.is_wanted:
            self._shell.io.queue.call_between_keys(self.take_over)
        elif self._state.held_by is not None:
            action = "app.answer" if self._state.notices else "app.take-over"
            key = self._state.keys.name(action)
            self._shell.say(f"The case is free now. {key} takes it over.")

    def take_over(self) -> None:
        """Take the open case over from the session that has it, or ask that session for it."""
        if self._state.held_by is None or self._editing.claim_monitor is None:
            return
        self._preparing.prepare(self._state.open_case.number, self._claim, needs_lease=True)

    def _claim(self, refused: ImrError | None) -> None:
        """Claim the open case; `refused` is why the shared store does not give it."""
        # Loads pydantic, which the first frame does without.
        from imr_tui.store.locking.holder import Held

        number = self._state.open_case.number
        try:
            if refused is not None:
                raise refused
            taken = self._state.claims.claim(number, self._opening.me)
        except Held as error:
            self._shell.run_worker(self._ask(error.holder), group=f"{BACKGROUND}-ask")
        except ImrError as error:
            self._shell.complain(error)
        else:
            self._take_over(number, taken)

    async def _ask(self, holder: Holder) -> None:
        if (monitor := self._editing.claim_monitor) is None:
            return
        try:
            await in_thread(lambda _: monitor.ask(self._opening.me))
        except ImrError as error:
            self._shell.complain(error)
        else:
            self._shell.say(
                f"Asked {_name(holder)} for the case. You get it when it is handed over, or after "
                "a minute without a key there."
            )

    def _take_over(self, number: str, claim: CaseClaim) -> None:
        """Write the case from now on; what was typed into a copy meanwhile is a second text."""
        state, session = self._state, self._editing.session
        copy = session.case if session is not None and session.has_copy else None
        before = state.read_only, state.held_by
        try:
            file = state.folder.open(number)
            if copy is not None:
                file.save_aside(copy)
            state.read_only, state.held_by = "", None
            self._opening.begin(file, claim, Event.TAKEN_OVER)
        except ImrError as error:
            state.read_only, state.held_by = before
            claim.release()
            self._shell.complain(error)
            return
        if copy is None or state.read_only:
            self._show_again()
        if not state.read_only:
            self._shell.say("You can edit this case now.")


def _name(holder: Holder) -> str:
    return f"{holder.who} on {holder.host}"
