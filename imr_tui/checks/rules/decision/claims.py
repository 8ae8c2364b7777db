"""IMR206 to IMR208: claims in a rationale that may be unsafe."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from imr_tui.checks.rule import Hit, Span, rule
from imr_tui.domain.workflow import Place
from imr_tui.reading.language.attribution import without_reported
from imr_tui.reading.language.patterns import LazyPattern, blank_quotations, lowered
from imr_tui.reading.language.sentences import sentence_at, sentences

if TYPE_CHECKING:
    from imr_tui.checks.case_reading import ItemReading
    from imr_tui.checks.context import CheckContext

CONTEXT_BEFORE = 120
"""Number of characters to examine before a claim."""

_FILE = (
    r"(?:(?:medical |clinical |progress )?(?:file|records?|charts?|notes?|documentation|reports?))"
)
_WRITTEN = r"(?:recorded|documented|reported|stated)"
_ABSENT = LazyPattern(
    r"\b(?:there (?:is|are|was|were|has been|have been) )?(?:a |an )?"
    r"(?:no|lack(?:s|ing)? of|absence of|insufficient|inadequate|without(?: any)?|lacks?) "
    r"(?:(?:clear|firm|further|such|other|any|current|recent|adequate|sufficient|specific"
    r"|objective|significant|"
    r"quantified|additional|supporting|clinical|medical|the|mention of|information"
    r"|documented) ){0,4}"
    r"(?:documentation|documents?|evidence|mention|records?|reports?|information"
    r"|rationale|progress notes?|discussion|explanation)\b(?!-)"
    r"|\b(?:there (?:is|are|was|were) )?(?:no"
    r"|without any) (?:[\w-]+ ){0,3}?indications?\b(?! for\b)"
    rf"|\b(?:no|without(?: any)?) (?:[\w-]+ ){{0,2}}?{_WRITTEN} (?!by\b|that\b|in the (?:guide"
    rf"|literature))\w+"
    rf"|\b(?:no|nor any|lacks? any)\b(?: [\w,/'-]+){{1,12}}? (?:in|on|within) (?:the |this |her "
    rf"|his )?{_FILE}\b"
    r"|\b(?:no|lacks?(?: any)?|without(?: any)?) (?:[\w-]+ ){0,4}?(?:or|and|nor) documentation of\b"
    r"|\b(?:no|without(?: any)?) (?:[\w-]+ ){0,3}?objective (?:measures?|gains?|findings?|signs?"
    r"|functional|improvement)\b"
    rf"|\b{_FILE} (?:[\w-]+ ){{0,3}}?lack(?:s|ed)?\b"
    r"|\b(?:reasons?|rationale|frequency|duration|dos(?:e|age)|quantity|dates?|levels?|scores?"
    r"|responses?|results?"
    r"|details?|goals?|outcomes?|amount|number|site|side)\b(?: [\w-]+){0,4}? (?:was|were|is"
    r"|are) not indicated\b"
    r"|(?:\b(?:(?:is|are|was|were|has|have|had) )?(?:not|never)"
    r"|\b(?:is|are|was|were|has|have|had)n['\u2019]t) (?:been |clearly "
    r"|adequately |sufficiently |well |otherwise |specifically )*"
    r"(?:document(?:ed)?|recorded|detailed|discussed|quantified|provided|submitted|mentioned"
    r"|described|noted|reported|stated|included"
    r"|demonstrated|specified|identified)\b"
    r"|\b(?:did|does|do)(?: not|n['\u2019]t) (?:clearly |adequately |specifically )?(?:include"
    r"|document|mention|note|describe|provide|specify|indicate|report|contain|reveal"
    r"|demonstrate|show|detail|discuss|quantify|outline|elaborate|list|reflect|address|clarify)\b"
    r"|\bmade no mention\b|\bfail(?:s|ed)? to (?:document|furnish|provide|show|mention"
    r"|include|specify|detail|describe|demonstrate|discuss|identify|indicate|report|record|state"
    r"|explain)\b|\bno (?:red flags?|neurologic\w* (?:deficits?|dysfunction)"
    r"|functional improvement)\b[^.;]{0,30}\b(?:documented|noted|mentioned|found)\b"
    r"|\b(?:is|are|was|were) undocumented\b"
    r"|\b(?:lack(?:s|ing)?(?: of)?|absence of) (?:\w+ ){0,3}?findings\b"
    r"|\b(?:documentation|records?|notes?|reports?|rationale|information|details?|findings) "
    r"(?:\w+ ){0,6}?(?:is|are|was|were) (?:\w+ )?(?:lacking|absent|missing)\b"
    r"|\bsilent (?:on|about|as to|regarding)\b"
)
# Something that a guideline omits, or that a study or examination did not find, is not a gap in the
# records.
_GUIDELINES = LazyPattern(
    r"\b(?:guidelines?|MTUS|ODG|ACOEM|FDA|CDC|literature|chapters?)"
    r"(?: \w+){0,2}\s*$",
    re.IGNORECASE,
)
_QUOTED = LazyPattern(
    r"\b(?:guidelines?|MTUS|ODG|ACOEM|FDA|CDC|literature|chapters?|Cochrane|stud(?:y|ies)"
    r"|reviews?)(?: \w+){0,3}"
    r" (?:states?|stated|notes?|says?|finds?|found|reports?|indicates?|concludes?|concluded"
    r"|adds?)\b[^;]*$",
    re.IGNORECASE,
)
_OF_RESEARCH = LazyPattern(
    r" (?:(?:of|for) (?:its |the |their )?(?:efficacy|effectiveness)"
    r"|in the (?:medical |current )?(?:literature|guidelines?|MTUS))\b",
    re.IGNORECASE,
)
_STUDY = (
    r"\b(?:MRIs?|CT|x-?rays?|radiographs?|films?|EMG|NCS|NCV|ultrasound|imaging|scans?|exam"
    r"|examination|tests?|testing|screens?|stud(?:y|ies))"
    r"(?: (?!(?:there|as|since|because|when|while|request\w*|is|was|are|were)\b)[\w/]+){0,5}?"
)
_STUDIED = LazyPattern(rf"{_STUDY}\s*$", re.IGNORECASE)
_FOUND = LazyPattern(
    rf"{_STUDY} (?:show(?:s|ed)|reveal(?:s|ed)|demonstrate[sd]|noted|notes|found|finds)\s*$",
    re.IGNORECASE,
)
_SHOWS_NOT = LazyPattern(r"\bnot\b.*\b(?:show|reveal|demonstrate)$|n['\u2019]t.*\b(?:show|reveal)$")


@rule(
    "IMR206",
    "absence-claim",
    "warning",
    why='Many reversed letters say "no documentation of X" although a record documents X.',
    source="Labor Code 4610.6(h)(5); WCAB panels: Gonzalez-Ornelas; McAtee 2015; Bowen 2019",
    fires={
        "rationale": "There is no documentation of failed therapy. It is not medically necessary."
    },
    passes={"rationale": "Six visits of therapy failed in May. It is medically necessary."},
    once=True,
)
def absence_claim(context: CheckContext) -> Iterator[Hit]:
    """The letter says that the records do not contain something. Search them again, then accept.

    One finding covers every such claim in all rationales. It asks for confirmation and does not
    mean that the claim is wrong: most upheld items make one. It returns when a text with a claim
    changes. Statements about what a guideline omits, or what an MRI or examination did not show,
    quotations, and "no indication for" are not reported.
    """
    claims = [
        (item.rationale.place, span) for item in context.reading.items for span in _claims(item)
    ]
    if claims:
        (place, span), *others = claims
        count = "1 claim" if len(claims) == 1 else f"{len(claims)} claims"
        says = f"{count} that the records lack something. Search them again, then accept this."
        yield Hit(place, says, span, also=tuple(others))


def _claims(item: ItemReading) -> Iterator[Span]:
    """The claims of a rationale that the records lack something, in order."""
    text = blank_quotations(item.rationale.text)
    spans = [
        match.span() for match in _ABSENT.finditer(lowered(text)) if _is_of_records(match, text)
    ]
    spans += [each.span for each in item.rationale.denials if each.is_of_records]
    end = 0
    for span in sorted(spans):
        if span[0] >= end:
            yield span
            end = span[1]


def _is_of_records(match: re.Match[str], text: str) -> bool:
    at = match.start()
    before = text[max(sentence_at(text, at).start, at - CONTEXT_BEFORE) : at]
    if (
        _GUIDELINES.search(before)
        or _QUOTED.search(before)
        or _OF_RESEARCH.match(text, match.end())
    ):
        return False
    study = _STUDIED if _SHOWS_NOT.search(match[0]) else _FOUND
    return study.search(before) is None


_STRICTER = LazyPattern(
    r"\b(?:complete|full|total) (?:and \w+ )?(?:recovery|resolution|cure|restoration)\b"
    r"|\b(?:(?:wo|would|does|do|ca|could)n['\u2019]t|cannot|(?:will|would|does|do|can|could|must"
    r"|may"
    r"|likely to|expected to)(?: not| never)?) (?:\w+ly )?cure\b(?![^.]{0,60}\breliev)"
    r"|\b(?:no|without (?:a |any )?)\s*(?:hope|chance|prospect|expectation"
    r"|possibility) of (?:a )?cure\b"
    r"|\bnot (?:be )?curative\b(?![^.]{0,60}\breliev)"
    r"|\b(?:is|are|was|were) (?:only|merely) palliative\b"
    r"|\b(?:at|reached|is) (?:mmi|maxim(?:um|al) medical improvement"
    r"|permanent and stationary|p&s)\b[^.;]{0,80}?"
    r"\b(?:so|therefore|thus|hence|and|no)\b[^.;]{0,60}?\b(?:no|not"
    r"|cannot)\b[^.;]{0,40}?\b(?:treatment|care|therapy|necessary|warranted|entitled|needed)"
)


@rule(
    "IMR207",
    "stricter-than-statute",
    "warning",
    why="The law requires treatment that cures or relieves. Demanding more is too strict.",
    source="Labor Code 4600(a); WCAB panel decision Loynachan (2014)",
    fires={"rationale": "Therapy would not cure the condition, so it is not medically necessary."},
    passes={
        "rationale": "It is not expected to cure or relieve the effects, so it is not necessary."
    },
)
def stricter_than_statute(context: CheckContext) -> Iterator[Hit]:
    """A rationale demands a cure or a complete recovery, or denies treatment because of MMI.

    "Cure or relieve" is the legal standard, and relief without a cure meets it. A guideline that
    mentions MMI is not reported; a denial based on MMI is.
    """
    says = "This is stricter than the statute, which asks for treatment to cure or relieve."
    for index, item in enumerate(context.items):
        if match := _STRICTER.search(lowered(item.rationale)):
            yield Hit(Place("rationale", index), says, match.span())


_AT_WORK = (
    r"(?:(?:the |an? |this |that |his |her )?(?:\w+ )?(?:industrial\w*|work\w*|job|employment"
    r"|occupation\w*)|(?:the|this|that|his|her) (?:\w+ )?(?:injury|accident|incident|event))"
)
_OUTSIDE = LazyPattern(
    rf"\b(?:is|are|was|were)(?: not |n['\u2019]t | un-?)(?:caused by {_AT_WORK}\b"
    r"|(?:industrially|causally|work)[\s-]*(?:related|caused)|compensable"
    r"|related to the (?:industrial|work)\w*(?: \w+)? (?:injury|incident|accident|event))\b"
    r"|\bnot (?:a |an )?(?:consequence|result|product|part) of the (?:industrial"
    r"|work|accepted)\b[^.;]{0,40}"
    r"|\bnot (?:a |an )?part of (?:this|the|his|her) (?:\w+ )?claim\b"
    r"|\bnon-?industrial (?:condition|cause|origin|disease|illness|disorder|problem|factor)s?\b"
    r"|\b(?:is|are|was|were) (?:\w+ly )?non-?industrial(?=[,;.])"
    r"|\b(?:non-?industrial|not an? accepted|not accepted)\b[^.;]{0,80}?\b(?:therefore|so"
    r"|thus|and)\b[^.;]{0,60}?\bnot\b"
    r"|\b(?:apportion(?:ed|ment) (?:of \d|to (?:a |the )?(?:prior|previous|pre-?existing|non)))"
    r"|\b(?:employer|carrier|insurer|claims administrator) (?:is|are|was) not liable\b"
    r"|\b(?:lacks?|no) (?:industrial )?(?:causation|nexus)\b"
)
# Open questions, and earlier facts.
_UNDECIDED = LazyPattern(r"\b(?:whether|prior|previous|history of|if)\b", re.IGNORECASE)


@rule(
    "IMR208",
    "outside-scope",
    "warning",
    why="The review is limited to medical necessity. Others decide causation and liability.",
    source="8 CCR 9792.10.3(d)",
    fires={"rationale": "The knee is not industrially related, so the MRI is not necessary."},
    passes={"rationale": "Whether the knee is industrially related is not decided here."},
)
def outside_scope(context: CheckContext) -> Iterator[Hit]:
    """A rationale decides causation, compensability, apportionment or liability.

    The summary may say what others have decided, so the rule reads only rationales. It ignores
    sentences with "whether", and what utilization review held.
    """
    says = "This decides causation or liability. The review covers medical necessity only."
    for index, item in enumerate(context.items):
        if span := _decides_outside(item.rationale):
            yield Hit(Place("rationale", index), says, span)


def _decides_outside(text: str) -> Span | None:
    for sentence in sentences(text):
        words = without_reported(sentence.text)
        match = _OUTSIDE.search(lowered(words))
        if match is not None and not _UNDECIDED.search(words, 0, match.start()):
            return sentence.start + match.start(), sentence.start + match.end()
    return None
