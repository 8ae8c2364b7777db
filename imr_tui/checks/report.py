"""Findings as text and as JSON, for people and programs outside the app."""

from pathlib import Path
from typing import Any

from imr_tui.checks.finding import Finding

JSON_SCHEMA = 1
"""The version of the JSON form."""


def line(path: Path, finding: Finding) -> str:
    """`cases/X.toml: item 2 rationale: IMR103 error rationale-missing: No rationale yet…`"""
    rule = finding.rule
    return (
        f"{path}: {finding.place}: {rule.id} {finding.severity} {rule.slug}: {finding.hit.message}"
    )


def plain(path: Path, finding: Finding) -> dict[str, Any]:
    """A finding for JSON; items count from 1, spans are offsets in the field."""
    place = finding.place
    return {
        "path": str(path),
        "rule": finding.rule.id,
        "slug": finding.rule.slug,
        "severity": finding.severity,
        "open": finding.is_open,
        "item": None if place.item is None else place.item + 1,
        "field": place.field,
        "span": finding.hit.span,
        "message": finding.hit.message,
    }
