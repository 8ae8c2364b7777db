"""IMR508 and IMR509: digits that slipped into words, and words that are there twice in a row."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from imr_tui.checks.rule import Hit, rule
from imr_tui.reading.slips.digits_in_words import digits_in_words
from imr_tui.reading.slips.doubled_words import doubled_words
from imr_tui.text.layout import words_at

if TYPE_CHECKING:
    from imr_tui.checks.context import CheckContext
    from imr_tui.domain.workflow import Place

_PROSE = ("summary.text", "rationale", "request", "original", "authorized")


def _texts(context: CheckContext) -> Iterator[tuple[Place, str]]:
    """The texts that reviewers write; citations have numbers and codes in their words."""
    return (each for each in context.printed if each[0].field in _PROSE)


@rule(
    "IMR508",
    "digit-in-word",
    "warning",
    why="A mistyped word looks careless, and a mistyped number may change a date or an amount.",
    source="Practice: typing errors in published determinations",
    fires={"rationale": "The lo9w back is tender. It is not medically necessary."},
    passes={"rationale": "COX2, B12, 5mg, the 2nd visit and L4-5. It is not medically necessary."},
)
def digit_in_word(context: CheckContext) -> Iterator[Hit]:
    """A word contains a digit, or a number contains a letter: `lo9w`, `5houlder`, `O5/12/2016`.

    Amounts, spinal levels, vitamins, codes, ordinals and names of products are spelled with digits.
    A digit after a word counts only inside a sentence, because it may refer to a footnote.
    """
    for place, text in _texts(context):
        for span in digits_in_words(text):
            says = f"{text[slice(*span)]!r} mixes letters and digits. Correct the typing error."
            yield Hit(place, says, span)


@rule(
    "IMR509",
    "words-doubled",
    "warning",
    why="Words typed or pasted twice look careless, and other words may be missing there.",
    source="Practice: typing errors in published determinations",
    fires={"rationale": "The failure of failure of therapy is noted. It is not necessary."},
    passes={"rationale": "He had had therapy, and it was very, very short. It is not necessary."},
)
def words_doubled(context: CheckContext) -> Iterator[Hit]:
    """A word, a phrase or a sentence is there twice in a row: `the the`, `failure of failure of`.

    Right grammar and emphasis are not reported: "had had", "that that", "very very". Repeated
    numbers are not words.
    """
    for place, text in _texts(context):
        for span in doubled_words(text):
            words = words_at(text, span)
            shown = words if len(words) <= 60 else f"{words[:57]}..."
            yield Hit(place, f"{shown!r} says the same twice. Delete one.", span)
