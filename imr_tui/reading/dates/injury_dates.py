"""Finds the dates that a text gives for the injury."""

from functools import lru_cache

from imr_tui.reading.dates.date_context import words_around
from imr_tui.reading.dates.dates import DateMention, dates
from imr_tui.reading.language.patterns import CACHE_SIZE, LazyPattern, lowered
from imr_tui.reading.language.sentences import sentence_at

_OPENING = 240
"""Length of the first sentences, in which a summary describes the accident."""
# Words allowed between an event and its date.
_LINK = (
    r"(?:\s*[:,-]\s*| )(?:(?:is|was|of|on|from|dated|date|occurring|occurred|beginning|sustained"
    r"|the|day|both|which|that|his|her|their|ending|ended|(?:reported|listed|noted|documented) as)"
    r" |\(\s*)*"
)
_WORK = (
    r"(?:industrial(?:ly)?|occupational|work(?:place)?|job|on-the-job|employment)"
    r"(?:[\s-]*(?:work|related|type))*"
)
_HARM = (
    r"(?:struck|hit|held (?:up|at gunpoint|at knifepoint)|assaulted|attacked|punched|kicked"
    r"|robbed|involved in|fell|slipped"
    r"|tripped|hurt|crushed|burned|bitten|thrown|rear-ended|run over|pinned|electrocuted)"
)
_TAIL = (
    r"(?:,? (?:when|while|as|after|in|by|from) "
    r"(?:(?!\b(?:seen|evaluated|examined|treated|presented|reported|diagnosed|underwent|returned"
    r"|visit|report|note)\b)[^.;\d]){1,120}?(?= (?:on|dated) ))?"
)
_EVENT = r"(?:injury|accident|incident|trauma)"
_INJURY_WORDS = (
    r"(?:\b(?:date|day) of (?:the )?(?:industrial |work )?(?:injury|accident|loss)"
    r"(?:\s*\(\s*doi\s*\))?|\bd\.?o\.?i\b\.?|\binjury date\b"
    rf"|\b{_WORK}[\s-]+(?:injur(?:y|ies)|accident|incident|claim|trauma|fall|exposure)(?: date)?"
    r"|\b(?:sustain|suffer|incurr)(?:ed|s|ing) (?:an? |the |his |her |multiple )?"
    r"(?:(?!prior|previous|non)[\w-]+ ){0,3}?injur(?:y|ies)"
    r"|\breport(?:ed|s|ing) an? (?:(?!prior|previous|non)[\w-]+ ){0,3}?injur(?:y|ies)"
    r"|\b(?:with|had|has|having|from|of|for|is) an? injury|\binjury of record is(?: that)?"
    r"|\b(?:whose|the|his|her|this) injury dates (?:from|to|back to)"
    r"|\b(?:(?:was|were|been|got) )?(?:industrially )?(?:injured|hurt)"
    r"(?! (?:worker|employee|person|individual|party|body|area|knee|part))"
    r"(?: (?:at work|on the job|in the course of \w+))?"
    r"|\b(?<!the\s)(?<!an\s)injured (?:his|her|the|their) [\w\s,/-]{1,60}?"
    r"|\bclaim(?:ed)? (?:of |an? )?(?:\w+ )?injury|\balleg\w+ an? (?:\w+ ){0,3}injury"
    r"|\b(?:injured|hurt) (?:himself|herself)"
    r"|\b(?:who|he|she|worker|patient|claimant|applicant|employee) "
    rf"(?:was |got )?{_HARM}\b[^.;\d]{{0,120}}?(?= on\s)"
    rf"|(?<!for\s)(?<!after\s)(?<!since\s)\b(?:the|his|her) (?:\w+ )?{_EVENT} (?:occurred"
    r"|happened|took place|was on|is dated"
    r"|was dated|dates (?:from|to|back to)|is (?:given|recorded|stated|noted|listed) as)"
    rf"|\b(?:the|his|her|their|this|index|subject) (?:\w+ )?{_EVENT} (?:of|dated)"
    rf"|\b(?:cumulative|repetitive|continuous)[\s-](?:trauma|injury|strain|stress|motion)"
    r"(?: (?:injur(?:y|ies)|disorder|claim|exposure))?)"
    # to the low back and the left knee
    r"(?: at work)?(?:\s*,)?(?: (?:to|of|involving|affecting) (?:the |his |her |their )?"
    r"[\w\s,/&-]{1,80}?(?= (?:on|dated|of|in|from|between|during)\s))?"
)
INJURY_BEFORE = LazyPattern(_INJURY_WORDS + r"(?: at work)?$")
"""Words that mention the injury, at the end of a text."""
_INJURY_BEFORE = LazyPattern(f"{_INJURY_WORDS}{_TAIL}{_LINK}$")
# On X he stepped into a drain and rolled his ankle
_MECHANISM = LazyPattern(
    rf"^\)?,? (?:when |while )?(?:the |this )?(?:injured worker|worker|patient|claimant|applicant"
    rf"|employee|he|she) (?:was |got )?(?:{_HARM}|stepp?ed|lifted|pulled|pushed|caught|cut|jumped"
    r"|collided|twisted|rolled|strained|stumbled|bumped|dropped|inhaled|carried|climbed)\b"
    r"(?![^.;]{0,80} at home)",
)
_OPENS = LazyPattern(r"(?:^|\b(?:on|on or about|dated) |,\s*)$")
# On X the worker sustained an injury; on X, while working, he fell
_INJURY_AFTER = LazyPattern(
    r"^\)?,? (?:at work,? )?(?:when |while \w+ )?(?:the |this )?"
    r"(?:injured worker|worker|patient|claimant|applicant|employee|he|she) "
    r"(?:was (?:industrially )?(?:injured|hurt)|(?:sustained|suffered|incurred) (?:an? |the )?"
    rf"(?:\w+ ){{0,2}}?(?:{_WORK} )?injur"
    rf"|(?:was )?{_HARM}\b[^.;]{{0,60}}\b(?:at work|on the job|while working|on duty))"
    r"|^\)?,? (?:while (?:at work|working|on duty|on the job)\b[^.;\d]{0,60}?,? )"
    rf"(?:the |this )?(?:injured worker|worker|patient|claimant|applicant|employee|he|she) "
    rf"(?:was )?(?:{_HARM}|injured|hurt|twisted|strained|felt)\b",
)
# with an X date of injury; due to the X industrial injury
_ARTICLE = LazyPattern(r"\b(?:an?|the|this|that|his|her|their) $")
_INJURY_OF_DAY = LazyPattern(
    rf"^\)? (?:date of injury|(?:{_WORK}[\s-]+)?{_EVENT})\b(?! (?:report|form|date)\b)",
)
OTHER_INJURY = LazyPattern(
    r"\b(?:prior|previous(?:ly)?|(?<!year.)(?<!years.)(?<!y.)old|earlier|past|former|second|third"
    r"|another|other|different|new|newer|subsequent|separate|non-?industrial|non-?work|re-?injur\w*"
    r"|repeat|additional|unrelated|motor vehicle|surgery|operation|until|through|reports? of)\b",
)


@lru_cache(maxsize=CACHE_SIZE)
def injury_dates(text: str) -> tuple[DateMention, ...]:
    """The dates that `text` gives for the worker's injury, ignoring other injuries.

    If no words call an event the injury, it is an accident that the first sentences date.
    """
    found = tuple(each for each in dates(text) if _is_injury(text, each))
    return found or tuple(each for each in dates(text)[:1] if _is_first_accident(text, each))


# Words that introduce another injury or claim than the one under review.
_CLAIM = LazyPattern(r"(?:injur(?:y|ies)|claim|accident)")
_OTHER = LazyPattern(
    r"\b(?:prior|previous|earlier|another|other|(?<!year.)(?<!years.)(?<!y.)old|separate|multiple"
    r"|second|two|several|past) (?:[\w-]+ ){0,3}$"
)
_AGAIN = ("preexisting", "pre-existing", "reinjur", "re-injur")
_YEAR = LazyPattern(r"(?:19|20)\d\d")


@lru_cache(maxsize=CACHE_SIZE)
def other_claims(text: str) -> tuple[int, ...]:
    """Where `text` mentions another injury or claim than the one under review: offsets, in order.

    Later dates may be of that claim.
    """
    low = lowered(text)
    found = [
        match.start()
        for match in _CLAIM.finditer(low)
        if _OTHER.search(low, max(0, match.start() - 50), match.start())
    ]
    found += (low.index(word) for word in _AGAIN if word in low)
    return tuple(sorted(found))


@lru_cache(maxsize=CACHE_SIZE)
def years_of_other_claims(text: str) -> frozenset[int]:
    """The years in sentences about another injury or claim: a later mention may refer to it."""
    said = [sentence_at(text, at).text for at in other_claims(text)]
    years = {int(year) for each in said for year in _YEAR.findall(each)}
    return frozenset(years | {named.day.year for each in said for named in dates(each)})


def _is_first_accident(text: str, mention: DateMention) -> bool:
    before, after = words_around(text, mention)
    if mention.span[0] > _OPENING or OTHER_INJURY.search(f"{before}{after[:80]}"):
        return False
    return _OPENS.search(before) is not None and _MECHANISM.match(after) is not None


# Without one of these before a date, no words call the event an injury.
_HINTS = (
    *("injur", "hurt", "accident", "incident", "trauma", "claim", "doi", "d.o.i", "fall", "fell"),
    *("exposure", "date of", "day of", "repetitive", "continuous", "cumulative", "struck", "hit "),
    *("held ", "assault", "attack", "punch", "kicked", "robbed", "involved", "slipped", "tripped"),
    *("crush", "burn", "bitten", "thrown", "rear-end", "run over", "pinned", "electrocut"),
)


def _is_injury(text: str, mention: DateMention) -> bool:
    before, after = words_around(text, mention)
    close = before[-200:].lower().replace("injured worker", "")
    if not any(hint in close for hint in _HINTS):
        return _is_injury_after(before, after)
    found = _INJURY_BEFORE.search(before, max(0, len(before) - 200))
    if found is not None:
        return not OTHER_INJURY.search(before, max(0, found.start() - 40))
    return _is_injury_after(before, after)


def _is_injury_after(before: str, after: str) -> bool:
    opens = not before.strip() or _OPENS.search(before) is not None
    is_named = _INJURY_OF_DAY.match(after) is not None
    if is_named and (opens or _ARTICLE.search(before) is not None):
        return not OTHER_INJURY.search(after[:80])
    is_told = opens and not is_named and _INJURY_AFTER.match(after) is not None
    return is_told and not OTHER_INJURY.search(after[:80])
