"""The mentions of sides in a letter, grouped, and conflicts between them, for IMR308."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from imr_tui.domain.workflow import Place
from imr_tui.reading.body.disputed_sides import is_affected
from imr_tui.reading.body.sides import SidedMention

if TYPE_CHECKING:
    from imr_tui.checks.case_reading import CaseReading, ItemReading, TextReading
    from imr_tui.checks.rule import Span


class Conflict(NamedTuple):
    """A mention of a side, and a mention that contradicts it."""

    place: Place
    """The field with the wrong side."""
    says: str
    """The message."""
    span: Span
    """The mention."""
    other: tuple[Place, Span]
    """Where the other side is."""


Located = tuple[Place, SidedMention]


def quoted(what: str, text: TextReading, mention: SidedMention) -> str:
    """A message that quotes a mention."""
    return f'{what}; this says "{text.text[slice(*mention.span)]}".'


def asked_sides(item: ItemReading) -> list[Located]:
    """The sides that the parts of a request name, each once."""
    texts = (item.request, item.original, item.authorized)
    asked = {(each.side, each.names): (text.place, each) for text in texts for each in text.sides}
    return list(asked.values())


def one_sided(item: ItemReading) -> list[Located]:
    """The sides of a request, unless it is for both sides."""
    asked = asked_sides(item)
    return asked if len({each.side for _, each in asked}) == 1 else []


Group = tuple[Place, frozenset[str], str]


def groups_of(reading: CaseReading) -> dict[Group, list[SidedMention]]:
    """The mentions of affected sides, by field, regions and side."""
    found: dict[Group, list[SidedMention]] = {}
    for text in reading.texts:
        for each in text.sides:
            if is_affected(text.text, each):
                found.setdefault((text.place, each.names, each.side), []).append(each)
    return found
