"""IMR309 and IMR310: whether a rationale addresses the requested treatment."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from imr_tui.checks.rule import Hit, rule
from imr_tui.checks.rules.decision.derivative import AROUND_SURGERY, is_derivative
from imr_tui.domain.workflow import Place
from imr_tui.reading.body import anatomy
from imr_tui.reading.conclusions.subjects import Subject, subjects
from imr_tui.reading.drugs.drugs import classes_named, drugs, same
from imr_tui.reading.language.abbreviations import share_abbreviation
from imr_tui.reading.language.patterns import LazyPattern, lowered
from imr_tui.reading.treatments import services, treatment_kinds
from imr_tui.reading.treatments.services import Service, service

if TYPE_CHECKING:
    from imr_tui.checks.case_reading import ItemReading
    from imr_tui.checks.context import CheckContext
    from imr_tui.model.case import Item
    from imr_tui.reading.drugs.drug_table import Drug


@rule(
    "IMR309",
    "other-treatment-concluded",
    "warning",
    why="A conclusion about another treatment leaves the disputed one undecided.",
    source="Labor Code 4610.6(c), (h)(5)",
    fires={
        "request": "MRI of the lumbar spine",
        "rationale": "The request for acupuncture is not medically necessary.",
    },
    passes={
        "request": "MRI of the lumbar spine",
        "rationale": "Since the request for an injection was denied, the request for the MRI of "
        "the "
        "lumbar spine is not medically necessary.",
    },
)
def other_treatment_concluded(context: CheckContext) -> Iterator[Hit]:
    """The conclusions that name their subject name another drug, treatment or region.

    The rule reads "the request for X is (not) medically necessary" and "X is (not) medically
    necessary". It leaves out clauses before and after it ("as", "because", "prior to"). One
    conclusion about the requested item is enough to pass. A guideline that calls something else
    necessary does not count where the request itself is decided. The operation that an item depends
    on does not count either.
    """
    requests = [service(f"{item.request} {item.original}") for item in context.items]
    for read, own in zip(context.reading.items, requests, strict=True):
        others = [(at + 1, other) for at, other in enumerate(requests) if at != read.index]
        if (wrong := _wrong_conclusion(read, own, others)) is not None:
            subject, what = wrong
            says = f"This concludes on {what}, which the item does not request."
            place = Place("rationale", read.index)
            yield Hit(
                place, says, subject.sentence.span, also=((Place("request", read.index), None),)
            )


def depends_on_operation(item: Item) -> bool:
    """Whether an item depends on another one or goes with an operation."""
    return is_derivative(item) or AROUND_SURGERY.search(item.request) is not None


def _wrong_conclusion(
    read: ItemReading, own: Service, others: Sequence[tuple[int, Service]]
) -> tuple[Subject, str] | None:
    """The last conclusion about something else, and its name; None if the item is decided."""
    depends = depends_on_operation(read.item)
    wrong = operation = None
    is_decided = False
    for subject in subjects(read.rationale.text):
        if not subject.is_decided:
            continue
        named = service(lowered(subject.text))
        if named.is_blank:
            is_decided = True
        elif what := _mismatch(own, named, others):
            if depends and named.is_operation:
                operation = subject, what
            else:
                wrong = subject, what
        elif services.fits(named, own) or treatment_kinds.any_related(own.kinds, named.kinds):
            return None
    if is_decided:
        return wrong if wrong is not None and wrong[0].is_asked else None
    return wrong or operation


def _mismatch(own: Service, named: Service, others: Sequence[tuple[int, Service]]) -> str:
    """The treatment that `named` is instead of the item's; blank if they may agree."""
    if what := services.other_treatment(own, named) or services.other_region(own, named):
        return what
    share = services.fits(named, own)
    is_specific = bool(named.kinds or named.drugs) or len(named.words) > 1
    for number, other in others:
        if is_specific and share <= 0.5 and services.fits(named, other) == 1.0:
            return f"item {number}"
    return ""


_WORD = LazyPattern(r"[a-z][a-z'-]{3,}", re.IGNORECASE)
_COMMON = frozenset(
    [
        "with",
        "without",
        "treatment",
        "treatments",
        "therapy",
        "times",
        "week",
        "weeks",
        "weekly",
        "month",
        "months",
        "session",
        "sessions",
        "visit",
        "visits",
        "request",
        "requested",
        "service",
        "services",
        "item",
        "right",
        "left",
        "bilateral",
        "unit",
        "purchase",
        "rental",
        "supply",
        "quantity",
        "refill",
        "refills",
        "tablets",
        "capsules",
        "retrospective",
        "prospective",
        "unknown",
        "unspecified",
        "days",
        "daily",
        "associated",
        "surgical",
        "from",
        "that",
        "this",
        "each",
        "initial",
        "additional",
        "outpatient",
        "pre-op",
        "post-op",
        "preoperative",
        "postoperative",
        "test",
    ]
)


@rule(
    "IMR310",
    "treatment-not-named",
    "info",
    why="A rationale that does not name the treatment may belong to another item.",
    source="14 of 62 published drug items without a table of brands and classes, none with one",
    fires={
        "request": "Functional capacity evaluation",
        "rationale": "Massage did not help the neck. More of it is not medically necessary.",
    },
    passes={
        "request": "Norco 10/325mg #60",
        "rationale": "Opioids have not improved function. The request is not medically necessary.",
    },
)
def treatment_not_named(context: CheckContext) -> Iterator[Hit]:
    """The rationale mentions no drug, class, treatment or other significant word of the request.

    A brand name, generic name, ingredient or class names a drug. Any usual name names a treatment,
    and so does an abbreviation of at least three letters or the words that it stands for.
    """
    for index, item in enumerate(context.items):
        text = item.rationale
        if not text.strip() or not item.request.strip() or is_derivative(item):
            continue
        if not _is_named(item.request, text):
            yield Hit(
                Place("rationale", index),
                "The rationale does not mention the requested treatment.",
                also=((Place("request", index), None),),
            )


def _drugs(text: str) -> list[Drug]:
    return [mention.drug for mention in drugs(text)]


def _is_named(request: str, text: str) -> bool:
    # Words first, because they are fastest to compare.
    words = {word.lower() for word in _WORD.findall(request)} - _COMMON
    said = lowered(text)
    if not words or any(word.rstrip("s")[:7] in said for word in words):
        return True
    own = _drugs(request)
    named = _drugs(text)
    if any(same(one, other) for one in own for other in named):
        return True
    if any(set(drug.classes) & classes_named(text) for drug in own):
        return True
    if treatment_kinds.any_related(treatment_kinds.kinds(request), treatment_kinds.kinds(text)):
        return True
    if share_abbreviation(request, text):
        return True
    return bool(anatomy.names(request) & anatomy.names(text))
