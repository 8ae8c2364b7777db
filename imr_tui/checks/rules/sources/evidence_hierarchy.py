"""IMR406, IMR407 and IMR409: statements required by the evidence hierarchy and the guidelines."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from imr_tui.checks.rule import Hit, rule
from imr_tui.checks.rules.decision.derivative import is_derivative
from imr_tui.domain import standards
from imr_tui.domain.citation_text import words
from imr_tui.domain.workflow import Place
from imr_tui.model.evidence import Citation
from imr_tui.reading.drugs.drugs import classes_named, drugs, is_of
from imr_tui.reading.drugs.weaning import is_new, is_weaned, stopped_at_once
from imr_tui.reading.language.patterns import LazyPattern
from imr_tui.reading.treatments import treatment_kinds

if TYPE_CHECKING:
    from imr_tui.checks.context import CheckContext

_ODG = Citation(title="Official Disability Guidelines", section="Pain", year=2016, standard="C")


@rule(
    "IMR406",
    "outside-mtus-unexplained",
    "warning",
    why="Other sources count only if the MTUS is silent or its presumption is rebutted.",
    source="8 CCR 9792.21(d), 9792.21.1; Labor Code 4604.5(a); 16 of 69 published items",
    fires={
        "citations": (_ODG,),
        "rationale": "The ODG recommends against it. It is not medically necessary.",
    },
    passes={
        "citations": (_ODG,),
        "rationale": "The MTUS does not address it. The ODG recommends against it.",
    },
)
def outside_mtus_unexplained(context: CheckContext) -> Iterator[Hit]:
    """An item cites only sources below the MTUS and does not say why.

    A sentence in the rationale that the MTUS is silent, does not apply or is rebutted is enough. So
    is the reviewer's answer on the citations screen. Items that also cite the MTUS are not
    reported.
    """
    for index, item in enumerate(context.items):
        cites_mtus = any(each.ranks_as == "A" for each in item.citations)
        if not item.rationale.strip() or cites_mtus or is_derivative(item):
            continue
        explained = item.departure in ("silent", "rebutted") or standards.states_departure(
            item.rationale
        )
        if standards.below_mtus(item.citations) and not explained:
            says = "Only sources below the MTUS are cited. Say whether it is silent or rebutted."
            yield Hit(Place("citations", index), says, also=((Place("rationale", index), None),))


_CONFLICT = LazyPattern(
    r"\b(?:guidelines?|sources?|ODG|ACOEM|MTUS|recommendations?|evidence"
    r"|studies)\b[^.;]{0,80}?\b(?:conflict\w*|disagree\w*|contradict\w*"
    r"|inconsistent|at odds|differ(?:s|ent from)?)\b[^.;]{0,80}?\b(?:guidelines?|sources?"
    r"|ODG|ACOEM|MTUS|recommendations?|administrator)\b",
    re.IGNORECASE,
)
_WEIGHED = LazyPattern(
    r"\b(?:9792\.25\.1|level (?:of evidence|[1-5][abc]?)|weigh\w*|stronger evidence"
    r"|prevail\w*|randomi[sz]ed|systematic review|higher (?:quality|level))\b",
    re.IGNORECASE,
)


@rule(
    "IMR407",
    "sources-differ-unweighed",
    "info",
    why="If recommendations conflict, the reviewer must weigh the studies behind them.",
    source="8 CCR 9792.25.1(a)",
    fires={
        "administrator_citations": (_ODG,),
        "rationale": "The ODG conflicts with the MTUS here. The MTUS is followed.",
    },
    passes={
        "administrator_citations": (_ODG,),
        "rationale": "The ODG conflicts with the MTUS here. The MTUS rests on a systematic review "
        "and prevails.",
    },
)
def sources_differ_unweighed(context: CheckContext) -> Iterator[Hit]:
    """The rationale says that the sources of both sides conflict, but weighs no evidence."""
    for index, item in enumerate(context.items):
        theirs = {words(each) for each in item.administrator_citations if not each.is_blank()}
        ours = {words(each) for each in item.citations if not each.is_blank()}
        if not theirs or theirs == ours or item.weighing is not None:
            continue
        match = _CONFLICT.search(item.rationale)
        if match is not None and not _WEIGHED.search(item.rationale):
            says = "The sources conflict, but no evidence is weighed. Weigh it with x."
            yield Hit(Place("rationale", index), says, match.span())


_DEPENDENCE = ("opioid", "benzodiazepine", "barbiturate")
"""Classes of drugs that must be tapered."""
_TAPERED = frozenset(("carisoprodol", "baclofen"))
"""Other drugs that must be tapered."""
_ON_SKIN = LazyPattern(
    r"\b(?:creams?|gels?|ointments?|topical\w*|compound\w*|lotions?)\b", re.IGNORECASE
)


@rule(
    "IMR409",
    "opioid-no-taper",
    "info",
    why="Stopping a drug that causes dependence abruptly is dangerous. Mention a taper.",
    source="8 CCR 9792.24.4; FDA (April 9, 2019); CDC (2022); 13 of 14 published letters",
    fires={
        "request": "Norco 10/325mg #60",
        "decision": "upheld",
        "rationale": "Function has not improved. The request is not medically necessary.",
    },
    passes={
        "request": "Norco 10/325mg #60",
        "decision": "upheld",
        "rationale": "Function has not improved, and weaning is advised. It is not necessary.",
    },
)
def opioid_no_taper(context: CheckContext) -> Iterator[Hit]:
    """An opioid or a benzodiazepine is upheld, and the rationale does not mention a taper.

    The same holds for carisoprodol, baclofen and butalbital. "Discontinue" alone is not a taper;
    wean, taper, a gradual reduction, or a warning against stopping abruptly is. Advice to stop at
    once is a warning. Creams and drugs that were not started yet are not reported.
    """
    for index, item in enumerate(context.items):
        text = item.rationale
        if item.decision != "upheld" or not text.strip() or not _causes_dependence(item.request):
            continue
        if is_new(item.request, text):
            continue
        place, also = Place("rationale", index), ((Place("request", index), None),)
        if span := stopped_at_once(text):
            says = "This advises to stop at once, which is dangerous. Advise a taper."
            yield Hit(place, says, span, also=also, severity="warning")
        elif not is_weaned(text):
            says = "The rationale does not mention a taper. Stopping abruptly is dangerous."
            yield Hit(place, says, also=also)


def _causes_dependence(request: str) -> bool:
    if treatment_kinds.kinds(request) & {"drug screen"} or _ON_SKIN.search(request):
        return False
    named = [mention.drug for mention in drugs(request)]
    if named:
        return any(is_of(each, *_DEPENDENCE) or each.generic in _TAPERED for each in named)
    return bool(classes_named(request) & set(_DEPENDENCE))
