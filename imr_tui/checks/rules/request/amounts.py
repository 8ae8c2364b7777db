"""IMR311: amounts requested and decided."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from imr_tui.checks.rule import Hit, Span, rule
from imr_tui.checks.rules.request.reported_times import in_authorization, in_other_unit
from imr_tui.reading.amounts.amounts import amounts, any_equal, are_alike, unequal_courses
from imr_tui.reading.drugs.drugs import drugs
from imr_tui.reading.language.patterns import LazyPattern, lowered
from imr_tui.reading.treatments import treatment_kinds
from imr_tui.text.layout import words_at

if TYPE_CHECKING:
    from imr_tui.checks.case_reading import ItemReading, TextReading
    from imr_tui.checks.context import CheckContext
    from imr_tui.domain.workflow import Place
    from imr_tui.reading.amounts.quantities import Quantity


@rule(
    "IMR311",
    "quantity-conflict",
    "warning",
    why="The decision must be about the amount in dispute, not about another amount.",
    source="Labor Code 4610.6(c)",
    fires={
        "request": "Norco 10/325mg #60",
        "rationale": "The request for Norco 10/325mg #90 is not medically necessary.",
    },
    passes={
        "request": "Physical therapy, 6 sessions",
        "original": "Physical therapy, 12 sessions",
        "authorized": "Physical therapy, 6 sessions",
        "rationale": "The request for the remaining six of 12 sessions is not medically necessary.",
    },
)
def quantity_conflict(context: CheckContext) -> Iterator[Hit]:
    """The letter gives the disputed item another amount than the item does.

    The rule reads conclusions on medical necessity, statements about the request ("twelve visits
    are requested"), and the sentences of the summary that report the request. Of a modified item
    only the remaining part is in dispute. A conclusion on the original or the authorized amount is
    reported, unless it calls it so. "2 times a week for 3 weeks" counts as six sessions. A number
    of sessions beside it must equal it.
    """
    for item in context.reading.items:
        found = (
            _in_conclusions(item)
            or _in_statement(item)
            or _in_report(item, context.reading.summary)
            or in_other_unit(item, context.reading.summary)
            or in_authorization(item, context.reading.summary)
        )
        yield from found or _unequal(item.rationale)
    yield from _unequal(context.reading.summary)


# Amounts that are not those of the request: "exceeds the 10 visits of the guideline", "has
# completed 24 visits".
_OTHER_AMOUNTS = LazyPattern(
    r"\b(?:exceed\w*|complet\w+|recommend\w*|guidelines?|allow\w*|up to|after|already|beyond"
    r"|attended|received|has had|have had|previous\w*|prior|maximum|limit\w*|within|first"
    r"|initial|older than|less than|more than|at least|last|past|took|lasted)\b|\b(?:per|every) \Z",
    re.IGNORECASE,
)
_OTHER_PART = LazyPattern(
    r"\b(?:original\w*|initial\w*|authorized|certified|approved|allowed|out of|of the|modif\w+"
    r"|in addition to|instead of|rather than|reduced)\b",
    re.IGNORECASE,
)


def _in_conclusions(item: ItemReading) -> list[Hit]:
    left = amounts(item.request.text)
    parts = [each for part in (item.original, item.authorized) for each in amounts(part.text)]
    for conclusion in item.rationale.conclusions:
        text = conclusion.sentence.text
        wrong = conclusion.is_final and _conflict(text, left, parts)
        if wrong:
            part, (own, at_item) = _asked(item, wrong)
            says = f"This concludes on {words_of(text, wrong)}; the item says {own}."
            start = conclusion.sentence.start
            span = start + wrong.span[0], start + wrong.span[1]
            return [Hit(item.rationale.place, says, span, also=((part, at_item),))]
    return []


def _conflict(text: str, left: Sequence[Quantity], parts: Sequence[Quantity]) -> Quantity | None:
    """The amount in a conclusion that is not the one in dispute, if any."""
    named = [
        each
        for each in amounts(text)
        if not _OTHER_AMOUNTS.search(text, max(0, each.span[0] - 40), each.span[0])
    ]
    for each in named:
        alike = [other for other in left if are_alike(other, each)]
        if not alike or any_equal(named, alike):
            continue
        if any_equal([each], parts) and _OTHER_PART.search(text):
            continue
        return each
    return None


# Directly before an amount, and directly after it.
_REQUEST_FOR = LazyPattern(
    r"\b(?:the|this|current|present|instant|disputed) (?:requests?|request at hand) (?:is |was )?"
    r"(?:for|of) (?:an? |the )?(?:additional |another |further |total of )?\Z"
    r"|\b(?:remaining|requested) \Z",
    re.IGNORECASE,
)
_ARE_REQUESTED = LazyPattern(
    r"(?: (?:[\w-]+ ){0,3}?(?:that )?(?:is|are|was|were|has been|have been))?"
    r" (?:now |here |hereby )?(?:requested|asked for|sought|in dispute|at issue|under review)\b",
    re.IGNORECASE,
)


def _in_statement(item: ItemReading) -> list[Hit]:
    """A statement of the rationale about the request with an amount of no part of it."""
    asked = [
        (part, each)
        for part in (item.request, item.original, item.authorized)
        for each in amounts(part.text)
    ]
    text = item.rationale.text
    for named in amounts(text) if asked else ():
        start, end = named.span
        before = _REQUEST_FOR.search(text, max(0, start - 60), start)
        if before is None and _ARE_REQUESTED.match(text, end) is None:
            continue
        alike = [(part, each) for part, each in asked if are_alike(each, named)]
        if alike and not any_equal([named], [each for _, each in alike]):
            part, instead = alike[0]
            says = (
                f"The rationale says that the request is for {words_of(text, named)}; the item "
                f"says {words_of(part.text, instead)}."
            )
            return [Hit(item.rationale.place, says, named.span, also=((part.place, instead.span),))]
    return []


def words_of(text: str, amount: Quantity) -> str:
    """The words of an amount, single-spaced."""
    return words_at(text, amount.span)


def _asked(item: ItemReading, instead: Quantity) -> tuple[Place, tuple[str, Span]]:
    """The amount of the item in the unit of another amount: its field, its words and their place.

    The request comes first. Only call it for an amount that is comparable with one of the item.
    """
    for part in (item.request, item.original, item.authorized):
        for each in amounts(part.text):
            if are_alike(each, instead):
                return part.place, (words_of(part.text, each), each.span)
    raise ValueError("no amount of the item has this unit")


_REPORTED = LazyPattern(
    r"\b(?:request(?:s|ed)|requests? (?:of|for|dated)|includes|ask(?:s|ed) for"
    r"|order(?:s|ed)|authorization (?:for|of)|sought|wants?|prescribed|dispensed"
    r"|recommend(?:s|ed)|non-?certified|denied)\b"
)
_EARLIER = LazyPattern(
    r"\b(?:previous\w*|prior|earlier|past|complet\w+|received|had|has|attended|underwent|tried|failed"
    r"|after|until|to date|certified|authorized|approved|modif\w+|beyond)\b(?! certification)",
    re.IGNORECASE,
)


def _in_report(item: ItemReading, summary: TextReading) -> list[Hit]:
    """A sentence of the summary that reports the request with another amount."""
    asked = [
        each
        for part in (item.request, item.original, item.authorized)
        for each in amounts(part.text)
    ]
    for sentence in summary.sentences if asked else ():
        if not _REPORTED.search(lowered(sentence.text)) or any_equal(amounts(sentence.text), asked):
            continue
        for start, words in parts_about(item, sentence.text):
            wrong = _only_wrong(words, asked)
            if wrong is not None and not _EARLIER.search(
                sentence.text, max(0, start - 60), start + wrong.span[0]
            ):
                part, (own, at_item) = _asked(item, wrong)
                told = words_of(words, wrong)
                says = f"The summary reports a request for {told}; the item says {own}."
                at = sentence.start + start
                span = at + wrong.span[0], at + wrong.span[1]
                return [Hit(summary.place, says, span, also=((part, at_item),))]
    return []


def _only_wrong(words: str, asked: Sequence[Quantity]) -> Quantity | None:
    """The first amount in `words` if no amount there is one of those asked for."""
    alike = [each for each in amounts(words) if any(are_alike(each, other) for other in asked)]
    return None if any_equal(alike, asked) else next(iter(alike), None)


_BREAK = LazyPattern(r",(?! \d+ tabs)|;|\band\b|\bplus\b|\bas well as\b")
_REACH = 40
"""Characters on either side of a treatment in which its amount stands."""


def parts_about(item: ItemReading, sentence: str) -> Iterator[tuple[int, str]]:
    """The parts of a sentence about the treatment of the item, with their offsets."""
    named = [(each.span, each.drug.generic) for each in drugs(sentence)]
    named = sorted([*named, *((span, name) for name, span in treatment_kinds.mentions(sentence))])
    own = {each.drug.generic for each in item.request.drugs} | item.request.treatments
    for at, ((start, end), name) in enumerate(named):
        if name not in own:
            continue
        before = named[at - 1][0][1] if at else 0
        after = named[at + 1][0][0] if at + 1 < len(named) else len(sentence)
        begin = max(before, start - _REACH)
        breaks = [match.end() for match in _BREAK.finditer(sentence[begin:start])]
        begin += breaks[-1] if breaks else 0
        stop = min(after, end + 2 * _REACH)
        last = re.search(r"\band\b|;|\bplus\b", sentence[end:stop])
        yield begin, sentence[begin : end + last.start() if last else stop]


def _unequal(text: TextReading) -> Iterator[Hit]:
    for counted, course in unequal_courses(text.text):
        count, often = words_of(text.text, counted), words_of(text.text, course)
        says = f'"{count}" stands beside "{often}", which makes {course.value:g}.'
        yield Hit(text.place, says, counted.span, also=((text.place, course.span),))
        return
