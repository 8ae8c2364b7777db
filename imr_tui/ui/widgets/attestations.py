"""The six attestations, each given or withdrawn with one key."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.content import Content
from textual.widgets import OptionList
from textual.widgets.option_list import Option

from imr_tui.domain.case_in_words import condition, parties
from imr_tui.keys.key_map import STANDARD, KeyMap
from imr_tui.model.limits import ATTESTATIONS

if TYPE_CHECKING:
    from imr_tui.model.case import Case
    from imr_tui.model.limits import Attestation

KEYS: dict[str, Attestation] = {str(n): key for n, key in enumerate(ATTESTATIONS, 1)}
"""The number of each attestation, which is its key unless the site has others."""


class Attestations(OptionList):
    """The statements with their marks; some list facts of the case that they are about."""

    def __init__(self, case: Case, keys: KeyMap, *, id: str) -> None:
        options = (Option(prompt(case, number, keys), number) for number in KEYS)
        super().__init__(*options, id=id, compact=True)
        self._keys = keys
        self.border_title = "For this case I attest, each by its number"

    def on_mount(self) -> None:
        self.highlighted = 0

    def show(self, case: Case) -> None:
        """Mark the attestations that `case` holds."""
        for number in KEYS:
            said = prompt(case, number, self._keys)
            if self.get_option(number).prompt != said:
                self.replace_option_prompt(number, said)


def prompt(case: Case, number: str, keys: KeyMap = STANDARD) -> Content:
    """One statement with its mark and key, and the parties or the condition that it refers to."""
    key = KEYS[number]
    mark = "[x]" if key in case.reviewer.attested else "[ ]"
    shown = keys.name(f"credentials.attest-{number}")
    lines = [f"{mark} {shown} {ATTESTATIONS[key]}"]
    if key == "no-affiliation":
        lines += [f"        {name}" for name in named(case, keys)]
    if key == "same-specialty":
        lines += [f"        {known}" for known in condition(case)]
    return Content("\n".join(lines))


def named(case: Case, keys: KeyMap) -> list[str]:
    """The parties with their roles, one to a line."""
    record = keys.name("walk.record")
    return parties(case) or [f"No party is named yet: {record} opens the record of the case."]
