"""IMR111: what a template or a draft has left to be filled in."""

import re
from collections.abc import Iterator

from imr_tui.checks.draft import Draft
from imr_tui.checks.rule import Hit, rule
from imr_tui.reading.wording import Wording

_BLANKS = (
    r"insert|enter|fill(?: in)?|specify|list|describe|choose|select|name|date|dates"
    r"|diagnos[ie]s|treatments?|body part|regions?"
    r"|side|drugs?|medications?|numbers?|age|sex|gender|provider|physician|patient|worker"
    r"|claimant|findings?|guidelines?"
    r"|reason|rationale|text|request|item|service|quantity|dose|dosage|pages?|section|year"
    r"|month|day|x+|tbd|tba|blank|here"
    r"|he/she|his/her|him/her|she/he|left/right|right/left|male/female|upheld/overturned|yes/no"
    r"|\.\.\.|_+|#+"
)
_FILLERS = (
    r"the|a|an|of|or|and|for|in|to|on|with|injured|body|treating|disputed|clinical"
    r"|specific|appropriate|from|-|/|:|,"
)
_LEFT = Wording(
    rf"\[\s*(?:(?:{_FILLERS})\s*)*(?:{_BLANKS})(?:[\s,:]+(?:{_BLANKS}|{_FILLERS}))*\s*\](?!\()"
    r"|\[\s*\.{3}\s*\]|\[\s*\u2026\s*\]"
    rf"|<\s*(?:insert|enter|fill|specify|name|date)\b[^<>\n]{{0,60}}>"
    rf"|\{{\{{[^{{}}\n]{{0,60}}\}}\}}|\{{(?:{_BLANKS})\}}"
    r"|_{3,}|(?<![\w.])[Xx]{3,}(?![\w.])|\b[Xx]{2,4}[/-][Xx]{2,4}(?:[/-][Xx]{2,4})?\b|(?<!\?)\?{2,}"
    r"|\b(?:TODO|FIXME|TBD|TBA)\b|\b[Ll]orem ipsum\b",
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

    Brackets count only where all their words are those of a form. `[sic]`, references `[1-3]`,
    inserted words "[following TPII]" and ticked boxes are text.
    """
    for place, text in draft.printed:
        for match in _LEFT.finditer(text):
            if _SHOUTED.fullmatch(match[0]) and not match[0].isupper():
                continue
            yield Hit(place, f"{match[0]!r} is still to be filled in.", match.span())
            break
