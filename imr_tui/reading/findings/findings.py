"""Finds findings, symptoms, treatments, studies and documents, stated or denied."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache, cached_property, lru_cache
from typing import NamedTuple

from imr_tui.reading.body import anatomy
from imr_tui.reading.drugs.drugs import drugs
from imr_tui.reading.language.lexicon import Lexicon
from imr_tui.reading.language.patterns import CACHE_SIZE, LazyPattern, lowered
from imr_tui.reading.language.polarity import is_present
from imr_tui.reading.language.sentences import Sentence, sentences
from imr_tui.reading.language.tables import table

_OPPOSITE = "!"
"""Marks the words of a thing that state its absence."""


class Thing(NamedTuple):
    """Something that a letter states or denies; a row of `findings.toml`."""

    name: str
    """The usual name: "physical therapy", "straight leg raise"."""
    sort: str
    """finding, test, symptom, treatment, study, document, examination or fact."""
    families: frozenset[str]
    """Its name, and the names of the families that it belongs to."""


class Mention(NamedTuple):
    """A mention of a thing."""

    thing: Thing
    """The thing."""
    span: tuple[int, int]
    """Offsets of the words."""
    is_opposite: bool
    """Whether the words alone state its absence: "non-tender", "full motion"."""


@dataclass(frozen=True, eq=False)
class Statement:
    """A mention with the part of the body it concerns, and whether the thing is there."""

    mention: Mention
    """The mention."""
    sentence: Sentence
    """The sentence."""
    low: str
    """The whole text in lower case."""
    mentions: tuple[Mention, ...]
    """All mentions in the sentence."""
    placed: tuple[anatomy.Region, ...]
    """All body regions in the sentence."""

    @property
    def thing(self) -> Thing:
        """The thing."""
        return self.mention.thing

    @cached_property
    def is_present(self) -> bool | None:
        """Whether the thing is stated or denied; None for a test without a result."""
        return is_present(self.low, self.mention, self.sentence.span, self.mentions)

    @cached_property
    def is_planned(self) -> bool:
        """Whether it is only requested, planned or decided on."""
        return _is_planned(self.low, self.mention.span, self.sentence.span)

    @cached_property
    def chunk(self) -> tuple[int, int]:
        """The offsets of the part of the sentence between the commas around the mention."""
        return _chunk(self.low, self.mention.span, self.sentence.span)

    @cached_property
    def is_near(self) -> bool:
        """Whether a region stands between the same commas."""
        return any(self.chunk[0] <= each.span[0] < self.chunk[1] for each in self.placed)

    @cached_property
    def regions(self) -> frozenset[str]:
        """The body regions between the same commas, or else in the sentence."""
        return frozenset(each.name for each in self._placed)

    @cached_property
    def sides(self) -> frozenset[str]:
        """The sides named between the same commas, or else the only one in the sentence."""
        named = set(_SIDE.findall(self.low[slice(*self.chunk)]))
        if not named and len({each.side for each in self._placed}) == 1:
            named = {str(each.side) for each in self._placed if each.side}
        return frozenset(named) if named <= _BILATERAL else _BILATERAL

    @cached_property
    def _placed(self) -> tuple[anatomy.Region, ...]:
        start, end = self.chunk
        near = tuple(each for each in self.placed if start <= each.span[0] < end)
        return near or self.placed


@cache
def _rows() -> Mapping[str, Mapping[str, list[str]]]:
    return {row["name"]: row for row in table("findings/findings")["thing"]}


@cache
def thing(name: str) -> Thing:
    """The thing of a row of `findings.toml`; raises KeyError if there is no such row."""
    row = _rows()[name]
    families = {name}.union(*(thing(each).families for each in row.get("of", ())))
    return Thing(name, str(row["sort"]), frozenset(families))


@cache
def _lexicon() -> Lexicon:
    opposite = (
        {"name": _OPPOSITE + row["name"], "words": row["opposite"]}
        for row in table("findings/findings")["thing"]
        if "opposite" in row
    )
    return Lexicon((*opposite, *table("findings/findings")["thing"]))


@cache
def _drug(generic: str, classes: tuple[str, ...]) -> Thing:
    families = {generic}
    for name, row in _rows().items():
        if "*" in row.get("classes", ()) or not set(classes).isdisjoint(row.get("classes", ())):
            families |= thing(name).families
    return Thing(generic, "treatment", frozenset(families))


@lru_cache(maxsize=CACHE_SIZE)
def mentions(text: str) -> tuple[Mention, ...]:
    """The things that `text` mentions, in order."""
    return tuple(sorted(_find_mentions(text), key=lambda mention: mention.span))


def _find_mentions(text: str) -> Iterator[Mention]:
    for name, match in _lexicon().find(lowered(text)):
        plain = name.removeprefix(_OPPOSITE)
        yield Mention(thing(plain), match.span(), plain != name)
    for drug in drugs(text):
        yield Mention(_drug(drug.drug.generic, drug.drug.classes), drug.span, is_opposite=False)


_PLANNED = LazyPattern(
    r"\b(?:request\w*|recommend\w*|plan(?:s|ned|ning)?|ask(?:s|ed)? (?:for|to)|order(?:s|ed)"
    r"|refer\w*"
    r"|authoriz\w+|(?:non-?)?certif\w+|utili[sz]ation review|pending|propos\w+|consider\w*"
    r"|schedul\w+"
    r"|would|will|wants?|seeks?|sought|advis\w+|suggest\w*|candidate|indicated|in dispute"
    r"|denied the|set for"
    r"|were denied|was denied|await\w*|to proceed)\b"
)
_DONE = LazyPattern(
    r"\b(?:treatments?(?: to date)? (?:has|have|had|so far|included|consisted|before)"
    r"|treated with|underwent|received"
    r"|completed|has been on|takes|taking|took|tried|attended|failed|status post|s/p|gave|brought"
    r"|(?:current )?medications? (?:are|include\w*|were)|had (?:had|an?))\b"
)
_CHUNK = re.compile(r"[;,]| but | while | with ")
_BILATERAL = frozenset(("left", "right"))
_SIDE = re.compile(r"\b(?:left|right|bilateral(?:ly)?|both)\b")


@lru_cache(maxsize=CACHE_SIZE)
def statements(text: str) -> tuple[Statement, ...]:
    """The mentions of `text`, each with its part and side and whether it is stated or denied."""
    return tuple(_find_statements(text))


def _find_statements(text: str) -> Iterator[Statement]:
    low, found = lowered(text), mentions(text)
    placed = anatomy.regions(text)
    for sentence in sentences(text):
        start, end = sentence.span
        inside = tuple(each for each in found if start <= each.span[0] < end)
        regions = tuple(each for each in placed if start <= each.span[0] < end)
        for mention in inside:
            yield Statement(mention, sentence, low, inside, regions)


def _chunk(low: str, span: tuple[int, int], around: tuple[int, int]) -> tuple[int, int]:
    start, end = around
    for match in _CHUNK.finditer(low, *around):
        if match.end() <= span[0]:
            start = match.end()
        elif match.start() >= span[1]:
            return start, match.start()
    return start, end


def _is_planned(low: str, span: tuple[int, int], around: tuple[int, int]) -> bool:
    """Whether the last word about planning or treating before `span`, or else any, is of a plan."""
    planned = [match.start() for match in _PLANNED.finditer(low, *around)]
    before = [at for at in planned if at < span[0]]
    if not before:
        return bool(planned) and _DONE.search(low, around[0], span[0]) is None
    return _DONE.search(low, before[-1], span[0]) is None
