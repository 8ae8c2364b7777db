"""The way from finding to finding, and back to Review."""

from __future__ import annotations

from typing import TYPE_CHECKING

from imr_tui.checks.next_finding import next_finding, places_of, position_of, to_resolve
from imr_tui.domain.workflow import LAST
from imr_tui.ui.messages import PlaceChosen, StageChosen

if TYPE_CHECKING:
    from imr_tui.checks import Finding
    from imr_tui.domain.workflow import Stage
    from imr_tui.ui.features.checking import Checking
    from imr_tui.ui.state import Shell, State

CHECK_SECONDS = 1.0
"""How long keys wait for the checks before a finding is chosen from the previous ones."""


class FindingWalk:
    """Remembers the finding that was visited last, and goes to the one after it."""

    def __init__(self, state: State, shell: Shell, checking: Checking) -> None:
        self._state = state
        self._shell = shell
        self._checking = checking
        self._number = ""
        self._last: Finding | None = None

    @property
    def last(self) -> Finding | None:
        """The finding that was visited last in the open case."""
        case = self._state.case
        return self._last if case is not None and case.number == self._number else None

    def visit(self, finding: Finding) -> None:
        """Go to the text of a finding; to its other places in turn if it lists several claims."""
        places = places_of(finding)
        visits = self._state.visits.get(finding.key, 0)
        self._state.visits[finding.key] = visits + 1
        self._number, self._last = self._state.open_case.number, finding
        self._shell.post_message(PlaceChosen(*places[visits % len(places)]))
        key = self._state.keys.name("findings.next")
        self._shell.hint(position_in_words(self._state.findings or (), finding, key))

    def go_to_next(self, here: Stage) -> None:
        """Go to the next open finding; without a visited one, to the first one of `here`."""
        # Not in the background: the keys that follow are meant for the next text.
        self._shell.run_worker(self._go_to_next(here), exclusive=True, group="finding-walk")

    async def _go_to_next(self, here: Stage) -> None:
        await self._checking.finish(CHECK_SECONDS)
        findings = self._state.findings or ()
        at = next_finding(findings, self.last, here)
        if at is None:
            self._shell.hint("No finding is left to resolve.")
        else:
            self.visit(to_resolve(findings)[at])

    def go_back(self) -> None:
        """Go to Review."""
        self._shell.post_message(StageChosen(LAST))

    def row(self, findings: tuple[Finding, ...]) -> int:
        """The row of Review's list to start at: the last finding, or the one after it."""
        return position_of(findings, self.last) if self.last is not None else 0


def position_in_words(findings: tuple[Finding, ...], finding: Finding, key: str) -> str:
    """`Finding 2 of 5 (F9 next): IMR206 The summary does not mention ...`"""
    remaining = to_resolve(findings)
    number = f" {remaining.index(finding) + 1} of {len(remaining)}" if finding in remaining else ""
    what = f"{finding.rule.id} {finding.hit.message}"
    return f"Finding{number} ({key} next): {what}"
