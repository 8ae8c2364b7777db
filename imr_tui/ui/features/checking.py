"""Runs the checks over the open case when the typing pauses, and keeps what they find."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, TypeAlias

from imr_tui.services.check_case import check_case

if TYPE_CHECKING:
    from textual.timer import Timer

    from imr_tui.checks import Finding
    from imr_tui.model.case import Case
    from imr_tui.ui.state import Shell, State

PAUSE_SECONDS = 0.3
"""After so long without a key the typing pauses, and views that derive from the case follow it."""
AT_ONCE_SECONDS = 0.01
"""The same after an edit that was not typed."""
WAIT_SECONDS = 0.1
"""How long keys wait for the checks on a screen that shows the findings."""

Step = Callable[[], None]
"""Called between two steps of a check; raises Overtaken to end it."""
Check: TypeAlias = "Callable[[Case, Step], tuple[Finding, ...]]"
"""Returns the findings in a case; called on a thread."""
Report: TypeAlias = "Callable[[Case, tuple[Finding, ...]], None]"
"""Called with a case and its findings, on the loop of the app."""


class Checking:
    """Keeps the findings, and all views that nobody types into, in step with the open case."""

    def __init__(self, state: State, shell: Shell) -> None:
        self._state = state
        self._shell = shell
        self._runner = CheckRunner(self._find, self._found, shell.crash)
        self._found_in: Case | None = None
        self._wanted_until = float("-inf")
        self._pause: Timer | None = None
        self._is_typing = False
        self.checked: Callable[[Case], object] = lambda case: None
        """Called with each case that was checked, after its findings are shown."""

    def begin(self) -> None:
        """Forget the findings of the case that was open before, and check the new one soon."""
        self._state.findings = self._found_in = None
        # The stage opens meanwhile, and its first frame would wait for the modules of the rules.
        self._shell.call_later(lambda: self._shell.screen.call_after_refresh(self._check))

    def follow(self, case: Case, *, is_typing: bool) -> None:
        """Make `case` the state of the open case; the checks run after a pause."""
        self._is_typing = is_typing
        self._state.case = case
        self._is_typing = False
        self._runner.drop()
        if self._pause is not None:
            self._pause.stop()
        self._pause = self._shell.set_timer(
            PAUSE_SECONDS if is_typing else AT_ONCE_SECONDS, self._check
        )

    def case_changed(self, case: Case | None) -> None:
        """Update the views at once, unless more keys may come."""
        if not self._is_typing:
            self._state.settled_case = case

    def sync_views(self) -> None:
        """Update the views now, without a pause."""
        self._state.settled_case = self._state.case

    def check_now(self) -> None:
        """Check the case now, without a pause; keys wait a moment for the findings."""
        self.sync_views()
        if self._state.case is not None and not self.findings_current:
            self._wanted_until = time.monotonic() + WAIT_SECONDS
            self._runner.check(self._state.case)

    def check_again(self) -> None:
        """Check a case that has not changed, after its letter was written."""
        self._found_in = None
        self._check()

    async def finish(self, seconds: float) -> None:
        """Wait until the findings are those of the case, but not longer than so many seconds."""
        self.check_now()
        await self._runner.wait(seconds)

    @property
    def findings_current(self) -> bool:
        """Whether the findings are those of the case as it is now."""
        return self._found_in is self._state.case

    def is_awaited(self) -> bool:
        """Whether keys wait for the findings, since their effect depends on what is shown."""
        return not self.findings_current and time.monotonic() < self._wanted_until

    def _check(self) -> None:
        self.sync_views()
        if self._state.case is not None:
            self._runner.check(self._state.case)

    def _find(self, case: Case, step: Step) -> tuple[Finding, ...]:
        return check_case(case, self._state.check_setup(), step)

    def _found(self, case: Case, findings: tuple[Finding, ...]) -> None:
        if case is self._state.case:
            self._found_in = case
            self._state.findings = findings
            self.checked(case)


class Overtaken(Exception):
    """The case that is being checked is not the latest one any more."""


class CheckRunner:
    """Checks one case at a time on a thread; of those that come meanwhile, only the last one."""

    def __init__(self, check: Check, report: Report, fail: Callable[[Exception], None]) -> None:
        self._check = check
        self._report = report
        self._fail = fail
        self._next: Case | None = None
        self._current: Case | None = None
        self._task: asyncio.Task[None] | None = None

    def check(self, case: Case) -> None:
        """Check `case` as soon as the current check is done or dropped."""
        self._next = case
        if self._task is None or self._task.done():
            # Not a worker of the app: keys wait for those.
            self._task = asyncio.create_task(self._run())

    def drop(self) -> None:
        """End the current check: the case has changed, and the thread would slow the next key."""
        self._current = None

    async def wait(self, seconds: float) -> None:
        """Wait for the current check, if there is one."""
        if self._task is not None:
            await asyncio.wait([self._task], timeout=seconds)

    async def _run(self) -> None:
        while (case := self._next) is not None:
            self._next, self._current = None, case
            try:
                findings = await asyncio.to_thread(
                    self._check, case, partial(self._require_current, case)
                )
            except Overtaken:
                continue
            except Exception as error:
                self._fail(error)
                return
            if self._next is None:
                self._report(case, findings)

    def _require_current(self, case: Case) -> None:
        if self._current is not case:
            raise Overtaken
