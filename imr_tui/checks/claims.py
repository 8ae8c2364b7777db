"""IMR206 to IMR208: what a rationale claims at its own risk."""

import re
from collections.abc import Iterator

from imr_tui.checks.draft import Draft
from imr_tui.checks.rule import Hit, rule
from imr_tui.reading.wording import Wording
from imr_tui.stages import Place

_ABSENT = Wording(
    r"\b(?:there (?:is|are|was|were|has been|have been) )?(?:a |an )?"
    r"(?:no|lack(?:s|ing)? of|absence of|insufficient|inadequate|without(?: any)?|lacks?) "
    r"(?:(?:clear|firm|further|such|other|any|current|recent|adequate|sufficient|specific"
    r"|objective|significant|"
    r"quantified|additional|supporting|clinical|medical|the|mention of|information"
    r"|documented) ){0,4}"
    r"(?:documentation|documents?|evidence|indications?|mention|records?|reports?|information"
    r"|rationale|progress notes?|discussion|explanation)\b(?!-)"
    r"|(?:\b(?:(?:is|are|was|were|has|have|had) )?(?:not|never)"
    r"|\b(?:is|are|was|were|has|have|had)n['\u2019]t) (?:been |clearly "
    r"|adequately |sufficiently |well |otherwise |specifically )*"
    r"(?:document(?:ed)?|provided|submitted|mentioned|described|noted|reported|stated|included"
    r"|demonstrated|specified|identified)\b"
    r"|\b(?:did|does|do)(?: not|n['\u2019]t) (?:clearly |adequately |specifically )?(?:include"
    r"|document|mention|note|describe|provide|specify|indicate|report|contain|reveal"
    r"|demonstrate|show)\b"
    r"|\bmade no mention\b|\bfail(?:s|ed) to (?:document|furnish|provide|show|mention"
    r"|include|specify)\b|\bno (?:red flags?|neurologic\w* (?:deficits?|dysfunction)"
    r"|functional improvement)\b[^.;]{0,30}\b(?:documented|noted|mentioned|found)\b"
    r"|\b(?:is|are|was|were) undocumented\b",
    re.IGNORECASE,
)


@rule(
    "IMR206",
    "absence-claim",
    "warning",
    why='"No documentation of X", when a record documents X, is the main cause of reversals.',
    source="Labor Code 4610.6(h)(5); Gonzalez-Ornelas; McAtee (2015); Bowen (2019)",
    fires={
        "rationale": "There is no documentation of failed therapy. It is not medically necessary."
    },
    passes={"rationale": "Six visits of therapy failed in May. It is medically necessary."},
    once=True,
)
def absence_claim(draft: Draft) -> Iterator[Hit]:
    """The letter says that something is not in the records: search them, then accept this once.

    One finding lists every such claim of all rationales. It is a confirmation, not a reproach:
    most upheld items make one. It comes back when a text with a claim changes.
    """
    claims = [
        (Place("rationale", index), match.span())
        for index, item in enumerate(draft.items)
        for match in _ABSENT.finditer(item.rationale)
    ]
    if claims:
        (place, span), *others = claims
        count = "1 claim" if len(claims) == 1 else f"{len(claims)} claims"
        says = f"{count} that the records lack something; search them once more, then accept this."
        yield Hit(place, says, span, also=tuple(others))


_STRICTER = Wording(
    r"\b(?:complete|full|total) (?:and \w+ )?(?:recovery|resolution|cure|restoration)\b"
    r"|\b(?:wo|would|does|do|ca|could)n['\u2019]t (?:\w+ly )?cure\b(?! (?:or|and) reliev)"
    r"|\b(?:will|would|does|do|can|could|must|may|likely to|expected to) (?:not "
    r"|never )?(?:\w+ly )?cure\b(?! (?:or|and) reliev)"
    r"|\b(?:no|without (?:a |any )?)\s*(?:hope|chance|prospect|expectation"
    r"|possibility) of (?:a )?cure\b"
    r"|\bnot (?:be )?curative\b|\b(?:is|are|was|were) (?:only|merely) palliative\b"
    r"|\b(?:at|reached|is) (?:MMI|maxim(?:um|al) medical improvement"
    r"|permanent and stationary|P&S)\b[^.;]{0,80}?"
    r"\b(?:so|therefore|thus|hence|and|no)\b[^.;]{0,60}?\b(?:no|not"
    r"|cannot)\b[^.;]{0,40}?\b(?:treatment|care|therapy|necessary|warranted|entitled|needed)",
    re.IGNORECASE,
)


@rule(
    "IMR207",
    "stricter-than-statute",
    "warning",
    why="Treatment is due that cures or relieves; to ask for more applies a stricter standard.",
    source="Labor Code 4600(a); Loynachan (2014)",
    fires={"rationale": "Therapy would not cure the condition, so it is not medically necessary."},
    passes={
        "rationale": "It is not expected to cure or relieve the effects, so it is not necessary."
    },
)
def stricter_than_statute(draft: Draft) -> Iterator[Hit]:
    """A rationale asks for a cure, a complete recovery, or ends treatment at MMI.

    "Cure or relieve" is the standard itself. That a guideline mentions MMI is let pass; only a
    refusal drawn from it counts.
    """
    says = "This asks for more than the statute: treatment is due that cures or relieves."
    yield from _first(draft, _STRICTER, says)


_OUTSIDE = Wording(
    r"\b(?:is|are|was|were)(?: not |n['\u2019]t | un-?)(?:caused by|(?:industrially|causally"
    r"|work)[\s-]*(?:related|caused)|compensable|related to the (?:industrial"
    r"|work)\w*(?: \w+)? (?:injury|incident|accident|event))\b"
    r"|\bnot (?:a |an )?(?:consequence|result|product|part) of the (?:industrial"
    r"|work|accepted)\b[^.;]{0,40}"
    r"|\b(?:non-?industrial|not an? accepted|not accepted)\b[^.;]{0,80}?\b(?:therefore|so"
    r"|thus|and)\b[^.;]{0,60}?\bnot\b"
    r"|\b(?:apportion(?:ed|ment) (?:of \d|to (?:a |the )?(?:prior|previous|pre-?existing|non)))"
    r"|\b(?:employer|carrier|insurer|claims administrator) (?:is|are|was) not liable\b"
    r"|\b(?:lacks?|no) (?:industrial )?(?:causation|nexus)\b",
    re.IGNORECASE,
)


@rule(
    "IMR208",
    "outside-scope",
    "warning",
    why="The review is limited to medical necessity; causation and liability are for others.",
    source="Labor Code 4610.6(a), 4610.5(b)",
    fires={"rationale": "The knee is not industrially related, so the MRI is not necessary."},
    passes={"rationale": "Whether the knee is industrially related is not decided here."},
)
def outside_scope(draft: Draft) -> Iterator[Hit]:
    """A rationale decides causation, compensability, apportionment or liability.

    The summary may tell what others have decided; only rationales are read, and only what they
    state themselves, not "whether" it is so.
    """
    says = "This decides causation or liability; the review is of medical necessity alone."
    yield from _first(draft, _OUTSIDE, says)


def _first(draft: Draft, pattern: Wording, says: str) -> Iterator[Hit]:
    """The first words of each rationale that fit."""
    for index, item in enumerate(draft.items):
        if match := pattern.search(item.rationale):
            yield Hit(Place("rationale", index), says, match.span())
