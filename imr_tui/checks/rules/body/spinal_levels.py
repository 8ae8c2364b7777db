"""IMR307: levels of the spine and nerve roots."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from imr_tui.checks.rule import Hit, rule
from imr_tui.checks.rules.body.summary_sides import FAR, REQUEST, content_words
from imr_tui.reading.body import anatomy
from imr_tui.reading.body.spine import impossible_level, is_finding, levels_beside_other_region
from imr_tui.reading.conclusions.subjects import is_general, subjects
from imr_tui.reading.language.patterns import LazyPattern, lowered
from imr_tui.reading.language.sentences import near, sentence_at

if TYPE_CHECKING:
    from imr_tui.checks.case_reading import CaseReading, ItemReading, TextReading
    from imr_tui.checks.context import CheckContext
    from imr_tui.domain.workflow import Place
    from imr_tui.reading.body.anatomy import Level


@rule(
    "IMR307",
    "spine-level-conflict",
    "warning",
    why="A determination about the wrong spinal segment has been reversed.",
    source="Labor Code 4610.6(h)(5); WCAB panel decision Heath (2016)",
    fires={
        "request": "Epidural injection at L4-5",
        "rationale": "The request for an injection at C5-6 is not medically necessary.",
    },
    passes={
        "request": "Epidural injection at L4-5",
        "rationale": "The MRI shows a bulge at L5-S1. The injection is not medically necessary.",
    },
)
def spine_level_conflict(context: CheckContext) -> Iterator[Hit]:
    """A text names other levels of the spine than the request or the rest of the letter.

    The rule reports conclusions and requests for other levels, and levels that do not exist. It
    reports a level of a part of the spine that the letter mentions nowhere else ("the L5 root" in a
    letter about the neck). A level beside the wrong word is reported ("cervical disc at L5-S1"),
    and a finding at a level that the summary does not name. Other findings (imaging, dermatomes,
    earlier surgery) are ignored, because a study also reports the neighbouring levels.
    """
    reading = context.reading
    for item in reading.items:
        yield from _first(_in_item(reading, item))
    yield from _first(_in_text(reading, reading.summary))


def _first(hits: Iterable[Hit]) -> Iterator[Hit]:
    for hit in hits:
        yield hit
        return


def _in_item(reading: CaseReading, item: ItemReading) -> Iterator[Hit]:
    if not (item.rationale.levels or item.request.levels):
        return
    yield from _concluded(reading, item)
    yield from _disjoint(item)
    yield from _in_text(reading, item.rationale)
    yield from _unreported(reading.summary, item)


def _in_text(reading: CaseReading, text: TextReading) -> Iterator[Hit]:
    yield from _impossible(reading, text)
    if not text.levels:
        return
    yield from _beside_wrong_word(text)
    yield from _stray(reading, text)
    if text is reading.summary:
        yield from _requested(reading)


def _hit(text: TextReading, level: Level, what: str, *also: tuple[TextReading, Level]) -> Hit:
    said = text.text[slice(*level.span)]
    places = tuple((other.place, each.span) for other, each in also)
    return Hit(text.place, f"{what} {said}.", level.span, also=places)


def _asked(item: ItemReading) -> list[tuple[TextReading, Level]]:
    return _distinct(item.request, item.original, item.authorized)


def _distinct(*texts: TextReading) -> list[tuple[TextReading, Level]]:
    """The first mention of each level."""
    found = {
        level.vertebrae: (text, level) for text in reversed(texts) for level in text.levels[::-1]
    }
    return list(found.values())[::-1]


def _vertebrae(named: Iterable[tuple[TextReading, Level]]) -> frozenset[str]:
    return frozenset(vertebra for _, level in named for vertebra in level.vertebrae)


_FACET = LazyPattern(r"\b(?:facet|medial branch|radiofrequency|rhizotomy|neurotomy|ablation)\b")


def _covers(asked: list[tuple[TextReading, Level]], level: Level) -> bool:
    """Whether a request includes a level; a joint is named by its own or its nerves' level."""
    wanted = _vertebrae(asked)
    ranges = {len(each.vertebrae) > 1 for each in (level, *(each for _, each in asked))}
    if len(ranges) > 1 and any(_FACET.search(lowered(text.text)) for text, _ in asked):
        wanted |= {each for _, other in asked for pair in other.segments for each in pair}
    return level.vertebrae <= wanted


def _concluded(reading: CaseReading, item: ItemReading) -> Iterator[Hit]:
    """A conclusion on a level that was not requested."""
    own = _asked(item)
    all_asked = [each for other in reading.items for each in _asked(other)]
    for subject in subjects(item.rationale.text):
        asked = all_asked if subject.is_reason else own
        end = subject.start + len(subject.text)
        for level in _between(item.rationale, subject.start, end) if asked else ():
            if not _covers(asked, level):
                wanted = " and ".join(text.text[slice(*each.span)] for text, each in asked[:3])
                what = f"The request is for {wanted}; this concludes on"
                yield _hit(item.rationale, level, what, asked[0])


def _between(text: TextReading, start: int, end: int) -> tuple[Level, ...]:
    levels = text.levels
    first = bisect_left(levels, start, key=lambda level: level.span[0])
    last = bisect_left(levels, end, key=lambda level: level.span[0])
    return levels[first:last]


def _disjoint(item: ItemReading) -> Iterator[Hit]:
    """Only other levels than the requested ones, apart from findings."""
    asked = _segments(item.request.levels)
    text = item.rationale
    named = [each for each in text.levels if not is_finding(text.text, each.span[0])]
    if asked and named and not asked & _segments(text.levels):
        what = "The request and the rationale name different levels of the spine:"
        yield _hit(text, named[0], what, (item.request, item.request.levels[0]))


def _segments(named: Iterable[Level]) -> frozenset[tuple[str, str]]:
    return frozenset(segment for level in named for segment in level.segments)


def _impossible(reading: CaseReading, text: TextReading) -> Iterator[Hit]:
    span = impossible_level(text.text) if _SPINE & set(reading.region_counts) else None
    if span:
        yield Hit(text.place, f'The spine has no level "{text.text[slice(*span)]}".', span)


_SPINE = frozenset(("cervical spine", "thoracic spine", "lumbar spine"))


def _beside_wrong_word(text: TextReading) -> Iterator[Hit]:
    for span in levels_beside_other_region(text.text):
        yield Hit(text.place, f'"{text.text[slice(*span)]}" joins two parts of the spine.', span)


def _stray(reading: CaseReading, text: TextReading) -> Iterator[Hit]:
    """A level of a part of the spine that the rest of the letter does not mention."""
    counts = reading.region_counts
    for _, level in _distinct(text):
        column = anatomy.spine(level)
        sentence = sentence_at(text.text, level.span[0]).text
        if column == "thoracic spine" or (text is not reading.summary and is_general(sentence)):
            continue
        same = (name for name in counts if anatomy.zone(name) == anatomy.zone(column))
        # A level that is also a word for its region, such as "C5-6", counts twice.
        itself = 1 + any(
            level.span[0] <= region.words[0] < level.span[1] for region in text.regions
        )
        known = _SPINE & {name for name in counts if name != column}
        if known and sum(counts[name] for name in same) <= itself:
            says = f'The rest of the letter does not mention the {column}: "{_said(text, level)}".'
            yield Hit(text.place, says, level.span, also=_place_of(reading, min(known)))


def _said(text: TextReading, level: Level) -> str:
    return text.text[slice(*level.span)]


def _place_of(reading: CaseReading, name: str) -> tuple[tuple[Place, tuple[int, int]], ...]:
    """The first place that names a region, if words do."""
    for text in reading.texts:
        for region in text.regions:
            if region.name == name:
                return ((text.place, region.words),)
    return ()


def _requested(reading: CaseReading) -> Iterator[Hit]:
    """The request as the summary gives it, for a level that no item names."""
    asked = [each for item in reading.items for each in _asked(item)]
    if not asked:
        return
    words = frozenset(word for text, _ in asked for word in content_words(text.text))
    summary = reading.summary
    low = lowered(summary.text)
    for _, level in _distinct(summary):
        sentence = sentence_at(summary.text, level.span[0])
        about = low[
            max(sentence.start, level.span[0] - 80) : min(sentence.span[1], level.span[1] + 80)
        ]
        if (
            REQUEST.search(low, max(sentence.start, level.span[0] - FAR), level.span[0])
            and words & content_words(about)
            and not _EARLIER.search(about)
            and not _covers(asked, level)
        ):
            yield _hit(summary, level, "No item is for the level", asked[0])


_EARLIER = LazyPattern(
    r"\b(?:prior|previous\w*|history|status post|s/p|adjacent|underwent|had|repeat|earlier|since)\b"
)


# A study also names levels without a finding.
_NORMAL = LazyPattern(
    r"\b(?:no(?! longer)|without|normal|unremarkable|free of|absence of)\b", re.IGNORECASE
)


def _unreported(summary: TextReading, item: ItemReading) -> Iterator[Hit]:
    """A finding at a level, of a part of the spine of which the summary names other levels."""
    reported = _distinct(summary)
    for _, level in _distinct(item.rationale):
        is_root = len(level.vertebrae) == 1
        alike = [each for each in reported if (len(each[1].vertebrae) == 1) == is_root]
        stated = [each for _, each in alike if anatomy.columns(each) & anatomy.columns(level)]
        known = [*(alike if is_root else reported), *_asked(item)]
        sentence = sentence_at(item.rationale.text, level.span[0]).text
        if not stated or is_general(sentence) or _EARLIER.search(lowered(sentence)):
            continue
        if _NORMAL.search(near(item.rationale.text, level.span[0])):
            continue
        if not level.vertebrae <= _vertebrae(known):
            what = f"The summary names {summary.text[slice(*stated[0].span)]}, but not"
            yield _hit(item.rationale, level, what, (summary, stated[0]))
