"""The drugs that a text names, by generic name or brand, and the classes of drugs."""

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
"""Words that a text may set between the words of a name."""

_WITHIN = " \t\r\n\xa0-\u2010\u2011\u2012\u2013/&+.%"
"""What may stand between two words of a name."""

_WITHIN_MOST = 8
_JOINT = re.compile(
    rf"""
    [ \xa0]
    | (?: \s+ (?:{"|".join(sorted(_SALTS))}) )?
      (?: \s* [0-9][0-9.,]* \s* (?:mg|mcg|%) )?
      \s* (?: [-\u2010-\u2013/&+] | \bw/ | \bwith\b ) \s*
    """,
    re.IGNORECASE | re.VERBOSE,
)
"""What joins two parts of a combination; the first may have its strength."""

_JOINT_MOST = 48
_PARTS_MOST = 4


@dataclass(frozen=True)
class Drug:
    """A drug, or a combination of them that is given as one."""

    generic: str
    """The name it goes by here, in lower case; that of a combination joins its parts."""
    brands: tuple[str, ...]
    """The names it is sold under."""
    classes: tuple[str, ...]
    """The classes it belongs to."""
    parts: tuple[str, ...]
    """The generic names of what it is made of, where these are drugs of their own."""
    also: tuple[str, ...]
    """Other names, short forms and misspellings."""

    @property
    def is_combination(self) -> bool:
        """Whether it is made of more than one drug."""
        return len(self.parts) > 1

    @property
    def names(self) -> tuple[str, ...]:
        """Every name it is found by; a combination is also found by its parts, however joined."""
        named = () if self.is_combination else (self.generic,)
        return (*named, *self.brands, *self.also)


@dataclass(frozen=True)
class Mention:
    """A place of a text that names a drug."""

    drug: Drug
    """The drug."""
    span: tuple[int, int]
    """Where its name begins and ends."""


@lru_cache(maxsize=64)
def drugs(text: str) -> tuple[Mention, ...]:
    """Every drug that `text` names, in its order, the longest name at each place."""
    singles = [Mention(drug, span) for drug, span in _found(text, _drug_names())]
    return tuple(mention for run in _runs(text, singles) for mention in _combined(run))


def classes_named(text: str) -> frozenset[str]:
    """The classes that `text` names by a word of their own, not by a drug."""
    return frozenset().union(*(classes for classes, _ in _found(text, _class_names())))


def same(one: Drug, other: Drug) -> bool:
    """Whether they are one drug, or one of them is a part of the other."""
    return one.generic == other.generic or one.generic in other.parts or other.generic in one.parts


def is_of(drug: Drug, *classes: str) -> bool:
    """Whether `drug` belongs to any of `classes`."""
    return not set(classes).isdisjoint(drug.classes)


# The table


@cache
def known_drugs() -> tuple[Drug, ...]:
    """The drugs of the table, in the order of their generic names."""
    return tuple(
        Drug(
            row["generic"],
            *(tuple(row.get(field, ())) for field in ("brands", "classes", "parts", "also")),
        )
        for row in _table()["drug"]
    )


@cache
def class_words() -> Mapping[str, Sequence[str]]:
    """Every class, with the words by which texts name it."""
    classes: Mapping[str, Sequence[str]] = _table()["classes"]
    return classes


@cache
def _table() -> dict[str, Any]:
    return table("drugs")


# Names in a text: each is kept under its first word, the longest first


_Names = Mapping[str, Sequence[tuple[tuple[str, ...], _T]]]
"""What names mean: by the first word of each, the words that follow it and the meaning."""

_Places = Sequence[re.Match[str]]
"""The words of a text, each where it stands."""


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
    """The words of `name`, by which two spellings of it are one."""
    return tuple(_WORD.findall(name.lower()))


def _by_first_word(meant: Mapping[tuple[str, ...], _T]) -> _Names[_T]:
    index: dict[str, list[tuple[tuple[str, ...], _T]]] = {}
    plurals = {(*name[:-1], f"{name[-1]}s"): meaning for name, meaning in meant.items()}
    for name, meaning in {**plurals, **meant}.items():
        index.setdefault(name[0], []).append((name[1:], meaning))
    for entries in index.values():
        entries.sort(key=lambda entry: -len(entry[0]))
    return index


def _found(text: str, names: _Names[_T]) -> Iterator[tuple[_T, tuple[int, int]]]:
    places = list(_WORD.finditer(text))
    free = 0
    for at, place in enumerate(places):
        entries = names.get(place[0].lower())
        if entries is None or at < free:
            continue
        for rest, meaning in entries:
            last = _last(text, places, at, rest)
            if last is not None:
                yield meaning, (place.start(), places[last].end())
                free = last + 1
                break


def _last(text: str, places: _Places, at: int, rest: Sequence[str]) -> int | None:
    """The last place of a name that begins at `at`, if the words `rest` follow there."""
    for word in rest:
        following = _following(text, places, at, word)
        if following is None:
            return None
        at = following
    return at


def _following(text: str, places: _Places, at: int, word: str) -> int | None:
    """The place of `word`, if it is next; a salt may stand before it."""
    for ahead, place in enumerate(places[at + 1 : at + 3], at + 1):
        between = text[places[ahead - 1].end() : place.start()]
        if len(between) > _WITHIN_MOST or between.strip(_WITHIN):
            return None
        found = place[0].lower()
        if found == word:
            return ahead
        if found not in _SALTS:
            return None
    return None


# Combinations: drugs that a text joins


@cache
def _combinations() -> Mapping[tuple[str, ...], Drug]:
    return {tuple(sorted(drug.parts)): drug for drug in known_drugs() if drug.is_combination}


def _runs(text: str, mentions: Sequence[Mention]) -> Iterator[Sequence[Mention]]:
    """The mentions, those together that nothing but a joint sets apart."""
    run = list[Mention]()
    for mention in mentions:
        if run and not _joined(text[run[-1].span[1] : mention.span[0]]):
            yield run
            run = []
        run.append(mention)
    if run:
        yield run


def _joined(between: str) -> bool:
    return len(between) <= _JOINT_MOST and _JOINT.fullmatch(between) is not None


def _combined(run: Sequence[Mention]) -> Iterator[Mention]:
    """The mentions of `run`, those as one that name the parts of a combination."""
    at = 0
    while at < len(run):
        size, mention = _widest(run[at : at + _PARTS_MOST])
        yield mention
        at += size


def _widest(run: Sequence[Mention]) -> tuple[int, Mention]:
    """How many mentions at the start of `run` make one, and that one."""
    for size in range(len(run), 1, -1):
        joined = run[:size]
        parts = (part for mention in joined for part in _made_of(mention.drug))
        combination = _combinations().get(tuple(sorted(parts)))
        if combination is not None:
            return size, Mention(combination, (joined[0].span[0], joined[-1].span[1]))
    return 1, run[0]


def _made_of(drug: Drug) -> tuple[str, ...]:
    return drug.parts or (drug.generic,)
