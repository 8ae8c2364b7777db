"""IMR111: what a template or a draft has left to be filled in."""

import re
from collections.abc import Iterator

from imr_tui.checks.draft import Draft
from imr_tui.checks.rule import Hit, rule
from imr_tui.reading.folding import unquoted
from imr_tui.reading.wording import Wording

# What a form asks for, and what may stand around it in its brackets.
_VERBS = r"(?:insert|enter|fill in|specify|list|describe|choose|select|state|add)"
_BLANKS = (
    r"(?:names?|dates?|diagnos[ie]s|treatments?|body parts?|regions?|sides?|drugs?|medications?"
    r"|numbers?|age|sex|gender|findings?|guidelines?|rationale|request|service|quantity|dose|dosage"
    r"|pages?|section|tbd|tba|x{2,}|_+|#+)"
)
_AROUND = (
    r"(?:the|an?|of|or|and|for|in|to|on|with|injured|injury|birth|visit|report|body|treating"
    r"|disputed|clinical|specific|appropriate|patient|worker|claimant|provider|physician|text|here"
    r"|from|surgery|decision|ur|-|/|:|,)"
)
_OPTIONS = (
    r"(?:s?he/s?he|his/her|her/his|him/her|left/right|right/left|male/female|yes/no"
    r"|upheld/overturned|overturned/upheld|is/is not)"
)
_LEFT = Wording(
    rf"\[\s*(?:{_VERBS}\b[^\[\]\n]{{0,60}}|{_OPTIONS}|\.{{3}}|\u2026)\s*\]"
    rf"|<\s*(?:{_VERBS}|name|date)\b[^<>\n]{{0,60}}>"
    rf"|\{{\{{[^{{}}\n]{{0,60}}\}}\}}|\{{(?:{_VERBS}|{_BLANKS})[\w ]{{0,40}}\}}"
    r"|_{3,}|(?<![\w.])[Xx]{3,}(?![\w.])|\b[Xx]{2,4}[/-][Xx]{2,4}(?:[/-][Xx]{2,4})?\b"
    r"|\b[Xx]{2,3}[ -]years?\b|(?<!\?)\?{2,}|\b(?:TODO|FIXME|TBD|TBA)\b|\blorem ipsum\b",
    re.IGNORECASE,
)
# A quotation may put a noun of its own into brackets, so these are looked for outside of one.
_BLANK = Wording(
    rf"\[\s*(?:{_AROUND}[\s,]*)*{_BLANKS}(?:[\s,:]+(?:{_BLANKS}|{_AROUND}))*\s*\](?!\()",
    re.IGNORECASE,
)
_SHOUTED = Wording(r"todo|fixme|tbd|tba", re.IGNORECASE)


@rule(
    "IMR111",
    "placeholder-left",
    "error",
    why="A letter that went out with a blank in it is plainly wrong, and is read as careless.",
    source="Practice: templates and pasted drafts",
    fires={"rationale": "The request for [body part] therapy is not medically necessary."},
    passes={"rationale": 'The note says "neck pian" [sic], and studies [1-3, 28] agree.'},
)
def placeholder_left(draft: Draft) -> Iterator[Hit]:
    """A printed text holds a blank to be filled in: `[date]`, `___`, `XXX`, `TODO`, `??`.

    Brackets count only where all their words are those of a form, and in a quotation only where
    they ask for something to be done. `[sic]`, references `[1-3]`, inserted words "[following
    TPII]" and ticked boxes are text.
    """
    for place, text in draft.printed:
        if (span := _left(text)) is not None:
            yield Hit(place, f"{text[slice(*span)]!r} is still to be filled in.", span)


def _left(text: str) -> tuple[int, int] | None:
    """The first blank that a text has left."""
    for match in _LEFT.finditer(text):
        if match[0].isupper() or not _SHOUTED.fullmatch(match[0]):
            return match.span()
    plain = unquoted(text) if "[" in text else ""
    blank = _BLANK.search(plain)
    return blank.span() if blank else None
