"""Conflicting evidence, weighed by level as 8 CCR 9792.25.1 asks, and put into words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from imr_tui.domain.citation_text import words
from imr_tui.text.plain_text import one_line

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
"""The levels of evidence, the strongest first."""

_STRENGTH = list(LEVELS)


def missing(weighing: Weighing) -> tuple[str, ...]:
    """The parts of a weighing that are still open, by their field names."""
    return tuple(name for name, value in weighing if not (value and value.strip()))


def is_against_level(weighing: Weighing) -> bool:
    """Whether the weaker evidence prevails, which the applicability has to carry."""
    ours, theirs = weighing.reviewer_level, weighing.administrator_level
    if ours is None or theirs is None or weighing.prevails is None:
        return False
    lead = _STRENGTH.index(theirs) - _STRENGTH.index(ours)
    return lead < 0 if weighing.prevails == "reviewer" else lead > 0


def paragraph(item: Item) -> str:
    """The weighing of `item` as a paragraph of its rationale; blank while there is none."""
    weighing = item.weighing
    if weighing is None or weighing.is_blank():
        return ""
    sentences = [
        _of_question(weighing.question),
        _of_side(
            "claims administrator", item.administrator_citations, weighing.administrator_level
        ),
        _of_side("expert reviewer", item.citations, weighing.reviewer_level),
        _sentence(weighing.applicability),
        _of_result(weighing),
    ]
    return " ".join(sentence for sentence in sentences if sentence)


def _of_question(question: str) -> str:
    what = one_line(question).rstrip(".")
    return f"The sources cited differ on this question: {_closed(what)}" if what else ""


def _of_side(who: str, cited: tuple[Citation, ...], level: EvidenceLevel | None) -> str:
    if level is None:
        return ""
    sources = "; ".join(
        words(citation).rstrip(".") for citation in cited if not citation.is_blank()
    )
    what = f"The evidence of the {who}"
    named = f"{what} ({sources})" if sources else what
    return f"{named} is of level {level}, {LEVELS[level]}."


def _of_result(weighing: Weighing) -> str:
    if weighing.prevails is None:
        return ""
    who = "claims administrator" if weighing.prevails == "administrator" else "expert reviewer"
    return f"Weighed under 8 CCR 9792.25.1, the evidence of the {who} prevails."


def _sentence(text: str) -> str:
    return _closed(one_line(text)) if text.strip() else ""


def _closed(text: str) -> str:
    """`text` with the mark that ends a sentence."""
    return text if text.endswith((".", "?", "!")) else f"{text}."
