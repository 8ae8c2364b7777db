"""Finds words, phrases and sentences that are there twice in a row."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

from imr_tui.reading.language.patterns import CACHE_SIZE, LazyPattern, lowered
from imr_tui.reading.language.sentences import sentences

LONGEST = 30
"""Number of words of the longest phrase that is looked for."""
LEAST_WORDS = 4
"""Number of words from which on a sentence is not repeated on purpose."""
LEAST_EQUAL = 3
"""Number of significant words from which on two equal lists in a row are the same."""
LEAST_LISTED = 5
"""Number of significant words from which on two sentences in a row may be the same list."""
LEAST_LETTERS = 6
"""Number of letters from which on an entry of a list is not there twice on purpose."""

_TOKEN = LazyPattern(r"[^\s,;.:!?()]+(?:[.:][^\s,;.:!?()]+)*")
# Right grammar, emphasis, and names made of two equal words.
_RIGHT_WORDS = """
had that very much many more far long so too really her bora walla pago cha beri ylang tom knock
no yes now never again who you can will do
"""
# Words before which the second "that" is no pronoun of its noun.
_AFTER_THAT_WORDS = """
the a an this these those his her their there he she they it guidelines records notes reports
patients workers symptoms injections medications drugs studies treatments findings sessions visits
results criteria complaints opioids nsaids x-rays exercises tests
"""
_AFTER_THAT = frozenset(_AFTER_THAT_WORDS.split())
_RIGHT = frozenset(_RIGHT_WORDS.split())
_JOINS = ("", ",", ";")
# "A product with a drug that is not recommended is not recommended."
_RELATIVES = ("that", "which", "who", "what")
_PREDICATES = ("ed", "necessary", "appropriate")
_SIGNIFICANT = LazyPattern(r"[a-z]{2,}")


@lru_cache(maxsize=CACHE_SIZE)
def doubled_words(text: str) -> tuple[tuple[int, int], ...]:
    """The spans of what is there twice, from the first to the second time if they adjoin."""
    found: list[tuple[int, int]] = []
    every = (*_doubled(lowered(text)), *_repeated_sentences(text), *_repeated_entries(text))
    for start, end in every:
        if not found or start >= found[-1][1]:
            found.append((start, end))
    return tuple(found)


def _doubled(text: str) -> Iterator[tuple[int, int]]:
    """Look for the pairs of words that were there shortly before, and compare what follows."""
    spans = [match.span() for match in _TOKEN.finditer(text)]
    words = [text[start:end] for start, end in spans]
    seen: dict[tuple[str, str], int] = {}
    for at in range(len(words) - 1):
        pair = words[at], words[at + 1]
        if pair[0] == pair[1]:
            gap = text[spans[at][1] : spans[at + 1][0]]
            if gap.isspace() and _is_slip(words, at):
                yield spans[at][0], spans[at + 1][1]
        elif pair in seen and (size := at - seen[pair]) <= LONGEST:
            again = words[at : at + size]
            # The end of a sentence may be the start of the next.
            gap = text[spans[at - 1][1] : spans[at][0]]
            before = words[at - size - 1] if at > size else ""
            if (
                again == words[at - size : at]
                and gap.strip() in _JOINS
                and _is_phrase(again)
                and not (before in _RELATIVES and again[-1].endswith(_PREDICATES))
            ):
                yield spans[at - size][0], spans[at + size - 1][1]
        seen[pair] = at


def _is_slip(words: list[str], at: int) -> bool:
    word = words[at]
    if word == "that":
        return words[at + 2 : at + 3] != [] and words[at + 2] in _AFTER_THAT
    if not (word == "a" or _SIGNIFICANT.fullmatch(word)) or word in _RIGHT:
        return False
    # "What it is is not known."
    return not (word == "is" and "what" in words[max(0, at - 6) : at])


def _is_phrase(words: list[str]) -> bool:
    return sum(bool(_SIGNIFICANT.search(word)) for word in words) >= 2


# Findings may be the same for two parts of the body, and a conclusion is repeated on purpose.
_REPEATABLE = LazyPattern(
    r"\b(?:necess\w+|motion|tender\w*|strength|reflex\w*|negative|positive|normal|intact|pain"
    r"|sensation|painful|full|swelling|spasms?|denie[sd]|rated|limited|noted|recommend\w*|mtus"
    r"|guidelines?|odg|request\w*|documented|x-?rays?|mri|\d+)\b"
)
_LISTED = LazyPattern(r"[a-z][a-z-]{4,}")
_INTRODUCTION = LazyPattern(
    r"treat\w*|includ\w*|consist\w*|there|other|tried|underwent|previous\w*"
)


def _repeated_sentences(text: str) -> Iterator[tuple[int, int]]:
    seen = set[str]()
    previous, listed = "", frozenset[str]()
    for each in sentences(text):
        low = lowered(each.text)
        words = " ".join(low.split())
        if words.count(" ") >= LEAST_WORDS - 1:
            if words == previous or (words in seen and not _REPEATABLE.search(low)):
                yield each.span
            seen.add(words)
        if (previous_list := listed) and words != previous:
            listed = _list(low)
            both, either = listed & previous_list, listed | previous_list
            is_same = both == either and len(both) >= LEAST_EQUAL
            if is_same or len(both) >= max(LEAST_LISTED, 0.8 * len(either)):
                yield each.span
        else:
            listed = _list(low)
        previous = words


def _list(low: str) -> frozenset[str]:
    """The significant words of a sentence that lists treatments; none of any other."""
    if "treat" not in low or low.count(",") + low.count(";") + low.count(" and ") < 2:
        return frozenset()
    return frozenset(word for word in _LISTED.findall(low) if not _INTRODUCTION.fullmatch(word))


_OF_LIST = LazyPattern(
    r".*\b(?:treatments?|medications?)\b[^.;,]{0,40}?"
    r"\b(?:includ\w+|consist\w+ of|list(?:ed|s)|of|are|were)\b:?"
)
_ENTRY = LazyPattern(r"(?:[^,;(]|\([^)]*\))+")
_COMMENT = LazyPattern(r"\s*\([^)]*\)")
_JOINED = LazyPattern(r"\band\b")
# Studies, injections and operations are repeated, and are told in the order of time.
_REPEATED = LazyPattern(
    r".*\b(?:injections?|mri|x-?rays?|ct|emg\w*|surger\w+|therapy|visits?|blocks?|right|left|pain"
    r"|physical examination|tenderness)\b"
)


def _repeated_entries(text: str) -> Iterator[tuple[int, int]]:
    """Entries that a list of treatments has twice: "ibuprofen, Norco, and ibuprofen"."""
    for each in sentences(text):
        low = lowered(each.text)
        if "," not in low or not (first := _OF_LIST.match(low)):
            continue
        if "diagnosis" in low or "diagnoses" in low:
            continue
        seen = set[str]()
        for part in _ENTRY.finditer(low, first.end()):
            for entry in _JOINED.split(_COMMENT.sub("", part[0])):
                name = " ".join(entry.split()).rstrip(".")
                if name in seen and len(name) > LEAST_LETTERS and not _REPEATED.match(name):
                    end = each.start + first.end() + len(low[first.end() : part.end()].rstrip(". "))
                    yield end - len(part[0].strip(". ")), end
                seen.add(name)
