"""Finds amounts in further units: hours, injections, refills, loans, and masses."""

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache

from imr_tui.reading.amounts.quantities import (
    DAYS,
    NUMBER,
    RANGE,
    Quantity,
    Unit,
    courses,
    number_starts,
    quantities,
    sessions,
    value_of,
    with_numbers,
)
from imr_tui.reading.language.patterns import CACHE_SIZE, LazyPattern, lowered

_HOURS = LazyPattern(
    rf"(?<![\w.#/-])(?P<count>{NUMBER})[\s-]*(?:hours?|hrs?)\b"
    r"(?P<daily>\s*(?:/|per |a |each |every )\s*day| daily)?"
)
_INJECTIONS = LazyPattern(
    rf"(?<![\w.#/-])(?P<count>{NUMBER}) (?:(?!and\b|or\b|to\b|of\b)[\w/-]+ ){{0,4}}?"
    r"(?:injections?|shots?|blocks?)\b(?! (?:series|therapy))"
)
_LENT = (
    r"(?:rental|rent|loan|trial|supply|membership|stay|hospitali[sz]ation|use of|unit|device"
    r"|machine|bed|monitor|pump|aide|care|nursing|program)"
)
_DURATION = LazyPattern(
    rf"(?<![\w.#/-])(?P<count>{NUMBER})[\s-]*(?P<unit>day|week|month|year)s?['\u2019]?[\s-]+"
    rf"(?:(?:home|in-?home|inpatient|hospital|gym|pool|initial) )?{_LENT}\b"
)
_LENT_FOR = LazyPattern(
    rf"\b{_LENT}\b(?: of(?: the)? [\w/-]+| unit| device| machine){{0,2}}"
    rf"(?:\s*[:,x(]\s*| for | of | times )(?P<count>{NUMBER})[\s-]*"
    r"(?P<unit>day|week|month|year)s?\b"
)
# Days of care in a week with the weeks of the course, and repeated injections.
_WEEKLY = LazyPattern(
    rf"(?<![\w.#/-])(?P<days>{NUMBER})\s*days?\s*(?:/|per |a |each )\s*(?:week|wk)\b"
    rf"(?:,? (?:for|x|times) (?:the next )?(?P<weeks>{NUMBER}) weeks?\b)?"
    rf"|(?<![\w.#/-])(?P<cycles>{NUMBER}) (?:cycles|courses|rounds)\b"
)
_REFILLS = LazyPattern(rf"\b(?P<count>{NUMBER}) refills?\b")
_REFILLED = LazyPattern(rf"\brefills?\s*(?:x|times|:|#|=)\s*(?P<count>{NUMBER})\b")
_MASS = LazyPattern(
    r"(?<![\w.])(?P<count>\d+(?:\.\d+)?)\s*-?(?:(?P<grams>gms?|g|grams?)|(?P<ml>ml|cc))\b"
)


@lru_cache(maxsize=4 * CACHE_SIZE)
def amounts(text: str) -> tuple[Quantity, ...]:
    """All amounts in `text`, in order: those of `quantities`, and those in other units.

    The duration of a rental, trial, supply or stay is in days; a month has 30 of them.
    """
    if not number_starts(lowered(text)):
        return ()
    found = [
        *quantities(text),
        *_hours(text),
        *_injections(text),
        *_durations(text),
        *_weekly(text),
        *_others(text),
    ]
    return tuple(sorted(found, key=lambda quantity: quantity.span))


def _hours(text: str) -> Iterator[Quantity]:
    for match in with_numbers(text, _HOURS):
        if not RANGE.search(text, max(0, match.start() - 12), match.start()):
            unit: Unit = "hours a day" if match["daily"] else "hours"
            yield Quantity(value_of(match["count"]), unit, match.span())


def _injections(text: str) -> Iterator[Quantity]:
    for match in with_numbers(text, _INJECTIONS):
        if not RANGE.search(text, max(0, match.start() - 12), match.start()):
            yield Quantity(value_of(match["count"]), "injections", match.span())


def _durations(text: str) -> Iterator[Quantity]:
    for match in with_numbers(text, _DURATION, _LENT_FOR):
        yield Quantity(value_of(match["count"]) * DAYS[match["unit"]], "days", match.span())


_WEEKLY_UNITS: dict[str, Unit] = {"days": "days a week", "weeks": "weeks", "cycles": "cycles"}


def _weekly(text: str) -> Iterator[Quantity]:
    for match in with_numbers(text, _WEEKLY):
        if RANGE.search(text, max(0, match.start() - 12), match.start()):
            continue
        for name, unit in _WEEKLY_UNITS.items():
            if match[name]:
                yield Quantity(value_of(match[name]), unit, match.span(name))


def _others(text: str) -> Iterator[Quantity]:
    for match in with_numbers(text, _REFILLS, _REFILLED):
        yield Quantity(value_of(match["count"]), "refills", match.span())
    for match in with_numbers(text, _MASS):
        unit: Unit = "grams" if match["grams"] else "ml"
        yield Quantity(float(match["count"]), unit, match.span())


@lru_cache(maxsize=CACHE_SIZE)
def unequal_courses(text: str) -> tuple[tuple[Quantity, Quantity], ...]:
    """Numbers of sessions beside a frequency whose product is another number.

    "13 sessions, 2 times a week for 3 weeks" yields the 13 and the 6. A number that a course is
    only a part of, as in "six of 12 sessions", or a number of earlier sessions, is left out.
    """
    return tuple(_find_unequal(text))


# Directly before a number: six of 12 sessions, after 12 sessions.
_PART_OF = LazyPattern(
    r"\b(?:of(?: the)?|after|another|additional|already|complet\w+|attended|received|had|up to"
    r"|beyond|first|previous|prior|remaining|authorized|certified|approved|than|to)\s*\Z",
    re.IGNORECASE,
)
_BESIDE = LazyPattern(
    r"[\s,;:(-]*(?:(?:at|for|or|that is|namely|of [\w\s-]{1,40}?|to the [\w\s]{1,30}?)"
    r"[\s,]*)?(?:at )?",
    re.IGNORECASE,
)


def _find_unequal(text: str) -> Iterator[tuple[Quantity, Quantity]]:
    multiplied = list(courses(text))
    for counted in sessions(text) if multiplied else ():
        for course in multiplied:
            first, second = sorted((counted, course), key=lambda each: each.span)
            overlaps = second.span[0] < first.span[1]
            between = text[first.span[1] : second.span[0]]
            if overlaps or len(between) > 60 or _BESIDE.fullmatch(between) is None:
                continue
            start = counted.span[0]
            is_part = _PART_OF.search(text, max(0, start - 20), start) is not None
            if counted.value != course.value and not is_part:
                yield counted, course


def are_alike(one: Quantity, other: Quantity) -> bool:
    """Whether two amounts have the same unit, so that their values can be compared."""
    units = {one.unit, other.unit}
    return len(units) == 1 or ("any" in units and units <= {"any", "pieces", "sessions"})


def any_equal(named: Iterable[Quantity], asked: Iterable[Quantity]) -> bool:
    """Whether any amount of one group equals any of the other."""
    asked = tuple(asked)
    return any(
        one.value == other.value and are_alike(one, other) for one in named for other in asked
    )
