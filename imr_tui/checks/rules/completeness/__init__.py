"""Rules on what is missing from a determination."""

from imr_tui.checks.rules.completeness import (
    completeness,
    placeholders,
    reviewer,
    summary,
)

__all__ = ["completeness", "placeholders", "reviewer", "summary"]
