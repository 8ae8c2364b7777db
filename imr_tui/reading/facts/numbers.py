"""Finds all numbers of a text, with the units that they are counted in."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import Literal, NamedTuple

from imr_tui.reading.amounts.amounts import amounts
from imr_tui.reading.amounts.quantities import NUMBER, Quantity, value_of
from imr_tui.reading.facts.spans import around, without_overlaps
from imr_tui.reading.language.numbers import TENS
from imr_tui.reading.language.patterns import CACHE_SIZE, LazyPattern, lowered

_UNITS = (
    ("session", r"visits?|sessions?|treatments?|appointments?"),
    ("injection", r"injections?|shots?|blocks?|esis?"),
    ("minute", r"minutes?|mins?"),
    ("hour", r"hours?|hrs?"),
    ("day", r"days?|nights?"),
    ("week", r"weeks?|wks?"),
    ("month", r"months?|mos?"),
    ("year", r"years?|yrs?"),
    ("piece", r"tablets?|tabs?|capsules?|caps?|pills?|patch(?:es)?|vials?|tubes?|bottles?"),
    ("refill", r"refills?"),
    ("mg", r"mgs?|milligrams?"),
    ("mcg", r"mcg|ug|micrograms?"),
    ("gram", r"gms?|g|grams?"),
    ("kg", r"kgs?|kilograms?"),
    ("ml", r"ml|cc|milliliters?"),
    ("ounce", r"oz|ounces?"),
    ("percent", r"%|percent"),
    ("degree", r"degrees?|\u00b0|\u00ba"),
    ("mm", r"mm|millimeters?"),
    ("cm", r"cm|centimeters?"),
    ("inch", r"inch(?:es)?"),
    ("foot", r"feet|ft"),
    ("pound", r"pounds?|lbs?"),
    ("mile", r"miles?|blocks? away"),
    ("time", r"times?|x(?![a-z])"),
    ("unit", r"units?"),
    ("point", r"points?"),
)
_UNIT = "|".join(f"(?P<{name}>{words})" for name, words in _UNITS)
_STRENGTHS = frozenset(("mg", "mcg"))
_AGED = r"[\s-]{0,3}(?:years?|yrs?|y)\.?[\s/-]{0,3}(?:olds?|of age|o)\b"
_OLD = LazyPattern(_AGED)
_AGED_BEFORE = LazyPattern(r"\bage[sd]?[\s:-]+(?:of )?\Z")
# Not the numbers of codes and vertebrae, as in COX-2 and L4-5, but those of 2x6 and #60.
_START = r"(?:(?<![\w.])(?<!\w-)|(?<=[#x])(?<![a-wyz]x))"
_PART = r"\d++(?:\.\d++)?"
# An atomic group: until Python 3.11.4, `*+` fails behind a group with several ways to match.
_DIGITS = LazyPattern(
    rf"#?{_START}(?:{_PART}|\.\d++)(?>(?:[+-]?\s?[-/]\s?{_PART}|,\d{{3}}(?!\d)"
    rf"| (?:to|or|out of) {_PART}(?!\s?/)| \d{{2,4}}(?=\s?-?mg\b))*)(?!\.\d)\s?%?"
    r"(?=$|[^a-z_]|(?:mgs?|mcg|ml|cc|gms?|g|kg|lbs?|oz|cm|mm|in|ft|yo|yrs?|y|wks?|hrs?|mos?|x|s|k"
    r"|d)\b|x\d)",
)
_WORDS = rf"(?=[a-z]){NUMBER}"
# Words between a number and its unit, as in "six more therapy visits".
_BETWEEN = r"(?:(?!(?:and|or|to|of|in|is|was|for)\b)[a-z/-]+ ){0,3}?"
_COUNTED_WORDS = LazyPattern(
    rf"\b{_WORDS}(?:\s?-\s?{_WORDS}| (?:to|or) {_WORDS})?\b"
    rf"(?=\s?\(\d|{_AGED}|[\s-]+{_BETWEEN}(?:{_UNIT})(?![a-z]))"
)
_FOLLOWING = LazyPattern(rf"[\s-]*(?:\(\w+\)\s*)?{_BETWEEN}(?:{_UNIT})(?![a-z])")
_OF = LazyPattern(" of ")
_LEADING = LazyPattern(r"(?<!\d)\.")
_ONE = LazyPattern(NUMBER, re.IGNORECASE)
_DECADES = {f"{word[:-1]}ies": value for word, value in TENS.items()}
_DECADE = LazyPattern(
    r"(?:\bin (?:his|her|their|the)|(?<=s) (?:or|to|and)) (?:(?:early|mid|middle|late)[\s-]+)?"
    rf"(?P<decade>{'|'.join(_DECADES)}|[2-9]0'?s)\b"
)
_MULTIPLES = {"dozen": 12.0, "hundred": 100.0, "thousand": 1000.0}
_FRACTIONS = {"\u00bc": 0.25, "\u00bd": 0.5, "\u00be": 0.75}
# Numbers that neither digits nor counted words give: two hundred, 1\u00bd, q8h, twice.
_OTHER = LazyPattern(
    rf"\b(?:(?P<times>{_WORDS}) )?(?P<multiple>dozen|hundred|thousand)\b"
    r"|(?<![\w.])(?:(?P<whole>\d{1,3})\s?)?(?P<fraction>[\u00bc-\u00be])"
    r"|(?<=\bq)(?P<hours>\d{1,2})(?=\s?-?h(?:rs?|ours?)?\b)|\b(?P<twice>twice|thrice)\b"
)

NumberKind = Literal["age", "amount", "strength"]


class Number(NamedTuple):
    """A number, or the numbers of a range, a score or a combination."""

    kind: NumberKind
    """What it is a number of."""
    parts: tuple[float, ...]
    """The numbers: 10 and 325 of "10/325"; of a decade, its first and last year."""
    unit: str
    """What is counted, such as "week"; "count" for #60, blank if the text does not say."""
    span: tuple[int, int]
    """Offsets of the number, without its unit."""
    amount: Quantity | None = None
    """The amount that it belongs to, as `amounts` reads it."""


@lru_cache(maxsize=CACHE_SIZE)
def numbers(text: str) -> tuple[Number, ...]:
    """All numbers of `text` in digits, and those in words that count something, in order.

    Numbers within codes, such as COX-2, and ordinal numbers are left out.
    """
    found = _find(text, lowered(text))
    # A range comes before its first number.
    longest_first = sorted(found, key=lambda each: each.span[0] - each.span[1])
    return tuple(without_overlaps(text, longest_first))


def _find(text: str, low: str) -> Iterator[Number]:
    for match in _DECADE.finditer(low):
        first = _first_year(match["decade"])
        yield Number("age", (first, first + 9), "decade", match.span("decade"))
    yield from map(_other, _OTHER.finditer(low))
    counted = amounts(text)
    spans = {match.span() for match in _DIGITS.finditer(low)}
    spans |= {match.span() for match in _COUNTED_WORDS.finditer(low)}
    for amount in counted:
        spans |= {
            match.span() for match in _ONE.finditer(low, *amount.span) if _is_word(low, match)
        }
    for span in spans:
        yield _number(low, _trimmed(low, span), counted)


def _other(match: re.Match[str]) -> Number:
    if multiple := match["multiple"]:
        times = value_of(match["times"]) if match["times"] else 1.0
        return Number("amount", (times * _MULTIPLES[multiple],), "", match.span())
    if fraction := match["fraction"]:
        value = float(match["whole"] or 0) + _FRACTIONS[fraction]
        return Number("amount", (value,), "", match.span())
    if hours := match["hours"]:
        return Number("amount", (float(hours),), "hour", match.span())
    return Number("amount", (2.0 if match["twice"] == "twice" else 3.0,), "time", match.span())


def _first_year(decade: str) -> float:
    return float(decade[:2]) if decade[0].isdigit() else float(_DECADES[decade])


def _is_word(low: str, match: re.Match[str]) -> bool:
    """Whether a match is a whole word for a number."""
    around = low[max(0, match.start() - 1) : match.start()] + low[match.end() : match.end() + 1]
    is_whole = not any(each.isalnum() for each in around)
    return is_whole and low[match.start()].isalpha() and not _OF.match(low, match.end())


def _trimmed(low: str, span: tuple[int, int]) -> tuple[int, int]:
    return span[0], span[0] + len(low[slice(*span)].rstrip())


def _number(low: str, span: tuple[int, int], counted: tuple[Quantity, ...]) -> Number:
    start, end = span
    parts = tuple(map(value_of, _ONE.findall(_LEADING.sub("0.", low[start:end]).replace(",", ""))))
    amount = around(span, counted)
    if _OLD.match(low, end) or _AGED_BEFORE.search(low, max(0, start - 12), start):
        return Number("age", parts, "year", span)
    if low[end - 1] == "%":
        return Number("amount", parts, "percent", span, amount)
    unit = _unit(low, span)
    return Number("strength" if unit in _STRENGTHS else "amount", parts, unit, span, amount)


def _unit(low: str, span: tuple[int, int]) -> str:
    start, end = span
    if low[start] == "#":
        return "count"
    if low[start:end] in ("once", "twice"):
        return "time"
    found = _FOLLOWING.match(low, end)
    return (found.lastgroup or "") if found else ""
