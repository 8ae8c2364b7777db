"""IMR511: sentences that break off."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from imr_tui.checks.rule import Hit, rule
from imr_tui.reading.slips.cut_off import cut_off

if TYPE_CHECKING:
    from imr_tui.checks.context import CheckContext

_PROSE = ("summary.text", "rationale")


@rule(
    "IMR511",
    "sentence-cut-off",
    "warning",
    why="Where a sentence breaks off, a part of the reasons may be missing.",
    source="Practice: pasted and dictated texts",
    fires={"rationale": "The MRI is not medically necessary because of the."},
    passes={"rationale": "The MRI (of the neck) is what he asked for. It is not necessary."},
)
def sentence_cut_off(context: CheckContext) -> Iterator[Hit]:
    """A sentence of the summary or of a rationale breaks off, or begins in its middle.

    The rule reports a text without a final mark, and a sentence that ends with a word such as
    "the". It also reports a text that begins with a small letter, and a bracket that is not closed.
    A missing amount is reported, too ("more than per day", a request that was modified to nothing).
    A conclusion that only lacks its period is not reported, nor a preposition that may end a
    sentence ("what he asked for").
    """
    for place, text in context.printed:
        if place.field in _PROSE:
            field = "summary" if place.item is None else "rationale"
            for span, fault in cut_off(text):
                words = " ".join(text[max(0, span[0] - 25) : span[1]].split())
                advice = "Close it, or delete it" if "bracket" in fault else "Complete it"
                yield Hit(place, f"The {field} {fault} at {words!r}. {advice}.", span)
