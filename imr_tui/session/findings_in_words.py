"""The findings in words: one of them, and what they mean for the letter."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Sequence

    from imr_tui.checks import Finding
    from imr_tui.keys.key_map import KeyMap
    from imr_tui.store.signing.standing import Standing


class Ways(NamedTuple):
    """What shows the findings, as the ends of sentences; `{one}` is `it` or `one`."""

    to_error: str = "Enter jumps to {one}."
    """After the number of errors."""
    to_warning: str = "Enter shows {one}, a accepts it."
    """After the number of warnings."""
    write: str = "w"
    """What writes the letter."""
    sign: str = "s"
    """What signs the determination."""


APP = Ways()
"""The usual keys of the app."""


def ways_of(keys: KeyMap) -> Ways:
    """The keys of the app as a site has them."""
    accept, write, sign = map(keys.name, ("findings.accept", "letter.write", "case.sign"))
    return Ways(APP.to_error, f"Enter shows {{one}}, {accept} accepts it.", write, sign)


def verdict(
    findings: Sequence[Finding],
    written: str,
    number: str,
    *,
    can_sign: bool = False,
    ways: Ways = APP,
) -> str:
    """Whether the letter of the case `number` can be written, and what to do next.

    `written` says when and where it was written last; blank if it was not.
    """
    says = _verdict(findings, written, number, ways)
    return f"{says} {ways.sign} signs it." if can_sign else says


def signed_verdict(standing: Standing, written: str, number: str, ways: Ways = APP) -> str:
    """The same for a case that is closed, signed or was; blank for a draft or a correction."""
    if standing.kind == "closed":
        return f"Closed. {standing.says}"
    if standing.kind == "altered":
        return f"Changed since it was signed. {standing.says}"
    if standing.kind != "signed":
        return ""
    return f"Signed. {written or f'{ways.write} writes the signed letter to {number}.txt.'}"


def _verdict(findings: Sequence[Finding], written: str, number: str, ways: Ways) -> str:
    warnings = unresolved(findings)
    if errors := sum(finding.severity == "error" for finding in findings):
        many = "1 error blocks" if errors == 1 else f"{errors} errors block"
        one = "it" if errors == 1 else "one"
        return f"{written or 'Draft.'} {many} the letter. {ways.to_error.format(one=one)}"
    if written.startswith("Letter"):
        more = "warning" if warnings == 1 else "warnings"
        return f"{written} {warnings} {more} not resolved." if warnings else written
    if warnings:
        many = "1 warning" if warnings == 1 else f"{warnings} warnings"
        one = "it" if warnings == 1 else "one"
        says = f"{many} to resolve: {ways.to_warning.format(one=one)}"
        return f"{written or 'Ready.'} {says}"
    if written:
        return f"{written} {ways.write} writes it again."
    is_clean = not any(each.severity == "warning" and not each.accepted for each in findings)
    ready = "Ready. Nothing is missing:" if is_clean else "Ready:"
    return f"{ready} {ways.write} writes the letter to {number}.txt."


def unresolved(findings: Sequence[Finding]) -> int:
    """The number of warnings that are neither fixed nor accepted."""
    return sum(each.is_open and each.severity == "warning" for each in findings)


def finding_line(finding: Finding) -> str:
    """A finding on one line of the list, with the reason once it is accepted."""
    where = f"item {finding.place.item + 1}: " if finding.place.item is not None else ""
    text = f"{finding.rule.id} {finding.severity}  {where}{finding.hit.message}"
    if finding.accepted is None:
        return text
    return f"{text} Accepted: {finding.accepted.reason}"


def unresolved_in_words(count: int) -> str:
    """`2 warnings are not resolved`."""
    return f"{count} warning{' is' if count == 1 else 's are'} not resolved"
