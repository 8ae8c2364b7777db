"""Formats the explanation of a rule, with its reason and examples."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from imr_tui.domain.citation_text import words
from imr_tui.model.evidence import Citation
from imr_tui.model.value import Value

if TYPE_CHECKING:
    from imr_tui.checks.rule import Example, Rule


def explain(rule: Rule) -> str:
    """Format everything about `rule` as paragraphs and `field: value` lines, unwrapped."""
    once = ", answered once for the letter" if rule.once else ""
    paragraphs = (
        f"{rule.id} {rule.slug} ({rule.severity}{once})",
        rule.summary,
        *rule.details,
        f"Why: {rule.why}",
        f"Source: {rule.source}",
        "\n".join(("It fires on:", *_fields(rule.fires))),
        "\n".join(("It lets pass:", *_fields(rule.passes))),
    )
    return "\n\n".join(paragraphs)


def _fields(example: Example) -> Iterator[str]:
    for field, value in example.items():
        yield f"  {field}: {_format_value(value).strip() or '(blank)'}"


def _format_value(value: object) -> str:
    if isinstance(value, tuple):
        return "; ".join(map(_format_value, value))
    if isinstance(value, Citation):
        return words(value)
    if isinstance(value, Value):
        given = value.model_dump(exclude_unset=True)
        return ", ".join(f"{key} = {_format_value(each)}" for key, each in given.items())
    return "" if value is None else str(value)
