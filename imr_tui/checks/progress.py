"""How far a case is, in one word."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from imr_tui import stages
from imr_tui.checks.draft import Draft
from imr_tui.checks.families import RULES
from imr_tui.checks.policy import Policy

if TYPE_CHECKING:
    from imr_tui.case import Case

State = Literal["new", "open", "complete", "imported"]


def state(case: Case, policy: Policy | None = None) -> State:
    """`complete` when nothing is missing and no error, by the site's policy, holds the letter."""
    if case.particulars.imported:
        return "imported"
    if stages.is_complete(case, stages.LAST) and not _is_held_back(case, policy or Policy()):
        return "complete"
    touched = case.summary.text.strip() or case.reviewer.attested or stages.items_decided(case)
    return "open" if touched else "new"


def _is_held_back(case: Case, policy: Policy) -> bool:
    draft = Draft(case)
    errors = (rule for rule in RULES.values() if policy.severity(rule) == "error")
    return any(True for rule in errors for _ in rule.function(draft))
