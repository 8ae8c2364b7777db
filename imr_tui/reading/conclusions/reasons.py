"""Finds sentences that speak for or against a request, before its conclusion."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal, NamedTuple

from imr_tui.reading.conclusions import reason_patterns as patterns
from imr_tui.reading.language.attribution import is_of_guideline, is_quoted, without_reported
from imr_tui.reading.language.patterns import CACHE_SIZE, LazyPattern, lowered
from imr_tui.reading.language.sentences import SENTENCE_CACHE_SIZE, Sentence, sentences

Kind = Literal[
    "unmet", "none", "care", "need", "discouraged", "met", "all", "support", "documented",
    "inverted",
]  # fmt: skip
"""What a reason says.

Against a request: criteria are not met; none of those listed applies; earlier care was not tried or
was enough; something is not needed; a guideline does not recommend something. For it: criteria are
met; all of those listed apply; the records support something; something is documented; a guideline
continues treatment that does not help, or a "not" was lost from a reason.
"""
SUPPORTING: frozenset[Kind] = frozenset(("met", "all", "support", "documented", "inverted"))
"""The kinds that speak for a request."""
# They mean the opposite if the list before is one of contraindications.
_COUNTED: frozenset[Kind] = frozenset(("none", "all"))

# Every pattern of a reason needs one of these, and a search for them is much faster.
_MARK = LazyPattern(
    r"met|meet|satisf|fulfil|qualif|outside|short of|reached|achieved|the case|present|exceed|stay"
    r"|remain|tried|fail|attempted|exhausted|completed|enough|sufficient|adequate|suffice|responded"
    r"|needed|required|call|recommend|support|endorse|advise|favou?r|justif|warrant|substantiat"
    r"|one of|neither of|all of|each of|both of|even |not (?:ask|require|demand|expect)|keep|lie"
    r"|fall|suggested|allowed|there (?:is|are|was|were)|provid|would|will|could|does|did|do |been"
    r"|helped|restored|lasting|sustained|in the way|preclude|rule"
)


class _Reading(NamedTuple):
    """The classification of a sentence, independent of its position."""

    kind: Kind
    about: str = ""


@dataclass(frozen=True)
class Reason:
    """A sentence of the reviewer that speaks for or against the request."""

    sentence: Sentence
    """The sentence."""
    index: int
    """Its 0-based number among the sentences of the text."""
    kind: Kind
    """What it says."""
    about: str = ""
    """The words for the care, the need or the treatment that it mentions, if any."""

    @property
    def supports(self) -> bool:
        """Whether it speaks for the request."""
        return self.kind in SUPPORTING

    @property
    def is_about_request(self) -> bool:
        """Whether it mentions the request, the need or the treatment in general words."""
        return patterns.ASKED.search(lowered(self.about)) is not None


@lru_cache(maxsize=CACHE_SIZE)
def reasons(text: str) -> tuple[Reason, ...]:
    """The sentences of `text` that clearly speak for or against the request, in order.

    Reported opinions, quotations, conditions and sentences with "but" or "although" are left out.
    """
    return tuple(_find_reasons(sentences(text)))


def turns(words: str) -> bool:
    """Whether a sentence begins with "however" or the like."""
    return patterns.TURNS.search(lowered(words)) is not None


def _find_reasons(found: tuple[Sentence, ...]) -> Iterator[Reason]:
    before = ""
    for index, sentence in enumerate(found):
        read = _classify(without_reported(sentence.text))
        if read and not (
            read.kind in _COUNTED
            and patterns.CONTRAINDICATED.search(lowered(before + sentence.text))
        ):
            yield Reason(sentence, index, *read)
        before = sentence.text


_ASKED_WHETHER = LazyPattern(
    r"\b(?:if|whether|when|unless|how|where|that|which|unclear|should|may|might|states?|notes?"
    r"|says|opin\w+|believ\w+|argu\w+)\b"
)


@lru_cache(maxsize=SENTENCE_CACHE_SIZE)
def _classify(words: str) -> _Reading | None:
    low = lowered(words)
    if not _MARK.search(low):
        return None
    if patterns.INVERTED.search(low) and is_of_guideline(low):
        return _Reading("inverted")
    if is_quoted(words):
        return None
    if (lost := patterns.REVERSED.search(low)) and not (
        is_of_guideline(low)
        or patterns.NEGATED.search(low, max(0, lost.start() - 60), lost.end())
        or _ASKED_WHETHER.search(low, 0, lost.start())
    ):
        return _Reading("inverted")
    if patterns.HEDGED.search(low):
        return None
    return _against(words, low) or _in_favor(words, low)


def _against(words: str, low: str) -> _Reading | None:
    conditional = patterns.CONDITIONAL.search(low)
    if patterns.NONE_APPLIES.search(low):
        return _Reading("none")
    if patterns.EXCEEDS.search(low):
        return _Reading("unmet")
    if patterns.UNMET.search(low) and not conditional:
        return _Reading("unmet")
    if not conditional and patterns.OBSTACLE.search(low) and not patterns.NEGATED.search(low):
        return _Reading("unmet")
    if match := patterns.CARE_WORKED.search(low):
        return _Reading("care", _named(match, words))
    if match := patterns.DISCOURAGED.search(low):
        return (
            None if patterns.LIMITED.search(low) else _Reading("discouraged", _named(match, words))
        )
    if not (conditional or is_of_guideline(low)) and (match := patterns.NOT_NEEDED.search(low)):
        return _Reading("need", _named(match, words))
    return None


def _in_favor(words: str, low: str) -> _Reading | None:
    if patterns.CONDITIONAL.search(low) or patterns.NEGATED.search(low):
        return None
    if patterns.PARTLY.search(low) or patterns.GRANTED.search(low):
        return None
    if patterns.ALL_APPLY.search(low):
        return _Reading("all")
    if is_of_guideline(low) and not patterns.MET.search(low):
        return None
    if patterns.MET.search(low):
        of = patterns.CRITERIA_OF.search(low)
        return _Reading("met", _named(of, words) if of else "")
    if match := patterns.SUPPORTED.search(low):
        return _Reading("support", _named(match, words))
    if patterns.DOCUMENTED.search(low):
        return _Reading("documented", words)
    return None


def _named(match: re.Match[str], words: str) -> str:
    """The words of the group that matched, as they are written; or blank."""
    return words[slice(*match.span(match.lastgroup))] if match.lastgroup else ""
