"""Finds drugs by generic name or brand, and classes of drugs."""

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import cache, lru_cache
from typing import NamedTuple, TypeVar

from imr_tui.reading.drugs.drug_table import Drug, class_words, known_drugs, ordinary_words

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


class Mention(NamedTuple):
    """A mention of a drug."""

    drug: Drug
    """The drug."""
    span: tuple[int, int]
    """Offsets of the name."""


@lru_cache(maxsize=64)
def drugs(text: str) -> tuple[Mention, ...]:
    """The drugs that `text` names, in order, preferring the longest name at each position."""
    singles = [
        Mention(drug, span)
        for drug, span in _find_names(text, _drug_names())
        if _is_written_as_name(text[slice(*span)])
    ]
    return tuple(
        mention for run in _joined_groups(text, singles) for mention in _merge_combinations(run)
    )


def classes_named(text: str) -> frozenset[str]:
    """The drug classes that `text` names directly, not through a drug."""
    return frozenset().union(*(classes for classes, _ in class_mentions(text)))


@lru_cache(maxsize=64)
def class_mentions(text: str) -> tuple[tuple[frozenset[str], tuple[int, int]], ...]:
    """The drug classes that `text` names directly, with the offsets of their words, in order."""
    return tuple(_find_names(text, _class_names()))


def same(one: Drug, other: Drug) -> bool:
    """Whether two drugs are the same, forms of the same, or one is a part of the other."""
    first, second = _substance(one), _substance(other)
    return first == second or first in other.parts or second in one.parts


def _substance(drug: Drug) -> str:
    """The generic name; for a form of a drug, that of the drug."""
    return drug.parts[0] if len(drug.parts) == 1 else drug.generic


_SUFFIXES = {
    *("ac", "cd", "cr", "dr", "ds", "ec", "er", "hbr", "hcl", "hct", "ir", "la", "nf", "odt"),
    *("sa", "sl", "sr", "xl", "xr"),
}
"""Suffixes of names for salts, and for how a drug is released."""
_DOSE = re.compile(r"[ \t]{0,2}-?\d[\d.,/-]*[ \t]*(?:mg|mcg|%)|[ \t]{0,2}(?:tab|cap|pill)")


def is_drug_suffix(text: str, start: int, end: int) -> bool:
    """Whether `text[start:end]` is a suffix such as HCL after a drug, or before a strength."""
    if text[start:end].lower() not in _SUFFIXES:
        return False
    before = text[max(0, start - 60) : start].rstrip(" -\n")
    return _DOSE.match(text, end) is not None or any(
        mention.span[1] == len(before) for mention in drugs(before)
    )


def is_of(drug: Drug, *classes: str) -> bool:
    """Whether `drug` belongs to any of `classes`."""
    return not set(classes).isdisjoint(drug.classes)


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


@cache
def _ordinary_words() -> Mapping[tuple[str, ...], str]:
    return {words(name): name for name in ordinary_words()}


def _is_written_as_name(found: str) -> bool:
    """Whether an ordinary word is written like the drug of that name, or in capitals."""
    name = _ordinary_words().get(words(found), found)
    return found in (name, name.upper())


def words(name: str) -> tuple[str, ...]:
    """Normalize `name` to a tuple of words, so that spelling variants compare equal."""
    low = name.lower()
    return (low,) if low.isalpha() else tuple(_WORD.findall(low))


def _by_first_word(meant: Mapping[tuple[str, ...], _T]) -> _Names[_T]:
    index: dict[str, list[tuple[tuple[str, ...], _T]]] = {}
    for name, meaning in meant.items():
        index.setdefault(name[0], []).append((name[1:], meaning))
    for entries in index.values():
        if len(entries) > 1:
            entries.sort(key=lambda entry: -len(entry[0]))
    return index


def _find_names(text: str, names: _Names[_T]) -> Iterator[tuple[_T, tuple[int, int]]]:
    matches = list(_WORD.finditer(text))
    free = 0
    for at, match in enumerate(matches):
        word = match[0].lower()
        entries = names.get(word) or (_named_by_plural(word, names) if word[-1] == "s" else None)
        if not entries or at < free:
            continue
        for rest, meaning in entries:
            last = _last_word(text, matches, at, rest)
            if last is not None:
                yield meaning, (match.start(), matches[last].end())
                free = last + 1
                break


def _named_by_plural(word: str, names: _Names[_T]) -> Sequence[tuple[tuple[str, ...], _T]]:
    """The names of one word of which `word` is the plural."""
    return [entry for entry in names.get(word[:-1], ()) if not entry[0]]


def _last_word(text: str, matches: _Matches, at: int, rest: Sequence[str]) -> int | None:
    """The index of the last word of a name, if the words `rest` follow the one at `at`."""
    for left, word in enumerate(rest, 1 - len(rest)):
        forms = (word,) if left else (word, f"{word}s")
        following = _next_word(text, matches, at, forms)
        if following is None:
            return None
        at = following
    return at


def _next_word(text: str, matches: _Matches, at: int, forms: Sequence[str]) -> int | None:
    """The index of a word in any of its `forms`, if it comes next; a salt may precede it."""
    for ahead, match in enumerate(matches[at + 1 : at + 3], at + 1):
        between = text[matches[ahead - 1].end() : match.start()]
        if len(between) > _MAX_SEPARATOR or between.strip(_SEPARATORS):
            return None
        found = match[0].lower()
        if found in forms:
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
