"""How far a case is, in one word."""

from typing import Literal

from imr_tui import stages
from imr_tui.case import Case
from imr_tui.checks.draft import Draft
from imr_tui.checks.rule import RULES

State = Literal["new", "open", "complete", "imported", "signed"]


def state(case: Case) -> State:
    """`complete` when nothing is missing and no error holds the letter back."""
    if case.is_signed:
        return "signed"
    if case.particulars.imported:
        return "imported"
    if stages.is_complete(case, stages.LAST) and not _is_held_back(case):
        return "complete"
    touched = case.summary.text.strip() or case.reviewer.attested or stages.items_decided(case)
    return "open" if touched else "new"


def _is_held_back(case: Case) -> bool:
    draft = Draft(case)
    errors = (rule for rule in RULES.values() if rule.severity == "error")
    return any(True for rule in errors for _ in rule.function(draft))
