"""For IMR311: requests that the summary reports with the item's number in another unit of time."""

from __future__ import annotations

from typing import TYPE_CHECKING

from imr_tui.checks.rule import Hit
from imr_tui.reading.amounts.amounts import amounts, any_equal, are_alike
from imr_tui.reading.dates.spans_of_time import TimeSpan, spans_of_time
from imr_tui.reading.language.patterns import LazyPattern, lowered
from imr_tui.text.layout import words_at

if TYPE_CHECKING:
    from imr_tui.checks.case_reading import ItemReading, TextReading

_REPORTED = LazyPattern(
    r"\b(?:request(?:s|ed)?|ask(?:s|ed) for|order(?:s|ed)|authorization|sought|prescribed"
    r"|recommend(?:s|ed)|treatment (?:has |have )?includ\w+)\b"
)
_WORD = LazyPattern(r"[a-z]{4,}")


def in_other_unit(item: ItemReading, summary: TextReading) -> list[Hit]:
    """A time of the request, reported with the same number and another unit: 3 days, 3 weeks."""
    parts = {
        (time.value, time.unit): (part, time)
        for part in reversed(_parts(item))
        for time in reversed(spans_of_time(part.text))
    }
    asked = tuple(parts.values())
    for each in spans_of_time(summary.text) if asked else ():
        words = lowered(each.sentence.text)
        if not _REPORTED.search(words):
            continue
        here = {time.unit for time in spans_of_time(each.sentence.text) if time.value == each.value}
        alike = [(part, time) for part, time in asked if time.value == each.value]
        for part, time in alike:
            is_other = all(other.unit not in here for _, other in alike)
            if is_other and _share(each, part.text):
                told, own = _said(summary, each), _said(part, time)
                says = f"The summary reports a request for {told}; the item says {own}."
                return [Hit(summary.place, says, each.span, also=((part.place, time.span),))]
    return []


def _share(each: TimeSpan, request: str) -> bool:
    """Whether the words next to a time name what is requested."""
    near = set(_WORD.findall(lowered(each.sentence.text)[slice(*each.near)]))
    return bool(near & (set(_WORD.findall(lowered(request))) - _UNITS))


_UNITS = frozenset(("days", "week", "weeks", "month", "months", "hours", "year", "years", "times"))


def _parts(item: ItemReading) -> tuple[TextReading, ...]:
    return item.request, item.original, item.authorized


def _said(text: TextReading, time: TimeSpan) -> str:
    return words_at(text.text, time.span)


_CERTIFIED = LazyPattern(
    r"\butili[sz]ation review(?: (?:of|dated|on) [\w/-]+(?: \d{1,2}, \d{4})?)? (?:has )?"
    r"(?:authorized|certified|approved)"
    r" (?P<part>[^.;]{3,80}?)(?=,|\band\b|;|\.|$)"
)


def in_authorization(item: ItemReading, summary: TextReading) -> list[Hit]:
    """The part that utilization review authorized, reported with another amount than the item's."""
    own = amounts(item.authorized.text)
    has_service = bool(item.authorized.treatments or item.authorized.drugs)
    for match in _CERTIFIED.finditer(lowered(summary.text)) if own and has_service else ():
        start = match.start("part")
        part = summary.text[start : match.end("part")]
        named = amounts(part)
        alike = [(each, given) for each in named for given in own if are_alike(each, given)]
        if not alike or any_equal(named, own) or not _names(part, item):
            continue
        each, given = alike[0]
        span = start + each.span[0], start + each.span[1]
        told, said = summary.text[slice(*span)], item.authorized.text[slice(*given.span)]
        says = f"The summary says that {told} were authorized; the item says {said}."
        place = item.authorized.place
        return [Hit(summary.place, says, span, also=((place, given.span),))]
    return []


def _names(part: str, item: ItemReading) -> bool:
    words = set(_WORD.findall(lowered(part))) - _UNITS
    return not words.isdisjoint(_WORD.findall(lowered(item.authorized.text)))
