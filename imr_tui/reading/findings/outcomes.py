"""Finds results of treatments and studies, and changes of a value from one number to another."""

from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from imr_tui.reading.findings.findings import Statement, statements
from imr_tui.reading.language.patterns import CACHE_SIZE, LazyPattern, lowered


class Outcome(NamedTuple):
    """A treatment that helped or did not, or a study that was normal or not."""

    statement: Statement
    """The treatment or study."""
    is_good: bool
    """Whether the treatment helped, or the study was normal."""
    span: tuple[int, int]
    """Offsets of the treatment and its outcome."""


_CLAUSES = LazyPattern(
    r"[;.:]|, (?:and|but|while|which|so)\b|\b(?:but|while|although|whereas)\b"
    r"|\band (?=(?:[\w-]+ )?(?:had|has|have|was|were|did|does|could|gave|brought|caused|helped"
    r"|took)\b)"
)
NO_EFFECT = LazyPattern(
    r"\b(?:without|no) (?:any |much |real )?(?:relief|benefits?|improvement|effect|help)\b"
    r"|\b(?:(?:did|does|do|has|have|had|was|were|is|are) not|could not"
    r"|never) (?:\w+ ){0,1}?(?:reliev\w+|help\w*|work(?:ed|ing)?"
    r"|effective|tolerated?|improv\w+|benefit\w*)\b|\bineffective\b"
    r"|\bstopped\b[^.;,]{0,40}\bbecause of\b"
    r"|\bcaused (?:\w+ ){0,2}?(?:nausea|vomiting|dizziness|drowsiness|sedation|constipation|rash"
    r"|itching|headaches?|tightness|upset|swelling|side effects|reaction|insomnia|palpitations)\b"
)
_EFFECT = LazyPattern(
    r"\b(?:relief|relieved|relieves|help(?:s|ed|ing|ful)|benefit(?:s|ed)?|improved|effective|worked"
    r"|eased|(?:well )?tolerated"
    r"|could tolerate|tolerates)\b"
)
# A partial or short effect is both: some relief, but none that lasted.
_HEDGE = LazyPattern(
    r"\b(?:some|partial\w*|temporar\w*|minimal\w*|mild|short|brief\w*|transient|initial\w*"
    r"|weeks?|days?|hours?"
    r"|months|last(?:ing|ed)|long\w*|sustained|significant\w*|adequate\w*|function\w*|enough"
    r"|sufficient\w*|little"
    r"|limited|slight\w*|moderate\w*|only|would"
    r"|may|might|should|could(?! (?:not )?tolerate)|expected"
    r"|recommend\w*|if"
    r"|evidence"
    r"|documented|documentation|failed|patients|studies|guidelines?|mtus|odg|acoem)\b"
)
_NORMAL = LazyPattern(
    r"(?: (?:of|on|in|from|dated) [^.;,]{0,50}?)? (?:was|were|is"
    r"|are|had been|has been|have been) (?:also |all |read as )?(?P<result>normal|negative|clear"
    r"|unremarkable|inconsistent"
    r"|abnormal|positive|consistent(?! with (?!the (?:prescri|medic)|prescri)))\b(?! for)"
)
# A study with a result other than "normal": only to tell it from a normal one.
_SHOWED = LazyPattern(
    r"(?: (?:of|on|in|from|dated|performed|obtained) [^.;,]{0,50}?)? (?:(?:do|does|did) show"
    r"|reveal(?:ed|s)|show(?:ed|s)"
    r"|demonstrate[ds]|confirm(?:ed|s))(?! (?:that|no\b|only|normal|an? normal|intact|mild"
    r"|age|unremarkable|clear|good|excellent|healed|consistent|negative))\b"
)
_CHANGE = LazyPattern(r"\bfrom (\d{1,3})\b[^.;,]{0,20}? to (\d{1,3})\b(?![-/]\d)")


@lru_cache(maxsize=CACHE_SIZE)
def outcomes(text: str) -> tuple[Outcome, ...]:
    """The outcomes that `text` states plainly; partial or short relief is left out."""
    return tuple(_find_outcomes(text))


def _find_outcomes(text: str) -> Iterator[Outcome]:
    low = lowered(text)
    for each in statements(text):
        if each.thing.sort == "study":
            found = _NORMAL.match(low, each.mention.span[1])
            if found is not None:
                good = found["result"] not in ("abnormal", "positive", "inconsistent")
                yield Outcome(each, good, (each.mention.span[0], found.end()))
            elif found := _SHOWED.match(low, each.mention.span[1]):
                yield Outcome(each, False, (each.mention.span[0], each.chunk[1]))
        elif each.thing.sort == "treatment" and not each.is_planned:
            yield from _effect(low, each)


def _effect(low: str, each: Statement) -> Iterator[Outcome]:
    start, end = each.sentence.span
    for match in _CLAUSES.finditer(low, start, end):
        if match.end() <= each.mention.span[0]:
            start = match.end()
        elif match.start() >= each.mention.span[1]:
            end = match.start()
            break
    if _HEDGE.search(low, start, end):
        return
    none, some = NO_EFFECT.search(low, start, end), _EFFECT.search(low, start, end)
    if found := none or some:
        first, last = sorted((each.mention.span, found.span()))
        yield Outcome(each, none is None, (first[0], max(first[1], last[1])))


_COMPLETE = LazyPattern(
    r"(?: on land)? (?:is|was|has been|had been|could be) (?P<not>not )?(?:yet )?completed?\b"
    r"|,? (?:which |that |but |and )?(?:she|he|the (?:worker|patient|claimant))"
    r" (?P<cannot>(?:could|did) not) (?:complete|finish)\b"
)
_COMPLETED = LazyPattern(
    r"\b(?:completed|finished) (?:all )?(?:of )?(?:[\w-]+ )?(?:(?:visits|sessions) )?(?:of )?\Z"
)


@lru_cache(maxsize=CACHE_SIZE)
def completions(text: str) -> tuple[Outcome, ...]:
    """The treatments that `text` calls complete, which is good, or not complete."""
    return tuple(_find_completions(text))


def _find_completions(text: str) -> Iterator[Outcome]:
    low = lowered(text)
    for each in statements(text):
        first, last = each.mention.span
        if each.thing.sort != "treatment":
            continue
        if found := _COMPLETE.match(low, last):
            yield Outcome(each, not (found["not"] or found["cannot"]), (first, found.end()))
        elif before := _COMPLETED.search(low, max(each.sentence.start, first - 40), first):
            yield Outcome(each, True, (before.start(), last))


@lru_cache(maxsize=CACHE_SIZE)
def changes(text: str) -> tuple[tuple[tuple[str, str], tuple[int, int]], ...]:
    """Each "from 7 to 1" of `text`: the two numbers, and the offsets."""
    return tuple(((each[1], each[2]), each.span()) for each in _CHANGE.finditer(lowered(text)))
