"""Looks up names by the words for them, and finds the kinds of treatment in a text."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files
from typing import Any

import tomli

from imr_tui.reading.beginnings import LENGTH, beginnings
from imr_tui.reading.patterns import CACHE_SIZE, lowered


def table(name: str) -> dict[str, Any]:
    """Parse the table `name`; raises on errors, because the file is part of the package."""
    return tomli.loads(files(__package__).joinpath(f"{name}.toml").read_text(encoding="utf-8"))


class Lexicon:
    """Finds names in lower-case text; if several match the same words, the first in order wins."""

    def __init__(self, rows: Iterable[Mapping[str, Any]]) -> None:
        self._words = [(row["name"], words) for row in rows for words in row["words"]]
        self._starting: dict[str, list[int]] = {}
        for at, (_, words) in enumerate(self._words):
            for beginning in beginnings(words):
                self._starting.setdefault(beginning, []).append(at)
        self._patterns: dict[str, _Tried] = {}

    def find(self, text: str) -> Iterator[tuple[str, re.Match[str]]]:
        """Yield each name whose words occur in `text`, with the match, in order."""
        end = 0
        patterns = self._patterns
        for at in _word_starts(text):
            beginning = text[at : at + LENGTH]
            tried = patterns[beginning] if beginning in patterns else self._tried(beginning)
            if tried and at >= end and (match := tried[0].match(text, at)):
                end = match.end()
                yield tried[1][(match.lastindex or 1) - 1], match

    def _tried(self, beginning: str) -> _Tried:
        """The pattern of all words that may begin like this, with their names."""
        keys = (beginning, *(f"{beginning[:length]}*" for length in range(LENGTH)))
        tried = sorted({at for key in keys for at in self._starting.get(key, ())})
        words = "|".join(f"({self._words[at][1]})" for at in tried).replace(" ", r"\s+")
        names = tuple(self._words[at][0] for at in tried)
        found = (re.compile(rf"(?:{words})(?!\w)"), names) if tried else None
        self._patterns[beginning] = found
        return found


_Tried = tuple[re.Pattern[str], tuple[str, ...]] | None
"""A pattern with the name for each of its groups; None if no words begin like that."""
_START = re.compile(r"\b(?<!-)[^\W_]")


@lru_cache(maxsize=CACHE_SIZE)
def _word_starts(text: str) -> tuple[int, ...]:
    return tuple(match.start() for match in _START.finditer(text))


@dataclass(frozen=True)
class Treatment:
    """A mention of a treatment or study."""

    kind: str
    """Its kind: "MRI", "acupuncture"."""
    span: tuple[int, int]
    """Offsets of the words."""


@cache
def _table() -> dict[str, Any]:
    return table("treatments")


@cache
def _lexicon() -> Lexicon:
    return Lexicon(_table()["kind"])


@cache
def _relations() -> tuple[Mapping[str, frozenset[str]], frozenset[frozenset[str]]]:
    """For each kind, the kind with all broader ones; and the pairs of kinds that share a name."""
    listed = _table()
    broader = {row["name"]: row.get("of", ()) for row in listed["kind"]}
    closures = {name: frozenset(_closure(name, broader)) for name in broader}
    pairs = (frozenset((one, two)) for group in listed["kin"] for one in group for two in group)
    return closures, frozenset(pairs)


def _closure(name: str, broader: Mapping[str, Iterable[str]]) -> Iterable[str]:
    yield name
    for each in broader[name]:
        yield from _closure(each, broader)


@lru_cache(maxsize=CACHE_SIZE)
def treatments(text: str) -> tuple[Treatment, ...]:
    """The treatments and studies that `text` names, in order."""
    return tuple(Treatment(name, match.span()) for name, match in _lexicon().find(lowered(text)))


@lru_cache(maxsize=4 * CACHE_SIZE)
def kinds(text: str) -> frozenset[str]:
    """The kinds of treatment that `text` names, without those of which it also names a form."""
    found = frozenset(treatment.kind for treatment in treatments(text))
    return found - {each for kind in found for each in broader_kinds(kind) - {kind}}


def broader_kinds(kind: str) -> frozenset[str]:
    """`kind` itself, with all kinds that it is a form of."""
    return _relations()[0][kind]


def all_kinds(text: str) -> frozenset[str]:
    """The kinds of treatment that `text` names, with all kinds that these are forms of."""
    return frozenset().union(*map(broader_kinds, kinds(text)))


def mentions(text: str) -> Iterable[tuple[str, tuple[int, int]]]:
    """The kinds of treatment that `text` names, each with its offsets, in order."""
    return ((each.kind, each.span) for each in treatments(text))


def related(one: str, other: str) -> bool:
    """Whether two kinds are the same, one is a form of the other, or both share a name.

    A form shares the names of the kind that it is a form of.
    """
    if one == other:
        return True
    ones, others = broader_kinds(one), broader_kinds(other)
    if one in others or other in ones:
        return True
    shared = _relations()[1]
    return any(frozenset((each, other)) in shared for each in ones) or any(
        frozenset((one, each)) in shared for each in others
    )


@cache
def _argued() -> frozenset[frozenset[str]]:
    groups = _table()["argued"]
    return frozenset(frozenset((one, two)) for group in groups for one in group for two in group)


def any_argued_together(ones: Iterable[str], others: Iterable[str]) -> bool:
    """Whether the criteria for a kind of one set serve to decide on a kind of the other."""
    broader = [broader_kinds(other) for other in others]
    return any(
        frozenset((mine, theirs)) in _argued()
        for one in ones
        for mine in broader_kinds(one)
        for each in broader
        for theirs in each
    )


def any_related(ones: Iterable[str], others: Iterable[str]) -> bool:
    """Whether any kind of one set is related to any of the other."""
    listed = tuple(others)
    return any(related(one, other) for one in ones for other in listed)
