"""Rules on what is missing from a determination."""

from imr_tui.checks.rules.completeness import (
    completeness,
    earlier_review,
    placeholders,
    reviewer,
    summary,
)

__all__ = ["completeness", "earlier_review", "placeholders", "reviewer", "summary"]
