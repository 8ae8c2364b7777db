"""IMR309 and IMR310: whether a rationale addresses the requested treatment."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from imr_tui.checks.rule import Hit, rule
from imr_tui.checks.rules.derivative import is_derivative
from imr_tui.domain.workflow import Place
from imr_tui.reading import anatomy, lexicon
from imr_tui.reading.abbreviations import share_abbreviation
from imr_tui.reading.drugs import classes_named, drugs, same
from imr_tui.reading.necessity import Conclusion, conclusions
from imr_tui.reading.patterns import LazyPattern, lowered

if TYPE_CHECKING:
    from imr_tui.checks.context import CheckContext
    from imr_tui.model.case import Item
    from imr_tui.reading.drug_table import Drug

# The subject of a conclusion: "the request for X is", "therefore, X is".
_ABOUT = LazyPattern(
    r"\b(?:(?:requests?|need|medical necessity|necessity) (?:for|of)|requested"
    r"|decision for) (?P<asked>.{3,300}?)"
    r" (?:is|are|was|were|has|have|had|does|cannot|can|be|at this time|as (?:stated"
    r"|written|requested))\b",
    re.IGNORECASE | re.DOTALL,
)
# Without the word request: "Therefore, an MRI of the knee is".
_SUBJECT = LazyPattern(
    r"(?:(?:therefore|thus|as such|hence|consequently|accordingly),? )?(?:the |an? )?"
    r"(?P<asked>(?!unlike\b|in contrast|as opposed|requests?\b|it\b|this\b|criteria\b"
    r"|medical necessity\b)[^.;]{3,160}?) "
    r"(?:is|are|was|were|cannot)\b",
    re.IGNORECASE,
)
_UNLIKE = LazyPattern(
    r"\b(?:unlike|in contrast to|as opposed to|other than) (?:the )?$", re.IGNORECASE
)
_BECAUSE = LazyPattern(
    r"\b(?:since|because|given|as the|in light|based on|without|prior to|before|after|instead of"
    r"|rather than|versus|compared|in addition to|along with|while|although|whereas"
    r"|unlike)\b",
    re.IGNORECASE,
)


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
    """Every conclusion that names its subject names another drug, treatment or region.

    The rule reads "the request for X is (not) medically necessary", up to the first "because" or
    "prior to". One conclusion about the requested item is enough to pass.
    """
    for index, item in enumerate(context.items):
        if is_derivative(item):
            continue
        parts = [
            (conclusion, about)
            for conclusion in conclusions(item.rationale)
            if conclusion.is_final and (about := _about(conclusion))
        ]
        wrong = [(conclusion, _mismatch(item, about)) for conclusion, about in parts]
        if wrong and all(what for _, what in wrong):
            conclusion, what = wrong[-1]
            says = f"This concludes on {what}, which the item does not request."
            place = Place("rationale", index)
            yield Hit(
                place, says, conclusion.sentence.span, also=((Place("request", index), None),)
            )


def _about(conclusion: Conclusion) -> str:
    text = conclusion.sentence.text
    asked = (
        match
        for match in _ABOUT.finditer(text)
        if not _UNLIKE.search(text, max(0, match.start() - 24), match.start())
    )
    *_, match = (_SUBJECT.match(text), *asked)
    return _BECAUSE.split(match["asked"], most=1)[0] if match else ""


def _mismatch(item: Item, about: str) -> str:
    """The treatment that `about` names instead of the item's; blank if they may agree."""
    whole = f"{item.request} {item.original}"
    own, named = _drugs(whole), _drugs(about)
    if own and named:
        agree = any(same(one, other) for one in own for other in named)
        return "" if agree else named[0].generic
    mine, kinds = lexicon.kinds(whole), lexicon.kinds(about)
    if mine and kinds and not lexicon.any_related(mine, kinds):
        return f"the {min(kinds)}"
    if mine and named and not kinds and not mine & {"topical", "joint injection", "injection"}:
        return named[0].generic
    asked, regions = anatomy.names(whole), anatomy.names(about)
    if asked and regions and not anatomy.any_related(asked, regions):
        return f"the {min(regions)}"
    return ""


def _drugs(text: str) -> list[Drug]:
    return [mention.drug for mention in drugs(text)]


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
    if lexicon.any_related(lexicon.kinds(request), lexicon.kinds(text)):
        return True
    if share_abbreviation(request, text):
        return True
    return bool(anatomy.names(request) & anatomy.names(text))
