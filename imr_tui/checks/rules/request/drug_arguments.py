"""IMR327: whether a rationale argues the class, the route and the substance of the drug."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from imr_tui.checks.rule import Hit, Span, rule
from imr_tui.checks.rules.decision.derivative import is_derivative
from imr_tui.checks.rules.request.drug_substances import other_substances
from imr_tui.reading.drugs.class_kin import harmful, with_kin
from imr_tui.reading.drugs.drug_routes import (
    SKIN,
    FormUsed,
    forms_used,
    mentions_route,
    requested_routes,
)
from imr_tui.reading.drugs.drug_topics import Topic, topics
from imr_tui.reading.drugs.drugs import classes_named, is_of, same
from imr_tui.reading.language.patterns import LazyPattern
from imr_tui.reading.language.sentences import sentence_at
from imr_tui.reading.treatments import treatment_kinds
from imr_tui.text.layout import words_at

if TYPE_CHECKING:
    from imr_tui.checks.case_reading import CaseReading, ItemReading
    from imr_tui.checks.context import CheckContext
    from imr_tui.reading.drugs.drug_table import Drug

# Classes of one substance, whose products are argued alike.
_BY_PRODUCT = frozenset(("hyaluronate", "neurotoxin", "cannabinoid", "supplement"))
_AFTER_SURGERY = LazyPattern(r"\bpost-? ?op(?:erative(?:ly)?)?\b", re.IGNORECASE)


@rule(
    "IMR327",
    "drug-route-conflict",
    "warning",
    why="A guideline says different things of tablets and creams, and of each class of drugs.",
    source="8 CCR 9792.21.1; topical and oral forms have separate MTUS recommendations",
    fires={
        "request": "Voltaren 75mg #60",
        "rationale": "The MTUS calls topical analgesics largely experimental. The request for "
        "Voltaren 75mg #60 is not medically necessary.",
    },
    passes={
        "request": "Voltaren 1% gel, 100 gm",
        "rationale": "The MTUS calls topical analgesics largely experimental. The request for "
        "Voltaren gel is not medically necessary.",
    },
)
def drug_route_conflict(context: CheckContext) -> Iterator[Hit]:
    """A rationale argues another class, route or substance than that of the requested drug.

    The rule reads the first drug or class in the first sentence about a guideline. It also reads
    forms that the rest of the letter does not mention ("two patches a day"). Pairs of names for one
    drug are read as well ("A, the generic of B").

    It passes if any such sentence is about the requested drug or its class. Drugs that were tried
    before, are taken beside the requested one or compared with it are ignored, and so are requests
    for several drugs. It also compares a strength and a quantity that the summary or a rationale
    gives for another drug than the item.
    """
    yield from other_substances(context.reading)
    for item in context.reading.items:
        own = _own(item)
        if not own or is_derivative(item.item):
            continue
        place, request = item.rationale.place, ((item.request.place, None),)
        if topic := _other_topic(item, own):
            named = _quoted(item, topic.span)
            says = f"The rationale argues {named}, but the item requests {_described(item)}."
            yield Hit(place, says, topic.span, also=request)
        elif form := _other_form(context.reading, item):
            used = _quoted(item, form.span)
            says = f'"{used}" does not fit the requested {_described(item)}.'
            yield Hit(place, says, form.span, also=request)


def _quoted(item: ItemReading, span: Span) -> str:
    return words_at(item.rationale.text, span)


def _own(item: ItemReading) -> tuple[Drug, ...]:
    """The requested drug; nothing for several drugs, or for a treatment with a drug.

    The parts of a cream are several drugs, but all are put on the skin.
    """
    named = tuple({mention.drug: None for mention in item.request.drugs})
    request = _AFTER_SURGERY.sub("", item.request.text)
    if treatment_kinds.kinds(request) - {"topical", "injection", "joint injection"}:
        return ()
    on_skin = requested_routes(item.request.text) <= SKIN
    return named if on_skin or all(same(named[0], other) for other in named[1:]) else ()


def _described(item: ItemReading) -> str:
    start, end = item.request.drugs[0].span
    routes = sorted(requested_routes(item.request.text))
    given = f" ({routes[0]})" if len(routes) == 1 else ""
    return f"{item.request.text[start:end]}{given}"


# Classes and routes


def _other_topic(item: ItemReading, own: tuple[Drug, ...]) -> Topic | None:
    """The first topic of another class or route, if no sentence is about the requested drug."""
    text = item.rationale.text
    routes = requested_routes(item.request.text)
    found = topics(text)
    topic = next((topic for topic in found if topic.is_main), None)
    if topic is None:
        return None
    mine = {each for drug in own for each in drug.classes}
    classes = with_kin(mine)
    if any(topic.is_governed and _agrees(topic, own, classes, routes) for topic in found):
        return None
    if not topic.routes and classes & classes_named(text[: topic.span[0]]):
        return None
    ignored = harmful(mine) | classes - mine
    if topic.classes & ignored or (topic.drug and _is_substitute(topic.drug, own)):
        return None
    return topic


def _is_substitute(drug: Drug, own: tuple[Drug, ...]) -> bool:
    """Whether another drug of the same class is named, which may be compared."""
    return not any(same(drug, each) for each in own) and any(
        is_of(drug, *each.classes) for each in own
    )


def _agrees(topic: Topic, own: tuple[Drug, ...], classes: set[str], routes: frozenset[str]) -> bool:
    if not _fits(topic, routes):
        return False
    if topic.drug is not None and not topic.classes & _BY_PRODUCT:
        return any(same(topic.drug, drug) for drug in own)
    return bool(topic.classes & classes)


def _fits(topic: Topic, routes: frozenset[str]) -> bool:
    """Whether a topic may be given by one of `routes`."""
    is_form = topic.drug is not None and len(topic.drug.parts) == 1
    stated = topic.routes or frozenset(topic.drug.routes if topic.drug and is_form else ())
    return not routes or not stated or bool(_widened(routes) & _widened(stated))


def _widened(routes: frozenset[str]) -> frozenset[str]:
    return routes | SKIN if routes & SKIN else routes


# Forms


def _other_form(reading: CaseReading, item: ItemReading) -> FormUsed | None:
    """A form of another route, if nothing else in the letter has this form."""
    routes = _widened(requested_routes(item.request.text))
    for form in forms_used(item.rationale.text):
        if not routes or form.route in routes or _is_of_another(item, form):
            continue
        if not _has_elsewhere(reading, item, form):
            return form
    return None


def _is_of_another(item: ItemReading, form: FormUsed) -> bool:
    """Whether the sentence with the form names another drug or a treatment."""
    start, end = sentence_at(item.rationale.text, form.span[0]).span
    own = _own(item)
    return any(
        start <= mention.span[0] < end and not same(mention.drug, own[0])
        for mention in item.rationale.drugs
    )


def _has_elsewhere(reading: CaseReading, item: ItemReading, form: FormUsed) -> bool:
    text = item.rationale.text
    start, end = form.span
    texts = [reading.summary.text, text[:start], text[end:]]
    for each in reading.items:
        texts += [each.request.text, each.original.text]
        if each is not item:
            texts.append(each.rationale.text)
    routes = SKIN if form.route in SKIN else {form.route}
    return any(mentions_route(text, route) for text in texts for route in routes)
