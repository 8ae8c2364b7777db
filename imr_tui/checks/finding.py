"""What a rule found in a case, and whether the reviewer has accepted it."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import TYPE_CHECKING

from imr_tui.checks.context import text_at

if TYPE_CHECKING:
    from imr_tui.checks.rule import Hit, Rule, Severity
    from imr_tui.domain.workflow import Place
    from imr_tui.model.case import Acknowledgement, Case


@dataclass(frozen=True)
class Finding:
    """A hit together with the rule that made it."""

    rule: Rule
    """The rule that fired."""
    hit: Hit
    """Where, and what it says."""
    severity: Severity
    """How much it matters here."""
    accepted: Acknowledgement | None = None
    """The reviewer's reason to let it stand, as long as the texts are those it was given for."""

    @property
    def place(self) -> Place:
        """The field that is at fault."""
        return self.hit.place

    @property
    def key(self) -> str:
        """What its acknowledgement is kept under: `IMR305-2` for item 2, `IMR206` for the case."""
        item = None if self.rule.once else self.place.item
        return self.rule.id if item is None else f"{self.rule.id}-{item + 1}"

    @property
    def is_open(self) -> bool:
        """Whether it still wants something done: an error, or a warning that was not accepted."""
        unanswered = self.severity == "warning" and self.rule.blocks and not self.accepted
        return self.severity == "error" or unanswered


def digest(case: Case, findings: tuple[Finding, ...]) -> str:
    """SHA-256 of the texts that findings were made from, each text once.

    The places are left out, so that an item may move and keep what was accepted of it.
    """
    texts = {
        text_at(case, place)
        for finding in findings
        for place in (finding.place, *(place for place, _ in finding.hit.also))
    }
    hashed = hashlib.sha256()
    for text in sorted(texts):
        hashed.update(f"{len(text)}:{text}".encode())
    return hashed.hexdigest()
