"""The registry of the rules; importing it registers the rules of all families."""

from imr_tui.checks.rule import RULES
from imr_tui.checks.rules import (  # noqa: F401  (registers their rules)
    amounts,
    characters,
    claims,
    completeness,
    credentials,
    dates,
    decisions,
    derivative,
    due,
    evidence_hierarchy,
    guideline_versions,
    placeholders,
    privacy,
    readability,
    regions,
    repetition,
    requests,
    reviewer_name,
    sources,
    summary,
    workers,
)

__all__ = ["RULES"]
