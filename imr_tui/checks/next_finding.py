"""The order in which a reviewer goes from one open finding to the next."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from imr_tui.domain import workflow

if TYPE_CHECKING:
    from imr_tui.checks.rule import Finding, Span
    from imr_tui.domain.workflow import Place, Stage

_SEVERITIES = ("error", "warning", "info")


def listed(findings: Sequence[Finding]) -> tuple[Finding, ...]:
    """Findings as Review lists them: by severity, accepted ones last."""
    return tuple(sorted(findings, key=lambda finding: finding.accepted is not None))


def to_resolve(findings: Sequence[Finding]) -> tuple[Finding, ...]:
    """The open findings, in the order of Review's list."""
    return tuple(finding for finding in listed(findings) if finding.is_open)


def next_finding(
    findings: Sequence[Finding], last: Finding | None = None, here: Stage | None = None
) -> int | None:
    """Index in `to_resolve` of the finding after `last`, the one that was visited last.

    If `last` was resolved meanwhile, the one that followed it. Without `last` the first one of
    the stage `here`, or the first of all. After the final one comes the first; None without any.
    """
    remaining = to_resolve(findings)
    if not remaining:
        return None
    if last is None:
        on_stage = (at for at, each in enumerate(remaining) if _is_on(each, here))
        return next(on_stage, 0)
    at = position_of(findings, last)
    is_there = is_same(remaining[at], last)
    return (at + is_there) % len(remaining)


def position_of(findings: Sequence[Finding], last: Finding) -> int:
    """Index in `to_resolve` of `last`, or of the finding that follows it if it was resolved.

    0 if no finding follows.
    """
    remaining = to_resolve(findings)
    same = (at for at, each in enumerate(remaining) if is_same(each, last))
    after = (at for at, each in enumerate(remaining) if _order(each) >= _order(last))
    return next(same, next(after, 0))


def places_of(finding: Finding) -> tuple[tuple[Place, Span | None], ...]:
    """The places that a finding leads to in turn; several if it lists several claims."""
    hit = finding.hit
    return ((hit.place, hit.span), *(hit.also if finding.rule.once else ()))


def is_same(one: Finding, other: Finding) -> bool:
    """Whether two checks found the same: the rule, the field and the words of the message."""
    return (one.rule.id, one.place, one.hit.message) == (
        other.rule.id,
        other.place,
        other.hit.message,
    )


def _is_on(finding: Finding, stage: Stage | None) -> bool:
    return workflow.stage_of(finding.place) == stage


def _order(finding: Finding) -> tuple[int, str, int, str, int]:
    """Sorts findings as the engine does, and those of one rule by their place."""
    place, span = finding.place, finding.hit.span or (0, 0)
    item = -1 if place.item is None else place.item
    return _SEVERITIES.index(finding.severity), finding.rule.id, item, place.field, span[0]
