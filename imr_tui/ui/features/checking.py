"""Runs the checks over the open case when the typing pauses, and keeps what they find."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

from imr_tui.services.check_case import check_case
from imr_tui.ui.features.check_runner import CheckRunner, Step

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


class Checking:
    """Lets the findings, and all views that nobody types into, follow the open case."""

    def __init__(self, state: State, shell: Shell) -> None:
        self._state = state
        self._shell = shell
        self._runner = CheckRunner(self._find, self._found, shell.crash)
        self._found_in: Case | None = None
        self._wanted_until = float("-inf")
        self._rest: Timer | None = None
        self._is_typing = False

    def begin(self) -> None:
        """Forget the findings of the case that was open before, and check the new one soon."""
        self._state.findings = self._found_in = None
        self._shell.call_after_refresh(self._check)

    def follow(self, case: Case, *, is_typing: bool) -> None:
        """Make `case` the state of the open case; the checks run after a pause."""
        self._is_typing = is_typing
        self._state.case = case
        self._is_typing = False
        self._runner.drop()
        if self._rest is not None:
            self._rest.stop()
        self._rest = self._shell.set_timer(
            PAUSE_SECONDS if is_typing else AT_ONCE_SECONDS, self._check
        )

    def case_changed(self, case: Case | None) -> None:
        """Let views follow at once, unless more keys may come."""
        if not self._is_typing:
            self._state.settled_case = case

    def sync_views(self) -> None:
        """Let views follow the case now, without a pause."""
        self._state.settled_case = self._state.case

    def check_now(self) -> None:
        """Check the case as it is now, without a pause; keys wait a moment for the findings."""
        self.sync_views()
        if self._state.case is not None and not self.findings_current:
            self._wanted_until = time.monotonic() + WAIT_SECONDS
            self._runner.over(self._state.case)

    @property
    def findings_current(self) -> bool:
        """Whether the findings are those of the case as it is now."""
        return self._found_in is self._state.case

    def is_awaited(self) -> bool:
        """Whether keys wait for the findings: what they mean depends on what the screen shows."""
        return not self.findings_current and time.monotonic() < self._wanted_until

    def _check(self) -> None:
        self.sync_views()
        if self._state.case is not None:
            self._runner.over(self._state.case)

    def _find(self, case: Case, step: Step) -> tuple[Finding, ...]:
        return check_case(case, self._state.check_setup(), step)

    def _found(self, case: Case, findings: tuple[Finding, ...]) -> None:
        if case is self._state.case:
            self._found_in = case
            self._state.findings = findings
