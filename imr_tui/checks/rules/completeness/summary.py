"""IMR109 and IMR110: required content of a clinical case summary."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from imr_tui.checks.rule import Hit, rule
from imr_tui.domain.workflow import Place
from imr_tui.reading.dates.dates import dates
from imr_tui.reading.people.demographics import ages, stated_sexes
from imr_tui.reading.people.pronouns import pronouns
from imr_tui.text.layout import count_words, listed

if TYPE_CHECKING:
    from imr_tui.checks.context import CheckContext

SHORT = 75
"""Words; the shortest published summary has 78."""

_PLACE = Place("summary.text")
_WORDS = {
    "a diagnosis": (
        r"diagnos\w+|assess\w+|impression|pain|sprain|strain|contusion|fracture|tear|syndrome"
        r"|radiculopathy|disorder|(?:injury|injuries)\s+(?:to|of)\s+(?:the|his|her|both)|arthritis"
        r"|arthrosis|neuropathy|depress\w+|hernia|loss"
        r"|\w+itis|\w+osis|\w+algia|\w+aches?|\w+pathy|migraines?|\w+oma|spondyl\w+|impingement"
        r"|treat(?:ed|ment) for|presents with|suffers from|trigger(?:ing)?|tunnel|ulcers?|insomnia"
        r"|asthma|scars?|burns?|lacerations?|concussion|amputation|instability|stenosis"
        r"|protrusions?|herniat\w+|degenerat\w+|disease|non-?union|anxiety|deficits?|weakness"
        r"|numbness|swelling"
    ),
    "the treatment so far": (
        r"treat(?:ed|ments?)|tx|rx|meds|therap\w+|medications?|surger\w+|injections?|prescri\w+|taking"
        r"|underwent|received|splint\w*|brace|modif\w+|evaluat\w+"
        # an operation or a measure in a plain sentence
        r"|(?:(?:closed|open) )?reduction|pinning|pinned|fixat\w+|repaired|removed|excision"
        r"|operated|arthroscop\w+|fusion|laminectomy|amputation|sutur\w+|cast(?:ed|ing)?|boot"
        r"|sling|crutches|wheelchair|chiropractic|acupuncture|massage|counseling|exercises?"
        r"|attended|visits|sessions|(?:he|she|worker|patient|claimant) (?:takes|uses|wears|took"
        r"|used|wore|tried)|ibuprofen|naproxen"
    ),
    "the request": (
        r"request\w*|recommend\w*|appeal\w*|(?<!in\s)order(?:ed)?|non-?certif\w+|denial"
        r"|(?:is|are|was|were|been)\s+(?:denied|modified)"
        r"|(?:review|ur|administrator)\b[^.;]{0,80}\b(?:denied|modified)"
        # only the verdict of utilization review mentions it
        r"|(?:review|ur|administrator)\b[^.;]{0,160}?\b(?:necessary|necessity|appropriate)"
        r"|(?:denied|modified)\s+(?:by|on|certification|coverage|authorization|the\s+request)"
        r"|authoriz\w+|at\s+issue|plan|propos\w+|ask(?:s|ed)\b[^.;]{0,40}\bfor|certif\w+|rfa|sought"
        r"|disput\w+"
    ),
}


@rule(
    "IMR109",
    "summary-element-missing",
    "warning",
    why="A determination must describe the employee's medical condition and the dispute.",
    source="8 CCR 9792.10.6(d); age is in 193 and the date of injury in 194 of 194 published "
    "letters",
    fires={
        "summary.text": "The worker has neck pain, was treated with therapy and asks for an MRI."
    },
    passes={
        "case.date_of_injury": None,
        "summary.text": "This 54 year old man was injured on 10/23/2013. Diagnoses include neck "
        "pain. "
        "Treatment has included medication. The request is for massage therapy.",
    },
)
def summary_element_missing(context: CheckContext) -> Iterator[Hit]:
    """The summary lacks age, sex, date of injury, diagnosis, treatment so far or the request.

    An operation, a device or a drug that the worker takes is treatment. The request may be in the
    sentence on utilization review.
    Any date counts as the date of injury. If the case has that date, IMR301 compares them.
    """
    text = context.summary
    if not text.strip():
        return
    missing = [what for what, is_there in _elements(context, text) if not is_there]
    if missing:
        yield Hit(_PLACE, f"The summary does not mention {listed(missing, 'or')}.")


def _elements(context: CheckContext, text: str) -> Iterator[tuple[str, bool]]:
    yield "the worker's age", bool(ages(text)) or _has(_YEARS, text)
    sexed = stated_sexes(text) or pronouns(text)
    yield (
        "the worker's sex",
        bool(sexed) or _has(rf"{_YEARS},? [mf]\b|\b(?:fe)?male\b|\b(?:wo)?man\b|\bs?he\b", text),
    )
    yield "the date of injury", bool(dates(text)) or _has(r"\b(?:19|20)\d\d\b", text)
    for what, words in _WORDS.items():
        yield what, _has(rf"\b(?:{words})\b", text)


_YEARS = r"\b\d{2}[\s-]*(?:y(?:ea)?r?s?|y\.?/?o)\b"

_SEX = rf"{_YEARS},? [mf]\b|\b(?:fe)?male\b|\b(?:wo)?man\b|\bs?he\b"


def _has(pattern: str, text: str) -> bool:
    return re.search(pattern, text, re.IGNORECASE) is not None


@rule(
    "IMR110",
    "summary-short",
    "info",
    why="A summary this short rarely shows that the records were read.",
    source="The shortest of 194 published summaries has 78 words, the median 217",
    fires={"summary.text": "This 54 year old man was injured on 10/23/2013."},
    passes={"summary.text": "The worker was seen for pain and asks for therapy. " * 8},
)
def summary_short(context: CheckContext) -> Iterator[Hit]:
    """The summary has fewer than 75 words."""
    words = count_words(context.summary)
    if 0 < words < SHORT:
        yield Hit(_PLACE, f"The summary has {words} words; published ones have 78 to 733.")
