"""An earlier rationale in words: its decision, date, item and citations."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from imr_tui.domain.citation_text import words
from imr_tui.text.layout import one_line
from imr_tui.text.user_input import american

if TYPE_CHECKING:
    from imr_tui.recall.insertion import Insertion
    from imr_tui.recall.rationale import Rationale

NO_WORDS = "No rationale of yours has these words."
NONE_YET = "No earlier rationale of yours yet. Those of your other cases appear here."
_MOST_FLAGGED = 4
"""Words to check that a sentence names."""


def request_of(rationale: Rationale) -> str:
    """The request on one line."""
    return one_line(rationale.request) or "(no request)"


def decided(rationale: Rationale) -> str:
    """`Upheld  10/23/2013  CM13-0000001, item 1`."""
    decision = (rationale.decision or "open").capitalize()
    where = f"{rationale.number}, item {rationale.item + 1}"
    return f"{decision}  {american(rationale.day)}  {where}"


def heading(rationale: Rationale) -> Iterator[str]:
    """The request, the decision and the citations, one line each."""
    yield one_line(rationale.request)
    yield decided(rationale)
    cited = [words(each) for each in rationale.citations if not each.is_blank()]
    yield f"Cites: {'; '.join(cited)}" if cited else "Cites nothing."


def to_check(made: Insertion) -> str:
    """Names the words to check in this case; blank without such words."""
    text = made.prepared.text
    flagged = dict.fromkeys(text[slice(*each.span)] for each in made.prepared.flagged)
    named = ", ".join(list(flagged)[:_MOST_FLAGGED])
    more = len(flagged) - _MOST_FLAGGED
    return f"Check: {named}{f' and {more} more' if more > 0 else ''}." if flagged else ""
