"""The six attestations, each given or withdrawn with one key."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.content import Content
from textual.widgets import OptionList
from textual.widgets.option_list import Option

from imr_tui.model.limits import ATTESTATIONS

if TYPE_CHECKING:
    from imr_tui.model.case import Case
    from imr_tui.model.limits import Attestation

KEYS: dict[str, Attestation] = {str(n): key for n, key in enumerate(ATTESTATIONS, 1)}
"""The key of each attestation."""


class Attestations(OptionList):
    """The statements with their marks; some list facts of the case that they are about."""

    def __init__(self, case: Case, *, id: str) -> None:
        options = (Option(prompt(case, number), number) for number in KEYS)
        super().__init__(*options, id=id, compact=True)
        self.border_title = "For this case I attest, each by its number"

    def on_mount(self) -> None:
        self.highlighted = 0

    def show(self, case: Case) -> None:
        """Mark the attestations that `case` holds."""
        for number in KEYS:
            said = prompt(case, number)
            if self.get_option(number).prompt != said:
                self.replace_option_prompt(number, said)


def prompt(case: Case, number: str) -> Content:
    """One statement with its mark and key, and the parties or the condition that it refers to."""
    key = KEYS[number]
    mark = "[x]" if key in case.reviewer.attested else "[ ]"
    lines = [f"{mark} {number} {ATTESTATIONS[key]}"]
    if key == "no-affiliation":
        lines += [f"        {name}" for name in named(case)]
    if key == "same-specialty":
        lines += [f"        {known}" for known in condition(case)]
    return Content("\n".join(lines))


def named(case: Case) -> list[str]:
    """The parties with their roles, one to a line."""
    parties = case.parties
    roles = [
        ("Employee", parties.employee),
        ("Employer", parties.employer),
        ("Claims administrator", parties.claims_administrator),
        ("Claims adjuster", parties.adjuster),
        ("UR organization", parties.utilization_review_organization),
        *(("Provider", provider) for provider in parties.providers),
    ]
    lines = [f"{role}: {name}" for role, name in roles if name.strip()]
    return lines or ["No party is named yet: ^r opens the record of the case."]


def condition(case: Case) -> list[str]:
    """The diagnosis and the specialty of the requesting physician, as far as they are known."""
    known = case.particulars
    named = (("Diagnosis", known.diagnosis), ("Requesting physician", known.specialty))
    return [f"{name}: {text}" for name, text in named if text.strip()]
