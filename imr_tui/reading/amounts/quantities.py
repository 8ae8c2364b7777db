"""Finds quantities of a treatment: pieces, sessions, strengths, durations."""

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import Literal, NamedTuple

from imr_tui.reading.language.numbers import NUMBER_WORDS, TENS, UNITS
from imr_tui.reading.language.patterns import CACHE_SIZE, LazyPattern, lowered

Unit = Literal[
    "pieces",
    "sessions",
    "injections",
    "hours",
    "hours a day",
    "days",
    "grams",
    "ml",
    "days a week",
    "weeks",
    "cycles",
    "refills",
    "any",
]
"""The unit; `any` is a bare #6, which counts whatever the item is about."""

_VALUES = {
    **{word: number for number, word in enumerate(NUMBER_WORDS)},
    **TENS,
    **{"once": 1, "twice": 2},
}
_COMPOUND = LazyPattern(rf"({'|'.join(TENS)})[\s-]({'|'.join(UNITS)})", re.IGNORECASE)
NUMBER = (
    rf"(?:\d{{1,4}}(?:\.\d+)?|{_COMPOUND.pattern.replace('(', '(?:')}\b|"
    + "|".join(sorted(_VALUES, key=len, reverse=True))
    + r")"
)
"""A pattern for a number in digits or in words."""
# A number sign, the first digit of a number, or the first letter of a word for one. The first
# character alone is tried at every offset; the words only after it, by looking back.
_START = LazyPattern(
    rf"[#\d{''.join(sorted({word[0] for word in _VALUES}))}](?<![a-z][a-z])(?<!\d\d)"
    rf"(?<=(?=#|\d|{'|'.join(_VALUES)}).)"
)
DAYS = {"day": 1, "week": 7, "month": 30, "year": 365}
"""The days of each unit of time."""

_COURSE = LazyPattern(
    rf"\b(?P<often>{NUMBER})\s*(?:x|times?|\(\w+\)\s*times?|sessions?|visits?|treatments?)?\s*"
    r"(?:/|per |a |each |every )?\s*"
    rf"(?:week(?:ly)?|wk)\s*,?\s*(?:for|x|times"
    rf"|over)\s*(?:the next )?(?P<weeks>{NUMBER})\s*(?:weeks?|wks?)\b"
    rf"|(?<![\d.x/-])(?P<short>\d)\s*(?:x|times)\s*(?P<long>\d{{1,2}})\b(?!\s*(?:[x%/\d.-]|cm"
    rf"|mm|mg|weeks?|wks?|days?|months?|inch|in\.))"
)
RANGE = LazyPattern(rf"{NUMBER}\s*(?:-|to|or)\s*$", re.IGNORECASE)
"""The beginning of a range, which states no single amount."""
_SESSIONS = LazyPattern(
    rf"(?<![\w.#/-])#?(?P<count>{NUMBER})(?:\s*\(\s*\w+\s*\))?"
    rf"(?: of (?:the )?{NUMBER})? (?:(?!weeks?\b|days?\b|months?\b"
    rf"|times?\b|mg\b|to\b|or\b|and\b|over\b|in\b|after\b|during\b|with\b|{NUMBER}\b)"
    r"[\w/-]+ ){0,5}?(?:sessions?|visits?|treatments)\b"
    r"(?!\s*(?:/|per|an?|each|every)\s*(?:week|wk|month|day))"
)
_SESSIONS_TIMES = LazyPattern(
    rf"\b(?:sessions?|visits?|treatments)\s*(?:x|times|:|,|#|\()\s*(?P<count>{NUMBER})\b"
    rf"(?!\s*(?:x|times|per|/|a week))"
)
_TIMES = LazyPattern(
    r"(?:x(?<=[a-z,]\sx)|times(?<=[a-z,]\stimes))\s?(?P<count>\d{1,2})\b"
    r"(?!\s*(?:x|\d|weeks?|wks?|days?|months?|mg|cm|mm|per|/))"
)
_PIECE = r"tablet|tab|capsule|cap|pill|patch|vial|tube|bottle|film"
_PIECES = LazyPattern(
    r"#\s*(?P<hash>\d{1,4})\b(?!\s*(?:sessions?|visits?))"
    r"|\b(?P<units>\d{1,4}) units?\b(?! (?:of morphine|per (?:day|kg|hour)))"
    rf"|\b(?P<tablets>\d{{1,4}} (?={_PIECE})|{NUMBER} (?=(?:{_PIECE})s\b|patches))"
    rf"(?:(?:{_PIECE})s?|patch(?:es)?)\b"
    r"(?!\s*(?:by mouth|orally|po\b|p\.o|daily|nightly|every|per|a day|at bed|b\.?i\.?d"
    r"|t\.?i\.?d|q\w{1,3}\b|twice|once|each|as needed|prn))"
)
_NAMED = LazyPattern(r"\b(?:quantity|qty|disp|dispense)(?: of|\s*[:.#]+)?\s*#?(?P<count>\d{1,4})\b")
_AMOUNT = LazyPattern(
    r"\b\d+(?:\.\d+)?\s*-?(?:gm?|grams?|ml|cc|oz|ounces?)\b"
    r"|\b(?:\d{1,3}|one|two|three|four|six) (?:inhalers?|pens?|syringes?|kits?|box(?:es)?|packs?"
    r"|suppositor(?:y|ies))\b",
    re.IGNORECASE,
)
_STRENGTH = LazyPattern(
    r"(?<![\w.])(?P<first>\d{1,4}(?:\.\d+)?)(?:\s*[-/]\s*(?P<second>\d{1,4}(?:\.\d+)?)"
    r"| (?P<third>\d{2,4}))?\s*"
    r"-?mg\b",
    re.IGNORECASE,
)
_LASTING = LazyPattern(
    rf"\b(?P<count>{NUMBER})[\s-]*(?P<unit>day|week|month|year)s?\b[\s-]*(?:rental|trial|supply|use"
    rf"|rent|period|home)?"
    r"|\b(?P<purchase>purchase|buy|indefinite(?:ly)?|permanent)\b",
    re.IGNORECASE,
)


class Quantity(NamedTuple):
    """A mention of a quantity."""

    value: float
    """The number."""
    unit: Unit
    """The unit."""
    span: tuple[int, int]
    """Offsets of the words."""


@lru_cache(maxsize=4 * CACHE_SIZE)
def quantities(text: str) -> tuple[Quantity, ...]:
    """The numbers of pieces and sessions in `text`, in order; a course counts as its product.

    "2 times a week for 3 weeks" is six sessions. Ranges such as "2 to 3 times" are skipped.
    """
    found = [*courses(text), *sessions(text), *_pieces(text)]
    return tuple(sorted(found, key=lambda quantity: quantity.span))


def courses(text: str) -> Iterator[Quantity]:
    """The courses in `text`, as the number of their sessions."""
    for match in with_numbers(text, _COURSE):
        if RANGE.search(text, max(0, match.start() - 12), match.start()):
            continue
        often, weeks = match["often"] or match["short"], match["weeks"] or match["long"]
        yield Quantity(value_of(often) * value_of(weeks), "sessions", match.span())


def sessions(text: str) -> Iterator[Quantity]:
    """The numbers of sessions in `text`, without the courses."""
    for match in with_numbers(text, _SESSIONS, _SESSIONS_TIMES, _TIMES):
        if not RANGE.search(text, max(0, match.start() - 12), match.start()):
            yield Quantity(value_of(match["count"]), "sessions", match.span())


def _pieces(text: str) -> Iterator[Quantity]:
    for match in with_numbers(text, _PIECES, _NAMED):
        unit: Unit = "any" if match.lastgroup == "hash" else "pieces"
        yield Quantity(value_of(match[match.lastgroup or 0].strip()), unit, match.span())


def with_numbers(
    text: str, number_first: LazyPattern, *words_first: LazyPattern
) -> Iterator[re.Match[str]]:
    """The matches in `text`, in lower case, of patterns that contain a number; none overlap.

    The first pattern begins with a number or a number sign, so that it is tried only there.
    """
    low = lowered(text)
    if not (starts := number_starts(low)):
        return
    found = [match for at in starts if (match := number_first.match(low, at))]
    for pattern in words_first:
        found.extend(pattern.finditer(low))
    end = 0
    for match in sorted(found, key=lambda match: match.start()):
        if match.start() >= end:
            end = match.end()
            yield match


@lru_cache(maxsize=4 * CACHE_SIZE)
def number_starts(low: str) -> tuple[int, ...]:
    """The offsets in a lower-case text at which a number or a number sign begins."""
    return tuple(match.start() for match in _START.finditer(low))


@lru_cache(maxsize=4 * CACHE_SIZE)
def strengths(text: str) -> frozenset[float]:
    """The strengths in `text`, in milligrams; for a combination, those of each part."""
    parts = (match.group("first", "second", "third") for match in _STRENGTH.finditer(text))
    return frozenset(float(part) for each in parts for part in each if part)


def days(text: str) -> float | None:
    """The duration of use in days, infinite for a purchase; None if not stated."""
    match = _LASTING.search(text)
    if match is None:
        return None
    return (
        float("inf")
        if match["purchase"]
        else value_of(match["count"]) * DAYS[match["unit"].lower()]
    )


def has_amount(text: str) -> bool:
    """Whether the text states the amount of a drug: pieces, grams, millilitres or a duration."""
    counted = any(each.unit != "sessions" for each in quantities(text))
    return counted or _AMOUNT.search(text) is not None or days(text) is not None


def value_of(word: str) -> float:
    """The value of a number in digits or in words."""
    if compound := _COMPOUND.fullmatch(word):
        return float(sum(_VALUES[part.lower()] for part in compound.groups()))
    return float(_VALUES.get(word.lower(), 0) or word)
