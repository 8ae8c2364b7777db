"""Finds numbers of hours, days, weeks, months or years, with the words around them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache

from imr_tui.reading.amounts.quantities import NUMBER, RANGE, value_of
from imr_tui.reading.language.patterns import CACHE_SIZE, LazyPattern, lowered
from imr_tui.reading.language.sentences import Sentence, sentences

_TIME = LazyPattern(
    rf"(?<![\w.#/-])(?P<count>{NUMBER})[\s-]+(?P<often>(?:times|x|nights|days|hours)"
    r" (?:an?|per|each) )?(?P<unit>hour|day|night|week|month|year)s?\b(?![\s-]+olds?\b| of age)"
)
_CLAUSE_END = LazyPattern(r"[;:]|\b(?:and|but|while|whereas|although)\b")
_REACH = 60
"""Characters on either side in which the words about a time stand."""
_WORD = LazyPattern(r"[a-z]{5,}")
_PLAIN = frozenset(
    (
        *("about", "after", "asked", "being", "every", "first", "following", "hours", "initial"),
        *("injured", "least", "longer", "months", "nights", "other", "patient", "period", "prior"),
        *("request", "requested", "since", "than", "there", "these", "times", "total", "treatment"),
        *("weeks", "which", "worker", "years", "until", "still", "where", "noted", "reported"),
        *("authorization", "further", "their", "claimant", "dated", "their", "would", "under"),
    )
)
"""Words that do not tell which time is meant."""


@dataclass(frozen=True)
class TimeSpan:
    """A number of units of time, such as "six months" or "five times a week"."""

    value: float
    """The number."""
    unit: str
    """The unit in the singular; for a rate with "a" before it: "a week"."""
    span: tuple[int, int]
    """Offsets of the words."""
    sentence: Sentence
    """The sentence."""

    @cached_property
    def about(self) -> frozenset[str]:
        """The significant words of its clause, near it."""
        low, start = lowered(self.sentence.text), self.sentence.start
        first, last = self.span[0] - start, self.span[1] - start
        begin, end = max(0, first - _REACH), min(len(low), last + _REACH)
        begin = max((each.end() for each in _CLAUSE_END.finditer(low, begin, first)), default=begin)
        end = next((each.start() for each in _CLAUSE_END.finditer(low, last, end)), end)
        words = (*_WORD.findall(low[begin:first]), *_WORD.findall(low[last:end]))
        return frozenset(words) - _PLAIN

    @property
    def near(self) -> tuple[int, int]:
        """Offsets in the sentence of the words on either side of it."""
        first, last = self.span[0] - self.sentence.start, self.span[1] - self.sentence.start
        return max(0, first - _REACH), last + _REACH // 2


_MOST = {
    ("night", "week"): 7, ("day", "week"): 7, ("hour", "day"): 24, ("day", "month"): 31,
    ("night", "month"): 31, ("week", "month"): 5, ("month", "year"): 12, ("week", "year"): 53,
}  # fmt: skip
"""The most of a unit that there are in a longer one."""
_RATE = LazyPattern(
    rf"(?<![\w.#/-])(?P<count>{NUMBER})[\s-]+(?P<unit>hour|day|night|week|month)s?"
    r" (?:an?|per|each|every) (?P<whole>day|week|month|year)\b"
    rf"|\b(?:tablets?|tabs?|capsules?|caps?|pills?|puffs?|drops?|mg)"
    rf" (?:by mouth |orally |po )?every (?P<every>{NUMBER})[\s-]*hours?\b"
)
_INTERVALS = frozenset((36, 48, 72, 84, 96, 168))
"""Hours between doses that are more than a day and still usual."""


@lru_cache(maxsize=CACHE_SIZE)
def impossible_rates(text: str) -> tuple[tuple[int, int], ...]:
    """The offsets of rates that do not exist: nine days a week, a tablet every sixty hours."""
    return tuple(match.span() for match in _RATE.finditer(lowered(text)) if _is_impossible(match))


def _is_impossible(match: re.Match[str]) -> bool:
    if match["every"]:
        hours = value_of(match["every"])
        return hours > 24 and hours not in _INTERVALS
    most = _MOST.get((match["unit"], match["whole"]))
    return most is not None and value_of(match["count"]) > most


@lru_cache(maxsize=CACHE_SIZE)
def spans_of_time(text: str) -> tuple[TimeSpan, ...]:
    """The spans of time in `text`, in order, without ages, ranges and numbers of one."""
    return tuple(_find(text))


def _find(text: str) -> Iterator[TimeSpan]:
    for sentence in sentences(text):
        low = lowered(sentence.text)
        for match in _TIME.finditer(low):
            value = value_of(match["count"])
            if value == 1 or RANGE.search(low, max(0, match.start() - 12), match.start()):
                continue
            unit = f"a {match['unit']}" if match["often"] else match["unit"]
            span = sentence.start + match.start(), sentence.start + match.end()
            yield TimeSpan(value, unit, span, sentence)


def by_value(times: Iterable[TimeSpan]) -> Mapping[float, tuple[TimeSpan, ...]]:
    """The times by their numbers; of those with the same unit and words around, only the first."""
    found: dict[float, dict[tuple[str, frozenset[str]], TimeSpan]] = {}
    for each in times:
        same = found.setdefault(each.value, {})
        if len(same) < _SEVERAL:
            same.setdefault((each.unit, each.about), each)
    return {value: tuple(same.values()) for value, same in found.items()}


_SEVERAL = 50
"""The most times with one number that are compared."""


def with_other_unit(each: TimeSpan, same: Iterable[TimeSpan]) -> TimeSpan | None:
    """The time among those with the same number that has another unit, about the same thing.

    None if one of them has the same unit.
    """
    same = tuple(same)
    if any(other.unit == each.unit for other in same):
        return None
    is_rate = each.unit.startswith("a ")
    return next(
        (
            other
            for other in same
            if other.unit.startswith("a ") == is_rate and not each.about.isdisjoint(other.about)
        ),
        None,
    )
