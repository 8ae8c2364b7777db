"""Finds the spot of a body part that a statement is about: its inner side, a muscle, a root."""

from __future__ import annotations

from functools import lru_cache

from imr_tui.reading.language.patterns import LazyPattern

_AXES = {
    "aspect": LazyPattern(r"\b(?P<medial>medial(?:ly)?)|\b(?P<lateral>lateral(?:ly)?)\b"),
    "face": LazyPattern(
        r"\b(?P<anterior>anterior(?:ly)?|dorsal(?:ly)?|dorsum)"
        r"|\b(?P<posterior>posterior(?:ly)?|volar|palmar|plantar)\b"
    ),
    "motion": LazyPattern(
        r"\b(?:(?P<flexion>(?:dorsi|plantar ?)?flexion)|(?P<extension>extension)"
        r"|(?P<rotation>rotation)|(?P<abduction>abduction))\b"
    ),
    "place": LazyPattern(
        r"\b(?:(?P<patella>patell\w+)|(?P<line>joint lines?)|(?P<quadriceps>quadriceps)"
        r"|(?P<hamstrings>hamstrings?)|(?P<calf>cal(?:f|ves)|gastrocnemius)|(?P<thigh>thighs?)"
        r"|(?P<shin>shins?)|(?P<popliteal>popliteal)|(?P<anserine>anserin\w+)"
        r"|(?P<trapezius>trapez\w+)|(?P<rhomboids>rhomboids?)|(?P<paraspinal>para(?:spin|vert)\w+)"
        r"|(?P<acromioclavicular>acromioclavicular|ac joints?)|(?P<bicipital>bicip\w+|biceps)"
        r"|(?P<triceps>triceps)|(?P<deltoid>deltoid)|(?P<subacromial>subacromial)"
        r"|(?P<epicondyle>epicondyl\w+)|(?P<olecranon>olecranon)|(?P<thenar>thenar)"
        r"|(?P<sacroiliac>sacroiliac|si joints?)|(?P<gluteal>glute\w+)|(?P<piriformis>piriformis)"
        r"|(?P<trochanter>trochanter\w*)|(?P<heel>heels?)|(?P<achilles>achilles)"
        r"|(?P<malleolus>malleol\w+)|(?P<facet>facets?)|(?P<scaphoid>snuff ?box|scaphoid))\b"
    ),
}
_LEVEL = LazyPattern(
    r"\b(?P<letter>[clts])-?(?P<first>\d)(?:(?:-|/| and | or )(?P<other>[clts])?(?P<last>\d))?\b"
)
Level = tuple[str, ...]
"""A vertebra or root, or two of them: ("l5",), ("l5", "s1")."""


@lru_cache(maxsize=1024)
def _spots(words: str) -> dict[str, frozenset[str]]:
    found = {
        axis: frozenset(str(match.lastgroup) for match in pattern.finditer(words))
        for axis, pattern in _AXES.items()
    }
    return {axis: names for axis, names in found.items() if names}


def _levels(words: str) -> list[Level]:
    found = list[Level]()
    for match in _LEVEL.finditer(words):
        first = f"{match['letter']}{match['first']}"
        last = f"{match['other'] or match['letter']}{match['last']}"
        found.append((first, last) if match["last"] else (first,))
    return found


def _alike(one: Level, other: Level) -> bool:
    """Whether two levels are equal, or one is a root at the other."""
    return one == other or (len(one) != len(other) and not set(one).isdisjoint(other))


def differ(one: str, other: str) -> bool:
    """Whether two pieces of lower-case text name different spots of a body part."""
    ones, others = _spots(one), _spots(other)
    if any(ones[axis].isdisjoint(others[axis]) for axis in ones.keys() & others.keys()):
        return True
    mine, theirs = _levels(one), _levels(other)
    pairs = [(first, second) for first in mine for second in theirs]
    return bool(pairs) and not any(_alike(first, second) for first, second in pairs)
