"""Tells whether two statements concern the same state: found or reported, now or then."""

from __future__ import annotations

from typing import TYPE_CHECKING

from imr_tui.checks.same_part import is_before_last_visit
from imr_tui.reading.language.circumstances import (
    is_earlier,
    is_found,
    is_hypothetical,
    is_now,
    is_past,
    is_reported,
)
from imr_tui.reading.language.patterns import LazyPattern

if TYPE_CHECKING:
    from imr_tui.checks.case_reading import TextReading
    from imr_tui.reading.findings.findings import Statement

_FELT = ("finding", "test", "symptom")
# A claim about the records is about the whole claim, even if it says "currently".
_OF_RECORDS = LazyPattern(
    r"\b(?:document\w*|evidence|records?|recorded|mention\w*|history|prior|previous\w*|ever)\b"
)


def is_same_state(denied: Statement, reading: TextReading, stated: Statement) -> bool:
    """Whether a text states something that `denied` denies of the same state.

    What is only feared, expected or refused is not stated. What the worker reports may be absent on
    examination, and what was there at first may be gone now.
    """
    if is_hypothetical(stated):
        return False
    words = denied.low[slice(*denied.sentence.span)]
    if denied.thing.sort not in _FELT:
        is_present = is_now(denied) and not _OF_RECORDS.search(words)
        return not (is_present and denied.thing.sort == "treatment" and is_past(stated))
    if is_found(denied) and is_reported(stated):
        return False
    if is_earlier(stated) and not is_earlier(denied):
        return False
    return not (is_now(denied) and is_before_last_visit(reading, stated))
