"""IMR111 and IMR114: words left from a form, a program, dictation or a draft."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from imr_tui.checks.rule import Hit, rule
from imr_tui.reading.language.patterns import LazyPattern, blank_quotations
from imr_tui.reading.slips.leftovers import SOURCES, Leftover, leftovers
from imr_tui.text.layout import words_at

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
    """A printed text contains a blank or mark that was left: `[date]`, `___`, `***`, `@AGE@`.

    Marks of health records, word processors, dictation and text snippets count in quotations too.

    Brackets count only if they contain the words of a form; in a quotation, only if they ask for
    input. `[sic]`, references such as `[1-3]`, inserted words such as "[following TPII]", ticked
    boxes and omissions in quotations are not reported. "TBD" alone is a warning, because a record
    may say it.
    """
    for place, text in context.printed:
        plain = blank_quotations(text) if _may_hold_one(text) else ""
        if plain and (blank := _LEFT.search(text) or _BLANK.search(plain)):
            yield Hit(place, f"Fill in or delete {blank[0]!r}.", blank.span())
        elif certain := next((each for each in leftovers(text) if each.is_certain), None):
            yield Hit(place, _advice("Fill in or delete", text, certain), certain.span)
        elif plain and (blank := _OPEN.search(plain)):
            says = f"Fill in or delete {blank[0]!r}, or accept it if a record says so."
            yield Hit(place, says, blank.span(), severity="warning")


@rule(
    "IMR114",
    "leftover-suspected",
    "warning",
    why="Words of a form or a draft show that the text was not finished.",
    source="Practice: health records, forms, dictation and drafts",
    fires={"rationale": "He/she has pain of the neck. It is not medically necessary."},
    passes={"rationale": "Right/left lateral bending was 20/25 degrees. It is not necessary."},
)
def leftover_suspected(context: CheckContext) -> Iterator[Hit]:
    """A printed text contains words that a form, a program or a draft probably left.

    Examples: `he/she`, `check this`, "denied on by", "period The", `{side}`. Choices, notes and
    empty fields are not searched for in quotations. Marks that are practically never right text
    are reported by IMR111.
    """
    for place, text in context.printed:
        end = 0
        for each in leftovers(text):
            if not each.is_certain and each.span[0] >= end:
                yield Hit(place, _advice("Check", text, each), each.span)
                end = each.span[1]


def _advice(verb: str, text: str, found: Leftover) -> str:
    """What to do with words that were left, and where they come from."""
    words = words_at(text, found.span)
    return f"{verb} {words!r}, which looks left from {SOURCES[found.source]}."


_SIGNS = ("[", "<", "{", "_", "??", "TODO", "FIXME")
_LOWERED_SIGNS = ("xx", "lorem", "tbd", "tba")


def _may_hold_one(text: str) -> bool:
    """Whether `text` holds a part of any placeholder; much faster than the patterns."""
    if any(sign in text for sign in _SIGNS):
        return True
    lowered = text.lower()
    return any(sign in lowered for sign in _LOWERED_SIGNS)
