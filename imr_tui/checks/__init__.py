"""Rules over a case: what a determination is held against before it goes out.

A rule is one function in the module of its family, registered by `@rule`; adding one means
adding that function and its tests. `run` returns what all of them find.
"""

from collections.abc import Collection

from imr_tui.case import Case
from imr_tui.checks import characters, completeness  # noqa: F401  (registers their rules)
from imr_tui.checks.progress import State, state
from imr_tui.checks.rule import RULES, Finding, Rule, Severity

__all__ = ["RULES", "Finding", "Rule", "Severity", "State", "errors", "run", "state"]

_ORDER: dict[Severity, int] = {"error": 0, "warning": 1, "info": 2}


def run(
    case: Case, select: Collection[str] = (), ignore: Collection[str] = ()
) -> tuple[Finding, ...]:
    """What the rules find in `case`, errors first, else in the order of the rules.

    `select` and `ignore` hold rule ids or their beginnings (`IMR1`); nothing selected is all.
    """
    chosen = [rule for rule in RULES.values() if _is_chosen(rule.id, select, ignore)]
    found = [finding for rule in chosen for finding in rule.find(case)]
    return tuple(sorted(found, key=lambda finding: _ORDER[finding.severity]))


def errors(case: Case) -> tuple[Finding, ...]:
    """The findings that keep the letter from being written."""
    return tuple(finding for finding in run(case) if finding.severity == "error")


def _is_chosen(identifier: str, select: Collection[str], ignore: Collection[str]) -> bool:
    selected = not select or identifier.startswith(tuple(select))
    return selected and not identifier.startswith(tuple(ignore))
