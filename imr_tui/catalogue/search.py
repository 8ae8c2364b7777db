"""Finds guidelines by the words a reviewer types."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from imr_tui.catalogue.inverted_index import Postings
from imr_tui.catalogue.words import phrase, split, written_out

if TYPE_CHECKING:
    from imr_tui.catalogue.catalogue import Catalogue
    from imr_tui.catalogue.guidelines import Force, Guideline, Kind, Topic

MAX_WORDS = 12
"""Words of a search that count; nobody types more, and a paste may hold thousands."""

_ASIDE = re.compile(r"\([^()]*\)")
_FORCE: dict[Force, int] = {"in force": 0, "unknown": 1, "past": 2, "future": 3}
_KIND: dict[Kind, int] = {"mtus": 0, "acoem": 1, "odg": 1, "other": 2}


@dataclass(frozen=True)
class Hit:
    """A guideline that was found, and the topic in it where that was what was meant."""

    guideline: Guideline
    """The version."""
    topic: Topic | None = None
    """Its heading."""


@dataclass(frozen=True)
class _Entry:
    """What can be found, with what a search looks at, prepared once."""

    hit: Hit
    """What is found."""
    parent: int
    """The place of its guideline; its own, if it is one."""
    names: tuple[str, ...]
    """What it is called, the title first, in the form of `phrase`."""


class Index:
    """The catalogue by its words. Words come in any order, unfinished, or with a slip in them."""

    def __init__(self, catalogue: Catalogue) -> None:
        self._entries: list[_Entry] = []
        self._own = Postings()
        self._loose = Postings()
        for place, guideline in enumerate(catalogue.guidelines):
            names = _names(guideline)
            self._add(Hit(guideline), place, names, (*names, *_marks(guideline)))
            # What stands in parentheses tells of the guideline, and does not name it.
            self._loose.add(place, guideline.title)
        for place, guideline in enumerate(catalogue.guidelines):
            for topic in guideline.topics:
                names = (topic.title, *topic.aliases)
                self._add(Hit(guideline, topic), place, names, names)

    def search(
        self,
        typed: str,
        on: date | None = None,
        recent: Sequence[str] = (),
        limit: int = 20,
    ) -> list[Hit]:
        """What has all the words of `typed`, the likeliest first.

        That is by force `on` the day, then by how well the name fits, then by what was cited
        lately (`recent`, ids, the latest first). Without words: all guidelines but those known
        not to be in force, what was cited lately first.
        """
        wanted = tuple(dict.fromkeys(split(typed)))[:MAX_WORDS]
        order = {guideline_id: at for at, guideline_id in enumerate(recent)}
        if not wanted:
            return self._likely(on, order)[: max(limit, 0)]
        certain = self._having(self._own, wanted)
        found = certain | self._having(self._loose, wanted)
        found = found or self._having(self._loose, wanted, forgiving=True)
        phrases = _phrases([self._loose.meant(word) for word in wanted])
        ranks = {place: _rank(self._entries[place], phrases, on, order) for place in found}
        titled = any(rank.is_title for rank in ranks.values())
        aside = {place for place in found if self._is_aside(place, certain, titled=titled)}
        best = sorted(found, key=lambda place: (place in aside, ranks[place], place))
        return [self._entries[place].hit for place in best[: max(limit, 0)]]

    def _add(self, hit: Hit, parent: int, names: Iterable[str], texts: Iterable[str]) -> None:
        place = len(self._entries)
        self._entries.append(_Entry(hit, parent, tuple(phrase(name) for name in names)))
        for text in texts:
            self._own.add(place, text)
            self._loose.add(place, text)

    def _likely(self, on: date | None, order: dict[str, int]) -> list[Hit]:
        whole = [entry.hit for entry in self._entries if entry.hit.topic is None]
        likely = [hit for hit in whole if on is None or hit.guideline.in_force(on) is not False]
        return sorted(likely, key=lambda hit: order.get(hit.guideline.id, len(order)))

    def _having(
        self, postings: Postings, wanted: Sequence[str], *, forgiving: bool = False
    ) -> set[int]:
        """The places where every word is found; of topics, one at least in the topic itself."""
        sets = [self._places(postings, word, forgiving=forgiving) for word in wanted]
        return {
            place
            for place in set[int]().union(*sets)
            if all(place in places or self._entries[place].parent in places for places in sets)
        }

    def _places(self, postings: Postings, word: str, *, forgiving: bool) -> set[int]:
        """Where `word` begins a word, or all the words are that it stands for."""
        places = postings.beginning(word)
        if expanded := written_out(word):
            places = places | set.intersection(*(postings.beginning(each) for each in expanded))
        if places and not forgiving:
            return places
        return places | postings.having(self._loose.slips(word))

    def _is_aside(self, place: int, certain: set[int], *, titled: bool) -> bool:
        """Whether something else was meant: a guideline and not its topics, or another one."""
        entry = self._entries[place]
        if entry.hit.topic is not None and (titled or entry.parent in certain):
            return True
        return bool(certain) and place not in certain


@cache
def index(catalogue: Catalogue) -> Index:
    """The index of a catalogue, made once."""
    return Index(catalogue)


def matching(topics: Sequence[Topic], typed: str) -> list[Topic]:
    """Those of `topics` that have words beginning with all the words typed; all for none.

    Titles that begin with what was typed come first.
    """
    wanted = split(typed)[:MAX_WORDS]
    start = f" {' '.join(wanted)}"
    found = [topic for topic in topics if _has_all(topic, wanted)]
    return sorted(found, key=lambda topic: not phrase(topic.title).startswith(start))


def _has_all(topic: Topic, wanted: Sequence[str]) -> bool:
    words = [word for name in (topic.title, *topic.aliases) for word in split(name)]
    return all(any(word.startswith(start) for word in words) for start in wanted)


def _phrases(wanted: Sequence[str]) -> tuple[str, ...]:
    """The words as one phrase, as typed and with abbreviations written out; years only sift."""
    words = [word for word in wanted if not word[0].isdigit()] or wanted
    full = [part for word in words for part in (written_out(word) or (word,))]
    return tuple(dict.fromkeys((f" {' '.join(words)}", f" {' '.join(full)}")))


class _Rank(NamedTuple):
    """How likely something was meant; lower is likelier."""

    standing: int
    """Begun and not known to have ended, then past or without dates, then still to come."""
    is_topic: bool
    """Whether it is a part of a guideline."""
    fit: int
    """How well the name fits."""
    recency: int
    """How many others were cited since."""
    kind: int
    """The MTUS first, as the search sequence asks (8 CCR 9792.21.1)."""
    force: int
    """In force for certain, then not known, then past, then still to come."""
    age: int
    """The newest first, but of what was still to come the next one."""
    is_unverified: bool
    """Whether no public page confirms it."""

    @property
    def is_title(self) -> bool:
        """Whether the words begin the title of a guideline that was there on the day."""
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
        is_unverified=not guideline.verified,
    )


def _fit(entry: _Entry, wanted: str) -> int:
    """How well a phrase fits: begins the title, stands in a name, so unfinished, or apart."""
    if entry.names[0].startswith(f"{wanted} "):
        return 0
    if any(f"{wanted} " in name for name in entry.names):
        return 1
    return 2 if any(wanted in name for name in entry.names) else 3


def _age_key(guideline: Guideline) -> int:
    """A number that grows with the date of the version."""
    if guideline.effective_from is not None:
        return guideline.effective_from.toordinal()
    if guideline.yearly:
        return date.max.toordinal()
    return date(guideline.year, 1, 1).toordinal() if guideline.year else 0


def _names(guideline: Guideline) -> tuple[str, ...]:
    """What letters call it, by year and by section, and what reviewers call it.

    Its title comes first: that of the chapter, where a guideline is cited by chapters.
    """
    by_chapter = guideline.kind in ("acoem", "odg")
    return (
        guideline.section if by_chapter else guideline.printed,
        f"{guideline.printed} {guideline.year or ''}",
        f"{guideline.printed} {guideline.section}",
        *([f"{guideline.paged} {guideline.section}"] if guideline.paged else []),
        *guideline.aliases,
    )


def _marks(guideline: Guideline) -> tuple[str, ...]:
    """What else it is known by; 9792.24.2 is also found as 24.2."""
    begins = guideline.effective_from
    return (
        _ASIDE.sub("", guideline.title),
        guideline.organization,
        # Who wrote it, and no more: what it was adapted from is another guideline.
        guideline.source.partition(" ")[0],
        guideline.kind,
        guideline.id,
        str(begins.year) if begins else "",
        guideline.section.partition(".")[2],
    )
