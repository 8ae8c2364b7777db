"""IMR406, IMR407 and IMR409: statements required by the evidence hierarchy and the guidelines."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from imr_tui.checks.rule import Hit, rule
from imr_tui.checks.rules.derivative import is_derivative
from imr_tui.domain import standards
from imr_tui.domain.citation_text import words
from imr_tui.domain.workflow import Place
from imr_tui.model.evidence import Citation
from imr_tui.reading import lexicon
from imr_tui.reading.drugs import classes_named, drugs, is_of
from imr_tui.reading.patterns import LazyPattern

if TYPE_CHECKING:
    from imr_tui.checks.context import CheckContext

_ODG = Citation(title="Official Disability Guidelines", section="Pain", year=2016, standard="C")


@rule(
    "IMR406",
    "outside-mtus-unexplained",
    "warning",
    why="A lower standard applies only if the MTUS is silent or its presumption is rebutted.",
    source="8 CCR 9792.21.1; Labor Code 4610.5(c)(2); 16 of 69 published items",
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

    A sentence in the rationale that the MTUS is silent or rebutted is enough. So is the reviewer's
    answer on the citations screen. Items that also cite the MTUS are not reported.
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
    why="If recommendations conflict, the reviewer must weigh the evidence by its level.",
    source="8 CCR 9792.25.1",
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
        match = _CONFLICT.search(item.rationale)
        theirs = {words(each) for each in item.administrator_citations if not each.is_blank()}
        ours = {words(each) for each in item.citations if not each.is_blank()}
        if match is None or not theirs or theirs == ours:
            continue
        if item.weighing is None and not _WEIGHED.search(item.rationale):
            says = "The sources conflict, but no evidence is weighed. Weigh it with x."
            yield Hit(Place("rationale", index), says, match.span())


_WEANING = LazyPattern(
    r"\b(?:wean\w*|taper\w*|titrat\w*|abrupt\w*|withdraw\w*|discontinu\w*|detox\w*|gradual\w*)\b",
    re.IGNORECASE,
)


@rule(
    "IMR409",
    "opioid-no-taper",
    "info",
    why="Stopping an opioid or a benzodiazepine abruptly is dangerous. Mention weaning.",
    source="MTUS Opioids Treatment Guidelines; 13 of 14 published letters",
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
    """An opioid or a benzodiazepine is upheld, and the rationale does not mention weaning."""
    for index, item in enumerate(context.items):
        named = [mention.drug for mention in drugs(item.request)]
        weaned = any(is_of(drug, "opioid", "benzodiazepine") for drug in named)
        by_class = classes_named(item.request) & {"opioid", "benzodiazepine"}
        is_weaned = weaned or (by_class and not named)
        if lexicon.kinds(item.request) & {"drug screen"}:
            continue
        silent = item.rationale.strip() and not _WEANING.search(item.rationale)
        if item.decision == "upheld" and is_weaned and silent:
            says = "The rationale does not mention weaning. Stopping abruptly is dangerous."
            yield Hit(Place("rationale", index), says, also=((Place("request", index), None),))
