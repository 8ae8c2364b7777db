"""Finds levels of the spine that do not exist, do not fit their words, or have findings."""

import re
from collections.abc import Iterator

from imr_tui.reading.body.anatomy import levels
from imr_tui.reading.language.patterns import LazyPattern
from imr_tui.reading.language.sentences import near

_IMPOSSIBLE = LazyPattern(
    r"\b(?:L-?[5-9][-/]L?[6-9]|L-?[6-9](?:[-/]S1)?|T-?1[3-9]|S-?[6-9]|C-?9)\b(?![-/]?\d)"
)
_ANATOMY = LazyPattern(
    r"\b(?:transitional|six (?:non|lumbar)|sacrali[sz]\w+|lumbari[sz]\w+|sixth lumbar)",
    re.IGNORECASE,
)
# The region, a few words, and "at" with a level: "cervical disc bulge at L5-S1".
_WORD_AND_LEVEL = LazyPattern(
    r"\b(?P<region>cervical|neck|thoracic|lumbar|low(?:er)? back)"
    r" (?:(?!and\b|or\b|with\b|cervical\b|neck\b|thoracic\b|lumbar\b)[\w/-]+ ){0,4}?"
    r"(?:at (?:the level of )?(?:the )?)?(?=[CTLS]-?\d)",
    re.IGNORECASE,
)
_STUDIED = LazyPattern(
    r"\b(?:mri|ct|x-?rays?|imaging|scan|emg|ncv|ncs|electro\w+|radiograph\w*|myelogram"
    r"|reveal\w*|show\w*"
    r"|demonstrat\w+|dermatom\w+|myotom\w+|distributions?|reflex\w*|sensation|strength"
    r"|(?:nerve )?roots?"
    r"|disc|disk|protrusion|bulg\w+|hernia\w+|stenosis|prior|previous\w*|history|status post"
    r"|s/p|adjacent|underwent|had an?|was done"
    r"|normal|unremarkable)\b",
    re.IGNORECASE,
)
_WORDS = {"cervical": "C", "neck": "C", "thoracic": "T", "lumbar": "LS"}


def impossible_level(text: str) -> tuple[int, int] | None:
    """The first level that no spine has ("L5-6"), unless the text describes a sixth vertebra."""
    match = _IMPOSSIBLE.search(text)
    return match.span() if match and not _ANATOMY.search(text) else None


def levels_beside_other_region(text: str) -> Iterator[tuple[int, int]]:
    """A region and the level of another one in a group of words: "cervical disc at L5-S1"."""
    starts = {level.span[0]: level for level in levels(text)}
    for match in _WORD_AND_LEVEL.finditer(text):
        level = starts.get(match.end())
        letters = _WORDS.get(match["region"].lower(), "LS")
        if level and not {each[0] for each in level.vertebrae} & set(letters):
            yield match.start(), level.span[1]


def is_finding(text: str, at: int) -> bool:
    """Whether the words around offset `at` report an examination, a study or earlier surgery."""
    return _STUDIED.search(near(text, at)) is not None
