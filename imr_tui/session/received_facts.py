"""The facts that the organization changed in the open case, and which of them were rejected."""

from __future__ import annotations

from typing import TYPE_CHECKING

from imr_tui.domain import new_facts as domain

if TYPE_CHECKING:
    from imr_tui.domain.fact_change import FactChange
    from imr_tui.model.case import Case
    from imr_tui.model.edits import Change
    from imr_tui.store.intake.new_facts import NewFacts

UNCHANGED = "The organization changed nothing that this case states otherwise."
"""Said when new facts are asked for, and none differs from the case."""


class ReceivedFacts:
    """No fact of the case changes unless the reviewer accepts it."""

    def __init__(self) -> None:
        self.facts: NewFacts | None = None
        """What the organization sent, or None."""
        self._rejected: set[tuple[str, str, str]] = set()

    def clear(self) -> None:
        """Forget them, as another case is opened."""
        self.facts = None
        self._rejected.clear()

    def pending(self, case: Case | None) -> tuple[FactChange, ...]:
        """The facts that the reviewer of `case` has not decided about."""
        if self.facts is None or case is None:
            return ()
        found = domain.changes(case, self.facts)
        return tuple(each for each in found if each.key not in self._rejected)

    @property
    def all_accepted(self) -> Change:
        """The edit that accepts all of them, except for those that remove a reviewer's work."""
        facts, rejected = self.facts, frozenset(self._rejected)
        return lambda case: case if facts is None else domain.accepted(case, facts, rejected)

    def reject(self, change: FactChange) -> None:
        """Leave the case as it is in this fact."""
        self._rejected.add(change.key)


def described(fact: FactChange) -> list[str]:
    """The name of a fact, what the case states, and what the organization states now."""
    lines = [
        fact.label[:1].upper() + fact.label[1:],
        f"  Yours:        {fact.yours or _BLANK}",
        f"  Organization: {fact.theirs or _BLANK}",
    ]
    return [*lines, f"  {fact.warning}"] if fact.warning else lines


_BLANK = "(blank)"
