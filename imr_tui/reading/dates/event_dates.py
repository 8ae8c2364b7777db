"""Finds the dates of requests for authorization and of visits, reports and studies of a claim."""

import re
from functools import lru_cache

from imr_tui.reading.dates.date_context import words_around
from imr_tui.reading.dates.dates import DateMention, dates
from imr_tui.reading.dates.injury_dates import injury_dates, other_claims
from imr_tui.reading.dates.review_dates import review_dates
from imr_tui.reading.language.patterns import CACHE_SIZE, LazyPattern, lowered

_REACH = 160
"""Number of characters between an event and its date."""

_LINK = (
    r"(?:,? (?:for (?:this|the|his|her) (?:injury|claim|complaint)|dated"
    r"|of|from|on|for|is|was|were|are|date|as of|in|the|at|about|around"
    r"|(?:signed|submitted|received|sent|faxed|completed|made|issued|written|prepared|performed"
    r"|dictated|done|taken|obtained|filed)))*[\s:,(]*$"
)
# Events that come between a document and a date, so that the date is theirs.
_OTHER_EVENT = LazyPattern(
    r"\d[-/]\d|\b(?:utili[sz]ation review|ur|denied|denial|non-?certif\w+|certified|modified"
    r"|determin\w+|review(?:ed|er)?|decision|appeal\w*|injur\w+|authorized|approved)\b",
)
_REQUEST = LazyPattern(
    r"\b(?:requests? for (?:treatment )?authorization|authorization requests?|rfas?|requests?"
    r"(?! (?:for|to) (?:reconsider\w*|independent|imr|review|records|information|an appeal))"
    r"|form(?= of|,? dated|,? signed))\b(?: forms?)?(?: \(rfa\))?(?: forms?)?",
)
_LINKED = LazyPattern(_LINK)
_DATED = LazyPattern(
    r"\b(?:dated|signed|submitted|received|sent|faxed|completed|made|filed|issued)\b"
    r"(?: (?:from|by) (?:the |his |her )?[\w\s]{1,40}?(?= on ))?(?: (?:on|of|the|date))*[\s:,(]*$",
)
# the X request for authorization
_REQUEST_OF_DAY = LazyPattern(r"^\)? (?:requests? for authorization|authorization request|rfa)\b")
# On X, the request for authorization was sent
_REQUEST_AFTER = LazyPattern(
    r"^\)?,? (?:the |this |his |her )?(?:requests? for authorization|rfa)(?: form)?(?: \(rfa\))?"
    r"(?: for [^.;\d]{1,120}?)? (?:was|were|had been) (?:sent|signed|submitted|received|made"
    r"|completed|faxed|filed)"
    r"|^\)?,? (?:a|the) request (?:was|were|had been) (?:made|submitted|sent|received)"
    r"|^\)?,? (?:the|his|her) (?:[\w-]+ )?(?:physician|provider|doctor|surgeon|chiropractor"
    r"|psychologist) (?:sent|signed|submitted) (?:an?|the) (?:rfa|request for authorization)"
    r"|^\)?,? (?:the |an? )?(?:treating |attending |primary |requesting )*(?:physician|provider"
    r"|doctor|surgeon) (?:requested|asked for|sought) authorization",
)
_AUTHORIZATION_ASKED = LazyPattern(
    r"\b(?:(?:physician|provider|doctor|surgeon|psychologist|program|chiropractor|therapist)"
    r" (?:requested|asked for) [^.;\d]{1,120}?|authorization (?:for [^.;\d]{1,80} )?(?:was|were)"
    r" (?:requested|sought|asked for)"
    r"|(?:requested|sought|asked for) authorization(?: for [^.;\d]{1,80}?)?|was requested) on $",
)
_OTHER_REQUEST = LazyPattern(
    r"\b(?:on an?|another|claim|again|imr|independent medical review|new|newer"
    r"|second|third|subsequent|later|additional|further|separate"
    r"|different|repeat(?:ed)?|revised|amended|resubmit\w*|re-?submission|reconsideration|appeal\w*"
    r"|supplemental|other|recent|prior|previous|earlier|also)\b[^.;]{0,20}$",
)

_DOCUMENT = (
    r"(?:notes?|reports?|records?|visits?|evaluations?|re-?evaluations?|examinations?|exams?"
    r"|encounters?|appointments?|consultations?|consults?|documentation|findings|complaints"
    r"|pr-?2s?|assessments?|follow[\s-]?ups?|questionnaires?|dates? of service|dos|rfa"
    r"|requests? for authorization|addend(?:um|a)|supplements?|statements?|letters?)"
)
_STUDY = (
    r"(?:nerve conduction stud(?:y|ies)|spirometry|echocardiogram|mris?"
    r"|x-?rays?|ct(?: scan)?|cts?|emg(?:/ncs|/ncv)?|ncs|ncv|ultrasound|radiographs?"
    r"|imaging(?: studies| study)?|films?|electrodiagnostic (?:studies|study|testing)"
    r"|arthrogram|bone scan|(?:urine )?drug (?:screen|test)\w*)"
)
_EVENT_BEFORE = LazyPattern(
    rf"\b(?:{_DOCUMENT}(?: by (?:the |his |her )?[\w.-]+(?: [\w.-]+){{0,2}}?)?"
    rf"|{_STUDY}(?: (?:of|to) (?:the )?[\w\s/-]{{1,50}}?)?){_LINK}"
    rf"|\b(?:{_DOCUMENT}|{_STUDY})\b[^.;]{{0,60}}? dated \(?$",
)
_SEEN_BEFORE = LazyPattern(
    r"\b(?:seen|examined|evaluated|assessed|re-?evaluated|re-?examined|presented|complained"
    r"|returned|followed up|visited|treated|recorded|(?:was|were) (?:started|begun|prescribed"
    r"|dispensed|noted|found)|(?:chiropractic|physical|occupational) therapy"
    r"(?: was)? (?:began|begun|started)|medications? (?:was|were) (?:started|prescribed))\b"
    r"[^.;\d]{0,80}? (?:on|of|dated)(?: or about)? \(?$",
)
_OPENS = LazyPattern(r"(?:^\s*|\b(?:on|of|as of|by|until) \(?)$")
_PERSON = (
    r"(?:(?:injured )?worker|patient|claimant|applicant|employee|he|she|(?:(?:his|her|an?|primary"
    r"|treating|attending|requesting|physical) ){0,3}(?:physician|provider|doctor|surgeon"
    r"|therapist|chiropractor|psychologist|podiatrist|specialist|exam(?:ination)?|pain))"
)
_TELLS = (
    r"(?:complain|report|present|seen|stat(?:ed|es)|rated|had|has|not(?:ed|es)|exam|describ"
    r"|return|evaluat|show|continu|record|document|found|told|tells|wrote|writes|walk|felt)"
)
# On X the pain was 3 out of 10: in a summary, a sentence opens with the day of a visit
_OPENS_SENTENCE = LazyPattern(r"^\s*(?:on|by|as of|since) \(?\s*$")
_SINCE = LazyPattern(r"\bsince (?:at least |about )?$")
_ARTICLE = LazyPattern(r"\b(?:the|an?|prior|handwritten) $")
# the 10-26-16 visit, whatever stands before it
_NAMED_AFTER = LazyPattern(
    r"^\)? (?:progress |office |clinic |follow[\s-]?up )?(?:visits?|notes?|follow[\s-]?up)\b",
)
_JOINT = LazyPattern(r"\s*(?:,|and|&|,\s*and)\s*")
_EVENT_AFTER = LazyPattern(
    rf"^\)?,? (?:the |this )?{_PERSON}\b[^.;\d]{{0,50}}?\b{_TELLS}"
    rf"|^\)? (?:[a-z'-]+ ){{0,3}}?(?:{_DOCUMENT}|{_STUDY})\b",
)
_VISIT_BEFORE = (_OPENS_SENTENCE, _SINCE, _EVENT_BEFORE, _SEEN_BEFORE)
_HISTORY = LazyPattern(
    r"\b(?:(?:prior|previous|earlier|past|old(?:er)?)(?! (?:[\w-]+ )?(?:notes?|visits?"
    r"|reports?|evaluations?|requests?)\b)|(?<!year\s)(?<!years\s)\bold(?:er)?|previously|formerly"
    r"|(?:past|medical|surgical|family) history|history of (?!an? (?:\w+ )?(?:industrial|work"
    r"|occupational))|before (?:the|his|her|this) (?:injury|accident|incident|claim|fall)"
    r"|pre-?exist\w*|pre-?injury|pre-?employment|remote\w*|former|unrelated"
    r"|(?:another|other|different|separate|second) (?:\w+ )?(?:injury|claim|accident|employer)"
    r"|non-?industrial|non-?work\w*|motor vehicle|car accident|mva|surgery|surgeries|operation"
    r"|operative|surgical|arthroscop\w+|fusion|laminectomy|discectomy|hernia repair|replacement"
    r"|birth\w*|born|dob|childhood|hired?|employed|began working|started work\w*"
    r"|worked (?:as|for|there|here|at)"
    r"|mother|father|brother|sister|wife|husband|family|died|guidelines?|mtus|acoem|odg|fda|cdc"
    r"|published|edition|revised|version|effective|updated? \d|cumulative|repetitive|continuous"
    r"|baseline)\b",
)


# An injury that grew over time, so that visits may precede its date.
_GRADUAL = ("cumulative", "repetitive", "continuous", "aggravat")


@lru_cache(maxsize=CACHE_SIZE)
def request_dates(text: str) -> tuple[DateMention, ...]:
    """The dates of the request for authorization; other requests and appeals are left out."""
    return tuple(each for each in dates(text) if _is_request(text, each))


@lru_cache(maxsize=CACHE_SIZE)
def visit_dates(text: str) -> tuple[DateMention, ...]:
    """The dates of visits, notes, reports and studies that belong to the claim.

    Left out are history, other claims, surgery, births, employment and guidelines. Once a text has
    mentioned another injury or claim, its later dates are left out, too.
    """
    low = lowered(text)
    gradual = [at for word in _GRADUAL if (at := low.find(word)) >= 0]
    last = min((*other_claims(text)[:1], *gradual), default=len(text))
    taken = {each.span for each in (*injury_dates(text), *review_dates(text))}
    found: list[DateMention] = []
    for each in dates(text):
        if each.span[0] >= last:
            break
        is_joined = bool(found) and _JOINT.fullmatch(text[found[-1].span[1] : each.span[0]])
        if each.span not in taken and (is_joined or _is_visit(text, each)):
            found.append(each)
    return tuple(found)


def _is_request(text: str, mention: DateMention) -> bool:
    before, after = words_around(text, mention)
    close = before[-_REACH - 60 :]
    if found := _last(_REQUEST, close):
        between = close[found.end() :]
        linked = _LINKED.match(between) or (len(between) < _REACH and _DATED.search(between))
        if linked and not _OTHER_EVENT.search(between):
            return not _OTHER_REQUEST.search(close, 0, found.start())
    if _AUTHORIZATION_ASKED.search(close):
        return not _OTHER_REQUEST.search(close[:-20])
    if _REQUEST_OF_DAY.match(after):
        return not _OTHER_REQUEST.search(before[-30:])
    return _OPENS.search(before[-20:]) is not None and _REQUEST_AFTER.match(after) is not None


def _last(pattern: LazyPattern, text: str) -> re.Match[str] | None:
    found = None
    for match in pattern.finditer(text):
        found = match
    return found


def _is_visit(text: str, mention: DateMention) -> bool:
    before, after = words_around(text, mention)
    if not _has_visit_words(before, after):
        return False
    return not (_HISTORY.search(before[-200:]) or _HISTORY.search(after[:120]))


def _has_visit_words(before: str, after: str) -> bool:
    close = before[-140:]
    if any(form.search(close) for form in _VISIT_BEFORE) or _NAMED_AFTER.match(after):
        return True
    opens = _OPENS.search(before[-20:]) or _ARTICLE.search(before[-20:])
    return opens is not None and _EVENT_AFTER.match(after) is not None
