"""Locks the screen when nobody types for a while, and ends the session after a longer one."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, Any

from textual import events

from imr_tui.store.cases.case_file import ChangedElsewhere
from imr_tui.store.history.versions import Event
from imr_tui.terminal.driver import TerminalDriver
from imr_tui.ui import dialogs
from imr_tui.ui.features.idle import Due, due
from imr_tui.ui.messages import (
    ClaimAsked,
    ClaimFree,
    ClaimLost,
    ClaimRefused,
    ClaimWithdrawn,
    FileChanged,
    SaveReported,
)

if TYPE_CHECKING:
    from textual.message import Message
    from textual.screen import Screen

    from imr_tui.ui.features.editing import Editing
    from imr_tui.ui.features.editor import ExternalEditor
    from imr_tui.ui.features.saving import Saving
    from imr_tui.ui.state import Shell, State

CHECK_SECONDS = 1.0
"""How often the time without a key is looked at."""
_SHOWN_LATER = (ClaimAsked, ClaimWithdrawn, ClaimLost, ClaimRefused, ClaimFree, FileChanged)
"""Messages that are answered with a screen or a sentence."""


class Lock:
    """Looks at the clock every second and before every key. What happens meanwhile is held back."""

    def __init__(
        self,
        state: State,
        shell: Shell,
        editing: Editing,
        saving: Saving,
        editor: ExternalEditor,
        seconds: Callable[[], float],
        show: Callable[[Screen[Any]], object],
    ) -> None:
        """`seconds`: a clock that nobody sets. `show` pushes a screen even while locked."""
        self._state = state
        self._shell = shell
        self._editing = editing
        self._saving = saving
        self._editor = editor
        self._seconds = seconds
        self._show = show
        self._held: list[Callable[[], object]] = []
        self._touched = seconds()
        self._read_at: float | None = None
        self._is_leaving = False

    async def filter_key(self, event: events.Event) -> events.Event | None:
        """A step of the input pipeline: the key that finds the screen due to be locked is lost."""
        if isinstance(event, events.Key | events.Paste) and not event.is_forwarded:
            was_locked = self._state.is_locked
            self.look_at_clock()
            if self._state.is_locked and not was_locked:
                # It came too late to be one that the screen before could take.
                return None
            if not self._state.is_locked:
                self.reset_timer()
        return event

    def reset_timer(self) -> None:
        """Note that somebody is there."""
        self._touched = self._seconds()

    def look_at_clock(self) -> None:
        """Lock the screen, or end the session, if that is due."""
        self._look_at_editor()
        host = self._state.host
        match due(self._seconds() - self._touched, host):
            case Due.LEAVE:
                self.leave(f"Nobody typed for {host.leave_minutes} minutes. All is saved.")
            case Due.LOCK:
                self.lock()

    def _look_at_editor(self) -> None:
        """Note keys that an editor gets: the terminal itself tells when it was read."""
        driver = self._shell._driver
        is_outside = self._editor.private_text is not None and not self._state.is_locked
        if not is_outside or not isinstance(driver, TerminalDriver):
            self._read_at = None
            return
        before, self._read_at = self._read_at, driver.read_at()
        if before not in (None, self._read_at):
            self.reset_timer()
            if self._editing.claim_monitor is not None:
                self._editing.claim_monitor.note_key()

    # ── Locking ──────────────────────────────────────────────────────────────────────────

    def lock(self) -> None:
        """Show nothing of a case any more. An editor is stopped meanwhile."""
        if self._state.is_locked or self._is_leaving:
            return
        self._saving.keep_resume_point()
        self._show(dialogs.lock.LockScreen())
        self._state.is_locked = True
        # Keys wait until the line of the PIN has the focus.
        self._shell.io.queue.between_keys(lambda: None)
        driver = self._shell._driver
        if self._editor.private_text is not None and isinstance(driver, TerminalDriver):
            driver.cover()

    def unlock(self) -> None:
        """Show everything as it was before, and then what happened meanwhile."""
        if self._editor.private_text is None:
            self._unlock()
        else:
            self._shell.run_worker(self._uncover(), exclusive=True, group="uncover")

    async def _uncover(self) -> None:
        """Let the editor continue, which has the screen."""
        driver = self._shell._driver
        if isinstance(driver, TerminalDriver) and not await asyncio.to_thread(driver.uncover):
            driver.take_back()
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
        """Whether the screen is locked; then `action` is done once it is not."""
        if self._state.is_locked:
            self._held.append(action)
        return self._state.is_locked

    def holds_message(self, message: Message) -> bool:
        """Whether a message waits until the screen is not locked."""
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
        # Without a word where it is not: that is tried again, and nobody may be there to read it.
        if await self._saving.kept():
            self._state.farewell = self._state.farewell or says
            self._editing.let_go()
            self._shell.exit()
        self._is_leaving = False


def _is_shown(message: Message) -> bool:
    if isinstance(message, SaveReported):
        return isinstance(message.error, ChangedElsewhere)
    return isinstance(message, _SHOWN_LATER)
