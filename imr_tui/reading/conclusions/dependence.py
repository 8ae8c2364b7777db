"""Finds what a rationale says about the fate of another item, such as the surgery it serves."""

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from imr_tui.reading.language.attribution import without_reported
from imr_tui.reading.language.patterns import CACHE_SIZE, LazyPattern, lowered
from imr_tui.reading.language.sentences import sentences

_FATE = LazyPattern(
    r"(?:^|[,;:] |\b(?:as|since|because|that|although|though|while|whereas|and|but|once) )"
    r"(?!as\b|since\b|because\b|although\b|though\b|while\b|even\b|and\b|but\b|given\b)"
    r"(?P<subject>(?:the |this |that |these |an? |his |her )?[\w/-]+(?: (?!is\b|are\b|was\b|were\b"
    r"|has\b|have\b|as\b|since\b|because\b|that\b|if\b|when\b)[\w/'-]+){0,9}?)"
    r" (?:is|are|was|were|has|have)(?: (?P<denied>not)|(?P<short>n['\u2019]t))?"
    r"(?: (?:been|being|itself|also|hereby|now|already|deemed|found|considered|determined|judged"
    r"|to|be|medically|clinically)){0,3}(?: (?P<later>not))?"
    r"(?: (?:to|be|medically|clinically)){0,3} "
    r"(?:(?P<granted>necessary|supported|approved|authorized|certified|established|indicated"
    r"|warranted|appropriate|justified|overturned|granted|allowed)"
    r"|(?P<refused>denied|upheld|refused|rejected|unnecessary|unsupported|non-?certified"
    r"|unwarranted))\b"
)
_GENERIC = LazyPattern(
    r"(?:the |this |that )?(?:(?:primary|associated|main|underlying|index|requested|proposed"
    r"|planned) )*(?:surgical )?(?:procedure|surgery|operation|intervention|request"
    r"|surgeries)s?(?: (?:itself|themselves|in question))?",
    re.IGNORECASE,
)
_WORD = LazyPattern(r"[a-z0-9]{3,}", re.IGNORECASE)
_UNSPECIFIC = LazyPattern(
    r"the|this|that|these|for|and|with|left|right|bilateral|itself|themselve|request|requested"
    r"|service|surgical|associated|treatment|item|day|visit|session|week|time|one|initial|remaining"
    r"|either|also|both|all"
)


class Fate(NamedTuple):
    """A statement that something is, or is not, necessary or approved."""

    subject: str
    """The words for it."""
    granted: bool
    """Whether it is said to be necessary or approved."""
    span: tuple[int, int]
    """Offsets of the statement."""

    @property
    def is_generic(self) -> bool:
        """Whether it only mentions "the surgery" or "the procedure"."""
        return _GENERIC.fullmatch(self.subject) is not None

    def likeness(self, request: str) -> int:
        """The number of significant words that the subject shares with a request."""
        return len(_significant(self.subject) & _significant(request))


@lru_cache(maxsize=CACHE_SIZE)
def fates(text: str) -> tuple[Fate, ...]:
    """The statements of `text` on the fate of something, apart from reported opinions."""
    return tuple(_find_fates(text))


def _find_fates(text: str) -> Iterator[Fate]:
    for sentence in sentences(text):
        for match in _FATE.finditer(lowered(without_reported(sentence.text))):
            negated = match["denied"] or match["short"] or match["later"]
            granted = bool(match["granted"]) != bool(negated)
            start, end = match.span("subject")
            at = sentence.start
            yield Fate(sentence.text[start:end], granted, (at + start, at + match.end()))


@lru_cache(maxsize=4 * CACHE_SIZE)
def _significant(text: str) -> frozenset[str]:
    words = (word.lower().removesuffix("s") for word in _WORD.findall(text))
    return frozenset(word for word in words if not _UNSPECIFIC.fullmatch(word))
