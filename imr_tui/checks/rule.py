"""A rule, what it yields, and the register of all of them."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from imr_tui.checks.context import CheckContext

if TYPE_CHECKING:
    from imr_tui.domain.workflow import Place

Severity = Literal["error", "warning", "info"]
"""An error keeps the letter back, a warning wants an answer, an info is only shown."""

Span = tuple[int, int]
"""Words in a field, as offsets of their first character and of what follows the last."""

Example = Mapping[str, object]
"""Fields of a case by their path, those of item 1 by their bare names, with what they hold."""


@dataclass(frozen=True)
class Hit:
    """What a rule's function yields: a place and the sentence for the reviewer."""

    place: Place
    """The field that is at fault."""
    message: str
    """One plain sentence: what is wrong and what to do."""
    span: Span | None = None
    """The words in that field, where the fault has words."""
    also: tuple[tuple[Place, Span | None], ...] = ()
    """The other fields, with their words, that it was found from."""
    severity: Severity | None = None
    """How much this one matters, where it is more or less than the rule says."""


@dataclass(frozen=True)
class Rule:
    """One thing that a determination is held against."""

    id: str
    """Stable: IMR101."""
    slug: str
    """Stable: `items-none`."""
    severity: Severity
    """How much a hit matters, where a site does not say otherwise."""
    why: str
    """Why it matters, in one sentence."""
    source: str
    """The law, rule or practice behind it."""
    function: Callable[[CheckContext], Iterator[Hit]]
    """Looks at a draft; its docstring says what for, and how it was narrowed."""
    fires: Example
    """A case that it fires on."""
    passes: Example
    """One that looks like it, and that it must let pass."""
    once: bool = False
    """Whether it is answered once for the letter, and not item by item."""
    blocks: bool = True
    """Whether a warning of it has to be answered before the letter goes out."""

    @property
    def summary(self) -> str:
        """What it looks for, in one line."""
        return self._documentation[0]

    @property
    def details(self) -> tuple[str, ...]:
        """What else there is to say of it, paragraph by paragraph."""
        return self._documentation[1:]

    @property
    def _documentation(self) -> tuple[str, ...]:
        import inspect

        paragraphs = (inspect.getdoc(self.function) or "").split("\n\n")
        return tuple(" ".join(paragraph.split()) for paragraph in paragraphs)


RULES: dict[str, Rule] = {}
"""Every registered rule by id."""

_Function = Callable[[CheckContext], Iterator[Hit]]


def rule(
    identifier: str,
    slug: str,
    severity: Severity,
    *,
    why: str,
    source: str,
    fires: Example,
    passes: Example,
    once: bool = False,
    blocks: bool = True,
) -> Callable[[_Function], _Function]:
    """Register the decorated function as a rule; an id that is taken raises ValueError."""

    def register(function: _Function) -> _Function:
        if identifier in RULES:
            raise ValueError(f"{identifier} is taken by {RULES[identifier].slug}")
        RULES[identifier] = Rule(
            identifier, slug, severity, why, source, function, fires, passes, once, blocks
        )
        return function

    return register
