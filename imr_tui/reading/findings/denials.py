"""Finds claims that something is missing: not there, not documented, not tried, not done."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache, lru_cache
from typing import TYPE_CHECKING, NamedTuple

from imr_tui.reading.body import anatomy
from imr_tui.reading.findings.findings import Statement, statements
from imr_tui.reading.language.definite import clause_start, is_general, own_words, unquoted
from imr_tui.reading.language.patterns import CACHE_SIZE, LazyPattern
from imr_tui.reading.language.tables import table

if TYPE_CHECKING:
    from imr_tui.reading.language.sentences import Sentence


class Denial(NamedTuple):
    """A claim that a thing is missing."""

    statement: Statement
    """The thing that is denied, with its part and side."""
    span: tuple[int, int]
    """Offsets of the claim."""
    is_unrecorded: bool
    """Whether it says that the thing was not recorded or done, whatever the result."""

    @property
    def is_of_records(self) -> bool:
        """Whether the records would show that it is wrong: not an examination without findings."""
        done = self.statement.thing.sort in (
            "treatment",
            "study",
            "document",
            "examination",
            "topic",
        )
        return done or self.is_unrecorded


@cache
def _words(name: str) -> frozenset[str]:
    return frozenset(table("findings/denials")[name])


_ANY = LazyPattern(
    r"\b(?:no|not|never|nor|neither|without|lack\w*|absen\w+|missing|fail\w*|nowhere|cannot"
    r"|undocumented|unavailable|illegible|unreadable)\b|n['\u2019]t\b"
)
_TRIGGER = LazyPattern(
    r"\b(?P<no>no|without|lack(?:s|ed|ing)?|absence|devoid)\b"
    r"|(?:\b(?:did|does|do|has|have|had|is|are|was|were)(?: not|n['\u2019]t)(?: yet)?"
    r"|\bnever) (?P<verb>(?:been |have |had )?"
    r"(?:have|had|includ\w+|contain\w*|mention\w*|document\w*|describ\w+|detail\w*|note"
    r"|report\w*|record\w*|show|list"
    r"|indicate|stat\w+|under(?:go|gone|went)|receiv\w+|tr(?:y|ied)|attempt\w*|us(?:e|ed|ing)"
    r"|tak(?:e|en|ing)|worn|wear|offered|done|do any"
    r"|attend\w*|given|prescribed|submit\w*|provid\w+|send|accompanied|rate|reveal|demonstrate"
    r"|complain of|endorse|exhibit|experience|complet\w+ any|start\w* any|begun"
    r"|identify|treated with|a|an|any))\b"
    r"|\bfail(?:s|ed|ure)? to (?P<fail>\w+)"
)
_WORD = re.compile(r"[\w'\u2019/+-]+")
_POSITIVE_ONLY = frozenset(("positive",))
_PAPERS = frozenset(("note", "notes", "record", "records", "report", "reports", "chart", "file"))
_STOP = re.compile(
    r"[.,;:()]|\b(?:and|or|nor|which|who|because|so|therefore|thus|hence|such|but|although"
    r"|while|whereas|to (?:support|warrant|justify|suggest|indicate|substantiate|corroborate"
    r"|explain)"
    r"|that (?:would|could|support\w*|suggest\w*|warrant\w*|justif\w+))\b"
)
_DID = (
    r"(?:tried|attempted|given|provided|performed|obtained|done|documented|recorded|noted|found"
    r"|reported|described|mentioned|observed|seen|shown|demonstrated|present|available|evident"
    r"|taken"
    r"|worn|used|utili[sz]ed|prescribed|received|submitted|included|made|undertaken|carried out"
    r"|started|addressed|supplied|located|sent|tested|heard|rated|undergone|imaged|confirmed"
    r"|examined|on (?:file|record)|part of|among|in (?:the|this) (?:file|records?|chart|case)"
    r"|listed"
    r"|stated|established|identified|elicited|appreciated|offered|initiated|rendered|furnished"
    r"|attended|assessed|evaluated|forthcoming|attached|kept)"
)
_PREDICATE = LazyPattern(
    r" (?:(?:ha[sd]|have|was|were|is|are|could|can|did|does) (?:not|never|nowhere)|cannot"
    r"|(?:is|are|was|were|has|have|had|could|did|does)n['\u2019]t)"
    rf"(?: (?:yet|been|be|ever|clearly|even))* (?P<did>{_DID}|exist|accompany)\b"
    rf"| (?:is|are|was|were|has been|have been) (?:(?:entirely |completely )?(?:lacking|missing"
    rf"|absent|undocumented"
    rf"|unavailable|illegible|unreadable)|nowhere (?P<where>{_DID}))\b"
)
_COMPOUND = re.compile(r"\s\w")
_WITH = re.compile(r"\b(?:treatment|treated|therapy) with\b")
_CLAUSE = re.compile(
    r"[,;:.]|\b(?:and|but|although|though|because|since|as|that|while|however|so|when|where)\b"
)


@lru_cache(maxsize=CACHE_SIZE)
def denials(text: str) -> tuple[Denial, ...]:
    """The claims of `text` that something is missing, in order.

    Left out are claims about something narrower ("no recent therapy", "no gain from therapy"), and
    those of a guideline, a quotation or utilization review.
    """
    return tuple(_find_denials(text))


def _find_denials(text: str) -> Iterator[Denial]:
    low = unquoted(text)
    sentence: Sentence | None = None
    for each in statements(text):
        if each.sentence is not sentence:
            sentence = each.sentence
            own = own_words(low, sentence)
            plain = _plain(own, text, sentence) if _ANY.search(own) else ""
        if plain and (found := _denied(own, plain, each)):
            yield found


def _plain(own: str, text: str, sentence: Sentence) -> str:
    """The sentence with the names of parts and things blanked, so that only its frame is left."""
    spans = [region.span for region in anatomy.regions(text)]
    spans += [level.span for level in anatomy.levels(text)]
    spans += [
        each.mention.span
        for each in statements(text)
        if each.sentence is sentence and each.thing.sort != "detail"
    ]
    start, end = sentence.span
    for first, last in spans:
        if start <= first and last <= end:
            own = own[: first - start] + " " * (last - first) + own[last - start :]
    return own


def _denied(own: str, plain: str, each: Statement) -> Denial | None:
    start = each.sentence.start
    first, last = each.mention.span[0] - start, each.mention.span[1] - start
    if not own[first:last].strip():
        return None
    if _is_compound(own, first, each) or _is_of_document(own, first, each):
        return None
    span = _before(own, plain, first, last, each) or _after(own, plain, first, last, each)
    if span is None or is_general(own, clause_start(own, span[0]), span[1]):
        return None
    unrecorded = not _words("unrecorded").isdisjoint(_WORD.findall(plain[span[0] : span[1] + 30]))
    return Denial(each, (start + span[0], start + span[1]), unrecorded)


def _is_compound(own: str, first: int, each: Statement) -> bool:
    """Whether another treatment right before names the kind: "Botox injection"."""
    start = each.sentence.start
    treatments = (other for other in each.mentions if other.thing.sort == "treatment")
    ends = (other.span[1] - start for other in treatments)
    return any(0 < first - end <= 2 and not own[end:first].strip(" -") for end in ends)


_FOR = LazyPattern(r"\s*(?:forms? )?for (?:(?:an?|the|this|that|his|her) )?")


def _is_of_document(own: str, first: int, each: Statement) -> bool:
    """Whether a thing only tells what a document is for: "no RFA for the brace"."""
    start = each.sentence.start
    documents = (other for other in each.mentions if other.thing.sort == "document")
    ends = (other.span[1] - start for other in documents if other.span[1] - start < first)
    return any(_FOR.fullmatch(own[end:first]) for end in ends)


# "No documentation that therapy had failed" denies the failure.
_OUTCOME = LazyPattern(
    r"[^;:]*?\b(?:fail(?:ed|s|ure)|help(?:ed|s|ful)|improve[ds]?|relieve[ds]?|work(?:ed|s)"
    r"|benefi\w+|(?:in)?effective|(?:un)?successful|exhausted|(?:in)?sufficient|(?:in)?adequate)\b"
)
_TRIED = LazyPattern(r"[^;:,]*?\b(?:tried|attempted|done|completed|provided|given|undertaken)\b")


# "Without a tear, motion is not full": another clause, not a part of the list.
_VERB = re.compile(r"\b(?:is|was|are|were)\b")


def _before(own: str, plain: str, first: int, last: int, each: Statement) -> tuple[int, int] | None:
    """The span of "no documentation of ...", if nothing narrows it."""
    trigger = None
    for match in _TRIGGER.finditer(own, 0, first):
        trigger = match
    if trigger is None:
        return None
    words = _WORD.findall(_WITH.sub("treatment", plain[trigger.end() : first]))
    allowed = _words("before") | (
        _POSITIVE_ONLY if each.thing.sort in ("test", "study") else frozenset()
    )
    if not set(words) <= allowed or re.search(r"[;:()]", plain[trigger.end() : first]):
        return None
    # The words of a topic may end with a verb: "no diagnosis was provided".
    if each.thing.sort not in ("topic", "detail") and _VERB.search(own, first, last):
        return None
    if each.thing.sort == "symptom" and "objective" in words:
        return None
    if "that" in words and _OUTCOME.match(plain, last) and not _TRIED.match(plain, last):
        return None
    is_bare = not words and not each.is_near
    if each.thing.name == "pain" and trigger["no"] in ("without", "no") and is_bare:
        return None
    return (trigger.start(), last) if _ends(own, plain, last, each) else None


def _ends(own: str, plain: str, last: int, each: Statement) -> bool:
    """Whether nothing after the thing narrows the claim."""
    if _COMPOUND.match(own, last) and not plain[last : last + 2].strip():
        return False
    stop = _STOP.search(plain, last)
    words = _WORD.findall(plain[last : stop.start() if stop else len(plain)])
    if words and words[0] in _PAPERS:
        return False
    more = _words("after_document") if each.thing.sort == "document" else frozenset[str]()
    return set(words) <= _words("after") | more


def _after(own: str, plain: str, first: int, last: int, each: Statement) -> tuple[int, int] | None:
    """The span of "... was not documented", if nothing narrows it."""
    start = 0
    for match in _CLAUSE.finditer(plain, 0, first):
        if not _WORD.search(plain, match.end(), first) or match[0] not in ("and", "as", "that"):
            start = match.end()
    if not set(_WORD.findall(plain[start:first])) <= _words("before"):
        return None
    found = _PREDICATE.search(plain, last, min(last + 120, len(plain)))
    if found is None or not set(_WORD.findall(plain[last : found.start()])) <= _words("between"):
        return None
    return (first, found.end()) if _ends(own, plain, found.end(), each) else None
