"""IMR323: fingers, toes, compartments and tendons that the rest of the letter contradicts."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator
from typing import TYPE_CHECKING

from imr_tui.checks.rule import Hit, rule
from imr_tui.checks.rules.body.summary_sides import REQUEST
from imr_tui.reading.body import anatomy
from imr_tui.reading.body.disputed_sides import CLAUSE
from imr_tui.reading.body.parts import Part
from imr_tui.reading.conclusions.subjects import subjects
from imr_tui.reading.language.patterns import LazyPattern, blank_quotations, lowered
from imr_tui.reading.language.sentences import sentence_at

if TYPE_CHECKING:
    from imr_tui.checks.case_reading import CaseReading, ItemReading, TextReading
    from imr_tui.checks.context import CheckContext
    from imr_tui.domain.workflow import Place

Located = tuple["TextReading", Part]


@rule(
    "IMR323",
    "part-conflict",
    "warning",
    why="The wrong finger or compartment is a wrong body part.",
    source="Labor Code 4610.6(h)(5); 8 of 91 slips in 156 published letters are sides or parts",
    fires={
        "request": "Right trigger thumb release",
        "summary.text": "A 54 year old man with a locking right thumb.",
        "rationale": "The right ring finger locks. The release is medically necessary.",
    },
    passes={
        "request": "Right trigger thumb release",
        "summary.text": "A 54 year old man with a locking right thumb and ring finger.",
        "rationale": "The thumb locks, unlike the ring finger. The release is necessary.",
    },
)
def part_conflict(context: CheckContext) -> Iterator[Hit]:
    """A text names another finger, toe, compartment, tendon or nerve than the rest of the letter.

    The rule reports a part that is named once or only in one text. The rest of the letter must name
    another part of the same kind and never this one. Sentences that name both parts, quotations,
    earlier treatment and absent findings are not reported. It also reports a part of another limb
    than everything else in the letter: a toe in a letter about the hand.
    """
    reading = context.reading
    mentions = _first_mentions(reading)
    yield from (*_other_part(reading.summary, mentions, None), *_other_limb(reading))[:1]
    for item in reading.items:
        yield from (*_other_part(item.rationale, mentions, item),)[:1]


_ABSENT = LazyPattern(
    r"\b(?:no|not (?!recommend|support|rank|advise|list)|without|nor|normal|intact|unlike"
    r"|rather than"
    r"|adjacent|other (?:finger|toe|compartment|hand|foot|knee|elbow)s?|prior|previous\w*"
    r"|history|earlier|status post|s/p)\b"
)
FAR = 120
"""Characters around a part that are read as its clause."""
_BOTH_COMMON = frozenset(("nerve of the arm", "tendon of the shoulder"))
"""Groups of which a letter often names several."""


def _first_mentions(reading: CaseReading) -> list[Located]:
    """For each field and part, its mentions in the first two sentences."""
    found: dict[tuple[Place, str, str], dict[int, Located]] = {}
    for text in reading.texts:
        for part in text.parts:
            at = sentence_at(text.text, part.span[0]).start
            first = found.setdefault((text.place, part.group, part.name), {})
            if len(first) < 2:
                first.setdefault(at, (text, part))
    return [each for first in found.values() for each in first.values()]


def _other_part(
    text: TextReading, mentions: list[Located], item: ItemReading | None
) -> Iterator[Hit]:
    plain = blank_quotations(text.text)
    for part in text.parts:
        sentence = sentence_at(text.text, part.span[0])
        is_subject = _is_subject(text, part)
        low = _clause(lowered(text.text), part, sentence.span)
        if not is_subject and (part.group in _BOTH_COMMON or _ABSENT.search(low)):
            continue
        start = max(sentence.start, part.span[0] - FAR)
        is_asked = REQUEST.search(lowered(text.text), start, part.span[0])
        if item is None and not (is_asked or _is_odd(text, part, mentions)):
            continue
        if plain[part.span[0]] == " ":
            continue
        for other, each in _contradicting(text, part, mentions, item if is_subject else None):
            said, known = text.text[slice(*part.span)], other.text[slice(*each.span)]
            says = f'This says "{said}"; the rest of the letter says "{known}".'
            yield Hit(text.place, says, part.span, also=((other.place, each.span),))


def _contradicting(
    text: TextReading, part: Part, mentions: list[Located], item: ItemReading | None
) -> list[Located]:
    """A mention of another part of the group; empty if the letter also names this part."""
    if item is not None and (asked := [e for e in item.request.parts if e.group == part.group]):
        named = {each.name for each in asked}
        return [] if part.name in named else [(item.request, asked[0])]
    start, end = sentence_at(text.text, part.span[0]).span
    inside, others = {part.name}, list[Located]()
    for other, each in mentions:
        if each.group != part.group:
            continue
        if other is text and start <= each.span[0] < end:
            inside.add(each.name)
        else:
            others.append((other, each))
    names = {each.name for _, each in others}
    if inside & names or (item is None and text.place.item is None and not _agree(others)):
        return []
    return others[:1]


def _is_odd(text: TextReading, part: Part, mentions: list[Located]) -> bool:
    """Whether a text names a part once, and another one elsewhere, as the rest of the letter."""
    if part.group in _BOTH_COMMON:
        return False
    group = [each for each in text.parts if each.group == part.group]
    others = [each for other, each in mentions if other is not text and each.group == part.group]
    return (
        sum(each.name == part.name for each in group) == 1
        and len(group) > LEAST
        and len({each.name for each in group}) == 2
        and len(others) >= LEAST - 1
    )


def _agree(others: list[Located]) -> bool:
    """Whether a request and another text name one part only."""
    places = {other.place.field for other, _ in others}
    return len({each.name for _, each in others}) == 1 and "request" in places and len(others) > 1


def _clause(low: str, part: Part, sentence: tuple[int, int]) -> str:
    start, end = max(sentence[0], part.span[0] - FAR), min(sentence[1], part.span[1] + FAR)
    before = CLAUSE.split(low[start : part.span[0]])[-1]
    return before + CLAUSE.split(low[part.span[0] : end], 1)[0]


def _is_subject(text: TextReading, part: Part) -> bool:
    found = subjects(text.text)
    at = bisect_right(found, part.span[0], key=lambda subject: subject.start)
    return at > 0 and part.span[0] < found[at - 1].start + len(found[at - 1].text)


_OPPOSITE_LIMB = {"upper": "lower", "lower": "upper"}
_DISTAL = frozenset(("elbow", "forearm", "wrist", "hand", "knee", "lower leg", "ankle", "foot"))
"""Regions that are rarely affected by an injury of another limb."""
LEAST = 3
"""Mentions of a limb that make one of another limb stand out."""
_MENTIONED = LazyPattern(
    r"\b(?:no|not|without|denie[sd]|normal|also|additional\w*|history|prior|previous\w*|comorbid\w*"
    r"|fell|fall|slipped|landed|using|with (?:his|her))\b"
)
_LIST = LazyPattern(r"\b(?:body parts|complain\w*|diagnos\w+|injur\w+|pain in)\b")


def _other_limb(reading: CaseReading) -> Iterator[Hit]:
    """A part that the summary names once, in a letter about another limb."""
    zones = _by_zone(reading)
    summary = reading.summary
    for limb, opposite in _OPPOSITE_LIMB.items():
        once, rest = zones.get(limb, []), zones.get(opposite, [])
        if len(once) != 1 or len(rest) < LEAST:
            continue
        place, name, span = once[0]
        if place != summary.place or name not in _DISTAL:
            continue
        sentence = sentence_at(summary.text, span[0])
        low = lowered(sentence.text)
        others = {anatomy.zone(each.name) for each in anatomy.regions(sentence.text)}
        if not _MENTIONED.search(low) and not (opposite in others and _LIST.search(low)):
            said = summary.text[slice(*span)]
            says = f'"{said}" is on another limb than everything else in the letter.'
            yield Hit(summary.place, says, span, also=((rest[-1][0], rest[-1][2]),))


def _by_zone(reading: CaseReading) -> dict[str, list[tuple[Place, str, tuple[int, int]]]]:
    """The places, names and words of all regions, tests and levels, by limb."""
    zones: dict[str, list[tuple[Place, str, tuple[int, int]]]] = {}
    for text in reading.texts:
        named = [(each.name, each.words) for each in (*text.regions, *text.signs)]
        named += [(anatomy.spine(level), level.span) for level in text.levels]
        for name, span in named:
            zones.setdefault(anatomy.zone(name), []).append((text.place, name, span))
    return zones
