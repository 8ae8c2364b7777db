"""The register of the rules, with those of all families in it."""

from imr_tui.checks import (  # noqa: F401  (registers their rules)
    amounts,
    characters,
    claims,
    completeness,
    confidential,
    credentials,
    days,
    decisions,
    derivative,
    due,
    editions,
    placeholders,
    plain,
    privacy,
    ranking,
    regions,
    repetition,
    requests,
    sources,
    summary,
    workers,
)
from imr_tui.checks.rule import RULES

__all__ = ["RULES"]
