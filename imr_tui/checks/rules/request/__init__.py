"""Rules on the requested treatment, drug and amount."""

from imr_tui.checks.rules.request import (
    amounts,
    arguments,
    drug_arguments,
    drug_names,
    missing_amounts,
    modified_requests,
    requests,
    strengths,
    treatment_counts,
)

__all__ = [
    "amounts",
    "arguments",
    "drug_arguments",
    "drug_names",
    "missing_amounts",
    "modified_requests",
    "requests",
    "strengths",
    "treatment_counts",
]
