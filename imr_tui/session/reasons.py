"""The reasons that a reviewer gives: what is said of them, and where their drafts are."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from imr_tui.checks import Finding

NOT_PRINTED = "The reason is kept in the case. It is not printed."
"""What becomes of a reason."""
ABOUT_ACCEPTANCE = f"{NOT_PRINTED} If one of these texts changes, the warning appears again."
"""The same for the reason for accepting a warning."""


def draft_of(finding: Finding) -> str:
    """The path of the draft of a reason for accepting `finding`."""
    rule, _, number = finding.key.partition("-")
    return f"items[{int(number) - 1}].accept.{rule}" if number else f"accept.{rule}"


def uncited_draft(index: int) -> str:
    """The path of the draft of the reason for citing no guideline."""
    return f"items[{index}].uncited"
