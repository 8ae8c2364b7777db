"""Defines rules, their hits and findings, and holds the register of rules."""

from __future__ import annotations

import hashlib
import inspect
from collections.abc import Callable, Iterator, Mapping
from typing import TYPE_CHECKING, Literal, NamedTuple

from imr_tui.checks.context import CheckContext, text_at

if TYPE_CHECKING:
    from imr_tui.domain.workflow import Place
    from imr_tui.model.case import Acknowledgement, Case


Severity = Literal["error", "warning", "info"]
"""An error blocks the letter, a warning needs an answer, an info is only displayed."""

Span = tuple[int, int]
"""Part of a field: offset of its first character, and of the one after its last."""

Example = Mapping[str, object]
"""Field values of a case by path, with fields of item 1 given without the item."""


class Hit(NamedTuple):
    """One violation found by a rule: a field, and a message for the reviewer."""

    place: Place
    """The field with the problem."""
    message: str
    """One plain sentence: what is wrong and how to fix it."""
    span: Span | None = None
    """The part of the field that caused it, if any."""
    also: tuple[tuple[Place, Span | None], ...] = ()
    """Other fields, and parts of them, that the violation was derived from."""
    severity: Severity | None = None
    """Severity of this hit, if it differs from that of the rule."""


class Rule(NamedTuple):
    """A rule that determinations are checked against."""

    id: str
    """Stable id: IMR101."""
    slug: str
    """Stable name: `items-none`."""
    severity: Severity
    """Severity of its hits, unless the site sets another."""
    why: str
    """Why it matters, in one sentence."""
    source: str
    """The law, regulation or practice that it is based on."""
    function: Callable[[CheckContext], Iterator[Hit]]
    """Checks a case; its docstring explains what it looks for and its exceptions."""
    fires: Example
    """A case with a violation."""
    passes: Example
    """A similar case without one."""
    once: bool = False
    """Whether one answer covers the whole letter, instead of one answer per item."""
    blocks: bool = True
    """Whether an unanswered warning blocks the letter."""

    @property
    def summary(self) -> str:
        """One line that says what the rule looks for."""
        return self._documentation[0]

    @property
    def details(self) -> tuple[str, ...]:
        """The rest of the explanation, by paragraph."""
        return self._documentation[1:]

    @property
    def _documentation(self) -> tuple[str, ...]:
        paragraphs = (inspect.getdoc(self.function) or "").split("\n\n")
        return tuple(" ".join(paragraph.split()) for paragraph in paragraphs)


RULES: dict[str, Rule] = {}
"""All registered rules by id."""

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
    """Register the decorated function as a rule; raises ValueError for a duplicate id."""

    def register(function: _Function) -> _Function:
        if identifier in RULES:
            raise ValueError(f"{identifier} is taken by {RULES[identifier].slug}")
        RULES[identifier] = Rule(
            identifier, slug, severity, why, source, function, fires, passes, once, blocks
        )
        return function

    return register


class Finding(NamedTuple):
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
