"""The keys of the statistics, one for each grouping."""

from textual.binding import Binding, BindingType

KEYS: list[BindingType] = [
    Binding(
        "c",
        "group('category')",
        "Category",
        id="statistics.category",
        tooltip="Group by category of service, with the classes of drugs",
    ),
    Binding(
        "p",
        "group('priority')",
        "Priority",
        id="statistics.priority",
        tooltip="Group by kind of review: standard, expedited, formulary",
    ),
    Binding(
        "m",
        "group('month')",
        "Month",
        id="statistics.month",
        tooltip="Group by the month in which the letter was written",
    ),
    Binding(
        "g",
        "group('guideline')",
        "Guideline",
        id="statistics.guideline",
        tooltip="Group by the sources that the reviewers cite",
    ),
    Binding(
        "r",
        "group('rule')",
        "Rule",
        id="statistics.rule",
        tooltip="Group by the rules that warn; checks every case",
    ),
    Binding(
        "a",
        "group('reviewer')",
        "Account",
        id="statistics.reviewer",
        tooltip="Group by the account that signed or wrote the letter",
    ),
]
