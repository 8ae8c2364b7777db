"""Finds what a text says utilization review decided: that it approved, or denied, something."""

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from imr_tui.reading.conclusions.reason_patterns import NEGATED
from imr_tui.reading.language.patterns import CACHE_SIZE, LazyPattern, lowered
from imr_tui.reading.language.sentences import SENTENCE_CACHE_SIZE, Sentence, sentences

_REVIEW = LazyPattern(
    r"\b(?:ur|utili[sz]ation review(?:er)?|claims? (?:administrator|adjuster|examiner)"
    r"|(?:insurance )?carrier|insurer|adjuster|physician (?:advisor|reviewer))\b"
)
_DENIED = LazyPattern(
    r"\b(?:non-?\s?certif\w+|deni(?:ed|es|al|als)|deny(?:ing)?|declin\w+|refus\w+|reject\w+"
    r"|modif\w+|partial\w*|conditional\w*|delay\w*|defer\w*|withdr\w+|unable|insufficient|only|disput\w+"
    r"|reduc\w+|instead|rest|remaining|adverse|disapprov\w+|unnecessary|upheld|disagree\w*"
    r"|appeal\w*|non-?authoriz\w+|(?:not|never|to) (?:\w+ )?(?:certify|approve|authorize))\b",
    re.IGNORECASE,
)
REACH = 40
"""Characters before and after an approval in which a negation denies it."""
_APPROVED = LazyPattern(
    r"\b(?:certif(?:ied|ies)|approv(?:ed|es|al)|authoriz(?:ed|es)|granted|allowed"
    r"|(?:found|deemed|considered|determined|held)\b[^.;]{0,60}?\b(?:medically )?necessary"
    r"|agreed (?:to|with)|issued an? (?:certification|authorization))\b",
    re.IGNORECASE,
)
# The service before this one, an earlier review, or a plan.
_ELSEWHERE = LazyPattern(
    r"\b(?:previous\w*|prior|earlier|already (?:had|received|completed)|initial(?:ly)?|if|would"
    r"|will|whether|should|first|had been \w+ed|concurrent\w*|other|another|requesting|pending)\b",
    re.IGNORECASE,
)
# What is approved is the disputed item as a whole: "this item", "the request", "it in full".
_DISPUTED = (
    r"(?:(?:this|the(?: disputed| present| current)?) (?:item|request|service|treatment|care)s?|it"
    r"|them|all of (?:it|them|these)|these (?:items|requests|services))"
)
_WHOLE = LazyPattern(
    rf"\b(?:certified|approved|authorized|granted|allowed) {_DISPUTED}(?= in full| as requested"
    r"| on\b|[.,;]|$| as (?:medically )?necessary| and\b)"
    rf"|\b(?:found|deemed|considered|determined|held)(?: that)? {_DISPUTED}(?: (?:is|was|to be))?"
    r" (?:medically )?necessary"
    rf"|\b{_DISPUTED} (?:was|were|is|has been|have been) (?:already |fully )?(?:certified|approved"
    r"|authorized|granted|found (?:to be )?(?:medically )?necessary)\b",
    re.IGNORECASE,
)


# A worker who "denied numbness" denies no request.
_DENIAL = LazyPattern(
    r"\b(?:non-?\s?certif\w+|denials?|(?<!she\s)(?<!\bhe\s)(?<!worker\s)(?<!patient\s)"
    r"(?<!claimant\s)(?<!applicant\s)(?<!employee\s)(?<!and\s)denied|denied (?:the|this)"
    r"|modified (?:the|this|by|on)"
    r"|(?:request|utilization)\b[^.;]{0,60}\bmodif\w+|not (?:\w+ )?(?:certif\w+|approv\w+"
    r"|authoriz\w+|medically)|adverse determination|denying|non-?authoriz\w+|delayed)\b",
    re.IGNORECASE,
)


class Outcome(NamedTuple):
    """A sentence on what utilization review decided."""

    sentence: Sentence
    """The sentence."""
    denies: bool
    """Whether it mentions a denial, a modification or anything else that leaves a dispute."""
    approves: bool
    """Whether it says that something was approved."""
    is_whole: bool
    """Whether it says that the request as a whole was approved."""


@lru_cache(maxsize=CACHE_SIZE)
def outcomes(text: str) -> tuple[Outcome, ...]:
    """The sentences of `text` on decisions of utilization review, in order."""
    return tuple(_find_outcomes(text))


def _find_outcomes(text: str) -> Iterator[Outcome]:
    for sentence in sentences(text):
        if read := _classify(sentence.text):
            yield Outcome(sentence, *read)


@lru_cache(maxsize=SENTENCE_CACHE_SIZE)
def _classify(words: str) -> tuple[bool, bool, bool] | None:
    if _REVIEW.search(lowered(words)) is None:
        return None
    approval = _APPROVED.search(words)
    denies = _DENIED.search(words) is not None or bool(approval and _is_negated(approval))
    approved = approval is not None and not _ELSEWHERE.search(words)
    if not (denies or approved):
        return None
    approves = approved and not denies
    return denies, approves, approves and _WHOLE.search(words) is not None


def _is_negated(approval: re.Match[str]) -> bool:
    start, end = max(0, approval.start() - REACH), approval.end() + REACH
    return NEGATED.search(lowered(approval.string), start, end) is not None


@lru_cache(maxsize=CACHE_SIZE)
def mentions_denial(text: str) -> bool:
    """Whether any sentence mentions a denial, by whomever."""
    return _DENIAL.search(text) is not None
