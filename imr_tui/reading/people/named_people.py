"""Finds names of persons by their title, degree, role, or a label such as "Signed by"."""

import re
from collections.abc import Iterator
from functools import cache, lru_cache

from imr_tui.reading.drugs.drugs import drugs
from imr_tui.reading.language.patterns import CACHE_SIZE, LazyPattern
from imr_tui.reading.language.tables import table
from imr_tui.reading.people.names import AMBIGUOUS_DEGREE, DEGREE, PARTICLE

# Capitalized words that may follow "the Dr." and "MS", or precede a degree.
_NOT_NAMES = LazyPattern(
    r"a|an|and|as|at|board|both|but|by|contin|first|for|he|her|his|if|in|it|medications|no|not"
    r"|note|noted|notes|of|office|on|or|order|orders|patient|plan|report|reports|scholl|she"
    r"|shopping|since|that|the|their|then|there|these|they|this|to|treatment|visit|visits|was"
    r"|washington|when|while|who|with|worker"
)
FACILITY_WORDS = LazyPattern(
    r"medic(?:al|ine)|surg(?:ery|ical|eons)|therap|management|care\b|neurolog|pain\b|family|clinic"
    r"|chiropract|acupunct|ortho|spine|rehab|imaging|radiolog|associates|partners|institute"
    r"|pharmac|labs?\b|laborator|services|wellness|physical|group|center|hospital|health|dental"
    r"|psycholog|podiatr|insurance|claims|company|\binc\b|\bllc\b|treating|requesting|referring"
    r"|attending|physician|provider|doctor|certified|massage|exercise"
    r"|nurs(?:e|ing)|practitioner|assistant",
    re.IGNORECASE,
)
"""Words of specialties and of facilities, which are no names of persons."""
# Treatments that look like a name with a degree: "Left Knee, PT", "Stop Norco, DC Soma".
TREATMENT_WORDS = LazyPattern(
    r"\b(?:left|right|bilateral|knee|shoulder|hip|neck|back|ankle|foot|wrist|elbow|hand|lumbar"
    r"|cervical|thoracic|home|post|pre|initial|additional|continued?|rest|ice|heat|brace|splint"
    r"|injections?|medications?|nsaids?|activit\w+|\w+tion|\w+ment)\b",
    re.IGNORECASE,
)
"""Words of treatments and of body parts, which are no names of persons."""
_TERMS = LazyPattern(
    r"\b(?:progress|request|review\w*|utilization|independent|agreed|qualified|primary|secondary"
    r"|federal|state|california|american|caucasian|hispanic|department|division|board|official"
    r"|disability|guidelines?|schedule|chapter|emergency|urgent|occupational|internal|psychiatr\w*"
    r"|general|sports|application|determination|decision|letter|form|records?|dated?|work\w*"
    r"|compensation|appeals?|office|notes?|january|february|march|april|may|june|july|august"
    r"|september|october|november|december|monday|tuesday|wednesday|thursday|friday|saturday"
    r"|sunday|maximus|odg|mtus|acoem|mri|emg|spanish|english|level|grade|type|stage|phase|scale"
    r"|inventory|index|test|chart|copy|school|street|drive|unit|police|fire|safety|human"
    r"|resources|manager|follow|urine|blood|gym|self|hot|cold|agreement|contract|consent|spinal"
    r"|weight|sleep|bone|light|heavy|modified|duty|global|status|mini|labor|patch|gel|vitamin"
    r"|fall|risk|body|visual|verbal|yellow|red|los|las|san|santa|good|saint|kaiser|north|south"
    r"|east|west|native|united|new|male|female|not|no|lab|tests?|aide|visits?|consult\w*"
    r"|evaluat\w*|assess\w*|certif\w*|registered|licensed|plan|team|network|questionnaire)\b",
    re.IGNORECASE,
)
_GAP = r"[^\S\n]*\n?[^\S\n]*"
_NAME = r"[A-Z](?:'?[A-Z]|[a-z]+[A-Z])?[a-z]+(?:[-'][A-Z][a-z]+)?\b"
_TITLED = LazyPattern(
    rf"(?:\b(?:[Dd]rs?|DR|Mrs?|Ms|Miss|Prof)\b\.?|\b(?:Doctor|Professor)\b){_GAP}"
    rf"(?:[A-Z]\.\s?){{0,2}}(?:{PARTICLE} ){{0,2}}(?P<name>{_NAME}|[A-Z]['A-Z-]{{4,}})"
    rf"|\b(?:DR|MR|MRS|MS)\.{_GAP}(?:[A-Z]\.\s?){{0,2}}(?P<shouted>[A-Z]['A-Z-]{{3,}})"
    rf"|\b(?P<first>[A-Z][a-z]+|[A-Z]\.) (?:[A-Z]\.? )?(?:{PARTICLE} ){{0,2}}(?P<behind>{_NAME})"
    rf"(?:,?\s*(?:{DEGREE}|PA-C\b|FNP\b|LCSW\b)|,\s*(?P<office>{AMBIGUOUS_DEGREE}))"
    rf"|\b(?P<sole>{_NAME}),\s*(?:M\.D|D\.O|Ph\.D)\b"
    r"|\b[A-Z]{3,} (?:[A-Z]\.? )?(?P<capitals>[A-Z]['A-Z-]{2,}),\s*M\.?D\b"
)
_NAMES = ("name", "shouted", "first", "behind", "sole", "capitals")
"""The groups that capture a name."""
_ROLE = (
    r"(?i:physician|provider|doctor|surgeon|therapist|chiropractor|acupuncturist|psychologist"
    r"|psychiatrist|podiatrist|dentist|orthopedist|neurologist|physiatrist|specialist|consultant"
    r"|nurse|practitioner|assistant|manager|adjuster|examiner|attorney|lawyer|interpreter"
    r"|supervisor|foreman|employer|co-?worker|evaluator|reviewer|anesthesiologist|radiologist"
    r"|counselor|wife|husband|spouse|partner|son|daughter|mother|father|brother|sister|friend"
    r"|patient|claimant|applicant|worker|employee|QME|AME|PTP)"
)
_SIGNED = (
    r"(?:signed|authored|dictated|written|prepared|examined|seen|evaluated|performed|treated"
    r"|referred|requested|interpreted|prescribed|dispensed|ordered|reviewed|submitted|named"
    r"|witnessed|supervised) (?:by )?|under the care of "
)
_LABEL = (
    r"(?:[Pp]atient|[Cc]laimant|[Aa]pplicant|[Ee]mployee|[Ww]orker|[Pp]rovider|[Pp]hysician"
    r"|[Ii]nsured|[Cc]lient)(?:'s)?(?: [Nn]ame)?\s?:|[Nn]ame(?:\s?:| is)"
    r"|(?:R[Ee]|cc|CC|Attn|ATTN)\s?:|(?:Electronically )?[Ss]igned(?: by)?\s?:"
)
_FULL_NAME = (
    rf"(?P<given>[A-Z](?:[a-z]+|\.)) (?:[A-Z]\.? )?(?:{PARTICLE} ){{0,2}}(?P<family>{_NAME})"
    r"(?! [A-Z][a-z]|,? et al|,? \(?(?:19|20)\d\d|'s? (?:sign|test)|-)"
)
_TWO_NAMES = LazyPattern(_FULL_NAME)
# "the treating physician Pat Sample", "signed by Pat Sample", "Patient: Pat Sample".
_INTRODUCED = LazyPattern(rf"(?:\b{_ROLE}[,:]? \(?|\b(?:{_SIGNED})|\b(?:{_LABEL})\s?)$")
_REACH = 40
"""Maximum length of the words before a name."""
_LABELED = LazyPattern(rf"\b(?:{_LABEL})\s?(?P<family>{_NAME}), (?P<given>[A-Z][a-z]+|[A-Z]\.)")
_ACTING = LazyPattern(
    rf"\b(?:[Nn]urse|[Oo]fficer|[Jj]udge|[Aa]ttorney|[Aa]djuster) (?P<family>{_NAME})"
    r"(?: (?:also )?(?:asked|noted|stated|wrote|said|found|denied|called|reported|saw|requested))"
    rf"|\b{_ROLE} named (?P<given>{_NAME})"
)
_RELATIVE = LazyPattern(
    r"\b(?:his|her|the worker's|the patient's) (?:wife|husband|spouse|partner|son|daughter|mother"
    r"|father|brother|sister|friend)(?: (?P<given>[A-Z][a-z]{2,})(?! [A-Z])\b"
    r"|, (?P<family>[A-Z][a-z]{2,}),)"
)
# Patterns, each with words of which the text must have one.
_OTHER_FORMS = (
    ((":",), _LABELED),
    (("urse ", "fficer ", "udge ", "ttorney ", "djuster ", " named "), _ACTING),
    (("his ", "her ", "'s "), _RELATIVE),
)


@lru_cache(maxsize=CACHE_SIZE)
def named_person(text: str) -> tuple[int, int] | None:
    """The offsets of the first name of a person in an unaccented text, with its title or role.

    Eponyms, authors of studies, specialties and titles of documents are not reported.
    """
    return next(_named_people(text), None)


def _named_people(text: str) -> Iterator[tuple[int, int]]:
    yield from (match.span() for match in _TITLED.finditer(text) if _is_name(match))
    for match in _TWO_NAMES.finditer(text):
        before = _INTRODUCED.search(text, max(0, match.start() - _REACH), match.start())
        if before and _is_full_name(match):
            yield before.start(), match.end()
    for signs, pattern in _OTHER_FORMS:
        if any(sign in text for sign in signs):
            yield from (match.span() for match in pattern.finditer(text) if _is_full_name(match))


# Tests that bear the name of their inventor, even with a title before it: "Dr. Lachman's test".
_EPONYM = LazyPattern(
    r"(?:lachman|tinel|phalen|mcmurray|apley|spurling|hawkins|neer|finkelstein|waddell|patrick"
    r"|gaenslen|kemp|thompson|homans?|hoffmann?|romberg|jobe|yergason|speed|o'brien|durkan|froment"
    r"|las[e\u00e8]gue|trendelenburg|cozen|adson|roos|watson|babinski)(?:'?s)?'? (?:[a-z-]+ )?"
    r"(?:tests?|signs?|maneuvers?)\b",
    re.IGNORECASE,
)


def _is_name(match: re.Match[str]) -> bool:
    if match["name"] and _EPONYM.match(match.string, match.start("name")):
        return False
    names = [word.lower() for word in match.group(*_NAMES) if word]
    if any(map(_NOT_NAMES.fullmatch, names)) or FACILITY_WORDS.search(" ".join(names)):
        return False
    return not (match["office"] and (TREATMENT_WORDS.search(match[0]) or drugs(match[0])))


def _is_full_name(match: re.Match[str]) -> bool:
    """Whether capitalized words after a role are a name, and no terms, drugs or treatments."""
    words = [word.lower() for word in match.group("given", "family") if word]
    name = " ".join(words)
    if any(map(_NOT_NAMES.fullmatch, words)) or not _field_words().isdisjoint(words):
        return False
    terms = (FACILITY_WORDS, TREATMENT_WORDS, _TERMS)
    return not drugs(name) and not any(pattern.search(name) for pattern in terms)


@cache
def _field_words() -> frozenset[str]:
    """Words that letters use all the time, which are no names after a role."""
    return frozenset(table("slips/field_words")["words"].split())
