"""IMR322: findings on a part of the body that the rest of the letter never names."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from imr_tui.checks.rule import Hit, rule
from imr_tui.checks.rules.body.other_regions import asked_regions, is_known, known_regions
from imr_tui.reading.body import anatomy
from imr_tui.reading.body.anatomy import Region, regions
from imr_tui.reading.conclusions.subjects import is_general
from imr_tui.reading.language.patterns import LazyPattern, blank_quotations, lowered

if TYPE_CHECKING:
    from imr_tui.checks.case_reading import CaseReading, TextReading
    from imr_tui.checks.context import CheckContext


@rule(
    "IMR322",
    "region-stray",
    "warning",
    why="A finding on a part that the letter mentions nowhere else may belong to another worker.",
    source="Labor Code 4610.6(h)(5); 8 of 91 slips in 156 published letters are sides or parts",
    fires={
        "rationale": "A positive Hawkins test and a painful arc of the right shoulder were found. "
        "More massage for the neck is not medically necessary."
    },
    passes={
        "rationale": "The guideline speaks of the shoulder. Neck motion was full. More massage is "
        "not medically necessary."
    },
)
def region_stray(context: CheckContext) -> Iterator[Hit]:
    """A rationale reports a finding on a part of the body that the rest of the letter never names.

    Tests count as their region: "Lachman" as the knee. Guidelines, quotations, history, other
    conditions and absent findings are not reported."""
    reading = context.reading
    for item in reading.items:
        yield from _stray(reading, item.rationale)


_FINDING = LazyPattern(
    r"\b(?:tender\w*|swell\w*|swollen|effusion|edema|crepit\w+|positive|painful arc|unstable"
    r"|instability|limited|restricted|reduced|decreased|diminished|weak\w*|numb\w*|tingl\w+"
    r"|atroph\w+"
    r"|wasting|spasms?|loss|lacked|lacks|thicken\w+|deformity|triggering|trigger finger|locking"
    r"|locked"
    r"|arthritic|stiff\w*|bruis\w+|laxity|absent|range of motion|ecchymosis|erythema|warm\w*"
    r"|click\w*"
    r"|(?:was|were|is|are) (?:also )?(?:found|noted|seen|observed|present|recorded)|showed|shows"
    r"|reveal\w*|demonstrat\w+|complain\w*)\b"
)
_NOT_THIS_WORKER = LazyPattern(
    r"\b(?:history|prior|previous\w*|earlier|years ago|non-?industrial|unrelated|diabet\w+"
    r"|hypertension"
    r"|for example|such as|e\.g|if|whether|unless|compensat\w+|no|not|without|nor|denie[sd]"
    r"|common\w*"
    r"|typical\w*|generally|usually|often)\b"
)


# Findings that a nerve root causes anywhere in its limb.
_OF_NERVES = LazyPattern(
    r"\b(?:weak\w*|numb\w*|tingl\w+|sens\w+|reflex\w*|atroph\w+|wasting|strength|pain|radiat\w+)\b"
)


_CLAUSE = LazyPattern(r"[^,;]+")


def _stray(reading: CaseReading, text: TextReading) -> Iterator[Hit]:
    asked = frozenset(name for item in reading.items for name in asked_regions(item))
    plain = blank_quotations(text.text)
    for sentence in text.sentences:
        words = lowered(plain[slice(*sentence.span)])
        named = regions(words) + anatomy.signs(words)
        if not named or is_general(words) or not _FINDING.search(words):
            continue
        if all(_NOT_THIS_WORKER.search(clause) for clause in _clauses(words, named)):
            continue
        known = known_regions(reading, text, sentence)
        if not _OF_NERVES.search(words):
            known = asked | anatomy.without_limbs(known)
        strange = [each for each in named if known and not is_known(each.name, known)]
        zones = {anatomy.zone(name) for name in known}
        if strange and (len(strange) == len(named) or anatomy.zone(strange[0].name) not in zones):
            span = sentence.start + strange[0].span[0], sentence.start + strange[0].span[1]
            name = strange[0].name
            says = f"This finding is about the {name}. The rest of the letter does not mention it."
            yield Hit(text.place, says, span)
            return


def _clauses(words: str, named: tuple[Region, ...]) -> list[str]:
    """The parts of a sentence between commas that name a region."""
    return [
        part.group()
        for part in _CLAUSE.finditer(words)
        if any(part.start() <= each.words[0] < part.end() for each in named)
    ]
