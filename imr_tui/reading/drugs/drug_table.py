"""The drugs that texts name: their names, classes and routes, as listed in `drugs.toml`."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from typing import NamedTuple

from imr_tui.reading.language.tables import table

ORAL = "oral"
_COLUMNS = 6


class Drug(NamedTuple):
    """A drug, or a fixed combination of drugs."""

    generic: str
    """The generic name in lower case; for a combination, the joined names of its parts."""
    brands: tuple[str, ...]
    """Brand names."""
    classes: tuple[str, ...]
    """Drug classes."""
    routes: tuple[str, ...]
    """The ways in which it is given: oral, topical, patch, injection, inhaled, nasal and others."""
    parts: tuple[str, ...]
    """For a combination, the generic names of its parts."""
    also: tuple[str, ...]
    """Other names and short forms."""
    misspelled: tuple[str, ...]
    """Common misspellings."""

    @property
    def is_combination(self) -> bool:
        """Whether it consists of more than one drug."""
        return len(self.parts) > 1

    @property
    def names(self) -> tuple[str, ...]:
        """All names that are searched for; a combination is also recognized by its parts."""
        return (*self.spellings, *self.misspelled)

    @property
    def spellings(self) -> tuple[str, ...]:
        """The names without misspellings."""
        named = () if self.is_combination else (self.generic,)
        return (*named, *self.brands, *self.also)


@cache
def known_drugs() -> tuple[Drug, ...]:
    """The drugs of the table, sorted by generic name."""
    return tuple(map(_drug, _rows()))


@cache
def ordinary_words() -> frozenset[str]:
    """The names that are also ordinary words, as they are written for a drug."""
    return frozenset(
        name[1:]
        for row in _rows()
        for names in row[3:4]
        for name in names
        if name.startswith(_ORDINARY)
    )


@cache
def class_words() -> Mapping[str, Sequence[str]]:
    """The drug classes, with the words that name them."""
    return {name[0]: words for name, words in map(_split, _lines("classes"))}


@cache
def similar_words() -> frozenset[str]:
    """Words that differ by a letter from the name of a drug, and are no misspelling of it."""
    return frozenset(_table()["ordinary"].split())


_ORDINARY = "!"
"""Marks a name that is also an ordinary word."""

_Row = tuple[tuple[str, ...], ...]


@cache
def _rows() -> tuple[_Row, ...]:
    return tuple(map(_split, _lines("drugs")))


def _split(line: str) -> _Row:
    columns = map(str.strip, line.split("|"))
    return tuple(tuple(column.split(", ")) if column else () for column in columns)


def _drug(row: _Row) -> Drug:
    (name,), classes, routes, brands, also, misspelled = (*row, (), (), (), ())[:_COLUMNS]
    generic, _, form_of = name.partition(" = ")
    parts = tuple(generic.split(" + "))
    return Drug(
        generic="-".join(parts),
        brands=tuple(_plain(brands)),
        classes=classes,
        routes=routes or (ORAL,),
        parts=(form_of,) if form_of else parts if len(parts) > 1 else (),
        also=also,
        misspelled=misspelled,
    )


def _plain(names: Sequence[str]) -> Iterator[str]:
    return (name.removeprefix(_ORDINARY) for name in names)


def _table() -> Mapping[str, str]:
    return table("drugs/drugs")


def _lines(name: str) -> Sequence[str]:
    return _table()[name].splitlines()
