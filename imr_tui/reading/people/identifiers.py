"""Finds numbers and addresses that identify a person, such as claim and license numbers."""

from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from imr_tui.reading.language.patterns import CACHE_SIZE, LazyPattern, lowered
from imr_tui.reading.people.birth_dates import birth_date
from imr_tui.reading.people.postal_addresses import postal_address

# The patterns begin with a set of characters or a word, since a search for these is fast.
_TELEPHONE = (
    r"[\d(](?<![\d-].)(?:(?<=1)[-. ]\(?\d{3}\)?[-. ]\s?|(?<=\()\d{3}\)\s?|\d\d[-. ])\d{3}[-. ]\d{4}"
    r"(?![\d-])"
)
_NUMBER = r"(?:numbers?|no[.:]|no(?= [\w-]{0,6}\d{4})|num\.?|nbr\.?|id\.?|#)"
_LINK = r"(?:[\s:#,(-]|\bis\b|\bwas\b|\bof\b|\bas\b|\bunder\b|\bending in\b|\bends in\b){0,6}"
"""Words between the name of a number and its digits."""
_PREFIX = r"(?:ac|dc|psy|pt|ot|rn|np|pa|dpm|mft|20a)"
"""Prefixes of California licenses that a space may follow."""
_NOT_A_DATE = r"(?!\d{1,2}-\d{1,2}-\d{2,4}\b|\d{4}-\d\d-\d\d\b)"
_CODE = rf"(?:[a-z]{{2,3}} (?=\d{{4}}))?{_NOT_A_DATE}(?=[\w-]{{0,12}}\d{{2}})[\w-]{{4,24}}"
"""A number that may contain letters and hyphens."""


class Identifier(NamedTuple):
    """Words that identify a person."""

    kind: str
    """What they are, with its article: "a telephone number"."""
    span: tuple[int, int]
    """Offsets of the words."""


class _Form(NamedTuple):
    """How a kind of identifier is written, in lower-case text."""

    kind: str
    signs: tuple[str, ...]
    """A text without any of these words does not contain one; empty if there is no such word."""
    pattern: LazyPattern


_FORMS = (
    _Form(
        "a social security number",
        ("ssn", "social"),
        LazyPattern(
            rf"\bssn\b|\bsocial security {_NUMBER}{_LINK}[^.;\n\d]{{0,25}}[\dx*\s-]{{0,9}}\d{{4}}\b"
        ),
    ),
    _Form(
        "a social security number", ("-",), LazyPattern(r"\d(?<![\d-]\d)\d\d-\d\d-\d{4}(?![\d-])")
    ),
    _Form("a telephone number", (), LazyPattern(_TELEPHONE)),
    _Form(
        "a telephone number",
        ("phone", "fax", "tel", "cell", "call", "reached"),
        LazyPattern(
            r"\b(?:(?:tele)?phone|telefax|fax|tel|cell|call(?:ed)?|reached)\b\.?"
            rf"(?: {_NUMBER})?(?: at| is)?[\s:#]{{0,3}}"
            r"(?:\+?1[-. ]?)?(?:\(?\d{3}\)?[-. /]{0,2})?\d{3}[-. ]?\d{4}(?![\d/-])"
        ),
    ),
    _Form(
        "a record number",
        (
            *("mrn", "mr#", "mr #", "record n", "record #", "record i", "chart n", "chart #"),
            *("patient id", "patient n", "patient #", "account n", "account #", "patient account"),
            *("accession", "encounter n", "encounter i"),
        ),
        LazyPattern(
            rf"\b(?:mrn|mr\s?#|(?:medical )?record {_NUMBER}|(?:hospital )?chart {_NUMBER}"
            rf"|(?:patient|account|accession|encounter) (?:id|(?:id )?(?:number|#))){_LINK}"
            rf"{_NOT_A_DATE}(?=[\w-]{{0,12}}\d{{2}})[\w-]+"
        ),
    ),
    _Form(
        "a record number",
        ("mrn", "chart:", "account:", "acct", "policy:", "claim:", "cal:"),
        LazyPattern(
            r"\bmrn[\s:#=]{1,4}(?:(?:is|no\.?|number) )?\d[\w-]+"
            rf"|\b(?:chart|account|acct|policy|claim|medi-?cal)\s?[:=]\s?{_NOT_A_DATE}"
            r"(?=[\w-]{0,6}\d[\w-]{0,6}\d{3})[\w-]{5,24}"
        ),
    ),
    _Form(
        "an insurance number",
        ("medi", "hicn", "mbi", "policy", "member", "subscriber", "group n", "insur"),
        LazyPattern(
            r"\b(?:hicn|mbi|(?:medi-?cal|medicare|medicaid)(?: (?:card|member|beneficiary))?"
            rf"(?: id)? {_NUMBER}){_LINK}{_CODE}"
            r"|\b(?:policy|member(?:ship)?|subscriber|group|insurance|beneficiary)(?: id)?"
            rf"\s{{0,3}}{_NUMBER}{_LINK}(?=[a-z-]{{0,6}}\s?\d{{4}}|\w{{0,6}}\d{{4}}){_CODE}"
        ),
    ),
    _Form(
        "a claim number",
        ("claim",),
        LazyPattern(
            r"claim(?<!\wclaim)(?:s?(?:'s)?(?: (?:administrator(?:'s)?|file))?"
            rf" {_NUMBER}{_LINK}{_CODE}"
            rf"|,? \(?(?:is )?(?:filed |known |registered )?(?:under |as )?(?:the )?"
            rf"(?:{_NUMBER}\s?)?{_NOT_A_DATE}(?=[a-z-]{{0,6}}\d[\w-]{{0,8}}\d{{4}})[\w-]{{6,24}}"
            rf"| file{_LINK}{_CODE})"
        ),
    ),
    _Form(
        "a claim number",
        ("adj", "wcab", "eams", "carrier", "file n", "file #", "case n", "reference n"),
        LazyPattern(
            r"\b(?:carrier|eams|wcab|board|panel)(?:'s)?(?: (?:case|file))?"
            rf" {_NUMBER}{_LINK}{_CODE}"
            r"|\b(?:insurer|carrier|employer|administrator|adjuster)(?:'s)?"
            rf" (?:file|reference|case) {_NUMBER}{_LINK}{_CODE}"
            rf"|\badj\s?[#-]?\s?\d{{5,9}}\b"
            rf"|\bwcab\b(?: case)?(?: {_NUMBER})?{_LINK}[a-z]{{2,4}}\s?\d{{5,9}}\b"
        ),
    ),
    _Form(
        "a license number",
        ("lic", "npi", "provider id", "dea", "certificat", "registration", "qme"),
        LazyPattern(
            r"(?<!driver\s)(?<!drivers\s)(?<!driver's\s)\b(?:licen[cs](?:e|es|ed|ure)\b|lic\b\.?)"
            rf"(?:\s?{_NUMBER})?(?:[^.;\n\d]{{0,40}}?\b(?:(?:[a-z]{{1,3}}|20a)-?\d{{4,7}}"
            rf"|{_PREFIX} \d{{4,7}}|[a-z][ -]\d{{5,7}})\b|{_LINK}\d{{5,8}}\b)"
            rf"|\b(?:npi|provider identifier)\b[^.;\n\d]{{0,45}}\d{{9,10}}\b"
            rf"|\bdea\b[^.;\n\d]{{0,45}}?\b[a-z]{{1,2}}-?\d{{6,7}}\b"
            rf"|\b(?:certificate|registration|qme) {_NUMBER}{_LINK}(?:[a-z]{{1,3}}-?)?\d{{5,8}}\b"
        ),
    ),
    _Form(
        "a personal number",
        ("driver", "passport", "employee", "badge", "tax", "plate", "vehicle"),
        LazyPattern(
            rf"\bdriver(?:'?s)? licen[cs]e(?: {_NUMBER})?{_LINK}{_CODE}"
            rf"|\b(?:passport|badge|(?:license )?plate|vehicle identification){_LINK}{_NUMBER}"
            rf"{_LINK}{_CODE}"
            rf"|\bemployee (?:id|identification)(?: {_NUMBER})?{_LINK}{_CODE}"
            r"|\btax(?:payer)? (?:id|identification)[^.;\n\d]{0,20}\d{2}-?\d{7}\b"
        ),
    ),
    _Form(
        "an e-mail address",
        ("@",),
        LazyPattern(r"(?<![\w.+-])[\w.+-]{1,64}@[\w-]{1,64}\.[a-z]{2,}\b"),
    ),
    _Form(
        "the address of a patient portal",
        ("portal", "mychart", "patient"),
        LazyPattern(
            r"\b(?:https?://|www\.)[^\s,;]{0,80}(?:portal|mychart|patient)[^\s,;]{0,80}"
            r"|\b(?:patient portal|mychart)\b[^;\n]{0,30}?\b(?:https?://[^\s,;]{4,80}"
            r"|[\w-]{2,40}\.(?:com|org|net|health)\b)"
        ),
    ),
)


@lru_cache(maxsize=CACHE_SIZE)
def identifiers(text: str) -> tuple[Identifier, ...]:
    """The first identifier of each kind in an unaccented text."""
    found: dict[str, Identifier] = {}
    for each in _identifiers(text):
        found.setdefault(each.kind, each)
    return tuple(found.values())


def _identifiers(text: str) -> Iterator[Identifier]:
    low = lowered(text)
    for form in _FORMS:
        is_possible = not form.signs or any(sign in low for sign in form.signs)
        if is_possible and (match := form.pattern.search(low)):
            yield Identifier(form.kind, match.span())
    if span := birth_date(low):
        yield Identifier("a date of birth", span)
    if span := postal_address(text):
        yield Identifier("a postal address", span)
