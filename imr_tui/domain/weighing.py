"""Weighs the studies behind conflicting recommendations, and describes the result in words.

8 CCR 9792.25.1: studies that do not apply to the worker drop out first; the others are weighed by
their level in the column of the question.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from imr_tui.domain.citation_text import words
from imr_tui.text.layout import one_line

if TYPE_CHECKING:
    from imr_tui.model.case import Item
    from imr_tui.model.evidence import Citation, Weighing
    from imr_tui.model.limits import Applicable, EvidenceColumn, EvidenceLevel

COLUMNS: dict[EvidenceColumn, str] = {
    "treatment": "treatment benefit",
    "diagnosis": "diagnostic test",
    "prognosis": "prognosis",
    "harms": "treatment harms",
}
"""The clinical questions of the table of levels, one column for each."""

_TREATMENT: dict[EvidenceLevel, str] = {
    "1a": "systematic review of randomized trials with a low risk of bias",
    "1b": "randomized trial with a low risk of bias",
    "1c": "randomized trials with an identified risk of bias, or a review of such trials",
    "2": "non-randomized cohort study with controls",
    "3": "case-control study or historical control",
    "4": "uncontrolled case series",
    "5": "expert opinion",
}
_DIAGNOSIS: dict[EvidenceLevel, str] = {
    "1a": "systematic review of high-quality prospective studies",
    "1b": "high-quality cohort study or randomized trial",
    "1c": "cross-sectional study with a risk of bias",
    "2": "case-control study with a broad spectrum of patients",
    "3": "case-control study of severe cases and healthy controls",
}
LEVELS: dict[EvidenceColumn, dict[EvidenceLevel, str]] = {
    "treatment": _TREATMENT,
    "diagnosis": _DIAGNOSIS,
    "prognosis": {},
    "harms": {},
}
"""What the levels of a column mean. Levels that are not listed are described in 9792.25.1(b)."""

_STRENGTH: tuple[EvidenceLevel, ...] = tuple(_TREATMENT)


def column_of(weighing: Weighing) -> EvidenceColumn:
    """The column of a weighing; treatment benefit if none is set."""
    return weighing.column or "treatment"


def missing(weighing: Weighing) -> tuple[str, ...]:
    """The names of the fields of a weighing that are still blank."""
    return tuple(name for name, value in weighing if not (value and value.strip()))


def is_against_level(weighing: Weighing) -> bool:
    """Whether inapplicable studies prevail, or the weaker of two that apply."""
    ours, theirs = weighing.reviewer_level, weighing.administrator_level
    if weighing.prevails is None or weighing.applicable == "neither":
        return False
    if weighing.applicable in ("administrator", "reviewer"):
        return weighing.prevails != weighing.applicable
    if ours is None or theirs is None:
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
        _applicable_sentence(weighing),
        _sentence(weighing.applicability),
        _side_sentence(weighing, "claims administrator", item.administrator_citations),
        _side_sentence(weighing, "expert reviewer", item.citations),
        _result_sentence(weighing),
    ]
    return " ".join(sentence for sentence in sentences if sentence)


def _question_sentence(question: str) -> str:
    what = one_line(question).rstrip(".")
    return f"The sources cited differ on this question: {_with_period(what)}" if what else ""


_APPLICABLE: dict[Applicable, str] = {
    "both": "The studies of both sides apply to this worker.",
    "administrator": (
        "Only the studies of the claims administrator apply to this worker, so those of the "
        "expert reviewer are not weighed."
    ),
    "reviewer": (
        "Only the studies of the expert reviewer apply to this worker, so those of the claims "
        "administrator are not weighed."
    ),
    "neither": "The studies of neither side apply to this worker.",
}


def _applicable_sentence(weighing: Weighing) -> str:
    return _APPLICABLE[weighing.applicable] if weighing.applicable else ""


def _side_sentence(weighing: Weighing, who: str, cited: tuple[Citation, ...]) -> str:
    is_ours = who == "expert reviewer"
    level = weighing.reviewer_level if is_ours else weighing.administrator_level
    if level is None:
        return ""
    study = weighing.reviewer_study if is_ours else weighing.administrator_study
    printed = [words(each) for each in cited if not each.is_blank()]
    named = "; ".join(
        each.rstrip(".") for each in ([one_line(study)] if study.strip() else printed)
    )
    sources = f" ({named})" if named else ""
    column = f" for {COLUMNS[weighing.column]}" if weighing.column else ""
    meaning = LEVELS[column_of(weighing)].get(level, "")
    what = f"level {level}{column}" + (f", {meaning}" if meaning else "")
    return f"The evidence of the {who}{sources} is of {what}."


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
