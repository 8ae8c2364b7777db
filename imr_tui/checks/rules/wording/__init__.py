"""Rules on words, names and readability."""

from imr_tui.checks.rules.wording import (
    characters,
    cut_off,
    misspellings,
    privacy,
    readability,
    spelling,
    typing_slips,
    workers,
)

__all__ = [
    "characters",
    "cut_off",
    "misspellings",
    "privacy",
    "readability",
    "spelling",
    "typing_slips",
    "workers",
]
