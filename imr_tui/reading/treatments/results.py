"""Finds the results of studies, and the drugs that a worker is said to take."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from imr_tui.reading.drugs.drugs import drugs
from imr_tui.reading.language.patterns import LazyPattern, lowered
from imr_tui.reading.language.sentences import sentence_at, sentences
from imr_tui.reading.treatments import treatment_kinds
from imr_tui.reading.treatments.criteria import is_guideline

if TYPE_CHECKING:
    from imr_tui.reading.drugs.drug_table import Drug

_SHOWS = LazyPattern(
    r"(?:[^.;:]{0,60}?) (?:shows?|showed|shown|reveal(?:s|ed)|demonstrate[sd]|describe[sd]"
    r"|confirms?|confirmed|documents|documented|found|finds|reported|read as)\b"
)
_CONFIRMED_BY = LazyPattern(r"\b(?:confirmed|shown|seen|documented|supported|proven) (?:by|on|in) ")
# A result that is asked for, missing or only possible.
_NOT_DONE = LazyPattern(
    r"\b(?:no|not|without|never|if|whether|unless|would|may|might|could|should|need(?:s|ed)?"
    r"|pending|requested|previous(?:ly)?|prior|earlier|must|can|often|lack(?:s|ing)?|ask(?:s|ed)?)\b"
)
_ASKS = LazyPattern(r"\b(?:asks?|requires?|wants?|must|should|recommends?)\b")
_NEAR = 40
"""Characters before a study in which words concern it."""
_CONDITIONAL = LazyPattern(
    r"\b(?:no|without|never|if|whether|unless|would|may (?:be|have|need|take|help|also)|might|could"
    r"|should|needs?|requested)\b"
)
_TAKES = LazyPattern(
    r"\b(?:has taken|have taken|takes|is taking|has been taken|has been taking|is on|was on"
    r"|was prescribed|is prescribed|was not tolerated|tolerates?|has to be held|tablets of"
    r"|relief (?:from|with)|has used|uses)\b"
)
_STUDIES = frozenset(("electrodiagnosis", "EEG", "sleep study", "heart study", "discogram"))


def is_study(kind: str) -> bool:
    """Whether a kind of treatment is a study with a result that a summary would mention."""
    is_imaging = "imaging" in treatment_kinds.broader_kinds(kind) - {kind}
    return kind in _STUDIES or (is_imaging and kind != "x-ray")


def studies_with_result(text: str) -> Iterator[tuple[str, tuple[int, int]]]:
    """Yield the kind of each study whose result `text` gives, and the span of the sentence."""
    low = lowered(text)
    for treatment in treatment_kinds.treatments(text):
        if not is_study(treatment.kind):
            continue
        start, end = treatment.span
        sentence = sentence_at(text, start)
        before = max(sentence.start, start - _NEAR)
        shows = _SHOWS.match(low, end)
        if shows is None and not _CONFIRMED_BY.search(low, before, start):
            continue
        asked = _NOT_DONE.search(low, before, shows.end() if shows else end)
        words = lowered(sentence.text)
        if not (asked or is_guideline(words) or _ASKS.search(words)):
            yield treatment.kind, sentence.span


def drugs_taken(text: str) -> Iterator[tuple[Drug, tuple[int, int]]]:
    """Yield each drug that the worker is said to take, and the span of the sentence.

    Sentences that report a guideline or name several drugs are left out.
    """
    for sentence in sentences(text):
        low = lowered(sentence.text)
        if not _TAKES.search(low) or is_guideline(low) or _CONDITIONAL.search(low):
            continue
        mentions = drugs(sentence.text)
        if len(mentions) == 1:
            yield mentions[0].drug, sentence.span
