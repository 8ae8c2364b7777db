"""Locks a session of plain mode when nobody types for a while, and ends it after a longer one."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from math import ceil
from typing import TYPE_CHECKING

from imr_tui.plain.console import Cancelled, Ended
from imr_tui.session.idle import Due, due
from imr_tui.session.pin_check import TOO_MANY, TRIES, PinCheck, wrong_in_words

if TYPE_CHECKING:
    from imr_tui.plain.session import PlainSession

SETTLE_SECONDS = 1.0
"""How long the lock waits for the disk, to say whether all is saved."""


class Lock:
    """Looks at the clock every second; a line counts as typing once it is entered."""

    def __init__(self, session: PlainSession, seconds: Callable[[], float]) -> None:
        """`seconds`: a clock that nobody sets."""
        self._session = session
        self._seconds = seconds
        self._touched = seconds()
        self._is_locked = False

    def typed(self) -> None:
        """Note that a line was entered."""
        if not self._is_locked:
            self._touched = self._seconds()
            if self._session.monitor is not None:
                self._session.monitor.note_key()

    def look(self) -> bool:
        """Lock the session if that is due; whether it was, and is unlocked again.

        Raises Ended if the session must end.
        """
        host = self._session.host
        match due(self._seconds() - self._touched, host):
            case Due.LEAVE:
                minutes = host.leave_minutes
                raise Ended(f"Session ended after {minutes} minutes without a line.")
            case Due.LOCK if not self._is_locked:
                self.lock()
                return True
        return False

    def lock(self) -> None:
        """Push the text out of view, and say nothing of a case until the PIN is typed.

        Raises Ended without a PIN, and after too many wrong ones.
        """
        session, case = self._session, self._session.open_case
        if case is not None:
            case.then(session.resume_points.keep)
        self._is_locked = True
        begun = session.console.take_unfinished()
        session.console.say(*[""] * shutil.get_terminal_size().lines)
        is_saved = case is None or case.flush(SETTLE_SECONDS)
        saved = "Everything is saved." if is_saved else "The last changes are not saved yet."
        session.console.say(f"Locked at {session.now:%H:%M}. {saved}")
        self._unlock()
        self._is_locked = False
        self.typed()
        session.audit.note_unlocked(session.open_case)
        session.console.say("Unlocked.")
        if begun:
            session.console.say(f"You had not entered this line, so it was not taken: {begun}")

    def _unlock(self) -> None:
        """Ask for the PIN until it is right."""
        console, profile = self._session.console, self._session.profile
        if profile is None or not profile.pin:
            self._ask(lambda: console.ask("Enter ends the session. Log in again to continue"))
            raise Ended
        check = PinCheck(self._session.folder, self._seconds)
        left = max(TRIES - check.wrong, 1)
        while pin := self._ask(lambda: console.ask_hidden("Your PIN, or a blank line to end")):
            if (wait := check.wait) > 0:
                console.error(f"Wait {ceil(wait)} s, then type the PIN again.")
            elif check.opens(profile, pin):
                return
            else:
                left -= 1
                console.error(wrong_in_words(left, check.pause))
            if not left:
                raise Ended(TOO_MANY, tells_all=True)
        raise Ended

    @staticmethod
    def _ask(ask: Callable[[], str]) -> str:
        """Ask again after ctrl+c, which must not lead back to the case."""
        while True:
            try:
                return ask()
            except Cancelled:
                continue
