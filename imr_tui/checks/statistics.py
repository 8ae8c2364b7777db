"""Counts findings per rule, and summarizes them in a sentence."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, get_args

from imr_tui.checks.rule import Rule, Severity

if TYPE_CHECKING:
    from imr_tui.checks.report import Checked
    from imr_tui.checks.rule import Finding


@dataclass(frozen=True)
class Tally:
    """The findings of one rule with one severity; a site or a hit may change the severity."""

    rule: Rule
    """The rule."""
    severity: Severity
    """Severity of these findings."""
    count: int
    """Number of findings."""
    accepted: int
    """Number of accepted findings."""
    cases: int
    """Number of cases with such a finding."""


def tallies(checked: Sequence[Checked]) -> list[Tally]:
    """Count findings per rule and severity, most frequent first."""
    found: dict[tuple[str, Severity], list[tuple[int, Finding]]] = defaultdict(list)
    for case, each in enumerate(checked):
        for finding in each.findings:
            found[finding.rule.id, finding.severity].append((case, finding))
    counted = (
        Tally(
            rule=findings[0][1].rule,
            severity=severity,
            count=len(findings),
            accepted=sum(finding.accepted is not None for _, finding in findings),
            cases=len({case for case, _ in findings}),
        )
        for (_, severity), findings in found.items()
    )
    return sorted(counted, key=lambda tally: (-tally.count, tally.rule.id, tally.severity))


def table(rows: Sequence[Tally]) -> Iterator[str]:
    """Format as a table: `12 IMR301 warning injury-date-mismatch 9 cases, 2 accepted`."""
    width = len(str(max((row.count for row in rows), default=0)))
    slugs = max((len(row.rule.slug) for row in rows), default=0)
    for row in rows:
        accepted = f", {row.accepted} accepted" if row.accepted else ""
        what = f"{row.rule.id}  {row.severity:<7}  {row.rule.slug:<{slugs}}"
        yield f"{row.count:>{width}}  {what}  {_plural(row.cases, 'case')}{accepted}"


def plain(row: Tally) -> dict[str, Any]:
    """Convert the count of a rule for JSON."""
    return {
        "rule": row.rule.id,
        "slug": row.rule.slug,
        "severity": row.severity,
        "count": row.count,
        "accepted": row.accepted,
        "cases": row.cases,
    }


def summary(checked: Sequence[Checked]) -> str:
    """Summarize as `2 errors, 3 warnings (1 accepted), 4 infos in 5 cases.`"""
    findings = [finding for each in checked for finding in each.findings]
    parts = ", ".join(filter(None, (_count_text(findings, each) for each in get_args(Severity))))
    return f"{parts or 'nothing found'} in {_plural(len(checked), 'case')}."


def _count_text(findings: Sequence[Finding], severity: Severity) -> str:
    these = [finding for finding in findings if finding.severity == severity]
    accepted = sum(finding.accepted is not None for finding in these)
    if not these:
        return ""
    return f"{_plural(len(these), severity)}{f' ({accepted} accepted)' if accepted else ''}"


def _plural(count: int, what: str) -> str:
    return f"{count} {what}{'' if count == 1 else 's'}"
