"""The keys of the statistics, one for each grouping."""

from __future__ import annotations

from typing import TYPE_CHECKING

from imr_tui.ui.bindings import bind

if TYPE_CHECKING:
    from textual.binding import BindingType

KEYS: list[BindingType] = [
    bind(
        "statistics.category",
        "group('category')",
        "Category",
        "Group by category of service, with the classes of drugs",
    ),
    bind(
        "statistics.priority",
        "group('priority')",
        "Priority",
        "Group by kind of review: standard, expedited, formulary",
    ),
    bind(
        "statistics.month",
        "group('month')",
        "Month",
        "Group by the month in which the letter was written",
    ),
    bind(
        "statistics.guideline",
        "group('guideline')",
        "Guideline",
        "Group by the sources that the reviewers cite",
    ),
    bind(
        "statistics.rule",
        "group('rule')",
        "Rule",
        "Group by the rules that warn; checks every case",
    ),
    bind(
        "statistics.reviewer",
        "group('reviewer')",
        "Account",
        "Group by the account that signed or wrote the letter",
    ),
]
