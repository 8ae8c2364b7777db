"""IMR510 and IMR512: misspelled words of the field, and words that became others."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from imr_tui.checks.rule import Hit, rule
from imr_tui.reading.slips.near_misses import broken_phrases, near_misses
from imr_tui.reading.slips.word_slips import word_slips
from imr_tui.text.layout import words_at

if TYPE_CHECKING:
    from imr_tui.checks.context import CheckContext
    from imr_tui.domain.workflow import Place


@rule(
    "IMR510",
    "fixed-words-misspelled",
    "warning",
    why="A misspelled fixed phrase looks careless where every letter has the same words.",
    source="Practice: typing errors in published determinations",
    fires={"rationale": "The Utilization Reveiw denied it. It is not medicaly necessary."},
    passes={"rationale": "The medial branch was blocked. Orthopaedic care is not necessary."},
)
def fixed_words_misspelled(context: CheckContext) -> Iterator[Hit]:
    """A word that determinations use all the time is misspelled: `medicaly`, `cervial`, `MTSU`.

    Each word is compared with words of the field, titles of guidelines and fixed phrases. Other
    right words that look alike are not reported: `medial`, `diskectomy`, British spellings. Fixed
    phrases of guidelines are also reported if a key word is lost or changed: "contains at least one
    drug is not recommended".
    """
    for place, text in context.printed:
        for span, meant in near_misses(text):
            word = words_at(text, span)
            yield Hit(place, f"{word!r} looks misspelled. Was {meant!r} meant?", span)
        for span, meant in broken_phrases(text):
            words = words_at(text, span)
            says = f"{words!r} lacks or changes a word of the fixed phrase {meant!r}. Correct it."
            yield Hit(place, says, span)


@rule(
    "IMR512",
    "word-slip",
    "warning",
    why="A word that became another real word changes the sense, and no spelling checker sees it.",
    source="Practice: typing and dictation errors in published determinations",
    fires={"rationale": "Therapy was tired and failed. The MRI is now medically necessary."},
    passes={"rationale": "She is tired. The MRI is not medically necessary."},
)
def word_slip(context: CheckContext) -> Iterator[Hit]:
    """A word stands where only a similar one is right: "tired and failed", "lumber spine".

    Each pair of words has the neighbours that decide. Words that may be right are not reported;
    "now necessary" is right where the request is overturned.
    """
    for place, text in context.printed:
        for span, meant in word_slips(text):
            if meant == "not" and not _is_upheld(context, place):
                continue
            words = words_at(text, span)
            yield Hit(place, f"{words!r} looks wrong. Was {meant!r} meant?", span)


def _is_upheld(context: CheckContext, place: Place) -> bool:
    return place.item is not None and context.items[place.item].decision == "upheld"
