"""The commands that name findings one at a time, go to their texts, and accept warnings."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import TYPE_CHECKING

from imr_tui.checks.next_finding import (
    is_same,
    listed,
    next_finding,
    places_of,
    to_resolve,
)
from imr_tui.checks.report import explain, located
from imr_tui.checks.rule import digest
from imr_tui.domain.workflow import LAST, stage_of
from imr_tui.model import edits
from imr_tui.plain.command import Command
from imr_tui.plain.fields import numbered
from imr_tui.plain.numbered_rows import row_typed
from imr_tui.session.findings_in_words import finding_line
from imr_tui.session.reasons import ABOUT_ACCEPTANCE, draft_of

if TYPE_CHECKING:
    from imr_tui.checks import Finding
    from imr_tui.domain.workflow import Stage
    from imr_tui.plain.command import Page
    from imr_tui.plain.session import PlainSession


class FindingCommands:
    """The session remembers the finding that was named last; others follow in Review's order."""

    def __init__(self, session: PlainSession, show: Callable[[Stage], Page]) -> None:
        """`show` makes the page of a stage."""
        self._session = session
        self._show = show

    @property
    def findings(self) -> tuple[Finding, ...]:
        """The findings of the open case as it is now, as Review lists them."""
        return listed(self._session.findings())

    def commands(self) -> Sequence[Command]:
        """The commands, of which the prompt names the first three."""
        return (
            Command("f", "next finding", self._next),
            Command("go", "go to its text", self._go),
            Command("a", "accept", self._accept, ("findings.accept",)),
            Command("x", "take the acceptance back", self._withdraw, ("findings.withdraw",), False),
            Command("list", "all findings", self._list, is_shown=False),
            Command("explain", "explain the finding", self._explain, is_shown=False),
        )

    def _list(self, rest: str) -> None:
        self._session.console.say(*numbered([finding_line(each) for each in self.findings]))

    def _next(self, rest: str) -> None:
        """Name the finding with a number, or the next open one, or say that none is left."""
        finding = self._chosen(rest) if rest else self._following(LAST)
        if finding is not None:
            self._session.last_finding = finding
            self._name(finding)

    def go_to_next(self) -> Page | None:
        """Go to the text of the next open finding; without one named, the first of this stage."""
        finding = self._following(self._session.stage)
        return None if finding is None else self._visit(finding)

    def _following(self, here: Stage | None) -> Finding | None:
        """The open finding after the one named last; None, and says so, if none is left."""
        findings = self._session.findings()
        at = next_finding(findings, self._session.last_finding, here)
        if at is None:
            self._session.console.say("No finding is left to resolve.")
            return None
        return to_resolve(findings)[at]

    def _name(self, finding: Finding) -> None:
        remaining = to_resolve(self._session.findings())
        at = f" {remaining.index(finding) + 1} of {len(remaining)}" if finding in remaining else ""
        says = f"Finding{at}: {finding_line(finding)}"
        self._session.console.say(says, *located(self._session.case, finding))

    def _chosen(self, rest: str) -> Finding | None:
        """The finding with a number in the whole list, else the one that was named last."""
        findings, last = self.findings, self._session.last_finding
        if not rest and last is not None:
            # As it is now: it may have been accepted meanwhile.
            return next((each for each in findings if is_same(each, last)), last)
        at = row_typed(self._session.console, rest, len(findings), "finding")
        return None if at is None else findings[at]

    def _explain(self, rest: str) -> None:
        if (finding := self._chosen(rest)) is not None:
            self._session.console.say(*located(self._session.case, finding), explain(finding.rule))

    def _go(self, rest: str) -> Page | None:
        finding = self._chosen(rest)
        return None if finding is None else self._visit(finding)

    def _visit(self, finding: Finding) -> Page | None:
        """Go to the page of a text; to its other places in turn if it lists several claims."""
        session, places = self._session, places_of(finding)
        visits = session.visits.get(finding.key, 0)
        session.visits[finding.key], session.last_finding = visits + 1, finding
        self._name(finding)
        place, _ = places[visits % len(places)]
        if stage_of(place) == LAST:
            session.console.say("This is not on a stage: record and items show it.")
            return None
        return self._show(stage_of(place))

    def _accept(self, rest: str) -> None:
        finding = self._chosen(rest)
        if finding is None or self._is_read_only():
            return
        if finding.severity != "warning":
            says = "Only a warning can be accepted; an error must be fixed."
            self._session.console.error(says)
            return
        session, key = self._session, finding.key
        together = tuple(each for each in self.findings if each.key == key)
        for each in together:
            session.console.say(each.hit.message, *located(session.case, each))
        given = finding.accepted.reason if finding.accepted else ""
        given = session.drafts.text(draft_of(finding), given)
        session.console.say(f"Accept {finding.rule.id} {finding.rule.slug}. {ABOUT_ACCEPTANCE}")
        now = f" ({given})" if given else ""
        reason = session.console.ask(f"Reason{now}, or blank to leave it")
        if not reason:
            session.console.say("Nothing was changed.")
            return
        session.drafts.put(draft_of(finding), reason)
        change = partial(edits.acknowledge, key=key, reason=reason, now=session.now)
        said_of = digest(session.case, together)
        says = f"Accepted {finding.rule.id}: {reason}"
        if session.edit(partial(change, digest=said_of), says) and session.saved():
            session.drafts.drop(draft_of(finding))

    def _withdraw(self, rest: str) -> None:
        finding = self._chosen(rest)
        if finding is None or self._is_read_only():
            return
        if finding.accepted is None:
            self._session.console.error("This finding was not accepted.")
            return
        change = partial(edits.withdraw, key=finding.key)
        self._session.edit(change, f"{finding.rule.id} is open again.")

    def _is_read_only(self) -> bool:
        if self._session.read_only:
            self._session.console.error(self._session.read_only)
        return bool(self._session.read_only)
