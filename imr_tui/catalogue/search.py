"""Finds guidelines by the words a reviewer types."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cache

from imr_tui.catalogue.guidelines import Guideline, guidelines

# Letters and digits; a dot only inside, so that section numbers such as 9792.24.2 are one word.
_WORD = re.compile(r"[^\W_]+(?:\.[^\W_]+)*")

_FORCE_RANK = {True: 0, None: 1, False: 2}


@dataclass(frozen=True)
class _Entry:
    """A guideline with what a search looks at, prepared once."""

    guideline: Guideline
    """The guideline itself."""

    words: frozenset[str]
    """Every word it can be found by."""

    names: tuple[str, ...]
    """What it is called, in the form of `_phrase`."""


def search(words: str, on: date | None = None, limit: int = 20) -> list[Guideline]:
    """The guidelines that have a word beginning with each of `words`, the likeliest first."""
    wanted = tuple(dict.fromkeys(_words(words)))
    if not wanted:
        return _not_out_of_force(on)[: max(limit, 0)]
    phrase = _phrase(words)
    hits = [entry for entry in _entries() if _matches(entry, wanted)]
    hits.sort(key=lambda entry: _rank(entry, phrase, on))
    return [entry.guideline for entry in hits[: max(limit, 0)]]


def _not_out_of_force(on: date | None) -> list[Guideline]:
    """All in file order, less those known not to be in force: ODG has no dates but is wanted."""
    return [each for each in guidelines() if on is None or each.in_force(on) is not False]


def _matches(entry: _Entry, wanted: tuple[str, ...]) -> bool:
    return all(any(word.startswith(start) for word in entry.words) for start in wanted)


def _rank(entry: _Entry, phrase: str, on: date | None) -> tuple[bool, int, bool, int]:
    """Lower is likelier; equal ranks stay in file order."""
    guideline = entry.guideline
    return (
        not any(phrase in name for name in entry.names),
        _FORCE_RANK[None if on is None else guideline.in_force(on)],
        not guideline.verified,
        -_age_key(guideline),
    )


def _age_key(guideline: Guideline) -> int:
    """A number that grows with the date of the version."""
    if guideline.effective_from is not None:
        return guideline.effective_from.toordinal()
    return date(guideline.year, 1, 1).toordinal() if guideline.year else 0


@cache
def _entries() -> tuple[_Entry, ...]:
    return tuple(
        _Entry(
            guideline,
            words=frozenset(word for text in _texts(guideline) for word in _words(text)),
            names=tuple(_phrase(name) for name in _names(guideline)),
        )
        for guideline in guidelines()
    )


def _names(guideline: Guideline) -> Iterator[str]:
    """What letters call it, by year and by section, and what reviewers call it."""
    yield f"{guideline.printed} {guideline.year or ''}"
    yield f"{guideline.printed} {guideline.section}"
    yield from guideline.aliases


def _texts(guideline: Guideline) -> Iterator[str]:
    yield from _names(guideline)
    yield from (guideline.title, guideline.source, guideline.kind)


def _words(text: str) -> list[str]:
    return _WORD.findall(text.casefold())


def _phrase(text: str) -> str:
    """The words with a space around each, so that one phrase in another means whole words."""
    return f" {' '.join(_words(text))} "
