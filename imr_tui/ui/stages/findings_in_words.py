"""The findings in words: one of them, and what they mean for the letter."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.content import Content

if TYPE_CHECKING:
    from collections.abc import Sequence

    from imr_tui.checks import Finding
    from imr_tui.store.signing.standing import Standing


def verdict(
    findings: Sequence[Finding], written: str, number: str, *, can_sign: bool = False
) -> str:
    """Whether the letter of the case `number` can be written, and what to do next.

    `written` says when and where it was written last; blank if it was not.
    """
    says = _verdict(findings, written, number)
    return f"{says} s signs it." if can_sign else says


def signed_verdict(standing: Standing, written: str, number: str) -> str:
    """The same for a case that is closed, signed or was; blank for a draft or a correction."""
    if standing.kind == "closed":
        return f"Closed. {standing.says}"
    if standing.kind == "altered":
        return f"Changed since it was signed. {standing.says}"
    if standing.kind != "signed":
        return ""
    return f"Signed. {written or f'w writes the signed letter to {number}.txt.'}"


def _verdict(findings: Sequence[Finding], written: str, number: str) -> str:
    warnings = unresolved(findings)
    if errors := sum(finding.severity == "error" for finding in findings):
        many = "1 error blocks" if errors == 1 else f"{errors} errors block"
        one = "it" if errors == 1 else "one"
        return f"{written or 'Draft.'} {many} the letter. Enter jumps to {one}."
    if written.startswith("Letter"):
        more = "warning" if warnings == 1 else "warnings"
        return f"{written} {warnings} {more} not resolved." if warnings else written
    if warnings:
        many = "1 warning" if warnings == 1 else f"{warnings} warnings"
        one = "it" if warnings == 1 else "one"
        says = f"{many} to resolve: Enter shows {one}, a accepts it."
        return f"{written or 'Ready.'} {says}"
    if written:
        return f"{written} w writes it again."
    is_clean = not any(each.severity == "warning" and not each.accepted for each in findings)
    ready = "Ready. Nothing is missing:" if is_clean else "Ready:"
    return f"{ready} w writes the letter to {number}.txt."


def unresolved(findings: Sequence[Finding]) -> int:
    """The number of warnings that are neither fixed nor accepted."""
    return sum(each.is_open and each.severity == "warning" for each in findings)


def finding_line(finding: Finding) -> Content:
    """A finding on one line of the list, with the reason once it is accepted."""
    where = f"item {finding.place.item + 1}: " if finding.place.item is not None else ""
    text = f"{finding.rule.id} {finding.severity}  {where}{finding.hit.message}"
    if finding.accepted is None:
        return Content(text)
    return Content(f"{text} Accepted: {finding.accepted.reason}")
