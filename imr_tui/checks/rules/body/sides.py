"""IMR308 and IMR324: the side of an item, of a finding and of the history."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from imr_tui.checks.rule import Hit, Span, rule
from imr_tui.checks.rules.body.side_conflicts import conflicts
from imr_tui.reading.body import anatomy
from imr_tui.reading.body.disputed_sides import CLAUSE, HEALTHY
from imr_tui.reading.language.patterns import LazyPattern, lowered
from imr_tui.text.layout import words_at

if TYPE_CHECKING:
    from imr_tui.checks.case_reading import TextReading
    from imr_tui.checks.context import CheckContext
    from imr_tui.checks.rules.body.side_mentions import Conflict
    from imr_tui.domain.workflow import Place
    from imr_tui.reading.body.sides import SidedMention


@rule(
    "IMR308",
    "laterality-conflict",
    "warning",
    why="The wrong side is a wrong body part.",
    source="Labor Code 4610.6(h)(5); 8 of 91 slips in 156 published letters are sides or parts",
    fires={
        "request": "MRI of the right hip",
        "rationale": "There is no fracture of the left hip. The MRI is not medically necessary.",
    },
    passes={
        "request": "EMG of the left arm",
        "rationale": "The right shoulder is worse. The left arm is numb. The EMG is not medically "
        "necessary.",
        "summary.text": "A 54 year old man with pain in the right arm and numbness in the left.",
    },
)
def laterality_conflict(context: CheckContext) -> Iterator[Hit]:
    """A text names the other side of a region than the request or the rest of the letter.

    In a rationale, the rule reports a conclusion about the other side, and a side that nothing else
    in the letter mentions. It also reports a finding that the summary states only for the other
    side. In the summary, it reports a request for the other side. It also reports a single mention
    of a side if all other mentions are of the other one. Comparisons with the other side, earlier
    injuries, handedness and directions of motion are not reported.
    """
    seen: set[Place] = set()
    for conflict in conflicts(context.reading):
        if conflict.place not in seen:
            seen.add(conflict.place)
            yield _hit(conflict)


def _hit(conflict: Conflict) -> Hit:
    return Hit(conflict.place, conflict.says, conflict.span, also=(conflict.other,))


_VALUE = (
    r"(?:\d[\d./+]*(?: (?:mm|cm|kg|pounds|lbs?|degrees|percent|inches))?|positive|negative|normal)"
)
# Words after which the other side is no contradiction.
_OTHER_SUBJECT = (
    r"(?:and|or|but|than|with|while|whereas|left|right|both|bilateral\w*|compar\w+|versus|vs"
    r"|against"
    r"|rotation|bending|flexion|tilt\w*|deviation|produc\w+|caus\w+|elicit\w+|radiat\w+|refer\w+"
    r"|plac\w+|leg rais\w+|crossed|worse|greater|more|less|dominant|handed|reproduc\w+|felt)"
)
_GAP = rf"(?:(?!{_OTHER_SUBJECT}\b)[\w'+/-]+(?:\.\d+)? ){{1,8}}?"
_AFTER = r"(?= (?:and|at|with|but|while|was|is|were)\b| \d|[.,;:)]|$)"
# "The left ankle reflex was 2+ on the right", "a right Gaenslen test on the left".
_TWO_SIDES = LazyPattern(
    rf"\b(?P<side>left|right)(?:-sided)? {_GAP}(?:on the|on) (?!(?P=side)\b)(?:left"
    rf"|right)(?: side)?{_AFTER}"
    r"|\brotation to the (?P<turn>left|right)(?: (?:was|of|is|\w+ degrees|\d+)){1,3}"
    rf" on the (?!(?P=turn)\b)(?:left|right)(?: side)?{_AFTER}"
    r"|\b(?:of|in) the (?P<of>left|right) (?:[a-z]+ ){1,3}(?:was|is|were"
    r"|are) \d[\w.+/]*(?: [a-z]+)?"
    r" (?:of|in) the (?!(?P=of)\b)(?:left|right) [a-z]+"
)
# "Both right knees", "negative on both sides and positive on the left".
_BOTH_AND_ONE = LazyPattern(
    r"\bboth (?:left|right) [a-z]+s\b(?! (?:and|or)\b|,)|\bbilateral (?:left|right)\b(?! (?:and"
    r"|or)\b|[/,-])"
    r"|\b(?P<first>positive|negative|normal|absent|present|intact)"
    r" (?:on both sides|bilaterally|in both [a-z]+),?(?: and| but)?"
    r" (?!(?P=first)\b)(?:positive|negative|normal|absent|present|reduced|decreased|abnormal)"
    r" (?:on|in) the (?:left|right)\b"
)
# "18 kg on the left against 28 kg on the left": one side twice where two are compared.
_ONE_SIDE_TWICE = LazyPattern(
    rf"(?<![\w./])(?P<one>{_VALUE}) (?:on|in|for|at|of) (?:the |his |her )?(?P<side>left|right)"
    r"(?P<of>(?: (?!and|against|versus|but|at)[a-z]+){0,3})(?: at \d+ degrees)?,?"
    r" (?:and|against|versus|vs\.?|but|compared (?:with|to)|as opposed to) (?:only |about |to )?"
    rf"(?!(?P=one) ){_VALUE} (?:on|in|for|at|of) (?:the |his |her )?(?P=side)(?P=of)(?![\w-]"
    rf"| [a-z]+ (?:was|is)\b)"
    r"|\b(?P<than>left|right)(?: (?!left\b|right\b)[\w-]+){0,6} than"
    r" (?:on |in |at |of )?(?:the |his |her )?(?P=than)(?: side)?(?=[.,;)]|$| and\b)"
)


@rule(
    "IMR324",
    "side-against-itself",
    "warning",
    why="A finding on two sides at once does not say which side is affected.",
    source="Labor Code 4610.6(h)(5); 8 of 91 slips in 156 published letters are sides or parts",
    fires={"rationale": "The left ankle reflex was 2+ on the right and 1+ on the left."},
    passes={"rationale": "The left ankle reflex was 1+ and the right ankle reflex 2+."},
)
def side_against_itself(context: CheckContext) -> Iterator[Hit]:
    """A sentence gives a finding two sides, or compares a side with itself.

    Examples are "the left reflex was 2+ on the right" and "18 kg on the left against 28 kg on the
    left". The rule also reports a side that is called normal while the summary describes objective
    findings there. Directions of motion, as in "right rotation is worse on the left", and tests
    that hurt on the other side are not reported.
    """
    reading = context.reading
    for text in (reading.summary, *(item.rationale for item in reading.items)):
        for span in _contradictions(text.text):
            said = words_at(text.text, span)
            yield Hit(text.place, f'"{said}" contradicts itself. Check which side is meant.', span)
        yield from _called_normal(reading.summary, text)


def _contradictions(text: str) -> Iterator[Span]:
    low = lowered(text)
    for pattern in (_TWO_SIDES, _BOTH_AND_ONE, _ONE_SIDE_TWICE):
        yield from (match.span() for match in pattern.finditer(low))


_NORMAL = LazyPattern(
    r"(?:^|[.;,\d] |\b(?:and|but|while) )(?P<words>the (?P<side>left|right) (?:[a-z]+ ){1,2}"
    r"(?:(?:was|is|were|are) (?:entirely |otherwise |completely |quite )?(?:normal|unremarkable)"
    r"|(?:had|has|showed) full strength|saw 20/20))\b"
)
_ILL = LazyPattern(
    r"\b(?:tender\w*|swell\w*|swollen|effusion|edema|weak\w*|atroph\w+|limited|restricted|reduced"
    r"|decreased|diminished|positive|torn|tear|scar|neuropathy|loss|allodynia|4[+-]?/5"
    r"|[3-9]\d degrees"
    r"|fracture|locked|triggering|numb|20/[4-9]\d|20/\d{3})\b"
)


def _called_normal(summary: TextReading, text: TextReading) -> Iterator[Hit]:
    """A side that a text calls normal, and that has objective findings in the summary."""
    for match in _NORMAL.finditer(lowered(text.text)):
        span = match.span("words")
        named = [each for each in text.sides if span[0] <= each.span[0] < span[1] and each.names]
        for each in summary.sides:
            if (
                not named
                or each.side != match["side"]
                or (text is summary and span[0] - 4 <= each.span[0] < span[1])
                or not anatomy.any_related(each.names, named[0].names)
            ):
                continue
            if found := _ill(summary, each):
                said = text.text[slice(*span)]
                says = f'"{said}", but the summary describes a finding there ("{found}").'
                yield Hit(text.place, says, span, also=((summary.place, each.span),))
                break


def _ill(text: TextReading, mention: SidedMention) -> str:
    """The objective finding that is stated with a side; blank without one."""
    start, end = mention.sentence.span
    low = lowered(text.text)
    before = CLAUSE.split(low[start : mention.span[0]])[-1]
    after = CLAUSE.split(low[mention.span[1] : end], 1)[0]
    clause = f"{before}{low[slice(*mention.span)]}{after}"
    found = _ILL.search(clause)
    return found[0] if found and not HEALTHY.search(clause) else ""
