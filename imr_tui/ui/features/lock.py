"""A desk that nobody sits at: locked after a while, left after a longer one."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, Any

from textual import events, work
from textual.widget import AwaitMount

from imr_tui.store.cases.case_file import ChangedElsewhere
from imr_tui.store.history.versions import Event
from imr_tui.terminal.driver import TerminalDriver
from imr_tui.ui.features.editor import EditorDesk
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
    from textual.notifications import SeverityLevel
    from textual.screen import Screen

    from imr_tui.checks import Policy
    from imr_tui.model.letterhead import Letterhead
    from imr_tui.store.cases.folder import Folder
    from imr_tui.ui.features.state import Clock

_ROUND_SECONDS = 1.0
_SHOWN_LATER = (ClaimAsked, ClaimWithdrawn, ClaimLost, ClaimRefused, ClaimFree, FileChanged)
"""What is answered with a screen or a sentence."""


class LockDesk(EditorDesk):
    """Looks at the clock, at every round and before every key. What comes meanwhile waits."""

    _typed_outside: float | None = None
    _is_leaving = False

    def __init__(
        self, folder: Folder, letterhead: Letterhead, clock: Clock, policy: Policy
    ) -> None:
        super().__init__(folder, letterhead, clock, policy)
        self._held: list[Callable[[], object]] = []
        self._touched = self.seconds()

    def on_mount(self) -> None:
        self._touched = self.seconds()
        self.set_interval(_ROUND_SECONDS, self.look_at_clock)

    async def on_event(self, event: events.Event) -> None:
        if isinstance(event, events.Key | events.Paste) and not event.is_forwarded:
            was_locked = self.is_locked
            self.look_at_clock()
            if self.is_locked and not was_locked:
                # It came too late to be one that the screen before could take.
                return
            if not self.is_locked:
                self._touched = self.seconds()
        await super().on_event(event)

    def look_at_clock(self) -> None:
        """Do what is due."""
        self._look_outside()
        match due(self.seconds() - self._touched, self.host):
            case Due.LEAVE:
                self.leave(f"Nobody typed for {self.host.leave_minutes} minutes. All is saved.")
            case Due.LOCK:
                self.lock()

    def _look_outside(self) -> None:
        """Take note of keys that an editor gets: the terminal itself tells when it was read."""
        is_outside = self.private_text is not None and not self.is_locked
        if not is_outside or not isinstance(self._driver, TerminalDriver):
            self._typed_outside = None
            return
        before, self._typed_outside = self._typed_outside, self._driver.read_at()
        if before not in (None, self._typed_outside):
            self._touched = self.seconds()
            if self.claim_monitor is not None:
                self.claim_monitor.note_key()

    # ── Locking ──────────────────────────────────────────────────────────────────────────

    def action_lock(self) -> None:
        self.lock()

    def lock(self) -> None:
        """Show nothing of a case any more. An editor stands still meanwhile."""
        if self.is_locked or self._is_leaving:
            return
        if self.session is not None:
            self.session.then(self.resume_points.keep)
        from imr_tui.ui.dialogs.lock import LockScreen

        super().push_screen(LockScreen())
        self.is_locked = True
        # Keys wait until the line of the PIN has the focus.
        self.between_keys(lambda: None)
        if self.private_text is not None and isinstance(self._driver, TerminalDriver):
            self._driver.cover()

    def unlock(self) -> None:
        """Show everything as it was, and then what came meanwhile."""
        if self.private_text is None:
            self._unlock()
        else:
            self._uncover()

    @work(exclusive=True, group="uncover")
    async def _uncover(self) -> None:
        """Let the editor go on, which has the screen."""
        driver = self._driver
        if isinstance(driver, TerminalDriver) and not await asyncio.to_thread(driver.uncover):
            driver.take_back()
        else:
            self._unlock()

    def _unlock(self) -> None:
        self.is_locked = False
        self._touched = self.seconds()
        self.pop_screen()
        held, self._held = self._held, []
        for each in held:
            each()

    def post_message(self, message: Message) -> bool:
        if self.is_locked and _is_shown(message):
            self._held.append(partial(self.post_message, message))
            return True
        return super().post_message(message)

    def notify(
        self,
        message: str,
        *,
        title: str = "",
        severity: SeverityLevel = "information",
        timeout: float | None = None,
        markup: bool = False,
    ) -> None:
        """Say something, once the desk is not locked any more; never read as markup."""
        says = partial(
            super().notify, message, title=title, severity=severity, timeout=timeout, markup=False
        )
        if self.is_locked:
            self._held.append(says)
        else:
            says()

    def push_screen(self, screen: Screen[Any] | str, *others: Any, **more: Any) -> Any:
        """Show a screen, once the desk is not locked any more."""
        if self.is_locked:
            self._held.append(partial(self.push_screen, screen, *others, **more))
            return AwaitMount(self.screen, [])
        return super().push_screen(screen, *others, **more)

    def pop_screen(self) -> Any:
        """Leave a screen, once the desk is not locked any more."""
        if self.is_locked:
            self._held.append(self.pop_screen)
            return AwaitMount(self.screen, [])
        return super().pop_screen()

    # ── Leaving ──────────────────────────────────────────────────────────────────────────

    def leave(self, says: str) -> None:
        """End the session, with a sentence, as soon as all is on the disk."""
        if not self._is_leaving:
            self._is_leaving = True
            self._leave(says)

    @work(group="leave")
    async def _leave(self, says: str) -> None:
        await self.call_in_editor()
        self.mark(Event.LEFT)
        if self.session is not None:
            self.session.then(self.resume_points.keep)
        # Without a word where it is not: that is tried again, and nobody may be there to read it.
        if await self.kept():
            self.farewell = self.farewell or says
            self.let_go()
            self.exit()
        self._is_leaving = False


def _is_shown(message: Message) -> bool:
    if isinstance(message, SaveReported):
        return isinstance(message.error, ChangedElsewhere)
    return isinstance(message, _SHOWN_LATER)
