"""IMR303 and IMR304: one age and one sex of the worker throughout the letter."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from imr_tui.checks.rule import Hit, rule
from imr_tui.domain.workflow import Place
from imr_tui.reading.people.demographics import Age, SexMention, ages, stated_sexes
from imr_tui.reading.people.pronouns import pronouns

if TYPE_CHECKING:
    from imr_tui.checks.context import CheckContext


def _texts(context: CheckContext) -> Iterator[tuple[Place, str]]:
    """The texts that describe the worker: the summary, then the rationales."""
    yield Place("summary.text"), context.summary
    for index, item in enumerate(context.items):
        yield Place("rationale", index), item.rationale


@rule(
    "IMR303",
    "age-conflict",
    "warning",
    why="Two ages suggest a paragraph from another worker's letter.",
    source="Labor Code 4610.6(h)(5)",
    fires={
        "summary.text": "The injured worker is a 48 year old male.",
        "rationale": "This 84 year old male has neck pain. Therapy is not medically necessary.",
    },
    passes={
        "summary.text": "The injured worker is a 48 year old male who has smoked since 13 years "
        "old.",
        "rationale": "His 19 year old son drives him. At 49 years of age it is not necessary.",
    },
)
def age_conflict(context: CheckContext) -> Iterator[Hit]:
    """The letter gives the worker two ages.

    The rule reads only ages of the worker ("48 year old male", "the patient is 48 years old", "in
    his forties"). "Since 13 years old" and a son's age are
    ignored. A difference of one year may be a birthday.
    """
    first: tuple[Place, Age] | None = None
    for place, text in _texts(context):
        for age in ages(text):
            if first is None:
                first = place, age
            elif age.differs(first[1]):
                says = f"Age of the worker: {first[1].words} in an earlier text, {age.words} here."
                yield Hit(place, says, age.span, also=((first[0], first[1].span),))
                break


@rule(
    "IMR304",
    "sex-pronoun-conflict",
    "warning",
    why='"He" for a woman suggests a paragraph from another worker\'s letter.',
    source="Labor Code 4610.6(h)(5); 2 of 194 published letters",
    fires={
        "summary.text": "The patient is a 45 year old male. She reports neck pain.",
    },
    passes={
        "summary.text": "The patient is a 45 year old woman. The attending provider stated that he "
        "would order an MRI. Her neck is stiff.",
    },
)
def sex_pronoun_conflict(context: CheckContext) -> Iterator[Hit]:
    """A pronoun or noun for the worker contradicts the sex that the letter states.

    A pronoun counts only if it must mean the worker: the worker was mentioned last, and the
    sentence has no physician, author or relative before it; or its words fit nobody else, as in
    "his complaints" and "she has tried". Quotations and "he or she" are ignored.
    """
    stated = _stated(context)
    if stated is None:
        return
    source, sexed = stated
    for place, text in _texts(context):
        words = sorted((*stated_sexes(text), *pronouns(text)), key=lambda each: each.span)
        wrong = next((word for word in words if word.sex != sexed.sex), None)
        if wrong is not None:
            said = text[slice(*wrong.span)]
            says = f'The letter says that the worker is {sexed.sex}; this says "{said}".'
            yield Hit(place, says, wrong.span, also=((source, sexed.span),))


def _stated(context: CheckContext) -> tuple[Place, SexMention] | None:
    for place, text in _texts(context):
        for sexed in stated_sexes(text):
            return place, sexed
    return None
