"""IMR214: facts of another patient in a sentence that was copied."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from itertools import groupby
from typing import TYPE_CHECKING

from imr_tui.checks.rule import Hit, rule
from imr_tui.domain.workflow import Place
from imr_tui.model.case import Copied
from imr_tui.reading.facts.spans import is_within
from imr_tui.reading.language.sentences import sentence_at
from imr_tui.recall.case_facts import CaseFacts
from imr_tui.recall.copied_facts import foreign_facts
from imr_tui.recall.copied_sentences import unchanged_sentences
from imr_tui.text.layout import words_at

if TYPE_CHECKING:
    from imr_tui.checks.context import CheckContext
    from imr_tui.reading.facts.facts import Fact

_COPIED = Copied(
    case="CM26-0190131",
    item=1,
    sentences=("bcc3317bbcec",),
    at=datetime(2026, 11, 30, 9, 15, tzinfo=UTC),
)


@rule(
    "IMR214",
    "copied-fact",
    "warning",
    why="A fact of another patient in a copied sentence is an erroneous finding of fact.",
    source="Labor Code 4610.6(h)(5); a published rationale has a median of one fact of its patient",
    fires={
        "rationale": "Massage was given for nine weeks. More is not medically necessary.",
        "copied": (_COPIED,),
    },
    passes={
        "rationale": "Massage was given for some weeks. More is not medically necessary.",
        "copied": (_COPIED,),
    },
)
def copied_fact(context: CheckContext) -> Iterator[Hit]:
    """A copied sentence is unchanged and contains a fact that this case does not state.

    A fact is a date, an age, an amount, a strength, a level of the spine or a side. The case states
    what its summary, requests, documents and dates contain. Numbers in a sentence that only reports
    a guideline are an info, because they may be true of this treatment, too. Rationales that
    imr-tui did not copy are left out.
    """
    stated: CaseFacts | None = None
    for index, item in enumerate(context.items):
        place, text = Place("rationale", index), item.rationale
        if copied := list(unchanged_sentences(item)):
            stated = stated or CaseFacts(context.case)
            foreign = foreign_facts(text, stated)
            spans = [each.span for each in copied]
            inside = [each for each in foreign if is_within(each.span, spans)]
            yield from (_hit(place, text, each) for each in inside if not each.is_guidelines)
            yield from _of_guidelines(place, text, [each for each in inside if each.is_guidelines])


def _hit(place: Place, text: str, fact: Fact) -> Hit:
    what = f"{_KINDS[fact.kind]} {words_at(text, fact.span)!r}"
    says = f"This sentence was copied, and this case does not state the {what}."
    return Hit(place, f"{says} Correct or delete it.", fact.span)


def _of_guidelines(place: Place, text: str, found: list[Fact]) -> Iterator[Hit]:
    """One info for each sentence."""
    for _, same in groupby(found, key=lambda each: sentence_at(text, each.span[0]).start):
        first, *rest = (each.span for each in same)
        words = words_at(text, first)
        says = f"This sentence was copied. Check that {words!r} of the guideline applies here."
        yield Hit(place, says, (first[0], (rest or [first])[-1][1]), severity="info")


_KINDS = {
    **{kind: kind for kind in ("date", "age", "amount", "strength", "side")},
    "level": "spinal level",
}
"""The kinds of facts in words."""
