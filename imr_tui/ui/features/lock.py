"""Locks the screen when nobody types for a while, and ends the session after a longer one."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, Any

from textual import events

from imr_tui.errors import ChangedElsewhere
from imr_tui.session.events import IntakeChanged
from imr_tui.session.idle import Due, due
from imr_tui.store.history.versions import Event
from imr_tui.ui import dialogs
from imr_tui.ui.messages import SaveReported, SessionReported

if TYPE_CHECKING:
    from textual.message import Message
    from textual.screen import Screen

    from imr_tui.ui.features.editing import Editing
    from imr_tui.ui.features.editor import ExternalEditor
    from imr_tui.ui.features.saving import Saving
    from imr_tui.ui.state import Shell, State


class Lock:
    """Checks the time every second and before every key; holds back what happens while locked."""

    def __init__(
        self,
        state: State,
        shell: Shell,
        editing: Editing,
        saving: Saving,
        editor: ExternalEditor,
        seconds: Callable[[], float],
        show: Callable[[Screen[Any]], object],
        note_unlocked: Callable[[], object],
    ) -> None:
        """`seconds`: a clock that nobody sets; `show` pushes a screen even while locked.

        `note_unlocked` records that the PIN was typed.
        """
        self._state = state
        self._shell = shell
        self._editing = editing
        self._saving = saving
        self._editor = editor
        self._seconds = seconds
        self._show = show
        self._note_unlocked = note_unlocked
        self._held: list[Callable[[], object]] = []
        self._touched = seconds()
        self._read_at: float | None = None
        self._is_leaving = False

    async def filter_key(self, event: events.Event) -> events.Event | None:
        """A step of the input pipeline: the key at which the lock turns out to be due is lost."""
        if isinstance(event, events.Key | events.Paste) and not event.is_forwarded:
            was_locked = self._state.is_locked
            self.look_at_clock()
            if self._state.is_locked and not was_locked:
                # It was meant for the screen that is locked now.
                return None
            if not self._state.is_locked:
                self.reset_timer()
        return event

    def reset_timer(self) -> None:
        """Note that somebody types."""
        self._touched = self._seconds()

    def look_at_clock(self) -> None:
        """Lock the screen or end the session if that is due."""
        self._look_at_editor()
        host = self._state.host
        match due(self._seconds() - self._touched, host):
            case Due.LEAVE:
                minutes = host.leave_minutes
                self.leave(f"Session ended after {minutes} minutes without a key. All is saved.")
            case Due.LOCK:
                self.lock()

    def _look_at_editor(self) -> None:
        """Note keys that an editor gets, by the time at which the terminal was read last."""
        driver = self._shell.io.driver
        is_outside = self._editor.private_text is not None and not self._state.is_locked
        if driver is None or not is_outside:
            self._read_at = None
            return
        before, self._read_at = self._read_at, driver.last_input_time()
        if before not in (None, self._read_at):
            self.reset_timer()
            if self._editing.claim_monitor is not None:
                self._editing.claim_monitor.note_key()

    # ── Locking ──────────────────────────────────────────────────────────────────────────

    def lock(self) -> None:
        """Show nothing of a case until the PIN is typed; an editor is stopped meanwhile."""
        if self._state.is_locked or self._is_leaving:
            return
        self._saving.keep_resume_point()
        self._show(dialogs.lock.LockScreen())
        self._state.is_locked = True
        self._state.hint_shown = ""
        # Keys wait until the field of the PIN has the focus.
        self._shell.io.queue.call_between_keys(lambda: None)
        if self._editor.private_text is not None and (driver := self._shell.io.driver) is not None:
            driver.pause_child()

    def unlock(self) -> None:
        """Show everything as before, and then what happened meanwhile."""
        self._note_unlocked()
        if self._editor.private_text is None:
            self._unlock()
        else:
            self._shell.run_worker(self._resume_editor(), exclusive=True, group="resume-editor")

    async def _resume_editor(self) -> None:
        """Let the editor continue, to which the screen is lent."""
        driver = self._shell.io.driver
        if driver is not None and not await asyncio.to_thread(driver.resume_child):
            driver.resume()
        else:
            self._unlock()

    def _unlock(self) -> None:
        self._state.is_locked = False
        self.reset_timer()
        self._shell.pop_screen()
        held, self._held = self._held, []
        for each in held:
            each()

    def holds(self, action: Callable[[], object]) -> bool:
        """Whether the screen is locked; if so, `action` is called after unlocking."""
        if self._state.is_locked:
            self._held.append(action)
        return self._state.is_locked

    def holds_message(self, message: Message) -> bool:
        """Whether a message waits until the screen is unlocked."""
        return _is_shown(message) and self.holds(partial(self._shell.post_message, message))

    # ── Leaving ──────────────────────────────────────────────────────────────────────────

    def leave(self, says: str) -> None:
        """End the session, with a sentence, as soon as all is saved."""
        if not self._is_leaving:
            self._is_leaving = True
            self._shell.run_worker(self._leave(says), group="leave")

    async def _leave(self, says: str) -> None:
        await self._editor.end()
        self._editing.mark(Event.LEFT)
        self._saving.keep_resume_point()
        # Says nothing if it is not saved: saving is tried again, and nobody may be there to read.
        if await self._saving.kept():
            self._state.farewell = self._state.farewell or says
            self._editing.let_go()
            self._shell.exit()
        self._is_leaving = False


def _is_shown(message: Message) -> bool:
    if isinstance(message, SaveReported):
        return isinstance(message.error, ChangedElsewhere)
    # The other events are answered with a screen or a sentence.
    return isinstance(message, SessionReported) and not isinstance(message.event, IntakeChanged)
