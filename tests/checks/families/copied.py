"""Sentences that were copied from another case, with and without facts that this one states."""

from collections.abc import Sequence

from imr_tui.checks.rule import Example
from imr_tui.model.case import Case
from imr_tui.recall.copied_sentences import copied
from tests.builders import NOW
from tests.checks.families import Table


def recalled(source: str, rationale: str = "", **fields: object) -> Example:
    """A rationale into which that of another case was copied; unchanged unless given."""
    record = copied(Case.blank("CM26-0000002"), 0, source, NOW)
    return {"rationale": rationale or source, "copied": (record,), **fields}


def _typed(*rationales: str) -> Sequence[Example]:
    return [{"rationale": rationale} for rationale in rationales]


FIRES: Table = {
    "IMR214": [
        recalled("Massage was given on 3/14/2014. More is not medically necessary."),
        recalled("This 61-year-old worker has neck pain. The request is necessary."),
        recalled("Nine visits of massage were given. More is not medically necessary."),
        recalled("Tramadol 50mg has not helped. Massage is medically necessary."),
        recalled("The MRI shows a bulge at C5-6. Massage is not medically necessary."),
        recalled("The left side of the neck is tender. Massage is medically necessary."),
        recalled("Pain was rated 9/10 in May. Massage is medically necessary."),
        # One of the sentences was rewritten, the other one was not.
        recalled(
            "He had twelve visits. Massage is not medically necessary.",
            "He had twelve visits. More massage of the neck is not necessary now.",
        ),
        # White space and capitals are no changes.
        recalled("He had twelve visits.", "He  had Twelve\nvisits."),
        # The numbers of a guideline are an info.
        recalled("ODG recommends up to 10 visits over 5 weeks. Massage is not necessary."),
        # A number counts with its unit.
        recalled("He had therapy for six weeks. It is not medically necessary."),
    ]
}
NEAR_MISSES: Table = {
    "IMR214": [
        *_typed("Massage was given on 3/14/2014 to this 61-year-old. It is not necessary."),
        recalled("Massage was given. More massage is not medically necessary."),
        recalled("On October 14, 2014, pain was rated 7/10. Massage is necessary."),
        recalled("This 54 year old man had 6 visits. Six sessions more are not necessary."),
        recalled(
            "He had twelve visits. Massage is not medically necessary.",
            "He had six visits by October. Massage is not medically necessary.",
        ),
        # Another sentence is unchanged.
        recalled(
            "He had twelve visits. Massage is not medically necessary.",
            "He had thirty visits. Massage is not medically necessary.",
        ),
        recalled("ODG recommends up to 6 visits (2016). Massage is not necessary."),
        recalled("The MTUS 2009 guidelines, page 60, list massage. It is not necessary."),
        recalled(
            "Massage was given on 3/14/2014. More is not medically necessary.",
            "Massage was given on ***. More is not medically necessary.",
        ),
        recalled(
            "The left knee bends to 90 degrees at L4-5. It is not necessary.",
            **{"item 2 request": "Brace of the left knee for 90 degrees, injection at L4-5"},
        ),
        recalled("He had therapy for nine weeks. It is not necessary.", request="Massage, 9 weeks"),
    ]
}
