"""Takes the facts of another patient out of a text that is copied into a case."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, NamedTuple

from imr_tui.phrases.template import BLANK
from imr_tui.reading.body import anatomy
from imr_tui.reading.facts.facts import Fact, facts
from imr_tui.reading.facts.spans import Span, replaced
from imr_tui.reading.language.patterns import LazyPattern, lowered
from imr_tui.reading.people.demographics import SEXES
from imr_tui.recall.case_facts import CaseFacts

if TYPE_CHECKING:
    from imr_tui.model.case import Case

_SEXED = LazyPattern(rf"\b(?:{'|'.join(sorted(SEXES, key=len, reverse=True))})\b")
_HE_OR_SHE = LazyPattern(r"\b(?:s?he|him|her|his)\s?(?:/|\(| or )\s?(?:s?he|him|her|his)\b")


class Flag(NamedTuple):
    """Words that stay, and that the reviewer should read."""

    span: Span
    """Offsets of the words in the text with blanks."""
    kind: Literal["sex", "region", "guideline"]
    """A word for the other sex, a region that the case does not name, or a guideline's fact."""


@dataclass(frozen=True)
class BlankedText:
    """A text without the facts of its source."""

    text: str
    """The text, with `***` for each fact that the case does not state."""
    flagged: tuple[Flag, ...]
    """The words to read, in order."""


def foreign_facts(text: str, stated: CaseFacts) -> tuple[Fact, ...]:
    """The facts in `text` that a case does not state, those of guidelines included, in order."""
    return tuple(each for each in facts(text) if not stated.states(each.value))


def blank_foreign_facts(text: str, case: Case) -> BlankedText:
    """Replace the facts in `text` that `case` does not state by `***`.

    Dates, ages, amounts, strengths, levels of the spine and sides are replaced. The case states
    what its summary, requests, documents and dates contain; its rationales do not count, because
    they may be copied. A number counts with its unit ("6 visits" is not "6 weeks"), a side with its
    region.

    Pronouns and nouns for a sex that the summary does not give, and regions that the case does not
    name, stay and are flagged. So are amounts in a sentence that only reports a guideline ("ODG
    recommends up to 10 visits") and the day on which a guideline was issued. A sentence that also
    refers to the worker or the request, or that names a date, a side or a level, is not taken as a
    guideline's. Pages, sections and years of citations stay without a flag.
    """
    stated = CaseFacts(case)
    # A blank can join two sentences, so that the numbers of the first are no longer a guideline's.
    while foreign := _of_patient(text, stated):
        text = replaced(text, foreign, BLANK)
    return BlankedText(text, tuple(sorted(_flags(text, stated))))


def _of_patient(text: str, stated: CaseFacts) -> list[Span]:
    return [each.span for each in foreign_facts(text, stated) if not each.is_guidelines]


def _flags(text: str, stated: CaseFacts) -> Iterator[Flag]:
    for fact in foreign_facts(text, stated):
        yield Flag(fact.span, "guideline")
    for region in anatomy.regions(text):
        if not any(anatomy.related(region.name, each) for each in stated.regions):
            yield Flag(region.words, "region")
    low = lowered(text)
    either = {at for match in _HE_OR_SHE.finditer(low) for at in range(*match.span())}
    for match in _SEXED.finditer(low):
        if stated.sexes != {SEXES[match[0]]} and match.start() not in either:
            yield Flag(match.span(), "sex")
