"""Finds guidelines by typed words."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from imr_tui.catalogue.inverted_index import InvertedIndex, expand, phrase, split

if TYPE_CHECKING:
    from imr_tui.catalogue.catalogue import Catalogue
    from imr_tui.catalogue.guidelines import Force, Guideline, Kind, Topic

MAX_WORDS = 12
"""Maximum number of words that count; a query has fewer, but a pasted text may have thousands."""

_ASIDE = re.compile(r"\([^()]*\)")
_FORCE: dict[Force, int] = {"in force": 0, "unknown": 1, "past": 2, "future": 3}
_KIND: dict[Kind, int] = {"mtus": 0, "acoem": 1, "odg": 1, "other": 2}


@dataclass(frozen=True)
class Hit:
    """A search result: a guideline, or a topic in it."""

    guideline: Guideline
    """The guideline version."""
    topic: Topic | None = None
    """The topic that matched, if the match is a topic."""


@dataclass(frozen=True)
class _Entry:
    """A searchable entry, with precomputed search keys."""

    hit: Hit
    """The search result for this entry."""
    parent: int
    """The entry number of its guideline; its own number if it is a guideline."""
    names: tuple[str, ...]
    """Its names, normalized by `phrase`, title first."""


class Index:
    """Searches the catalogue by words, in any order, by prefix, with typos allowed."""

    def __init__(self, catalogue: Catalogue) -> None:
        self._entries: list[_Entry] = []
        self._names_index = InvertedIndex()
        self._full_index = InvertedIndex()
        for number, guideline in enumerate(catalogue.guidelines):
            names = _names(guideline)
            self._add(Hit(guideline), number, names, (*names, *_other_terms(guideline)))
            # Words in parentheses describe the guideline without naming it, so they rank lower.
            self._full_index.add(number, guideline.title)
        for number, guideline in enumerate(catalogue.guidelines):
            for topic in guideline.topics:
                names = (topic.title, *topic.aliases)
                self._add(Hit(guideline, topic), number, names, names)

    def search(
        self,
        typed: str,
        on: date | None = None,
        recent: Sequence[str] = (),
        limit: int = 20,
    ) -> list[Hit]:
        """Return the entries that have all words of `typed`, best matches first.

        Sorted by status on the day `on`, then by how well the name fits, then by recent citation
        (`recent` holds guideline ids, latest first). Without words: all guidelines except those
        known not to be in force, recently cited ones first.
        """
        wanted = tuple(dict.fromkeys(split(typed)))[:MAX_WORDS]
        order = {guideline_id: at for at, guideline_id in enumerate(recent)}
        if not wanted:
            return self._by_recency(on, order)[: max(limit, 0)]
        certain = self._matches(self._names_index, wanted)
        found = certain | self._matches(self._full_index, wanted)
        found = found or self._matches(self._full_index, wanted, allow_typos=True)
        phrases = _phrases([self._full_index.corrected(word) for word in wanted])
        ranks = {number: _rank(self._entries[number], phrases, on, order) for number in found}
        titled = any(rank.is_title for rank in ranks.values())
        demoted = {number for number in found if self._is_demoted(number, certain, titled=titled)}
        best = sorted(found, key=lambda number: (number in demoted, ranks[number], number))
        return [self._entries[number].hit for number in best[: max(limit, 0)]]

    def _add(self, hit: Hit, parent: int, names: Iterable[str], texts: Iterable[str]) -> None:
        number = len(self._entries)
        self._entries.append(_Entry(hit, parent, tuple(phrase(name) for name in names)))
        for text in texts:
            self._names_index.add(number, text)
            self._full_index.add(number, text)

    def _by_recency(self, on: date | None, order: dict[str, int]) -> list[Hit]:
        whole = [entry.hit for entry in self._entries if entry.hit.topic is None]
        likely = [hit for hit in whole if on is None or hit.guideline.in_force(on) is not False]
        return sorted(likely, key=lambda hit: order.get(hit.guideline.id, len(order)))

    def _matches(
        self, searched: InvertedIndex, wanted: Sequence[str], *, allow_typos: bool = False
    ) -> set[int]:
        """Entries with all words; a topic needs at least one, its guideline may have the others."""
        sets = [self._lookup(searched, word, allow_typos=allow_typos) for word in wanted]
        return {
            number
            for number in set[int]().union(*sets)
            if all(number in numbers or self._entries[number].parent in numbers for numbers in sets)
        }

    def _lookup(self, searched: InvertedIndex, word: str, *, allow_typos: bool) -> set[int]:
        """Entries with a word that begins with `word`, or with all words of its expansion."""
        numbers = searched.with_prefix(word)
        if expanded := expand(word):
            numbers = numbers | set.intersection(*(searched.with_prefix(each) for each in expanded))
        if numbers and not allow_typos:
            return numbers
        return numbers | searched.with_words(self._full_index.misspelled(word))

    def _is_demoted(self, number: int, certain: set[int], *, titled: bool) -> bool:
        """Whether to rank an entry low: a topic when its guideline matches, or an inexact match."""
        entry = self._entries[number]
        if entry.hit.topic is not None and (titled or entry.parent in certain):
            return True
        return bool(certain) and number not in certain


@cache
def index(catalogue: Catalogue) -> Index:
    """The search index of a catalogue, built once."""
    return Index(catalogue)


def matching(topics: Sequence[Topic], typed: str) -> list[Topic]:
    """Filter `topics` to those with a word for each typed prefix; no words match everything.

    Topics whose title begins with the typed text come first.
    """
    wanted = split(typed)[:MAX_WORDS]
    start = f" {' '.join(wanted)}"
    found = [topic for topic in topics if _has_all(topic, wanted)]
    return sorted(found, key=lambda topic: not phrase(topic.title).startswith(start))


def _has_all(topic: Topic, wanted: Sequence[str]) -> bool:
    words = [word for name in (topic.title, *topic.aliases) for word in split(name)]
    return all(any(word.startswith(start) for word in words) for start in wanted)


def _phrases(wanted: Sequence[str]) -> tuple[str, ...]:
    """The words as one phrase, as typed and with abbreviations expanded; years are left out."""
    words = [word for word in wanted if not word[0].isdigit()] or wanted
    full = [part for word in words for part in (expand(word) or (word,))]
    return tuple(dict.fromkeys((f" {' '.join(words)}", f" {' '.join(full)}")))


class _Rank(NamedTuple):
    """Sort key of a search result; lower is better."""

    standing: int
    """0: begun and not known to have ended, 1: past or undated, 2: future."""
    is_topic: bool
    """Whether it is a topic, not a whole guideline."""
    fit: int
    """How well the name fits, from `_fit`."""
    recency: int
    """Number of guidelines that were cited more recently."""
    kind: int
    """Kind of guideline, MTUS first, following the search sequence of 8 CCR 9792.21.1."""
    force: int
    """Status: in force, unknown, past, future."""
    age: int
    """Newest first; among future versions, the next one first."""
    is_unverified: bool
    """Whether no public page confirms it, or its pages."""

    @property
    def is_title(self) -> bool:
        """Whether the query begins the title of a guideline that existed on the day."""
        return self.standing < 2 and self.fit == 0 and not self.is_topic


def _rank(entry: _Entry, phrases: Sequence[str], on: date | None, recent: dict[str, int]) -> _Rank:
    guideline = entry.hit.guideline
    force: Force = "unknown" if on is None else guideline.force(on)
    dated = guideline.effective_from is not None
    return _Rank(
        standing=2 if force == "future" else int(force == "past" or not dated),
        is_topic=entry.hit.topic is not None,
        fit=min(_fit(entry, each) for each in phrases),
        recency=recent.get(guideline.id, len(recent)),
        kind=_KIND[guideline.kind],
        force=_FORCE[force],
        age=_age_key(guideline) * (1 if force == "future" else -1),
        is_unverified=not guideline.has_verified_pages,
    )


def _fit(entry: _Entry, wanted: str) -> int:
    """0: begins the title, 1: whole words of a name, 2: start of words in a name, 3: no match."""
    if entry.names[0].startswith(f"{wanted} "):
        return 0
    if any(f"{wanted} " in name for name in entry.names):
        return 1
    return 2 if any(wanted in name for name in entry.names) else 3


def _age_key(guideline: Guideline) -> int:
    """A number that increases with the version's date."""
    if guideline.effective_from is not None:
        return guideline.effective_from.toordinal()
    if guideline.yearly:
        return date.max.toordinal()
    return date(guideline.year, 1, 1).toordinal() if guideline.year else 0


def _names(guideline: Guideline) -> tuple[str, ...]:
    """Names used in letters, by year and by section, and aliases used by reviewers.

    The title comes first; for guidelines cited by chapter, that is the chapter.
    """
    by_chapter = guideline.kind in ("acoem", "odg")
    return (
        guideline.section if by_chapter else guideline.printed,
        f"{guideline.printed} {guideline.year or ''}",
        f"{guideline.printed} {guideline.section}",
        *([f"{guideline.paged} {guideline.section}"] if guideline.paged else []),
        *guideline.aliases,
    )


def _other_terms(guideline: Guideline) -> tuple[str, ...]:
    """Other search terms; 9792.24.2 is also found as 24.2."""
    begins = guideline.effective_from
    return (
        _ASIDE.sub("", guideline.title),
        guideline.organization,
        # Only the author: the rest names other guidelines that this one was adapted from.
        guideline.source.partition(" ")[0],
        guideline.kind,
        guideline.id,
        str(begins.year) if begins else "",
        guideline.section.partition(".")[2],
    )
