"""Rules on citations and the order of sources."""

from imr_tui.checks.rules.sources import (
    chapters,
    evidence_hierarchy,
    guideline_versions,
    incomplete_citations,
    mtus_statements,
    published_years,
    sources,
)

__all__ = [
    "chapters",
    "evidence_hierarchy",
    "guideline_versions",
    "incomplete_citations",
    "mtus_statements",
    "published_years",
    "sources",
]
