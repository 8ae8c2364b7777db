"""Tells mentions of a disputed side from those of a healthy, earlier or compared one."""

from bisect import bisect_left, bisect_right
from functools import lru_cache
from itertools import accumulate

from imr_tui.reading.body import anatomy
from imr_tui.reading.body.sides import SidedMention, sides
from imr_tui.reading.language.patterns import CACHE_SIZE, LazyPattern, lowered

OPPOSITE = {"left": "right", "right": "left"}

_COMPARED = LazyPattern(
    r"\b(?:contralateral|opposite|uninvolved|unaffected|uninjured|compar\w+|asymptomatic|than"
    r"|versus|vs|both|healthy|sound|other (?:side|arm|leg|hand|foot|knee)|against|bilateral\w*"
    r"|prior|previous\w*|earlier|history|ago|compensat\w*|overuse|favou?r\w*|guarding of"
    r"|non-?industrial|outside of work|unrelated|crossed|(?:in|since) (?:19|20)\d\d"
    r"|additional\w*|secondary|not (?:\w+ )?(?:addressed|at issue|in dispute|disputed|requested"
    r"|discussed|under review)|no (?:[\w-]+ ){1,3}(?:was|were|is|has been) requested"
    r"|(?:stand\w*|hop\w*|balanc\w*|leans?|leaning|lies|lying|sleep\w*|rests?|resting) on)\b",
)
CLAUSE = LazyPattern(r"[,;.]| (?:and|but|while) ")
HEALTHY = LazyPattern(
    r"\b(?:normal\w*|full|fully|intact|unremarkable|negative|symmetric\w*|equal\w*|mildly"
    r"|stable|no|not|without|within|denie[sd]|absent|resolved|20/20|5/5)\b"
)
_MEASURED = LazyPattern(
    r"\d ?(?:mm|cm|kg|pounds|lbs?|degrees|percent|%|inches|\+)|\d/5\b|\b20/\d|\b\d+$"
)
REACH = 80
"""Characters between two sides that a sentence compares."""
LIST_REACH = 24
"""Characters between two sides in a list."""
MEASURED_REACH = 120
"""The same for sides that are measured, also in two sentences."""


def close(one: SidedMention, other: SidedMention) -> bool:
    """Whether two mentions are about the same or related regions."""
    return anatomy.any_related(one.names, other.names)


def is_compared(text: str, mention: SidedMention) -> bool:
    """Whether a mention is compared with the other side, or is about another condition."""
    start, end = mention.sentence.span
    near = lowered(text)[max(start, mention.span[0] - 80) : min(end, mention.span[1] + 80)]
    if mention.side == "both":
        near = near.replace("bilateral", " ").replace("both", " ")
    return _COMPARED.search(near) is not None


def is_affected(text: str, mention: SidedMention) -> bool:
    """Whether a mention is not of a normal side, an earlier injury or a comparison."""
    return bool(mention.names) and not (is_compared(text, mention) or _is_normal(text, mention))


def is_disputed(text: str, mention: SidedMention) -> bool:
    """Whether a mention is of an affected side, without the other one beside it."""
    return is_affected(text, mention) and not _has_other_beside(text, mention)


def _is_normal(text: str, mention: SidedMention) -> bool:
    before, after = _clause(text, mention)
    near = f"{before} {lowered(text)[slice(*mention.span)]} {after}"
    return HEALTHY.search(near) is not None


def _clause(text: str, mention: SidedMention) -> tuple[str, str]:
    """The words before and after a mention, up to the next comma or conjunction."""
    start, end = mention.sentence.span
    at, last = mention.span
    before = lowered(text)[max(start, at - MEASURED_REACH) : at]
    after = lowered(text)[last : min(end, last + MEASURED_REACH)]
    return CLAUSE.split(before)[-1], CLAUSE.split(after, 1)[0]


def _has_other_beside(text: str, mention: SidedMention) -> bool:
    """Whether the sentence compares both sides, or both are measured next to each other."""
    measured = _MEASURED.search(_clause(text, mention)[1]) is not None
    return any(
        (measured and other.names & mention.names)
        or (other.sentence == mention.sentence and _is_beside(lowered(text), mention, other))
        for other in _around(text, mention.span[0])
        if other.side == OPPOSITE.get(mention.side) and close(mention, other)
    )


def _around(text: str, at: int) -> tuple[SidedMention, ...]:
    """The mentions that start within `MEASURED_REACH` of an offset."""
    starts = _starts(text)
    first = bisect_left(starts, at - MEASURED_REACH)
    return sides(text)[first : bisect_right(starts, at + MEASURED_REACH)]


@lru_cache(maxsize=CACHE_SIZE)
def _starts(text: str) -> tuple[int, ...]:
    return tuple(accumulate((each.span[0] for each in sides(text)), max))


def _is_beside(low: str, one: SidedMention, other: SidedMention) -> bool:
    """Whether two sides are in one group of words, or next to each other in a list."""
    between = low[min(one.span[1], other.span[1]) : max(one.span[0], other.span[0])]
    return len(between) < (REACH if "," not in between else LIST_REACH)
