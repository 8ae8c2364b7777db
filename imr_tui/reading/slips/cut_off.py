"""Finds sentences that break off, and texts that begin in the middle of one."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from imr_tui.reading.language.patterns import CACHE_SIZE, LazyPattern, lowered, mask_quotations
from imr_tui.reading.language.sentences import Sentence, sentences

Cut = tuple[tuple[int, int], str]
"""The span of the words at the break, and what is wrong there."""

_END = LazyPattern(r"[.!?][\"'\u201d\u2019)\]]*$|[\"\u201d)\]:]$|\*$")
# Only the final period is missing.
_CONCLUSION = LazyPattern(
    r"(?:necessary|necessity|indicated|established|supported|certified|non-certified|warranted"
    r"|appropriate|recommended|approved|authorized|denied|upheld|overturned|met|granted|required"
    r"|justified|substantiated|reasonable|modified)$",
    re.IGNORECASE,
)
_LAST_WORD = LazyPattern(r"\S+$")
_OPENING = LazyPattern(r"[a-z]+(?=[\s,.;]|$)|[,;:)\].%]")
# The words with which a broken sentence may end; the patterns look at what stands before them.
_FINAL_WORDS = """
the a an and or because whether although than whose my our your their its unless via regarding
including versus into onto during among toward towards despite which if whereas as well far
due according to is was are were medically being been lumbar cervical thoracic lumbosacral
industrial requested treating utilization physical injured conservative medial clinical
epidural rotator official chronic low lower upper range disputed that has had of on in with
for by at from
"""
_FINAL = frozenset(_FINAL_WORDS.split())
# Words after which something has to follow, whatever stands before them.
_ALWAYS = LazyPattern(
    r"(?<!vitamin\s)(?<!hepatitis\s)(?<!part\s)(?<!type\s)(?<!item\s)(?<!factor\s)"
    r"(?<!schedule\s)(?<!['\u2019\"/-])"
    r"\b(?:the|an?|and|or|because|whether|although|than|whose|my|our|your|their|its|unless|via"
    r"|regarding|including|versus|into|onto|during|among|toward|towards|despite|which|if|whereas"
    r"|such as|as well as|as far as|due|according|prior to|secondary to|due to"
    r"|there (?:is|was|are|were)"
    r"|(?:is|are|was|were|not|be) (?:medically|being|been))[.!?]$",
    re.IGNORECASE,
)
_ADJECTIVE = LazyPattern(
    r"\b(?:of|in|for|to|at|on|from|over|with|by) (?:the|an?|his|her|this|their)"
    r"(?: (?:right|left|bilateral))? (?:lumbar|cervical|thoracic|lumbosacral|industrial|requested"
    r"|treating|utilization|physical|injured|conservative|medial|clinical|epidural|rotator"
    r"|official|chronic|low|lower|upper|range|disputed)[.!?]$",
    re.IGNORECASE,
)
_THAT = LazyPattern(
    r"\b(?:noted|stated|reported|recorded|documented|indicated|recommended|states?|recommends?|shows?"
    r"|showed|found|notes?|evidence|indication|documentation|fact|opined|requires?|suggests?|so"
    r"|information|rationale|criteria|given|provided) that[.!?]$",
    re.IGNORECASE,
)
_VERB = LazyPattern(
    r"(?<!\bhe)(?<!she)(?<!\bit)(?<!they)(?<!who)(?<!worker)(?<!patient)(?<!claimant)(?<!this)"
    r"(?<!that) (?:is|was|are|were|has|had)[.!?]$",
    re.IGNORECASE,
)
_PREPOSITION = LazyPattern(r"(?P<before>[\w/%-]+) (?P<word>of|to|on|in|with|for|by|at|from)[.!?]$")
# A preposition may end a relative clause, a comparison or a question.
_RELATIVE = LazyPattern(
    r"\b(?:that|which|who|whom|whose|what|whatever|where|how|than|as|why|when)\b", re.IGNORECASE
)
# Words that may stand before a preposition at the end of any sentence.
_PHRASAL = {
    "of": r"complain\w*|warn\w*|aware|capable|thought|sp[eo]ak\w*|spoke|disposed?|made|consist\w*"
    r"|hear\w*|kn[eo]w\w*|told|tells?|think\w*|care|short|approve\w*|rid|afraid|sure|certain"
    r"|convinced|suspected|composed|taken|advantage|unheard|dreamed|out|made",
    "to": r"adher\w+|agreed?|attended|listen\w*|object\w*|consent\w*|referr\w+|respond\w*|resort\w*"
    r"|subjected|seen|alluded|held|kept|stuck|wants?|wish\w*|used|able|not|need|how|going|close|next"
    r"|accustomed|appealed|sent|given|addressed|testified|added|come|opposed|entitled",
    "on": r"go|goes|going|went|gone|rel\w+|carr\w+|early|later|so|hands|operated|put|based|focus\w*"
    r"|work\w*|comment\w*|agreed|act\w+|decided|turned|mov\w+|liv\w+|rest\w*|built|touched|drawn|head"
    r"|add|tr\w+|held|hold|from|acted|depend\w*|elaborat\w*|expand\w*|built|insist\w*|further|slip",
    "in": r"phas\w+|c[oa]me|comes|give\w*|sets?|broken?|go|goes|put|step\w*|check\w*|\d+|filled"
    r"|brought|turned|enrolled|engaged|lock\w*|believe\w*|participat\w*|handed|walk\w*|mov\w+",
    "with": r"deal\w*|dealt|compl\w+|interfer\w+|met|agree\w*|tamper\w*|liv\w+|work\w*|done|begin"
    r"|start|help\w*|cop\w+|disagree\w*|familiar|satisfied|put|concur\w*|persist\w*|proceed\w*|go",
    "by": r"go|goes|stand\w*|pass\w*|close|near|abid\w+|put|by",
    "at": r"look\w*|arriv\w+|aim\w*|hint\w*",
    "from": r"suffer\w*|c[oa]me|comes|benefi\w+|recover\w*|away|far|wean\w*|free|differ\w*|choose"
    r"|result\w*|refrain\w*|stem\w*|apart",
}
_PHRASALS = {word: LazyPattern(words, re.IGNORECASE) for word, words in _PHRASAL.items()}
# So much may end with "for" that only nouns count.
_FOR = LazyPattern(
    r"requests?|need|indications?|treatment|rationale|criteria|authorization|support|reasons?|order"
    r"|evaluation|plan|pain|visits|sessions|weeks|months|history|care|therapy|and|or|is|except|\d+"
    r"|necessity|basis|evidence|injection|surgery|medication|prescription|referral|clearance|negative"
    r"|positive|significant|tested|remarkable",
    re.IGNORECASE,
)
_BRACKET = LazyPattern(r"[()\[\]]")
_RESTART = LazyPattern(
    r"\b(?:the|an?|of|with|is|was|are|were|to the|in the|medically|has|had|for|to) "
    r"(?=(?:The|This|There|He|She|It|Therefore|However|These|Given|Based|Thus|Treatment|As such)"
    r" [a-z])"
)


_LACKS = "lacks an amount"
_AMOUNT_LOST = LazyPattern(
    r"\b(?:more than|less than|greater than|at least|up to|fewer than|at most)"
    r" (?:per (?:ear|day|week|month|year|visit|session|side|knee"
    r"|level|hour|dose)\b|(?:mg|percent|pounds|lbs|mcg)\b|%|[.;])"
    r"|\b(?:at least|up to|less than|fewer than|at most) (?:sessions|visits|weeks|months|days|hours"
    r"|tablets|minutes|degrees)\b"
)
_MODIFIED = LazyPattern(r"\bmodified (?:the|this) requests?[.](?= |$)")
_MODIFIED_TO = LazyPattern(
    r"\bmodif\w+ (?:the |this )?(?:requests? )?(?:to|for|with|as|from|by)\b|\bcertif\w+|\bapprov\w+"
    r"|\bauthoriz(?:ed|ing)\b|\ballow\w*|\bgranted\b"
)


@lru_cache(maxsize=CACHE_SIZE)
def cut_off(text: str) -> tuple[Cut, ...]:
    """Find the places where a sentence breaks off or begins in its middle, in order."""
    found = sentences(text)
    if not found:
        return ()
    cuts = [*_at_the_ends(text, found), *_inside(found), *_restarted(text), *_unclosed(text)]
    cuts += ((match.span(), _LACKS) for match in _AMOUNT_LOST.finditer(lowered(text)))
    cuts += ((match.span(), _LACKS) for match in _modified_to_nothing(text))
    return tuple(sorted(cuts))


def _modified_to_nothing(text: str) -> Iterator[re.Match[str]]:
    """Statements that the request was modified, where nothing says to which amount."""
    low = lowered(text)
    return _MODIFIED.finditer(low) if not _MODIFIED_TO.search(low) else iter(())


def _at_the_ends(text: str, found: tuple[Sentence, ...]) -> Iterator[Cut]:
    first, last = found[0], found[-1]
    if opening := _OPENING.match(first.text):
        yield (first.start, first.start + opening.end()), "begins in the middle of a sentence"
    if text.rstrip().endswith(("...", "\u2026")):
        yield _end_of(last), "ends with an omission"
    elif not _END.search(last.text) and not _CONCLUSION.search(last.text):
        yield _end_of(last), "ends without the end of its last sentence"


def _end_of(sentence: Sentence) -> tuple[int, int]:
    word = _LAST_WORD.search(sentence.text)
    return sentence.start + (word.start() if word else 0), sentence.span[1]


def _inside(found: tuple[Sentence, ...]) -> Iterator[Cut]:
    for each in found:
        if _lacks_words(each.text):
            yield _end_of(each), "has a sentence that breaks off"


def _lacks_words(sentence: str) -> bool:
    """Whether a sentence with its final mark ends with a word after which others are missing."""
    tail = sentence[-60:]
    if tail[-1] not in ".!?" or _FINAL.isdisjoint(tail[:-1].lower().split()[-1:]):
        return False
    if _ALWAYS.search(tail) or _ADJECTIVE.search(tail) or _THAT.search(tail):
        return True
    if _RELATIVE.search(sentence[:-1]):
        return False
    return bool(_VERB.search(tail)) or _is_stranded(tail)


def _is_stranded(tail: str) -> bool:
    """Whether a text ends with a preposition that needs a noun."""
    if (end := _PREPOSITION.search(tail)) is None:
        return False
    if end["word"] == "for":
        return bool(_FOR.fullmatch(end["before"]))
    return not _PHRASALS[end["word"]].fullmatch(end["before"])


def _restarted(text: str) -> Iterator[Cut]:
    for match in _RESTART.finditer(mask_quotations(text)):
        yield match.span(), "has a sentence that breaks off"


def _unclosed(text: str) -> Iterator[Cut]:
    """Look for an opening bracket without a closing one; `1)` has no opening one."""
    stack: list[int] = []
    for match in _BRACKET.finditer(text):
        if match[0] in "([":
            stack.append(match.start())
        elif stack:
            stack.pop()
    for at in stack[:1]:
        yield (at, min(len(text), at + 20)), "has a bracket that is not closed"
