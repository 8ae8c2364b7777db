"""The fields of a weighing of studies, and how their text is read (8 CCR 9792.25.1)."""

from __future__ import annotations

from pydantic import ValidationError

from imr_tui.domain import weighing
from imr_tui.model.evidence import Weighing

LABELS = {
    "question": "Question in dispute",
    "column": "It asks for",
    "administrator_study": "Administrator's study",
    "reviewer_study": "Your study",
    "applicable": "Applies to the worker",
    "applicability": "How it applies",
    "administrator_level": "Administrator's level",
    "reviewer_level": "Your level",
    "prevails": "Prevails",
}
"""The labels of the fields."""
_LEVEL_NAMES = ("1a", "1b", "1c", "2", "3", "4", "5")
_LEVELS = f"Not a level. The levels are {', '.join(_LEVEL_NAMES)}."
_FAULTS = {"administrator_level": _LEVELS, "reviewer_level": _LEVELS}
CHOICES: dict[str, dict[str, str]] = {
    "column": {
        "treatment": "treatment benefit",
        "diagnosis": "diagnostic test",
        "prognosis": "prognosis",
        "harms": "harms",
    },
    "applicable": {
        "both": "both studies",
        "administrator": "administrator's",
        "reviewer": "yours",
        "neither": "neither",
    },
    "prevails": {"administrator": "administrator's", "reviewer": "yours"},
}
"""The fields with known values: each value with its words."""
AGAINST_LEVEL = "The weaker evidence prevails. Correct the choice, or state why."
"""Said of a weighing in which the study of the lower level prevails."""


def as_typed(value: Weighing) -> dict[str, str]:
    """The fields of a weighing as text."""
    return {name: field or "" for name, field in value}


def typed(value: Weighing, name: str, text: str) -> Weighing:
    """`value` with the field `name` as typed; raises ValidationError if it is not valid."""
    word = text.strip().lower()
    read: object = text
    if name in CHOICES or name.endswith("level"):
        read = word or None
    return Weighing.model_validate(value.model_dump() | {name: read})


def accepted(value: Weighing, name: str, text: str) -> Weighing:
    """`typed`; raises ValueError with its error text."""
    try:
        return typed(value, name, text)
    except ValidationError:
        raise ValueError(_FAULTS.get(name, "Too long.")) from None


def levels(value: Weighing) -> str:
    """What the levels mean in the column of a weighing."""
    column = weighing.column_of(value)
    meanings = weighing.LEVELS[column].items()
    listed = "  ".join(f"{level}={meaning}" for level, meaning in meanings)
    table = f"Levels for {weighing.COLUMNS[column]}: "
    return table + (listed or "1a to 5, see the table of 8 CCR 9792.25.1(b)")
