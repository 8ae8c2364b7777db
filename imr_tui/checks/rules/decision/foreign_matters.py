"""Finds sentences about a matter that nothing else in the letter concerns, for IMR328."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from imr_tui.checks.rule import Hit
from imr_tui.reading.treatments.foreign import foreign_sentences

if TYPE_CHECKING:
    from imr_tui.checks.context import CheckContext


def sentences_on_foreign_matters(context: CheckContext) -> Iterator[Hit]:
    """Sentences about a matter that the letter mentions nowhere else."""
    rationales = [read.rationale for read in context.reading.items]
    texts = (context.reading.summary, *rationales)
    requested = " ".join(f"{item.request} {item.original}" for item in context.items)
    for number, topic, span in foreign_sentences([each.text for each in texts], requested):
        says = f"Nothing else in the letter concerns {topic}. Check that it belongs to this letter."
        yield Hit(texts[number].place, says, span, severity="info")
