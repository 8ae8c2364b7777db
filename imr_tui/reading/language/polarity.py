"""Decides whether a sentence states something or denies it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from imr_tui.reading.language.patterns import LazyPattern

if TYPE_CHECKING:
    from collections.abc import Sequence

    from imr_tui.reading.findings.findings import Mention

# A negation reaches over a list until a contrast, or until a clause with another verb.
_NEGATION = LazyPattern(
    r"\b(?:no|not|without|denie[sd]|denying|denial of|negative for|absence of|lack(?:s|ed"
    r"|ing)?(?: of)?"
    r"|free of|free from|never|nor|neither|nothing|nobody|cannot|ruled out|rules out|resolution of"
    r"|unable|nonexistent|less)\b(?! only)|n['\u2019]t\b",
)
_RESET = LazyPattern(
    r"[;:]|\b(?:but|however|although|though|while|whereas|except|despite)\b"
    r"|(?:,|\band\b|\bor\b) (?:[\w/+'%-]+ ){0,5}?(?:was|were|is|are|had|has|have|showed|shows"
    r"|reported|complained"
    r"|noted|remains?|revealed|gives?|took|takes)\b"
)
_DENIED_AFTER = LazyPattern(
    r"[^.;,:]{0,50}?\b(?:(?:was|were|is|are|has|have|had|be|been|did|does|do|could|can) (?:\w+ )?"
    r"(?:not|never|absent|negative|denied|resolved|gone|no longer|clear|normal|ruled out)\b"
    r"|cannot|(?:was|were|is|are|did|does|do|has|have|could)n['\u2019]t|(?:has|have"
    r"|had) (?:resolved|cleared|subsided|disappeared))"
)
_UNDONE = LazyPattern(
    r"[^.;,:]{0,40}?\b(?:was|were|is|are|has|have|had|could|did) (?:\w+ )?(?:not"
    r"|never) (?:yet )?(?:been )?"
    r"(?:\w+ )?(?:tried|done|performed|obtained|given|provided|carried|attempted|documented"
    r"|submitted|included|available)\b"
)
_RESULT_BEFORE = LazyPattern(
    r"(?<!is\s)(?<!was\s)(?<!are\s)(?<!were\s)\b(?P<result>positive|negative|abnormal"
    r"|normal)(?:(?:[\s,]|\b(?:and|or|both|left|right|bilateral|a|an|the|for|side"
    r"|sided|tests?|signs?|on|of|examination)\b)+)\Z"
)
_SEPARATE = LazyPattern(r"(?:,|\band) (?:an? )?\Z")
_RESULT_AFTER = LazyPattern(r"[^.;]{0,90}?\b(?P<result>positive|negative|absent|abnormal|normal)\b")


def is_present(
    low: str, mention: Mention, around: tuple[int, int], inside: Sequence[Mention]
) -> bool | None:
    """Whether a sentence states a thing, or denies it; None for a test without a result.

    `low` is the text in lower case, `around` the sentence, `inside` all things in it.
    """
    if mention.thing.sort in _DONE_SORTS:
        return not mention.is_opposite and not _is_undone(low, mention.span, around)
    negated = _is_negated(low, mention.span, around)
    if mention.thing.sort == "test":
        return _result(low, mention, around, inside, negated)
    return negated if mention.is_opposite else not negated


_DONE_SORTS = ("treatment", "study", "document", "examination")
"""Sorts of things of which a normal result does not mean their absence."""


def _is_undone(low: str, span: tuple[int, int], around: tuple[int, int]) -> bool:
    after = _UNDONE.match(low[: around[1]], span[1])
    return after is not None or _is_negated_before(low, span, around)


def _is_negated_before(low: str, span: tuple[int, int], around: tuple[int, int]) -> bool:
    last = None
    for match in _NEGATION.finditer(low, around[0], span[0]):
        last = match
    if last is None:
        return False
    reset = _RESET.search(low, last.end(), min(span[1] + 30, around[1]))
    return reset is None or reset.start() >= span[0]


def _is_negated(low: str, span: tuple[int, int], around: tuple[int, int]) -> bool:
    """Whether a negation before or after `span` in its sentence applies to it."""
    if _is_negated_before(low, span, around):
        return True
    after = _DENIED_AFTER.match(low[: around[1]], span[1])
    return after is not None and " and " not in after[0]


def _result(
    low: str, mention: Mention, around: tuple[int, int], inside: Sequence[Mention], negated: bool
) -> bool | None:
    """Whether a test was positive; None if no result is given."""
    found, is_separate = _own_result(low, mention, around, inside)
    if found is None:
        return False if negated else None
    positive = found in ("positive", "abnormal")
    return positive and (is_separate or not negated)


def _own_result(
    low: str, mention: Mention, around: tuple[int, int], inside: Sequence[Mention]
) -> tuple[str | None, bool]:
    """The result next to a test or its list of tests, and whether no earlier negation reaches it.

    None reaches "no weakness, and a positive Phalen test"; one reaches "no weakness or positive
    Phalen test".
    """
    tests = [each.span for each in inside if each.thing.sort == "test"]
    before = _RESULT_BEFORE.search(_blank(low, tests, around[0], mention.span[0]))
    if before is not None:
        return before["result"], _SEPARATE.search(before.string, 0, before.start()) is not None
    after = _RESULT_AFTER.match(_blank(low, tests, mention.span[1], around[1]))
    return (after["result"] if after is not None else None), False


def _blank(low: str, spans: list[tuple[int, int]], start: int, end: int) -> str:
    """The part of `low` from `start` to `end`, without the words at `spans`."""
    kept, at = [], start
    for first, last in spans:
        if start <= first and last <= end:
            kept.append(low[at:first])
            at = last
    return "".join((*kept, low[at:end]))
