"""Finds digits that slipped into a word, and letters that slipped into a number."""

from __future__ import annotations

import re
from functools import lru_cache

from imr_tui.reading.language.patterns import CACHE_SIZE, LazyPattern

# The candidates: a digit beside three or more small letters. A capital inside a sentence begins
# the name of a product.
_CANDIDATE = LazyPattern(
    r"(?<![\w.@/#&$-])(?P<head>(?:[A-Z](?=[a-z0-9]))?[a-z]*)(?P<digit>\d)(?P<tail>[a-z]*)"
    r"(?![\w@/]|-\w|\.\w)"
)
_UNIT = LazyPattern(
    r"(?:st|nd|rd|th|mg|mcg|ml|mls|cc|gm|gms|grams?|kg|lbs?|oz|cm|mm|ft|feet|inch(?:es)?|hz|mhz|tesla"
    r"|hours?|hrs?|days?|wks?|weeks?|mos?|months?|yrs?|years?|mins?|minutes?|secs?|seconds?|times|visits?"
    r"|sessions?|units?|tabs?|tablets?|caps?|capsules?|pills?|patch(?:es)?|refills?|bottles?|boxes|box"
    r"|views?|levels?|steps?|points?|parts?|phases?|leads?|panels?|pack|packs?|wheel(?:ed|er)?|prongs?"
    r"|ways?|ply|person|stages?|fold|degrees?|percent|pounds?|dimensional|channels?|pairs?|doses?|ounces?"
    r"|drugs?|pieces?|items?|sites?|joints?|blocks?|injections?|treatments?|trials?|sets?|reps?|cycles?"
    r"|miles?|blocks?|flights?|stairs?|litres?|liters?|cups?|drinks?|cigarettes?|packs?|plus|out|to|and"
    r"|or|of|per|over|x|times|daily|weekly|in|on|out|at|by|with|hydroxy\w*|alpha|beta|omega)"
)
_NUMBERED = LazyPattern(
    r"(?:hs|ca?o|sp|vo|cox|omega|covid|vitamin|interleukin|il|grade|levels?|stages?"
    r"|types?|class|phase|zone|groups?|steps?|tables?|figures?|chapters?|pages?|pp|pgs?|sections?|items?"
    r"|numbers?|no|nos|parts?|lines?|days?|weeks?|months?|years?|times|visits?|sessions?|factor|score"
    r"|rated|pain|vas|plus|flexion|extension|to|of|by|at|over|and|or|for|about|than|is|was|only|line"
    r"|hep|brca|ref|note|notes|studies|study|articles?|trials?|guidelines?|reviews?|alpha|beta"
    r"|unit|units|dose|tab|tabs|qty|quantity|total|least|with|mtor|her|ph|sub|tri|di|mono|mp|web|mpeg)"
)
_UNIT_TAIL = LazyPattern(
    r"(?:visits?|sessions?|wks?|reps|times|mgs?|mcgs?|mls?|gms?|cm|mm|hrs?|hours?|days?|weeks?|months?"
    r"|years?|x|tabs?|units?|max|go|u|you|me|to|use|fit|sleep|care|a|b|c)"
)
_CODE = LazyPattern(r"(?:covid|omega|hba|spo|pao|paco|vo|po|cyp|interleukin|ca?o|web)")
_NEXT_IS_SMALL = LazyPattern(r" [a-z]")
# A date or a number with the letter O or l for a digit.
_LETTER_IN_NUMBER = LazyPattern(
    r"(?<![\w./-])(?:[Ol]\d[/-][\dOl]{1,2}(?:[/-][\dOl]{2,4})?|\d[Ol][/-][\dOl]{1,2}[/-][\dOl]{2,4}"
    r"|[\dOl]{1,2}[/-](?:[Ol]\d|\d[Ol])[/-][\dOl]{2,4}|\d{1,2}[/-]\d{1,2}[/-](?:\d{0,3}[Ol]\d{0,3})"
    r"|[12][Oo]\d\d|20[Ol]\d|20\d[Ol]|\dO\d{0,2}(?=\s?(?:mg|mcg|%|degrees|out|tablets|visits|sessions|years)))"
    r"(?![\w-])"
)


@lru_cache(maxsize=CACHE_SIZE)
def digits_in_words(text: str) -> tuple[tuple[int, int], ...]:
    """The spans of words with a digit in them, and of numbers with a letter in them."""
    found = {match.span() for match in _CANDIDATE.finditer(text) if _is_slip(match)}
    found.update(match.span() for match in _LETTER_IN_NUMBER.finditer(text) if _has_digit(match))
    return tuple(sorted(found))


def _has_digit(match: re.Match[str]) -> bool:
    return any(char.isdigit() for char in match[0])


def _is_slip(match: re.Match[str]) -> bool:
    head, tail = match["head"], match["tail"]
    if len(head) + len(tail) < 3 or (head[:1].isupper() and not _begins_sentence(match)):
        return False
    head = head.lower()
    if not head:
        return len(tail) > 3 and not _UNIT.fullmatch(tail)
    if not tail:
        return not _NUMBERED.fullmatch(head) and bool(
            _NEXT_IS_SMALL.match(match.string, match.end())
        )
    is_code = len(head) == 1 and (len(tail) == 1 or (len(tail) == 2 and match["digit"] not in "01"))
    return not is_code and not _UNIT_TAIL.fullmatch(tail) and not _CODE.fullmatch(head)


def _begins_sentence(match: re.Match[str]) -> bool:
    before = match.string[max(0, match.start() - 3) : match.start()].rstrip()
    return not before or before[-1] in ".!?:"
