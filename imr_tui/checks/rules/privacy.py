"""IMR501: names and numbers that no letter may contain."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from imr_tui.checks.rule import Hit, Span, rule
from imr_tui.reading.drugs import drugs
from imr_tui.reading.names import (
    AMBIGUOUS_DEGREE,
    DEGREE,
    PARTICLE,
    Person,
    mention,
    person,
    surname,
)
from imr_tui.reading.patterns import LazyPattern, unaccented

if TYPE_CHECKING:
    from imr_tui.checks.context import CheckContext
    from imr_tui.model.case import Parties

# Surnames that, when alone, denote a clinical sign.
_EPONYMS = LazyPattern(
    r"neer|hawkins|phalen|tinel|spurling|finkelstein|lachman|mcmurray|apley|speed|yergason"
    r"|kemp|patrick|faber|waddell|hoffman|hoffmann|babinski|lasegue|kennedy|jobe|obrien|cozen"
    r"|thompson|thomas|ober|trendelenburg|adson|roos|allen|romberg|murphy|homan|quervain"
    r"|dupuytren|baker|morton|kienbock"
)
# Surnames that are also ordinary words.
_ORDINARY_WORDS = LazyPattern(
    r"worker|employee|patient|claimant|employer|provider|physician|clinic|case|sample|test"
    r"|california|texas|medical|health|group|center|hospital|state|county|city|insurance"
    r"|company|services|fund|management|young|white|black|brown|green|long|short|field|price"
    r"|banks|hill|wood|woods|park|rivers|day|may|march|april"
)
# Capitalized words that may follow "the Dr." and "MS", or precede a degree.
_NOT_NAMES = LazyPattern(
    r"a|an|and|as|at|board|both|but|by|contin|first|for|he|her|his|if|in|it|medications|no|not"
    r"|note|noted|notes|of|office|on|or|order|orders|patient|plan|report|reports|scholl|she"
    r"|shopping|since|that|the|their|then|there|these|they|this|to|treatment|visit|visits|was"
    r"|washington|when|while|who|with|worker"
)
_SPECIALTY = LazyPattern(
    r"medic(?:al|ine)|surg(?:ery|ical|eons)|therap|management|care\b|neurolog|pain\b|family|clinic"
    r"|chiropract|acupunct|ortho|spine|rehab|imaging|radiolog|associates|partners|institute"
    r"|pharmac|labs?\b|laborator|services|wellness|physical|group|center|hospital|health|dental"
    r"|psycholog|podiatr|insurance|claims|company|\binc\b|\bllc\b|treating|requesting|referring"
    r"|attending|physician|provider|doctor|certified|massage|exercise"
    r"|nurs(?:e|ing)|practitioner|assistant",
    re.IGNORECASE,
)
# Treatments that look like a name with a degree: "Left Knee, PT", "Stop Norco, DC Soma".
_TREATMENTS = LazyPattern(
    r"\b(?:left|right|bilateral|knee|shoulder|hip|neck|back|ankle|foot|wrist|elbow|hand|lumbar"
    r"|cervical|thoracic|home|post|pre|initial|additional|continued?|rest|ice|heat|brace|splint"
    r"|injections?|medications?|nsaids?|activit\w+|\w+tion|\w+ment)\b",
    re.IGNORECASE,
)
_JOINED = LazyPattern(r"&|\b(?:and|of|the|for)\b", re.IGNORECASE)
_GAP = r"[^\S\n]*\n?[^\S\n]*"
_NAME = r"[A-Z](?:'?[A-Z]|[a-z]+[A-Z])?[a-z]+(?:[-'][A-Z][a-z]+)?\b"
_TITLED = LazyPattern(
    rf"(?:\b(?:[Dd]rs?|DR|Mrs?|Ms|Miss|Prof)\b\.?|\b(?:Doctor|Professor)\b){_GAP}"
    rf"(?:[A-Z]\.\s?){{0,2}}(?:{PARTICLE} ){{0,2}}(?P<name>{_NAME}|[A-Z]['A-Z-]{{4,}})"
    rf"|\b(?:DR|MR|MRS|MS)\.{_GAP}(?:[A-Z]\.\s?){{0,2}}(?P<shouted>[A-Z]['A-Z-]{{3,}})"
    rf"|\b(?P<first>[A-Z][a-z]+|[A-Z]\.) (?:[A-Z]\.? )?(?:{PARTICLE} ){{0,2}}(?P<behind>{_NAME})"
    rf"(?:,?\s*{DEGREE}|,\s*(?P<office>{AMBIGUOUS_DEGREE}))"
    rf"|\b(?P<sole>{_NAME}),\s*(?:M\.D|D\.O|Ph\.D)\b"
    r"|\b[A-Z]{3,} (?:[A-Z]\.? )?(?P<capitals>[A-Z]['A-Z-]{2,}),\s*M\.?D\b"
)
_NAMES = ("name", "shouted", "first", "behind", "sole", "capitals")
"""The groups that capture a name."""
_NUMBERS = {
    "a social security number": LazyPattern(r"(?<![\d-])\d{3}-\d{2}-\d{4}(?![\d-])|\bSSN\b"),
    "a telephone number": LazyPattern(
        r"(?<![\d-])(?:\(\d{3}\)\s?|\d{3}[-.])\d{3}[-.]\d{4}(?![\d-])"
    ),
    "a record number": LazyPattern(
        r"\b(?:MRN|medical record (?:number|no\.?|#)|chart (?:number|no\.|#))"
        r"\s*(?:is |:|#)?\s*(?=[\w-]*\d)[\w-]+",
        re.IGNORECASE,
    ),
    "a claim number": LazyPattern(
        r"\bclaim\s*(?:number|no\.|num\.|#)\s*(?:is |:\s*|#\s*)?(?=[\w-]*\d)[\w-]{4,}",
        re.IGNORECASE,
    ),
    "a date of birth": LazyPattern(
        r"\b(?:date of birth|DOB|born on)\b\s*[:,]?\s*(?:is |of |on )?\d", re.IGNORECASE
    ),
    "an e-mail address": LazyPattern(
        r"(?<![\w.+-])[\w.+-]{1,64}@[\w-]{1,64}\.[a-z]{2,}\b", re.IGNORECASE
    ),
}
# Things named after a person: a Taylor brace, Bell's palsy.
_NAMED_AFTER = (
    r"(?!(?:'s)?(?: \w+)? (?:sign|test|maneuver|palsy|brace|splint|orthosis|disease|syndrome|cyst"
    r"|fracture|procedure|classification|scale|score|index|criteria|neuroma|contracture|view"
    r"|reflex|technique|method|inventory|questionnaire|grade|lesion|law)s?\b)"
)


@rule(
    "IMR501",
    "name-in-text",
    "warning",
    why="Letters are published, so they must not identify anybody.",
    source='Labor Code 4610.6(m), 138.7; "Dr. Name" in 0 of 194 published letters',
    fires={"rationale": "Dr. Sampleton asked for an MRI. It is not medically necessary."},
    passes={"rationale": "The Neer and Hawkins signs are negative, the doctor wrote."},
)
def name_in_text(context: CheckContext) -> Iterator[Hit]:
    """A printed text contains a name with a title, the name of a party, or an identifying number.

    The names of the parties come from the case. A surname alone counts only if it is neither an
    everyday word nor the name of a clinical sign. Other capitalized words are not reported.
    """
    parties = _parties(context.case.parties)
    for place, text in context.printed:
        if place.field.startswith(("citations", "administrator_citations", "reviewer")):
            continue
        if found := _found(unaccented(text), parties):
            what, span = found
            says = f"{text[slice(*span)]!r} looks like {what}. Letters must not name individuals."
            yield Hit(place, says, span)


def _found(text: str, parties: LazyPattern | None) -> tuple[str, Span] | None:
    if titled := next(filter(_is_name, _TITLED.finditer(text)), None):
        return "a name", titled.span()
    if parties is not None and (party := parties.search(text)):
        return "a party's name", party.span()
    for what, pattern in _NUMBERS.items():
        if number := pattern.search(text):
            return what, number.span()
    return None


def _is_name(match: re.Match[str]) -> bool:
    names = [word.lower() for word in match.group(*_NAMES) if word]
    if any(map(_NOT_NAMES.fullmatch, names)) or _SPECIALTY.search(" ".join(names)):
        return False
    return not (match["office"] and (_TREATMENTS.search(match[0]) or drugs(match[0])))


def _parties(parties: Parties) -> LazyPattern | None:
    """A pattern for the parties' full names, and other forms that identify one of the people."""
    forms = [_full_name(name) for name in parties.named() if len(name.strip()) > 3]
    providers = (name for name in parties.providers if not _is_facility(name))
    for who in filter(None, map(person, (parties.employee, *providers))):
        if len(who.given + who.surname) > 1:
            forms += [mention(who), *_distinctive_surname(who)]
    return LazyPattern("|".join(forms)) if forms else None


def _is_facility(name: str) -> bool:
    return any(words.search(name) for words in (_SPECIALTY, _TREATMENTS, _JOINED))


def _full_name(name: str) -> str:
    """A pattern for a full name: in any case, but a single word only as written (Target, Shell)."""
    words = [re.escape(word) for word in unaccented(name).split()]
    return rf"\b(?i:{' '.join(words)})(?!\w)" if len(words) > 1 else rf"\b{words[0]}(?!\w)"


def _distinctive_surname(who: Person) -> Iterator[str]:
    """The surname of a person, if it is distinctive."""
    plain = who.surname[-1].lower().replace("'", "")
    if len(plain) > 3 and not _ORDINARY_WORDS.fullmatch(plain) and not _EPONYMS.fullmatch(plain):
        yield rf"\b{surname(who)}\b{_NAMED_AFTER}"
