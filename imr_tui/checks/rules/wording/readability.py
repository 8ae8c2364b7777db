"""IMR504 and IMR505: readability for laypersons."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from imr_tui.checks.rule import Hit, rule
from imr_tui.domain.workflow import Place
from imr_tui.reading.drugs.drugs import drugs, is_drug_suffix
from imr_tui.reading.language.patterns import LazyPattern
from imr_tui.reading.language.sentences import grade, may_exceed, sentences

if TYPE_CHECKING:
    from imr_tui.checks.context import CheckContext

MAX_SENTENCE = 45
"""Words in a sentence that is too long."""
MAX_GRADE = 18.0
"""Reading grade that is too hard: that of a graduate school."""

_SHORT = LazyPattern(
    r"(?<![\w./-])(?P<word>[A-Z](?:[A-Z]|&(?=[A-Z])){1,5})(?P<plural>s)?(?![\w/&-])"
)
_COMMON = frozenset(
    [
        "MRI",
        "CT",
        "CA",
        "US",
        "USA",
        "MTUS",
        "ACOEM",
        "ODG",
        "UR",
        "IMR",
        "RFA",
        "MD",
        "DO",
        "DC",
        "PA",
        "RN",
        "NP",
        "II",
        "III",
        "IV",
        "VI",
        "OK",
        "AM",
        "PM",
        "ID",
        "TV",
        "CD",
        "NSAID",
        "NSAIDS",
        "TENS",
        "EMG",
        "NCV",
        "NCS",
        "PT",
        "OT",
        "FDA",
        "CDC",
        "AND",
        "OR",
        "NOT",
        "NO",
        "THE",
        "FOR",
        "IN",
        "OF",
        "ON",
        "TO",
        "AT",
        "BY",
        "IS",
        "IT",
        "AS",
        "MG",
        "ML",
        "MM",
        "CM",
        "TX",
        "FL",
        "NY",
        "NJ",
        "DOS",
        "UE",
        "LE",
        "CCR",
        "LC",
        "PR",
        "ADL",
        "ADLS",
        "AIDS",
        "HIV",
        "ER",
        "ICU",
        "CPR",
        "BMI",
        "PM&R",
        "X",
        "L",
        "R",
    ]
)


@rule(
    "IMR504",
    "abbreviation-undefined",
    "info",
    why="Determinations must be in layperson's terms as far as practicable.",
    source="Labor Code 4610.6(d)",
    fires={"rationale": "The LESI did not help. It is not medically necessary."},
    passes={
        "rationale": "The lumbar epidural injection (LESI) did not help; no LESI is necessary."
    },
)
def abbreviation_undefined(context: CheckContext) -> Iterator[Hit]:
    """A text contains an uncommon abbreviation that the letter does not explain.

    An abbreviation is explained if it follows its words in brackets, or its words follow it in
    brackets, anywhere in the letter. Each is reported once, where it first occurs. Names of drugs
    in capitals are not reported, nor are their suffixes (HCL, ODT, XR).
    """
    defined = {
        match.strip("s")
        for _, text in context.printed
        for match in re.findall(
            r"[(\[]\s*\"?([A-Z][A-Z&]{1,5}s?)\"?\s*[)\]]|\b([A-Z][A-Z&]{1,5}s?)\s*[(\[][a-z]", text
        )
        for match in match
        if match
    }
    reported = set[str]()
    for place, text in context.printed:
        if place.field not in ("summary.text", "rationale"):
            continue
        found = [
            match
            for match in _SHORT.finditer(text)
            if match["word"] not in _COMMON | defined | reported
            and not drugs(match["word"])
            and not is_drug_suffix(text, *match.span("word"))
        ]
        if found:
            names = sorted({match["word"] for match in found})
            reported.update(names)
            says = f"The letter does not explain {', '.join(names)}."
            yield Hit(place, says, found[0].span())


@rule(
    "IMR505",
    "plain-language",
    "info",
    why="Determinations must be in layperson's terms as far as practicable.",
    source="Labor Code 4610.6(d); reading grade after Kincaid (1975)",
    fires={"rationale": f"It is {'so very ' * 25}long. It is not medically necessary."},
    passes={"rationale": "The pain went away. More of it is not needed."},
)
def plain_language(context: CheckContext) -> Iterator[Hit]:
    """A sentence has more than 45 words, or a text needs graduate school to read.

    The finding shows the longest sentence, and the reading grade of the whole text.
    """
    texts = [(Place("summary.text"), context.summary)]
    texts += [(Place("rationale", at), item.rationale) for at, item in enumerate(context.items)]
    for place, text in texts:
        longest = max(sentences(text), key=lambda each: len(each.text.split()), default=None)
        if longest is None:
            continue
        words = len(longest.text.split())
        if words > MAX_SENTENCE or (may_exceed(MAX_GRADE, text) and grade(text) > MAX_GRADE):
            level = grade(text)
            says = f"This sentence has {words} words; the text reads at grade {level:.0f}."
            yield Hit(place, says, longest.span)
