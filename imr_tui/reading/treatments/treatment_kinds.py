"""Finds the kinds of treatment and study in a text, and how kinds relate."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cache, lru_cache
from typing import Any, NamedTuple

from imr_tui.reading.language.lexicon import Lexicon
from imr_tui.reading.language.patterns import CACHE_SIZE, lowered
from imr_tui.reading.language.tables import table


class Treatment(NamedTuple):
    """A mention of a treatment or study."""

    kind: str
    """Its kind: "MRI", "acupuncture"."""
    span: tuple[int, int]
    """Offsets of the words."""


def _table() -> dict[str, Any]:
    return table("treatments/treatments")


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
