"""Rules on the decision and its reasons."""

from imr_tui.checks.rules.decision import (
    claims,
    contradictions,
    copied_facts,
    decisions,
    derivative,
    reasons,
    repetition,
    review_outcome,
    specifics,
    turned_findings,
)

__all__ = [
    "claims",
    "contradictions",
    "copied_facts",
    "decisions",
    "derivative",
    "reasons",
    "repetition",
    "review_outcome",
    "specifics",
    "turned_findings",
]
