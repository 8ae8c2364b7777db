"""IMR111: unfilled placeholders of a template or draft."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from imr_tui.checks.rule import Hit, rule
from imr_tui.reading.patterns import LazyPattern, blank_quotations

if TYPE_CHECKING:
    from imr_tui.checks.context import CheckContext

# Requests for input, and the words around them inside brackets.
_VERBS = r"(?:insert|enter|fill in|specify|list|describe|choose|select|state|add)"
_BLANKS = (
    r"(?:names?|dates?|diagnos[ie]s|treatments?|body parts?|regions?|sides?|drugs?|medications?"
    r"|numbers?|age|sex|gender|findings?|guidelines?|rationale|request|service|quantity|dose|dosage"
    r"|providers?|levels?|pages?|section|tbd|tba|x{2,}|_+|#+)"
)
_FILL_WORDS = (
    r"(?:the|an?|of|or|and|for|in|to|on|with|injured|injury|birth|visits?|sessions?|days?|weeks?"
    r"|months?|years?|report|body|treating|disputed|clinical|specific|appropriate|requested|patient"
    r"|worker|claimant|physician|text|here|from|surgery|decision|ur|-|/|:|,)"
)
_OPTIONS = (
    r"(?:s?he/s?he|his/her|her/his|him/her|left/right|right/left|male/female|yes/no"
    r"|upheld/overturned|overturned/upheld|is/is not)"
)
_COUNTED = (
    r"(?:years?|yrs?|y/?o|months?|weeks?|days?|hours?|visits?|sessions?|treatments?|tablets?|mg"
    r"|lbs?|pounds|kg|cm|inches|feet|degrees|minutes|pages|percent)"
)
_LEFT = LazyPattern(
    rf"\[\s*(?:{_VERBS}\b[^\[\]\n]{{0,60}}|{_OPTIONS})\s*\]"
    rf"|<\s*(?:{_VERBS}|name|date)\b[^<>\n]{{0,60}}>"
    rf"|\{{\{{[^{{}}\n]{{0,60}}\}}\}}|\{{(?:{_VERBS}|{_BLANKS})[\w ]{{0,40}}\}}"
    r"|_{3,}|(?<!\w)__(?!\w)|(?<![\w.])X{3,}(?!\w|[.-]\w)|\bX{2,4}[/-]X{2,4}(?:[/-]X{2,4})?\b"
    rf"|\bX{{2,3}}[ -]{_COUNTED}\b|\blorem ipsum\b",
    re.IGNORECASE,
)
# Only searched for outside quotations, because a quotation may have bracketed nouns, omissions and
# questions of the quoted author.
_BLANK = LazyPattern(
    rf"\[\s*(?:{_FILL_WORDS}[\s,]*)*{_BLANKS}(?:\(s\))?(?:[\s,:/]+(?:{_BLANKS}|{_FILL_WORDS}))*\s*\](?!\()"
    r"|\[\s*(?:\.{3}|\u2026)\s*\]|(?<!\?)\?{2,}|\b(?-i:TODO|FIXME)\b",
    re.IGNORECASE,
)
# May also be an open question in a quoted record.
_OPEN = LazyPattern(r"\b(?:TBD|TBA)\b")


@rule(
    "IMR111",
    "placeholder-left",
    "error",
    why="A letter with an unfilled blank is wrong and looks careless.",
    source="Practice: templates and pasted drafts",
    fires={"rationale": "The request for [body part] therapy is not medically necessary."},
    passes={"rationale": 'The note says "neck pian" [sic], and studies [1-3, 28] agree.'},
)
def placeholder_left(context: CheckContext) -> Iterator[Hit]:
    """A printed text contains an unfilled blank: `[date]`, `___`, `XXX`, `TODO`, `??`.

    Brackets count only if they contain the words of a form; in a quotation, only if they ask for
    input. `[sic]`, references such as `[1-3]`, inserted words such as "[following TPII]", ticked
    boxes and omissions in quotations are not reported. "TBD" alone is a warning, because a record
    may say it.
    """
    for place, text in context.printed:
        if not _may_hold_one(text):
            continue
        plain = blank_quotations(text)
        if blank := _LEFT.search(text) or _BLANK.search(plain):
            yield Hit(place, f"Fill in or delete {blank[0]!r}.", blank.span())
        elif blank := _OPEN.search(plain):
            says = f"Fill in or delete {blank[0]!r}, or accept it if a record says so."
            yield Hit(place, says, blank.span(), severity="warning")


_SIGNS = ("[", "<", "{", "_", "??", "TODO", "FIXME")
_LOWERED_SIGNS = ("xx", "lorem", "tbd", "tba")


def _may_hold_one(text: str) -> bool:
    """Whether `text` holds a part of any placeholder; much faster than the patterns."""
    if any(sign in text for sign in _SIGNS):
        return True
    lowered = text.lower()
    return any(sign in lowered for sign in _LOWERED_SIGNS)
