"""Finds and replaces words in the long texts of a case: the summary and the rationales."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from itertools import groupby
from typing import TYPE_CHECKING

from imr_tui.domain.workflow import Place, Stage, stage_of, walk
from imr_tui.model import edits
from imr_tui.text.search import FoldedText, Span, find as find_in_text, fold

if TYPE_CHECKING:
    from collections.abc import Sequence

    from imr_tui.model.case import Case

SUMMARY = Place("summary.text")


@dataclass(frozen=True)
class Match:
    """A place of the words in a text of the case."""

    place: Place
    """The text."""
    span: Span
    """The characters of the text."""


def texts(case: Case) -> tuple[tuple[Place, str], ...]:
    """The long texts of a case, in the order of the walk."""
    rationales = ((Place("rationale", at), item.rationale) for at, item in enumerate(case.items))
    return ((SUMMARY, case.summary.text), *rationales)


def text_name(place: Place) -> str:
    """The name of a long text: `summary`, `item 2 rationale`."""
    return "summary" if place == SUMMARY else str(place)


def text_of(stage: Stage) -> Place | None:
    """The long text of a stage, if it has one."""
    if stage.kind == "summary":
        return SUMMARY
    return Place("rationale", stage.item) if stage.kind == "decision" else None


def find(case: Case, words: str) -> tuple[Match, ...]:
    """Every place of `words` in the texts of the case, ignoring case and accents."""
    return tuple(
        Match(place, span) for place, text in texts(case) for span in _fold(text).find(words)
    )


@lru_cache(maxsize=64)
def _fold(text: str) -> FoldedText:
    # Each key in the field of the words searches the same texts again; a case may have many items.
    return fold(text)


def next_match(
    case: Case, matches: Sequence[Match], stage: Stage, span: Span, step: int
) -> Match | None:
    """The match after the `span` in the text of `stage` (step 1), at it (0) or before it (-1).

    Behind the last one comes the first one, and the other way round.
    """
    stages = walk(case)
    here = (stages.index(stage) if stage in stages else 0, span[0])
    places = [(stages.index(stage_of(each.place)), each.span[0]) for each in matches]
    pairs = list(zip(places, matches, strict=True))
    if step < 0:
        before = [match for place, match in pairs if place < here] or list(matches)
        return before[-1] if before else None
    later = (match for place, match in pairs if place > here or (place == here and not step))
    return next(later, matches[0] if matches else None)


def replace(case: Case, matches: Sequence[Match], new: str) -> Case:
    """The case with `new` instead of each match; `matches` are in order and do not overlap.

    Raises LimitReached if a text becomes too long.
    """
    now = dict(texts(case))
    for place, found in groupby(matches, lambda match: match.place):
        case = _with_text(case, place, _replaced(now[place], [each.span for each in found], new))
    return case


def still_there(case: Case, match: Match, words: str) -> bool:
    """Whether the words are still at the place of a match."""
    text = dict(texts(case)).get(match.place, "")
    return find_in_text(text[slice(*match.span)], words) == ((0, match.span[1] - match.span[0]),)


def _replaced(text: str, spans: Sequence[Span], new: str) -> str:
    parts, at = [], 0
    for start, end in spans:
        parts += [text[at:start], new]
        at = end
    return "".join((*parts, text[at:]))


def _with_text(case: Case, place: Place, text: str) -> Case:
    if place.item is None:
        return edits.set_summary(case, text)
    return edits.set_rationale(case, place.item, text)
