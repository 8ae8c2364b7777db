"""Finds pronouns that can only refer to the worker."""

import re
from collections.abc import Iterator
from functools import lru_cache

from imr_tui.reading.language.patterns import (
    CACHE_SIZE,
    LazyPattern,
    blank_out,
    blank_quotations,
    lowered,
)
from imr_tui.reading.language.sentences import sentences
from imr_tui.reading.people.demographics import SEXES, SUBJECT, SexMention

_PRONOUN = LazyPattern(r"\b(?P<word>he|she|him|her|hers|his|himself|herself)\b")
_HE_OR_SHE = LazyPattern(
    r"\b(?:s?he|him|her|his)\s*(?:/|\(s?\)| or )\s*(?:she|he|her|his|him|hers)\b|\(s\)he\b"
    r"|s/he\b",
)
_PROFESSIONALS = (
    r"physicians?|providers?|doctors?|dr\.?|surgeons?|therapists?|chiropractors?|prescribers?"
    r"|specialists?|consultants?|psychologists?|psychiatrists?|acupuncturists?|podiatrists?"
    r"|dentists?|nurses?|practitioners?|pt[pa]|qme|ame|reviewers?|evaluators?|examiners?|adjusters?"
    r"|m\.?d\.?|d\.?o\.?|d\.?c\.?"
)
_SPECIALISTS = (
    r"\b(?:orthop|neuro|physi|podi|rheumat|radi|anesthesi|intern|cardi|oncol|endocrin"
    r"|urol)\w*ist\b"
)
_COMPANIONS = (
    r"authors?|wife|husband|spouse|partner|significant other|sons?|daughters?|child(?:ren)?"
    r"|mother|father|parents?|brother|sister|friend|boyfriend|girlfriend|co-?workers?|supervisors?"
    r"|manager|boss|employer|owner|customers?|clients?|residents?|inmates?|suspects?|students?"
    r"|colleagues?|attorney|interpreter|baby|another \w+|men|women|someone|somebody|anyone|no one"
    r"|one (?:who|whose|should|must|may|can|cannot)|uncle|aunt|grand\w+|niece|nephew|fianc\we\w?"
    r"|roommate|caregivers?|passenger|driver of|other driver|guest|victim|robber|assailant"
    r"|neighbou?r"
    r"|an? (?:\w+ )?(?:man|woman|person|driver|patient)"
)
_GROUPS = r"patients|workers|individuals|people|persons"
_OTHER_PEOPLE = LazyPattern(
    rf"\b(?:{_PROFESSIONALS}|{_COMPANIONS}|{_GROUPS})\b|{_SPECIALISTS}",
)
# Everybody but professionals, who have no pain and no injury in a letter.
_COMPANION = LazyPattern(rf"\b(?:{_COMPANIONS})\b")
# "A physician's progress report" is a document, so a pronoun cannot refer to it.
_DOCUMENT = LazyPattern(
    r"\b(?:physician|provider|doctor|surgeon|therapist|chiropractor|consultant|nurse|evaluator)s?"
    r"(?:['\u2019]s?)? (?:[\w'-]+ ){0,3}?"
    r"(?:notes?|reports?|records?|documentation|evaluations?|visits?|appointments?|letters?)\b",
)
# Actions of the physician, named or not: "He recommends surgery".
_ACTION = (
    r"(?:recommend|order|prescrib|opin|diagnos|request|document|not(?:e[ds]?|ing)\b|examin|refer"
    r"|advis|plan|believ|suggest|propos|indicat|appeal|dispens|inject|perform|perscrib|conclud"
    r"|stat(?:e[ds]?|ing)\b|would like)"
)
_PHYSICIAN_ACTION = LazyPattern(rf" (?:also |then |further |had |has )?{_ACTION}")
_SYMPTOM = (
    r"(?:pain|aches?|headaches?|numbness|tingling|stiffness|dizziness|nausea|insomnia|anxiety"
    r"|depression|symptoms?|complaints?|swelling|fatigue|nightmares|discomfort|burning|cramping"
    r"|difficulty|trouble|relief|side effects|vomiting|constipation)"
)
_TREATMENT = r"(?:surgery|injections?|therapy|sessions|visits|acupuncture|blocks?|x-rays|allergies)"
# What physicians have or do about pain and treatment: "he has no objection to surgery".
_OFFICE = (
    r"(?:objection|opinion|reason|hope|consider|discuss|train|used|treat|seen|agree|review|ask"
    r"|experience|question|found)"
)
_PART = (
    r"(?:knees?|shoulders?|back|neck|hips?|ankles?|feet|foot|wrists?|hand|elbows?|arms?|legs?|spine"
    r"|fingers?|thumb|toes?|chest|groin|jaw|eyes?|ears?|thighs?|calf|forearms?)"
)
# "His complaints", "her left knee": what a physician does not have in a letter.
_OWN = LazyPattern(
    r" (?:past |prior )?(?:medical|surgical|social|work) history\b"
    r"| (?:(?:current|chronic|ongoing|subjective|low|lower|upper|left|right|bilateral|industrial"
    r"|present|original|prior|previous|severe|persistent|cervical|lumbar|usual"
    r"|blood|overall|daily|work) ){0,3}"
    r"(?:pain|symptoms?|symptomatology|complaints?|injur(?:y|ies)|accident|condition|progress|gait"
    r"|sleep|mood|job|duties|restrictions|employer|occupation|weight|pressure|range of motion"
    r"|activities of daily|functional (?:status|capacity|level|improvement)|disability|recovery"
    rf"|headaches?|depression|anxiety|insomnia|nightmares|medications?|{_PART})\b",
)
# "She has tried", "he complained": what only the worker does.
_DID = LazyPattern(
    r" (?:also |then |now |still |currently |again |further |has |had ){0,2}"
    r"(?:complain(?:s|ed|ing)?|suffer(?:s|ed|ing)?|experienc(?:es|ed|ing)|(?:tried|failed) (?!to\b)"
    r"|rate[sd] (?:\w+ ){0,3}?(?:pain|symptoms)|undergone|underwent|sustained|fell|slipped|tripped"
    r"|ambulates|limps|smokes|weighs|takes (?!x-rays|them|the|it|time|place|care|a)|wears|works as"
    r"|worked as"
    r"|been (?:treated|taking|injured|given|off|diagnosed|using|prescribed)"
    r"|(?:is|was|remains) (?:not )?(?:injured|taking|working|off work|temporarily|treated"
    r"|status post|permanent|diagnosed|retired|disabled|tender|a candidate"
    r"|on (?:modified|light|full)"
    r"|unable to (?:work|sleep|walk|stand|sit|lift|bend|return|tolerate|drive))"
    r"|returned to (?:work|modified|full|light)"
    rf"|(?:has|had|have) (?:(?!{_ACTION}|{_OFFICE})\w+ ){{0,3}}?(?:{_SYMPTOM}|{_TREATMENT})"
    rf"|(?:reports?|reported|describes?|described|denie[sd]) (?:\w+ ){{0,3}}?{_SYMPTOM})\b"
)
# "Discussed with her", "examined him": whom a physician acts on.
_TREATED = LazyPattern(
    r"\b(?:discussed with|explained to|examin(?:ed|ing)|advis(?:ed|ing)|instructed|prescribed"
    r"|treat(?:ed|ing)|counseled|given to|dispensed to|injected|gave) $"
)
_SOMEBODYS = LazyPattern(rf" (?:own )?(?:{_PROFESSIONALS}|{_COMPANIONS}|staff|assistant|office)\b")
# "Her diagnoses", "his examination": the worker's or a physician's.
_FINDINGS = LazyPattern(
    r" (?:(?:current|working|primary|physical|clinical|other) ){0,2}"
    r"(?:diagnos[ei]s|exam(?:ination)?|treatments?|(?:conservative )?care|therapy|imaging|mri"
    r"|x-rays?|surgery|response)\b",
)


@lru_cache(maxsize=CACHE_SIZE)
def pronouns(text: str) -> tuple[SexMention, ...]:
    """Pronouns that certainly refer to the worker.

    A pronoun is certain if it follows the worker in its sentence with no other person before it, or
    if the previous sentence is about the worker and no other person comes between. It is certain as
    well beside words that fit only the worker, such as "his complaints" or "she has tried", unless
    a relative or the like is near. Quotations, and actions of physicians ("He recommends"), are
    ignored.
    """
    return tuple(_certain_pronouns(text))


def _certain_pronouns(text: str) -> Iterator[SexMention]:
    low = lowered(text)
    if not _PRONOUN.search(low):
        return
    masked = blank_out(_HE_OR_SHE, blank_quotations(low))
    of_people = blank_out(_DOCUMENT, masked)
    about_worker, before = False, ""
    for sentence in sentences(text):
        start, end = sentence.span
        words, people = masked[start:end], of_people[start:end]
        other, subject = _OTHER_PEOPLE.search(people), SUBJECT.search(people)
        by_order = _after_worker(
            people, _start(other, len(people)), subject, about_worker=about_worker
        )
        spans = {*by_order, *_by_company(words, before)}
        for first, last in sorted(spans):
            yield SexMention(SEXES[words[first:last]], (start + first, start + last))
        # A pronoun in the next sentence can only refer to the worker if nobody else was named.
        about_worker = other is None and (about_worker or subject is not None)
        before = words


def _after_worker(
    words: str, other: int, subject: re.Match[str] | None, *, about_worker: bool
) -> Iterator[tuple[int, int]]:
    """The pronouns of a sentence before which the worker was the last person named.

    `other` is the offset of the first other person, `subject` the first mention of the worker.
    """
    for match in _PRONOUN.finditer(words, 0, other):
        named = subject is not None and subject.start() < match.start()
        if not named and _PHYSICIAN_ACTION.match(words, match.end()):
            return
        if named or (about_worker and subject is None):
            yield match.span("word")


def _by_company(words: str, before: str) -> Iterator[tuple[int, int]]:
    """The pronouns of a sentence that stand beside words which fit only the worker.

    `before` is the previous sentence.
    """
    found = list(_PRONOUN.finditer(words))
    if not found or _COMPANION.search(before):
        return
    companion = _start(_COMPANION.search(words), len(words))
    other = -1 if _OTHER_PEOPLE.search(before) else _start(_OTHER_PEOPLE.search(words), len(words))
    for match in found:
        start, end = match.span("word")
        if companion < start:
            return
        if _fits_worker(match, words, is_first=match is found[0], is_alone=start <= other):
            yield start, end


def _start(match: re.Match[str] | None, otherwise: int) -> int:
    return match.start() if match else otherwise


def _fits_worker(match: re.Match[str], words: str, *, is_first: bool, is_alone: bool) -> bool:
    """Whether the words beside a pronoun fit only the worker.

    `is_first` says that no pronoun comes before it, `is_alone` that no other person does.
    """
    start, end = match.span("word")
    if match["word"] in ("he", "she"):
        return _DID.match(words, end) is not None
    if match["word"] in ("his", "her") and _OWN.match(words, end):
        return True
    if match["word"] in ("his", "her") and is_alone and _FINDINGS.match(words, end):
        return True
    is_object = match["word"] in ("him", "her") and not _SOMEBODYS.match(words, end)
    return is_object and is_first and _TREATED.search(words, max(0, start - 24), start) is not None
