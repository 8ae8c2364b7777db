"""A rule and what it finds."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Literal

from imr_tui.case import Case
from imr_tui.stages import Place

Severity = Literal["error", "warning", "info"]
"""An error keeps the letter back, a warning wants an answer, an info is only shown."""


@dataclass(frozen=True)
class Hit:
    """What a rule's function yields: a place and the sentence for the reviewer."""

    place: Place
    """The field that is at fault."""
    message: str
    """One plain sentence: what is wrong and what to do."""
    span: tuple[int, int] | None = None
    """The words in that field, as offsets, where the fault has words."""


@dataclass(frozen=True)
class Finding:
    """A hit together with the rule that made it."""

    rule: "Rule"
    """The rule that fired."""
    hit: Hit
    """Where, and what it says."""

    @property
    def severity(self) -> Severity:
        """How much it matters."""
        return self.rule.severity

    @property
    def place(self) -> Place:
        """The field that is at fault."""
        return self.hit.place


@dataclass(frozen=True)
class Rule:
    """One thing that a determination is held against."""

    id: str
    """Stable: IMR101."""
    slug: str
    """Stable: `items-none`."""
    severity: Severity
    """How much a hit matters."""
    why: str
    """Why it matters, in one sentence."""
    source: str
    """The law, rule or practice behind it."""
    function: Callable[[Case], Iterator[Hit]]
    """Looks at a case."""

    def find(self, case: Case) -> Iterator[Finding]:
        """Every fault of this kind in `case`."""
        return (Finding(self, hit) for hit in self.function(case))


RULES: dict[str, Rule] = {}
"""Every registered rule by id."""

_Function = Callable[[Case], Iterator[Hit]]


def rule(
    identifier: str, slug: str, severity: Severity, *, why: str, source: str
) -> Callable[[_Function], _Function]:
    """Register the decorated function as a rule; an id that is taken raises ValueError."""

    def register(function: _Function) -> _Function:
        if identifier in RULES:
            raise ValueError(f"{identifier} is taken by {RULES[identifier].slug}")
        RULES[identifier] = Rule(identifier, slug, severity, why, source, function)
        return function

    return register
