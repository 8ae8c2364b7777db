"""Finds conclusions and criteria about another region than an item's, for IMR305."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Set
from typing import TYPE_CHECKING

from imr_tui.checks.rule import Hit
from imr_tui.reading.body import anatomy
from imr_tui.reading.body.anatomy import regions
from imr_tui.reading.conclusions.subjects import subjects
from imr_tui.reading.language.patterns import LazyPattern, blank_out, blank_quotations, lowered
from imr_tui.text.layout import listed

if TYPE_CHECKING:
    from imr_tui.checks.case_reading import CaseReading, ItemReading, TextReading
    from imr_tui.reading.language.sentences import Sentence


def other_region_concluded(reading: CaseReading, item: ItemReading) -> Iterator[Hit]:
    """A conclusion on another region than the item's, or than any item's in a reason."""
    own = asked_regions(item)
    all_asked = frozenset(name for other in reading.items for name in asked_regions(other))
    for subject in subjects(item.rationale.text):
        asked = all_asked if subject.is_reason else own
        found = anatomy.specific(anatomy.names(subject.text))
        known = asked
        if not asked or subject.is_reason or anatomy.any_related(asked, found):
            named = known_regions(reading, item.rationale, subject.sentence)
            known |= anatomy.without_limbs(named)
        strange = [
            each
            for each in regions(subject.text)
            if known and each.name in found and not is_known(each.name, known)
        ]
        for wrong in strange[:1]:
            span = subject.start + wrong.span[0], subject.start + wrong.span[1]
            about = listed(sorted(asked or known))
            owner = "request" if asked else "letter"
            says = f"The {owner} is about the {about}; this concludes on the {wrong.name}."
            yield Hit(item.rationale.place, says, span, also=((item.request.place, None),))


def asked_regions(item: ItemReading) -> frozenset[str]:
    return frozenset[str]().union(
        *(anatomy.names(text.text) for text in (item.request, item.original, item.authorized))
    )


# Criteria and support for a study or treatment of a region, outside of quotations.
_CRITERIA = LazyPattern(
    r"\b(?:criteri\w+|indications?|guidelines?|chapters?|mtus|odg|acoem|recommend\w*|supports?"
    r"|advis\w+"
    r"|reserves?|allows?|accepts?|lists|in question)\b"
)


def other_criteria(reading: CaseReading, item: ItemReading) -> Iterator[Hit]:
    """Criteria for a region that the letter mentions nowhere else."""
    text = item.rationale
    asked = asked_regions(item)
    plain = blank_quotations(text.text)
    for sentence in text.sentences if asked else ():
        words = plain[slice(*sentence.span)]
        found = anatomy.names(blank_out(_TITLE, words)) or anatomy.names(words)
        if not found or len(found) > 2 or not _is_criterion(words):
            continue
        known = anatomy.without_limbs(known_regions(reading, text, sentence))
        if not anatomy.any_related(found, asked | known):
            wrong = next(each for each in regions(words) if each.name in found)
            span = sentence.start + wrong.span[0], sentence.start + wrong.span[1]
            name = wrong.name
            says = (
                f"These criteria are about the {name}. The rest of the letter does not mention it."
            )
            yield Hit(text.place, says, span, also=((item.request.place, None),))


_TITLE = LazyPattern(
    r"\b(?:chapters?|guidelines?) (?:on|for) (?:the )?(?:[a-z]+,? ){1,6}?"
    r"(?=(?:recommends?|supports?|lists?|reserves?|allows?|accepts?|advises?|states?|names?|gives?"
    r"|describes?|requires?)\b)"
)
_EXAMPLE = LazyPattern(r"\b(?:such as|including|e\.g|for example|like|similar to|as in|unlike)\b")


def _is_criterion(words: str) -> bool:
    low = lowered(words)
    return _CRITERIA.search(low) is not None and _EXAMPLE.search(low) is None


def known_regions(reading: CaseReading, text: TextReading, sentence: Sentence) -> frozenset[str]:
    """The regions that the letter names outside of a sentence, with those of tests and levels."""
    inside = text.regions_by_sentence.get(sentence.start, Counter())
    outside = (name for name, count in reading.region_counts.items() if count > inside.get(name, 0))
    return anatomy.without_wholes(frozenset(outside))


def is_known(name: str, known: Set[str]) -> bool:
    """Whether a region or a related one is among those that a letter names."""
    return any(anatomy.related(name, each) for each in known)
