"""IMR501: names and numbers that no letter may hold."""

import re
from collections.abc import Iterator

from imr_tui.checks.draft import Draft
from imr_tui.checks.rule import Hit, rule
from imr_tui.reading.wording import Wording

_EPONYMS = frozenset(
    [
        "neer",
        "hawkins",
        "phalen",
        "tinel",
        "spurling",
        "finkelstein",
        "lachman",
        "mcmurray",
        "apley",
        "speed",
        "yergason",
        "kemp",
        "patrick",
        "faber",
        "waddell",
        "hoffman",
        "hoffmann",
        "babinski",
        "lasegue",
        "kennedy",
        "jobe",
        "obrien",
        "cozen",
        "thompson",
        "thomas",
        "ober",
        "trendelenburg",
        "adson",
        "roos",
        "allen",
        "romberg",
        "murphy",
        "homan",
        "quervain",
        "dupuytren",
        "baker",
        "morton",
        "kienbock",
    ]
)
_PLAIN = frozenset(
    [
        "worker",
        "employee",
        "patient",
        "claimant",
        "employer",
        "provider",
        "physician",
        "clinic",
        "case",
        "sample",
        "test",
        "california",
        "texas",
        "medical",
        "health",
        "group",
        "center",
        "hospital",
        "state",
        "county",
        "city",
        "insurance",
        "company",
        "services",
        "fund",
        "management",
        "young",
        "white",
        "black",
        "brown",
        "green",
        "long",
        "short",
        "field",
        "price",
        "banks",
        "hill",
        "wood",
        "woods",
        "park",
        "rivers",
        "day",
        "may",
        "march",
        "april",
    ]
)
_TITLED = Wording(
    r"\b(?P<title>Dr|Drs|Mr|Mrs|Ms|Miss)\b\.? (?!(?:and|or|of|the"
    r"|who)\b)(?P<name>[A-Z][a-z]+(?:-[A-Z][a-z]+)?)"
    r"|\b[A-Z][a-z]+ (?:[A-Z]\.? )?(?P<behind>[A-Z][a-z]+),\s*(?:M\.?D|D\.?O|D\.?C|Ph\.?D"
    r"|PA-C|D\.?P\.?M|N\.?P)\b"
)
_NUMBERS = {
    "a social security number": Wording(r"(?<![\d-])\d{3}-\d{2}-\d{4}(?![\d-])|\bSSN\b"),
    "a telephone number": Wording(r"(?<![\d-])(?:\(\d{3}\)\s?|\d{3}[-.])\d{3}[-.]\d{4}(?![\d-])"),
    "a record number": Wording(r"\bMRN\b\s*[:#]?\s*\w*\d\w*", re.IGNORECASE),
    "a claim number": Wording(
        r"\bclaim\s*(?:number|no\.|num\.|#)\s*(?:is |:\s*|#\s*)?(?=[\w-]*\d)[\w-]{4,}",
        re.IGNORECASE,
    ),
    "a date of birth": Wording(
        r"\b(?:date of birth|DOB|born on)\b\s*[:,]?\s*(?:is |of |on )?\d", re.IGNORECASE
    ),
    "an e-mail address": Wording(
        r"(?<![\w.+-])[\w.+-]{1,64}@[\w-]{1,64}\.[a-z]{2,}\b", re.IGNORECASE
    ),
}
_SPECIALTY = Wording(
    r"medic(?:al|ine)|surg(?:ery|ical|eons)|therap|management|care\b|neurolog|pain\b|family|clinic"
    r"|chiropract|acupunct|orthop|spine|rehab|imaging|radiolog|associates|partners|institute"
    r"|pharmac|labs?\b|laborator|services|wellness|physical|group|center|hospital|health|dental"
    r"|psycholog|podiatr|insurance|claims|company|\binc\b|\bllc\b",
    re.IGNORECASE,
)


@rule(
    "IMR501",
    "name-in-text",
    "warning",
    why="Letters are published, and nobody in them may be recognised.",
    source='Labor Code 4610.6(f), 138.7; "Dr. Name" in 0 of 194 published letters',
    fires={"rationale": "Dr. Sampleton asked for an MRI. It is not medically necessary."},
    passes={"rationale": "The Neer and Hawkins signs are negative, the doctor wrote."},
)
def name_in_text(draft: Draft) -> Iterator[Hit]:
    """A printed text holds a name with a title, a party's name, or a number that tells who it is.

    The names of the parties are those of the case. A surname alone counts only if it is neither
    an everyday word nor the name of a clinical sign; other capitalised words are let pass.
    """
    parties = _parties(draft)
    for place, text in draft.printed:
        if place.field.startswith(("citations", "administrator_citations", "reviewer")):
            continue
        if found := _found(text, parties):
            what, span = found
            yield Hit(
                place, f"{text[slice(*span)]!r} looks like {what}; letters name nobody.", span
            )


def _found(text: str, parties: Wording | None) -> tuple[str, tuple[int, int]] | None:
    for match in _TITLED.finditer(text):
        name = match["name"] or match["behind"]
        if name.lower() not in _EPONYMS and not _SPECIALTY.search(match[0]):
            return "a name", match.span()
    if parties is not None and (party := parties.search(text)):
        return "a party's name", party.span()
    for what, pattern in _NUMBERS.items():
        if number := pattern.search(text):
            return what, number.span()
    return None


def _parties(draft: Draft) -> Wording | None:
    """The parties' full names in any case, and the surnames of people where they stand out."""
    forms = [_spaced(name.strip()) for name in draft.case.parties.named() if len(name.strip()) > 3]
    full = rf"(?i:\b(?:{'|'.join(forms)})\b)" if forms else ""
    parties = draft.case.parties
    surnames = {
        re.escape(each) for each in map(_surname, (parties.employee, *parties.providers)) if each
    }
    alone = rf"(?<!Injured\s)\b(?:{'|'.join(sorted(surnames))})\b" if surnames else ""
    pattern = "|".join(part for part in (full, alone) if part)
    return Wording(pattern) if pattern else None


def _spaced(name: str) -> str:
    return r" ".join(map(re.escape, name.split()))


def _surname(name: str) -> str:
    """The surname of a person's name of two or three words, if it stands out; or blank."""
    parts = [part.strip(".,") for part in name.split()]
    if not 2 <= len(parts) <= 3 or _SPECIALTY.search(name):
        return ""
    last = (
        parts[-1]
        if parts[-1].rstrip(".").upper() not in ("MD", "DO", "DC", "JR", "SR")
        else parts[-2]
    )
    plain = last.lower() in _PLAIN | _EPONYMS or len(last) < 4 or not last[:1].isupper()
    return "" if plain else last
