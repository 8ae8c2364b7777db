"""A finding of a rule in a case, and whether the reviewer accepted it."""

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
    """A hit with the rule that produced it."""

    rule: Rule
    """The rule."""
    hit: Hit
    """The location and the message."""
    severity: Severity
    """The severity under the current policy."""
    accepted: Acknowledgement | None = None
    """The reviewer's acceptance, valid as long as the texts it was given for are unchanged."""

    @property
    def place(self) -> Place:
        """The field with the problem."""
        return self.hit.place

    @property
    def key(self) -> str:
        """Key of its acknowledgement: `IMR305-2` for item 2, `IMR206` for the case."""
        item = None if self.rule.once else self.place.item
        return self.rule.id if item is None else f"{self.rule.id}-{item + 1}"

    @property
    def is_open(self) -> bool:
        """Whether it still needs action: an error, or a warning that was not accepted."""
        unanswered = self.severity == "warning" and self.rule.blocks and not self.accepted
        return self.severity == "error" or unanswered


def digest(case: Case, findings: tuple[Finding, ...]) -> str:
    """SHA-256 of the texts that caused the findings, each counted once.

    Their fields are left out, so that moving an item keeps its accepted warnings.
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
