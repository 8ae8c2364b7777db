"""IMR211: a rationale states the opposite of what the summary records."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from imr_tui.checks.rule import Hit, Span, rule
from imr_tui.checks.same_part import is_same_day, is_same_part
from imr_tui.checks.same_state import is_same_state
from imr_tui.reading.dates.spans_of_time import by_value, spans_of_time, with_other_unit
from imr_tui.reading.findings import outcomes
from imr_tui.reading.findings.trends import trends
from imr_tui.reading.language.definite import is_definite, is_general, own_words, unquoted
from imr_tui.reading.language.patterns import LazyPattern
from imr_tui.reading.language.sentences import sentence_at
from imr_tui.text.layout import words_at

if TYPE_CHECKING:
    from imr_tui.checks.case_reading import ItemReading
    from imr_tui.checks.context import CheckContext
    from imr_tui.reading.findings.denials import Denial
    from imr_tui.reading.findings.findings import Statement


@rule(
    "IMR211",
    "finding-contradicted",
    "warning",
    why="A finding that is turned into its opposite is a plainly erroneous finding of fact.",
    source="Labor Code 4610.6(h)(5)",
    fires={
        "summary.text": "On examination the McMurray test of the left knee was positive.",
        "request": "MRI of the left knee",
        "rationale": "The McMurray test was negative. The MRI is not medically necessary.",
    },
    passes={
        "summary.text": "On examination the McMurray test of the right knee was positive.",
        "request": "MRI of the left knee",
        "rationale": "The McMurray test was negative on the left. It is not medically necessary.",
    },
)
def finding_contradicted(context: CheckContext) -> Iterator[Hit]:
    """A rationale states the opposite of a finding that the summary records.

    Positive against negative, normal against abnormal, full against limited, 5/5 against weakness,
    or a symptom against its denial. Both places must concern the same part and side, and the same
    day if both give one. If the summary records both, nothing is reported. A score, a limit or the
    use of a drug that rose is also compared with one that fell. A study or an evaluation that was
    done is compared with one that was not, and "eleven days after the operation" with "eleven
    weeks".

    Sentences about guidelines or conditions are not compared. Claims that something is missing
    belong to IMR210.
    """
    for item in context.reading.items:
        denied = {denial.statement.mention.span for denial in item.rationale.denials}
        for each in item.rationale.statements:
            if each.mention.span in denied or not is_definite(item.rationale.text, each):
                continue
            if other := _opposite(context, item, each):
                yield _hit(context, item, each.chunk, other.chunk)
        yield from _outcomes_turned(context, item)
        yield from _changes_turned(context, item)
        yield from _trends_turned(context, item)
        yield from _done_turned(context, item)
        yield from _times_turned(context, item)
        yield from _stopped(context, item)


def _opposite(context: CheckContext, item: ItemReading, each: Statement) -> Statement | None:
    """The statement of the summary that `each` contradicts, unless another one agrees with it."""
    summary = context.reading.summary
    about = [
        other
        for other in summary.statements
        if _is_comparable(each, other)
        and other.is_present is not None
        and is_same_part(context, item, each, other)
        and is_same_day(item.rationale, each, summary, other)
    ]
    if any(other.is_present == each.is_present for other in about):
        return None
    return next((other for other in about if is_same_state(each, summary, other)), None)


def _is_comparable(each: Statement, other: Statement) -> bool:
    """Whether both are of one thing, or `each` is of a family of tests that `other` belongs to."""
    if each.thing.sort == "test":
        return each.thing.name in other.thing.families
    return other.thing.name == each.thing.name


def _outcomes_turned(context: CheckContext, item: ItemReading) -> Iterator[Hit]:
    summary = context.reading.summary
    text = item.rationale.text
    kinds = (
        (item.rationale.outcomes, summary.outcomes),
        (outcomes.completions(text), outcomes.completions(summary.text)),
    )
    for stated, recorded in kinds:
        for each in stated:
            about = [
                other
                for other in recorded
                if other.statement.thing.name == each.statement.thing.name
                and is_same_part(context, item, each.statement, other.statement)
            ]
            if about and all(other.is_good != each.is_good for other in about):
                yield _hit(context, item, each.span, about[0].span)


def _changes_turned(context: CheckContext, item: ItemReading) -> Iterator[Hit]:
    recorded = dict(outcomes.changes(context.summary))
    for (first, last), span in outcomes.changes(item.rationale.text):
        if first != last and (first, last) not in recorded and (last, first) in recorded:
            yield _hit(context, item, span, recorded[last, first])


def _hit(context: CheckContext, item: ItemReading, span: Span, other: Span) -> Hit:
    said = words_at(item.rationale.text, span).rstrip(".")
    recorded = words_at(context.summary, other).rstrip(".")
    says = f'"{said}", but the summary states "{recorded}". Correct the one that is wrong.'
    return Hit(item.rationale.place, says, span, also=((context.reading.summary.place, other),))


def _trends_turned(context: CheckContext, item: ItemReading) -> Iterator[Hit]:
    recorded = {(each.subject, each.rises): each for each in reversed(trends(context.summary))}
    for each in trends(item.rationale.text):
        other = recorded.get((each.subject, not each.rises))
        if other is not None and (each.subject, each.rises) not in recorded:
            yield _hit(context, item, each.span, other.span)


_DONE = LazyPattern(
    r"(?: (?:of|on|from|by|for) [^.;,]{0,40}?)? (?:(?:has|have) (?:already |now )?(?:been (?:done"
    r"|performed|obtained|completed|carried out|taken|made)|cleared|found|shown)|cleared|was"
    r" (?:done|performed|obtained|completed|carried out))\b"
)
_STUDIES = ("study", "document")


def _done_turned(context: CheckContext, item: ItemReading) -> Iterator[Hit]:
    """Studies and evaluations that the rationale calls done and the summary calls not done."""
    absent = context.reading.summary.denials
    for each in item.rationale.statements if absent else ():
        start, end = each.mention.span
        done = _DONE.match(each.low, end) or _DONE.search(each.low, start, end)
        if done is None or each.thing.sort not in _STUDIES:
            continue
        if not each.is_present or each.is_planned:
            continue
        if other := next((one for one in absent if _is_denied(context, item, each, one)), None):
            yield _hit(context, item, (start, max(end, done.end())), other.span)


def _is_denied(context: CheckContext, item: ItemReading, each: Statement, denial: Denial) -> bool:
    is_same = denial.statement.thing.name in each.thing.families
    return is_same and is_same_part(context, item, each, denial.statement)


def _times_turned(context: CheckContext, item: ItemReading) -> Iterator[Hit]:
    """A time of the rationale with the number, and another unit, of a time of the summary."""
    parts = (item.request, item.original, item.authorized)
    asked = {(time.value, time.unit) for part in parts for time in spans_of_time(part.text)}
    recorded = by_value(spans_of_time(context.summary))
    low = unquoted(item.rationale.text)
    for each in spans_of_time(item.rationale.text):
        own = own_words(low, each.sentence)
        if is_general(own, 0, len(own)) or not own.strip():
            continue
        if (each.value, each.unit) in asked:
            continue
        if other := with_other_unit(each, recorded.get(each.value, ())):
            yield _hit(context, item, each.span, other.span)


_STOPPED = LazyPattern(r" (?:has|have) (?:already |now )?been (?:stopped|discontinued)\b")
_TAKEN = LazyPattern(
    r"\b(?:started|begun|takes?|taking|current\w*|continues|(?:is|remains) on"
    r"|medications? (?:are|have been|include\w*))\b"
)
_ENDED = LazyPattern(
    r"\b(?:stop\w*|discontinu\w+|wean\w*|taper\w*|no longer|previous\w*|past|until)\b"
)


def _stopped(context: CheckContext, item: ItemReading) -> Iterator[Hit]:
    """Drugs that the rationale calls stopped and the summary lists as taken."""
    low = unquoted(item.rationale.text)
    current: dict[str, Span | None] = {}
    for drug in item.rationale.drugs:
        found = _STOPPED.match(low, drug.span[1])
        if found is None:
            continue
        name = drug.drug.generic
        if name not in current:
            current[name] = _taken(context, name)
        if taken := current[name]:
            yield _hit(context, item, (drug.span[0], found.end()), taken)


def _taken(context: CheckContext, name: str) -> Span | None:
    """The place of the summary that lists a drug as taken, unless another calls it ended."""
    summary = context.reading.summary
    same = [each for each in summary.drugs if each.drug.generic == name]
    around = [sentence_at(summary.text, each.span[0]).text.lower() for each in same]
    is_taken = all(_TAKEN.search(each) and not _ENDED.search(each) for each in around)
    return same[0].span if same and is_taken else None
