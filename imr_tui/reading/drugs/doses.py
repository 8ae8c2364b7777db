"""Finds the strengths that a text gives to drugs, and measures of the body, with their units."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from imr_tui.reading.drugs.drugs import drugs, is_of
from imr_tui.reading.language.patterns import CACHE_SIZE, LazyPattern
from imr_tui.reading.language.sentences import sentence_at

if TYPE_CHECKING:
    from imr_tui.reading.drugs.drug_table import Drug

_UNIT = (
    r"(?P<unit>mg|mcg|ug|milligrams?|micrograms?|gms?|g|grams?|kg|kgs|kilograms?|ml|cc|milliliters?"
    r"|l|liters?|%|percent|cm|mm|inch(?:es)?|pounds?|lbs?|units?|ounces?|oz)(?![\w/]*\w)"
)
_NUMBERS = r"(?P<numbers>\d{1,5}(?:\.\d+)?(?:\s?[/-]\s?\d{1,5}(?:\.\d+)?)?)"
# Words between the name of a drug and its strength.
_FORM = (
    r"(?:\s*\([^()]{1,40}\)|[\s,-]+(?:ER|DS|XR|SR|CR|IR|LA|DR|XL|EC|ODT|HCL|HCl|hydrochloride|sodium"
    r"|potassium|sulfate|tartrate|calcium|succinate|citrate|acetate|gel|cream|ointment|lotion|patch"
    r"(?:es)?|tablets?|tabs?|capsules?|caps?|solution|oral|topical|nasal|sprays?|sublingual|buccal|films?|inhaler|brand|generic|of))"
)
_AFTER = LazyPattern(rf"{_FORM}{{0,3}}[\s,:-]*{_NUMBERS}\s?-?{_UNIT}", re.IGNORECASE)
_BEFORE = LazyPattern(rf"(?<![\w.#/-]){_NUMBERS}\s?-?{_UNIT} (?:of )?(?:oral )?\Z", re.IGNORECASE)


class Dose(NamedTuple):
    """A drug with a strength."""

    drug: Drug
    """The drug."""
    numbers: tuple[float, ...]
    """The strength; one number for each part of a combination."""
    unit: str
    """The unit in its short form: mg, mcg, g, kg, ml, l, %, cm, mm, pounds, units, oz."""
    span: tuple[int, int]
    """Offsets of the number and the unit."""


@lru_cache(maxsize=4 * CACHE_SIZE)
def doses(text: str) -> tuple[Dose, ...]:
    """The strengths that `text` gives to drugs, after a name ("Norco 10/325mg") or before it."""
    return tuple(_find_doses(text))


def _find_doses(text: str) -> Iterator[Dose]:
    mentions = drugs(text)
    for mention, following in zip(mentions, (*mentions[1:], None), strict=False):
        start, end = mention.span
        stop = following.span[0] if following is not None else len(text)
        found = _AFTER.match(text, end)
        if found is None or found.end() > stop:
            found = _BEFORE.search(text, max(0, start - 24), start)
        if found is not None:
            numbers = tuple(float(each) for each in re.findall(r"\d+(?:\.\d+)?", found["numbers"]))
            span = found.start("numbers"), found.end("unit")
            yield Dose(mention.drug, numbers, _short(found["unit"]), span)


_SHORT = {
    **dict.fromkeys(("milligram", "milligrams"), "mg"),
    **dict.fromkeys(("ug", "microgram", "micrograms"), "mcg"),
    **dict.fromkeys(("gm", "gms", "gram", "grams"), "g"),
    **dict.fromkeys(("kgs", "kilogram", "kilograms"), "kg"),
    **dict.fromkeys(("cc", "milliliter", "milliliters"), "ml"),
    **dict.fromkeys(("liter", "liters"), "l"),
    **dict.fromkeys(("percent",), "%"),
    **dict.fromkeys(("inch", "inches"), "in"),
    **dict.fromkeys(("pound", "lb", "lbs"), "pounds"),
    **dict.fromkeys(("unit",), "units"),
    **dict.fromkeys(("ounce", "ounces"), "oz"),
}


def _short(unit: str) -> str:
    return _SHORT.get(unit.lower(), unit.lower())


_ON_SKIN = ("topical analgesic", "topical")
_LIQUID = LazyPattern(
    r"\b(?:solution|syrup|suspension|elixir|liquid|inject\w*|vials?|ampules?|syringes?|iv|im"
    r"|intrathecal|pump|infus\w+|nebul\w+|oral drops|drops|enema|ophthalmic|toradol|ketorolac"
    r"|saline|contrast|marcaine|lidocaine|bupivacaine|kenalog|depo-?medrol|celestone"
    r"|dexamethasone|triamcinolone|methylprednisolone|betamethasone)\b",
    re.IGNORECASE,
)
_ON_SKIN_WORDS = LazyPattern(
    r"\b(?:creams?|gels?|ointments?|lotions?|topical\w*|tubes?|compound\w*|patch(?:es)?|salve|balm"
    r"|liniment|paste|powder|jar|bottle|tub)\b",
    re.IGNORECASE,
)
_IN_GRAMS = frozenset(("acetaminophen", "cefazolin", "metformin", "sucralfate", "vancomycin"))
"""Drugs whose doses may be given in grams."""
_MICROGRAMS = frozenset(("budesonide-formoterol", "fentanyl", "fluticasone", "levothyroxine"))
"""Drugs whose doses are micrograms."""
_NEVER = frozenset(("kg", "l", "cm", "mm", "in", "pounds"))
_NEAR = 30
"""Characters on either side of a dose that say in which form the drug is given."""


@lru_cache(maxsize=CACHE_SIZE)
def impossible_doses(text: str) -> tuple[Dose, ...]:
    """Strengths with a unit that no such drug has: kilograms, tablets in grams or millilitres."""
    return tuple(each for each in doses(text) if _is_impossible(text, each))


def _is_impossible(text: str, dose: Dose) -> bool:
    if dose.unit in _NEVER:
        return True
    if dose.unit == "%":
        return max(dose.numbers) >= 100
    around = text[max(0, dose.span[0] - _NEAR) : dose.span[1] + _NEAR]
    if _LIQUID.search(around) or _ON_SKIN_WORDS.search(around) or is_of(dose.drug, *_ON_SKIN):
        return False
    if dose.unit == "g":
        return dose.drug.generic not in _IN_GRAMS
    if dose.unit == "mg":
        return dose.drug.generic in _MICROGRAMS and dose.numbers[-1] > 1
    return dose.unit == "ml"


_MOST: tuple[tuple[str, float], ...] = (
    ("opioid", 300),
    ("benzodiazepine", 60),
    ("proton pump inhibitor", 60),
    ("antidepressant", 450),
)
"""Milligrams that one piece of a drug of a class never exceeds."""
_MOST_OF_ALL = 1000
"""Milligrams that one piece of any other drug hardly ever exceeds."""


@lru_cache(maxsize=CACHE_SIZE)
def excessive_strengths(text: str) -> tuple[Dose, ...]:
    """Strengths in milligrams that no piece of such a drug has, as after a slipped digit."""
    return tuple(each for each in doses(text) if each.unit == "mg" and _is_excessive(each))


def _is_excessive(dose: Dose) -> bool:
    most = next((most for name, most in _MOST if is_of(dose.drug, name)), _MOST_OF_ALL)
    if dose.drug.is_combination:
        most = _MOST_OF_ALL
    return max(dose.numbers) > most


_MEASURE = LazyPattern(
    r"(?P<number>\d(?<![\w./-]\d)\d{0,3}(?:\.\d+)?)[\s-]?"
    r"(?P<unit>mm|cm|mg|gm|g|grams?|kg|ml|mcg|m|meters?|pounds|lbs|inches|feet|degrees)\b(?!\s?Hg)",
    re.IGNORECASE,
)
# What is measured, with the units that it can have and the most of each.
_SUBJECTS: tuple[tuple[str, dict[str, float]], ...] = (
    (r"weigh(?:s|ed|ing)?|weight(?: loss| gain)?(?: of)?", {"kg": 400, "pounds": 900, "lbs": 900}),
    (r"grip(?: strength)?|pinch|Jamar", {"kg": 120, "pounds": 260, "lbs": 260}),
    (
        r"flexion|extension|abduction|adduction|rotation|pronation|supination|dorsiflexion"
        r"|straight leg raise",
        {"degrees": 360, "cm": 60, "inches": 30, "mm": 600},
    ),
    (
        r"protrusion|bulge|herniation|extrusion|osteophyte|spurs?|anterolisthesis|retrolisthesis"
        r"|spondylolisthesis|excursion|two-point discrimination",
        {"mm": 60, "cm": 2.5, "inches": 1},
    ),
    (
        r"tear|cyst|nodule|lesion|mass|hernia|effusion|ganglion|wound|scar|laceration|defect"
        r"|calcification",
        {"mm": 300, "cm": 40, "inches": 16},
    ),
    (r"joint (?:space|line)|cartilage", {"mm": 15, "cm": 1}),
    (
        r"height|tall|stature",
        {"cm": 250, "m": 2.5, "meters": 2.5, "inches": 99, "feet": 8, "kg": 400, "pounds": 900},
    ),
    (r"circumference", {"cm": 200, "inches": 80}),
)
_SUBJECT = LazyPattern(
    rf"\b(?:{'|'.join(f'(?P<s{at}>{words})' for at, (words, _) in enumerate(_SUBJECTS))})\b",
    re.IGNORECASE,
)
_COMMA = LazyPattern("[,;]")
_BEFORE_MEASURE, _AFTER_MEASURE = 45, 30
"""Characters around a measure in which its subject stands."""
_PRESSURE = LazyPattern(r"\d(?<!\w\d)\d{0,2}(?:/\d{1,3})?\s?(?:cm|m|kg|mg)\s?Hg\b", re.IGNORECASE)
_KILOGRAMS = LazyPattern(
    r"\d(?<![\w./]\d)\d{0,3}(?:\.\d+)?\s?(?:kg|kilograms?)\b(?!\s?/)", re.IGNORECASE
)
_HEAVY = LazyPattern(
    r"weigh|lift|grip|pinch|carry|carri|push|pull|hold|held|load|bmi|body|heav|lost|gain|obes|drop|loss"
    r"|box|object|resist|jamar|dynamomet|stood|tall|height|/kg|per kg|strength|force|mass",
    re.IGNORECASE,
)


@lru_cache(maxsize=CACHE_SIZE)
def impossible_measures(text: str) -> tuple[tuple[int, int], ...]:
    """Offsets of measures with a unit that they cannot have: a grip of 18 mg, a bulge of 5 m."""
    found = [match.span() for match in _PRESSURE.finditer(text)]
    found += [
        match.span()
        for match in _KILOGRAMS.finditer(text)
        if not _HEAVY.search(sentence_at(text, match.start()).text)
    ]
    given = {each.span[1] for each in doses(text)}
    found += [
        match.span()
        for match in _MEASURE.finditer(text)
        if match.end() not in given and not _is_possible(match)
    ]
    return tuple(sorted(set(found)))


def _is_possible(match: re.Match[str]) -> bool:
    """Whether any of the subjects around a measure can have it, or there are no subjects."""
    text, unit, number = match.string, match["unit"].lower(), float(match["number"])
    sentence = sentence_at(text, match.start())
    begin = max(sentence.start, match.start() - _BEFORE_MEASURE)
    end = min(sentence.span[1], match.end() + _AFTER_MEASURE)
    before, after = text[begin : match.start()], text[match.end() : end]
    clause = f"{_COMMA.split(before)[-1]}{match[0]}{_COMMA.split(after)[0]}"
    subjects = [each for each in _SUBJECT.finditer(clause) if each.lastgroup]
    most = (_SUBJECTS[int((each.lastgroup or "s0")[1:])][1].get(unit, -1.0) for each in subjects)
    return not subjects or any(number <= each for each in most)
