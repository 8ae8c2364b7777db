"""Finds how long treatment or complaints of the worker are said to have lasted."""

from collections.abc import Iterator
from datetime import date, timedelta
from functools import lru_cache
from typing import NamedTuple

from imr_tui.reading.dates.months import MONTH, month_number
from imr_tui.reading.language.numbers import NUMBER_WORDS, TENS, UNITS
from imr_tui.reading.language.patterns import CACHE_SIZE, LazyPattern, blank_quotations, lowered
from imr_tui.reading.language.sentences import Sentence, sentences

_DAYS = {"day": 1.0, "week": 7.0, "month": 30.4, "year": 365.2}
_NUMBERS = {
    **{word: number for number, word in enumerate(NUMBER_WORDS[1:], 1)},
    **{"a": 1, "an": 1, "couple of": 2, "few": 2, "several": 3, "many": 4},
    **TENS,
}
_NUMBER = (
    rf"(?P<number>\d{{1,3}}(?:\.5)?|(?:twenty|thirty)-(?:{'|'.join(UNITS)})"
    rf"|{'|'.join(sorted(_NUMBERS, key=len, reverse=True))})(?: and (?:a|one) half)?"
)
_COUNTS, _UNITS = ("number", "n2", "n3", "n4"), ("unit", "u2", "u3", "u4")
_UNIT = r"(?P<unit>day|week|month|year)s?"
_LENGTH = rf"{_NUMBER}(?: \(\d{{1,3}}\))?[\s-]+{_UNIT}(?:'|\u2019)?"
_QUALIFIED = (
    r"(?:(?:at least|at minimum|more than|greater than|longer than|over|well over|about|around"
    r"|approximately|roughly|nearly|almost|some|the|past|last|previous|prior|preceding|a period of"
    r"|a total of|now|another|close to|upwards? of) )*"
)
_SINCE = LazyPattern(
    r"\b(?:since|from|as early as|starting in|started in|began in|dating (?:back )?to)"
    r" (?:at least |about |around |approximately |early |late |mid-?)*"
    rf"(?:(?P<month>{MONTH})\.?,? (?:of )?)?"
    r"(?P<year>(?:19|20)\d\d)\b(?![-/]\d)"
)
_COURSE = (
    r"(?:history|course|treatment|therapy|trial|use|usage|conservative|physical|chiropractic"
    r"|acupuncture|medications?|opioids?|narcotics?|nsaids?|pain|symptoms?|complaints?|disability"
    r"|activity modification|non-?operative|care|exercises?|duration)"
)
_EVENT = r"(?:injury|accident|incident|fall|collision|trauma|sprain|strain|onset|claim)"
_LASTED = LazyPattern(
    rf"\b(?:for|over|during|in|of|to|after|despite|lasted|lasting|through|with|throughout) "
    rf"{_QUALIFIED}{_LENGTH}\b"
    rf"|\b{_QUALIFIED}{_LENGTH.replace('number', 'n2').replace('unit', 'u2')}"
    rf"(?: long)? (?:of (?:\w+ )?)?(?:[\w-]+ )?{_COURSE}\b"
    rf"|\b(?:injury|claim|accident) (?:is|was|now|already|about|over|more than|at least| )+"
    rf"{_LENGTH.replace('number', 'n4').replace('unit', 'u4')} old\b"
    rf"|(?P<after>\b{_LENGTH.replace('number', 'n3').replace('unit', 'u3')} (?:out )?(?:after|since"
    rf"|post|following|from|past|removed from)[\s-](?:the |his |her |this |date of |original "
    rf"|industrial |work )*{_EVENT})\b",
)
_WORKER = LazyPattern(
    r"\b(?:he|she|his|her|(?:the|this|said) (?:injured |male |female )?(?:worker|patient|claimant"
    r"|applicant|employee|individual)(?:'s|\u2019s)?|in this case|(?:has|have|had) (?:\w+ )?been"
    r"|(?:has|have) (?:\w+ )?(?:lasted|persisted|continued|gone on|taken|used|had|hurt|bothered)"
    r"|was|were|symptoms|the pain|pain (?:has|is)|this (?:injury|claim|condition)|the (?:injury"
    r"|claim))\b"
)
_LASTS = LazyPattern(
    r"\b(?:been|(?:has|have|had|having) (?!not)|was|were|is|takes?|taking|took|uses?|using|used|on"
    r"|received?|underwent|undergone|attended|completed|fail(?:ed|ure)|despite|after|persist\w*"
    r"|ongoing|continu\w+|chronic|history|lasted|suffer\w*|experienc\w+|treated|off work|disab\w+"
    r"|complain\w+|reports?|since)\b"
)
# Guideline text, plans, requests and what is older than the injury or independent of it.
_EXEMPT = LazyPattern(
    r"\b(?:guidelines?|mtus|acoem|odg|fda|cdc|cochrane|literature|study (?:by|of)|studies|evidence"
    r"|recommend\w*|should|could|would|will|may|might|must|if|unless|patients|individuals"
    r"|criteria|criterion|(?:is|are|was|were|be)(?: not)? indicated|indicated (?:for|when|if)"
    r"|(?<!no\s)indications?|require[sd]?|generally|typically|usually|expected"
    r"|next|upcoming|plan(?:ned)?|follow[\s-]?up in|return in|recheck|scheduled|"
    r"smok\w+|tobacco|diabet\w+|hypertens\w+|(?<!related\s)asthma|has run|has driven|alcohol"
    r"|employed|employment|worked"
    r"|working (?:as|at|for|in)|runs?|drives?|career"
    r"|job|occupation|career|married|divorced|before the|prior to|preceding the injury|pre-?exist"
    r"\w*|(?:prior|previous|earlier|old|another|other) (?:\w+ )?(?:injur\w+|claim|accident|surgery)"
    r"|years? ago|year[\s-]old|years of age|cumulative|repetitive|aggravat\w+|childhood|military"
    r"|non-?industrial|exposure|exposed|mother|father|wife|husband|half-life|refills?|supply"
    r"|warranty|(?:past|medical|surgical|family) history|surgery|surgical|operation|status post"
    r"|motor vehicle|long-?term (?:use|effects?)|the request|was requested|requests?|requesting"
    r"|authoriz\w+|times (?:a|per)|per (?:day|week|month)|weekly|daily for|twice a|once a"
    r"|sessions? (?:over|for|in)|visits? (?:over|for|in)|\d ?x ?\d|rental|in the future"
    r"|on and off|off and on|intermittent\w*|sports?|(?:high|grade|middle|elementary) school"
    r"|college|teen\w*|youth"
    r"|within|no more than|not (?:more|longer) than|less than|fewer than|up to)\b"
)


class Duration(NamedTuple):
    """A length of time that something of the claim has lasted."""

    length: float
    """The length in days; 0 if a first day is given instead."""
    since: date | None
    """The last day on which it may have begun, if the text gives its beginning."""
    span: tuple[int, int]
    """Offsets of the words."""

    def days(self, last: date) -> float:
        """How many days it had lasted on the day `last`."""
        return self.length if self.since is None else (last - self.since).days


@lru_cache(maxsize=CACHE_SIZE)
def durations(text: str) -> tuple[Duration, ...]:
    """How long treatment, complaints or the injury of the worker are said to have lasted.

    Guideline text, quotations, plans, requests, employment and older conditions are left out.
    """
    low = blank_quotations(lowered(text))
    return tuple(each for sentence in sentences(text) for each in _in_sentence(low, sentence))


def _in_sentence(low: str, sentence: Sentence) -> Iterator[Duration]:
    start, end = sentence.span
    words = low[start:end]
    has_unit = any(unit in words for unit in _DAYS)
    for match in _LASTED.finditer(words) if has_unit else ():
        clause = words[max(0, match.start() - 120) : match.end() + 60]
        is_claims = match["after"] or (_WORKER.search(clause) and _LASTS.search(clause))
        if _EXEMPT.search(clause) or not is_claims:
            continue
        number = next(each for name in _COUNTS if (each := match[name]))
        unit = next(each for name in _UNITS if (each := match[name]))
        days = _count(number) * _DAYS[unit]
        yield Duration(days, None, (start + match.start(), start + match.end()))
    yield from _since(words, start)


def _count(words: str) -> float:
    """The number that `words` spell: 6, six, a couple of, twenty-five."""
    words = " ".join(words.split())
    tens, _, ones = words.partition("-")
    if words[0].isdigit():
        return float(words)
    return _NUMBERS[words] if words in _NUMBERS else _NUMBERS[tens] + _NUMBERS[ones]


def _since(words: str, start: int) -> Iterator[Duration]:
    for match in _SINCE.finditer(words) if "20" in words or "19" in words else ():
        clause = words[max(0, match.start() - 120) : match.end() + 60]
        if _EXEMPT.search(clause) or not _WORKER.search(clause) or not _LASTS.search(clause):
            continue
        year = int(match["year"])
        month = month_number(match["month"]) if match["month"] else 12
        last = date(year, 12, 31) if month == 12 else date(year, month + 1, 1) - timedelta(days=1)
        yield Duration(0, last, (start + match.start(), start + match.end()))
