"""Finds drugs by generic name or brand, and classes of drugs."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Any, TypeVar

from imr_tui.reading.lexicon import table

_T = TypeVar("_T")

_WORD = re.compile(r"[^\W_]+|#")
_SALTS = {
    *("acetate", "bitartrate", "citrate", "hcl", "hydrochloride", "phosphate", "potassium"),
    *("sodium", "succinate", "sulfate", "tartrate"),
}
"""Words that may occur between the words of a drug name."""

_SEPARATORS = " \t\r\n\xa0-\u2010\u2011\u2012\u2013/&+.%"
"""Characters allowed between two words of a drug name."""

_MAX_SEPARATOR = 8
_JOINER = re.compile(
    rf"""
    [ \xa0]
    | (?: \s+ (?:{"|".join(sorted(_SALTS))}) )?
      (?: \s* [0-9][0-9.,]* \s* (?:mg|mcg|%) )?
      \s* (?: [-\u2010-\u2013/&+] | \bw/ | \bwith\b ) \s*
    """,
    re.IGNORECASE | re.VERBOSE,
)
"""Text that joins two drugs into a combination; the first may have its strength."""

_MAX_JOINER = 48
_MAX_PARTS = 4


@dataclass(frozen=True)
class Drug:
    """A drug, or a fixed combination of drugs."""

    generic: str
    """The generic name in lower case; for a combination, the joined names of its parts."""
    brands: tuple[str, ...]
    """Brand names."""
    classes: tuple[str, ...]
    """Drug classes."""
    parts: tuple[str, ...]
    """For a combination, the generic names of its parts."""
    also: tuple[str, ...]
    """Other names, short forms and misspellings."""

    @property
    def is_combination(self) -> bool:
        """Whether it consists of more than one drug."""
        return len(self.parts) > 1

    @property
    def names(self) -> tuple[str, ...]:
        """All names that are searched for; a combination is also recognized by its parts."""
        named = () if self.is_combination else (self.generic,)
        return (*named, *self.brands, *self.also)


@dataclass(frozen=True)
class Mention:
    """A mention of a drug."""

    drug: Drug
    """The drug."""
    span: tuple[int, int]
    """Offsets of the name."""


@lru_cache(maxsize=64)
def drugs(text: str) -> tuple[Mention, ...]:
    """The drugs that `text` names, in order, preferring the longest name at each position."""
    singles = [Mention(drug, span) for drug, span in _find_names(text, _drug_names())]
    return tuple(
        mention for run in _joined_groups(text, singles) for mention in _merge_combinations(run)
    )


def classes_named(text: str) -> frozenset[str]:
    """The drug classes that `text` names directly, not through a drug."""
    return frozenset().union(*(classes for classes, _ in _find_names(text, _class_names())))


def same(one: Drug, other: Drug) -> bool:
    """Whether two drugs are the same, or one is a part of the other."""
    return one.generic == other.generic or one.generic in other.parts or other.generic in one.parts


def is_of(drug: Drug, *classes: str) -> bool:
    """Whether `drug` belongs to any of `classes`."""
    return not set(classes).isdisjoint(drug.classes)


# The table


@cache
def known_drugs() -> tuple[Drug, ...]:
    """The drugs of the table, sorted by generic name."""
    return tuple(
        Drug(
            row["generic"],
            *(tuple(row.get(field, ())) for field in ("brands", "classes", "parts", "also")),
        )
        for row in _table()["drug"]
    )


@cache
def class_words() -> Mapping[str, Sequence[str]]:
    """The drug classes, with the words that name them."""
    classes: Mapping[str, Sequence[str]] = _table()["classes"]
    return classes


@cache
def _table() -> dict[str, Any]:
    return table("drugs")


# Names in a text, indexed by first word, longest first


_Names = Mapping[str, Sequence[tuple[tuple[str, ...], _T]]]
"""Index of names: by first word, the remaining words and the meaning of each name."""

_Matches = Sequence[re.Match[str]]
"""The words of a text, as matches with offsets."""


@cache
def _drug_names() -> _Names[Drug]:
    return _by_first_word({words(name): drug for drug in known_drugs() for name in drug.names})


@cache
def _class_names() -> _Names[frozenset[str]]:
    meant: dict[tuple[str, ...], frozenset[str]] = {}
    for kind, names in class_words().items():
        for name in map(words, names):
            meant[name] = meant.get(name, frozenset()) | {kind}
    return _by_first_word(meant)


def words(name: str) -> tuple[str, ...]:
    """Normalize `name` to a tuple of words, so that spelling variants compare equal."""
    return tuple(_WORD.findall(name.lower()))


def _by_first_word(meant: Mapping[tuple[str, ...], _T]) -> _Names[_T]:
    index: dict[str, list[tuple[tuple[str, ...], _T]]] = {}
    plurals = {(*name[:-1], f"{name[-1]}s"): meaning for name, meaning in meant.items()}
    for name, meaning in {**plurals, **meant}.items():
        index.setdefault(name[0], []).append((name[1:], meaning))
    for entries in index.values():
        entries.sort(key=lambda entry: -len(entry[0]))
    return index


def _find_names(text: str, names: _Names[_T]) -> Iterator[tuple[_T, tuple[int, int]]]:
    matches = list(_WORD.finditer(text))
    free = 0
    for at, match in enumerate(matches):
        entries = names.get(match[0].lower())
        if entries is None or at < free:
            continue
        for rest, meaning in entries:
            last = _last_word(text, matches, at, rest)
            if last is not None:
                yield meaning, (match.start(), matches[last].end())
                free = last + 1
                break


def _last_word(text: str, matches: _Matches, at: int, rest: Sequence[str]) -> int | None:
    """The index of the last word of a name, if the words `rest` follow the one at `at`."""
    for word in rest:
        following = _next_word(text, matches, at, word)
        if following is None:
            return None
        at = following
    return at


def _next_word(text: str, matches: _Matches, at: int, word: str) -> int | None:
    """The index of `word`, if it comes next; a salt may precede it."""
    for ahead, match in enumerate(matches[at + 1 : at + 3], at + 1):
        between = text[matches[ahead - 1].end() : match.start()]
        if len(between) > _MAX_SEPARATOR or between.strip(_SEPARATORS):
            return None
        found = match[0].lower()
        if found == word:
            return ahead
        if found not in _SALTS:
            return None
    return None


# Combinations: several drugs joined in a text


@cache
def _combinations() -> Mapping[tuple[str, ...], Drug]:
    return {tuple(sorted(drug.parts)): drug for drug in known_drugs() if drug.is_combination}


def _joined_groups(text: str, mentions: Sequence[Mention]) -> Iterator[Sequence[Mention]]:
    """Group mentions that are separated only by joining text."""
    run = list[Mention]()
    for mention in mentions:
        if run and not _is_joiner(text[run[-1].span[1] : mention.span[0]]):
            yield run
            run = []
        run.append(mention)
    if run:
        yield run


def _is_joiner(between: str) -> bool:
    return len(between) <= _MAX_JOINER and _JOINER.fullmatch(between) is not None


def _merge_combinations(run: Sequence[Mention]) -> Iterator[Mention]:
    """Merge mentions that together name a combination."""
    at = 0
    while at < len(run):
        size, mention = _longest_combination(run[at : at + _MAX_PARTS])
        yield mention
        at += size


def _longest_combination(run: Sequence[Mention]) -> tuple[int, Mention]:
    """The longest combination at the start of `run`: its number of mentions, and the result."""
    for size in range(len(run), 1, -1):
        joined = run[:size]
        parts = (part for mention in joined for part in _parts_of(mention.drug))
        combination = _combinations().get(tuple(sorted(parts)))
        if combination is not None:
            return size, Mention(combination, (joined[0].span[0], joined[-1].span[1]))
    return 1, run[0]


def _parts_of(drug: Drug) -> tuple[str, ...]:
    return drug.parts or (drug.generic,)
