"""Weighs conflicting evidence by level (8 CCR 9792.25.1), and describes the result in words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from imr_tui.domain.citation_text import words
from imr_tui.text.layout import one_line

if TYPE_CHECKING:
    from imr_tui.model.case import Item
    from imr_tui.model.evidence import Citation, Weighing
    from imr_tui.model.limits import EvidenceLevel

LEVELS: dict[EvidenceLevel, str] = {
    "1a": "systematic review of randomized trials with a low risk of bias",
    "1b": "randomized trial with a low risk of bias",
    "1c": "randomized trial with a risk of bias",
    "2": "non-randomized controlled cohort",
    "3": "case-control study or historical control",
    "4": "uncontrolled case series",
    "5": "expert opinion",
}
"""The levels of evidence, strongest first."""

_STRENGTH = list(LEVELS)


def missing(weighing: Weighing) -> tuple[str, ...]:
    """The names of the fields of a weighing that are still blank."""
    return tuple(name for name, value in weighing if not (value and value.strip()))


def is_against_level(weighing: Weighing) -> bool:
    """Whether the weaker evidence prevails, which only its applicability can justify."""
    ours, theirs = weighing.reviewer_level, weighing.administrator_level
    if ours is None or theirs is None or weighing.prevails is None:
        return False
    lead = _STRENGTH.index(theirs) - _STRENGTH.index(ours)
    return lead < 0 if weighing.prevails == "reviewer" else lead > 0


def paragraph(item: Item) -> str:
    """Format the weighing of `item` as a paragraph for its rationale; blank without a weighing."""
    weighing = item.weighing
    if weighing is None or weighing.is_blank():
        return ""
    sentences = [
        _question_sentence(weighing.question),
        _side_sentence(
            "claims administrator", item.administrator_citations, weighing.administrator_level
        ),
        _side_sentence("expert reviewer", item.citations, weighing.reviewer_level),
        _sentence(weighing.applicability),
        _result_sentence(weighing),
    ]
    return " ".join(sentence for sentence in sentences if sentence)


def _question_sentence(question: str) -> str:
    what = one_line(question).rstrip(".")
    return f"The sources cited differ on this question: {_with_period(what)}" if what else ""


def _side_sentence(who: str, cited: tuple[Citation, ...], level: EvidenceLevel | None) -> str:
    if level is None:
        return ""
    sources = "; ".join(
        words(citation).rstrip(".") for citation in cited if not citation.is_blank()
    )
    what = f"The evidence of the {who}"
    named = f"{what} ({sources})" if sources else what
    return f"{named} is of level {level}, {LEVELS[level]}."


def _result_sentence(weighing: Weighing) -> str:
    if weighing.prevails is None:
        return ""
    who = "claims administrator" if weighing.prevails == "administrator" else "expert reviewer"
    return f"Weighed under 8 CCR 9792.25.1, the evidence of the {who} prevails."


def _sentence(text: str) -> str:
    return _with_period(one_line(text)) if text.strip() else ""


def _with_period(text: str) -> str:
    """`text` with a final period, unless it already ends a sentence."""
    return text if text.endswith((".", "?", "!")) else f"{text}."
