"""The rules that a determination is checked against before its letter is written.

A rule is a function in one of the modules in `rules`, registered by `@rule` with its explanation
and two examples. To add a rule, add that function and its tests. `run` returns the findings of all
rules.

Names are imported on first access, so that code that only needs the policy loads no rules.
"""

import importlib
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from imr_tui.checks.context import CheckContext
    from imr_tui.checks.engine import State, errors, fault, run, state
    from imr_tui.checks.rule import RULES, Finding, Hit, Rule, Severity
    from imr_tui.checks.setup import CheckSetup, Policy
else:

    def __getattr__(name: str) -> object:
        if name not in _MODULES:
            raise AttributeError(name)
        return getattr(importlib.import_module(f"{__name__}.{_MODULES[name]}"), name)


__all__ = [
    "RULES",
    "CheckContext",
    "CheckSetup",
    "Finding",
    "Hit",
    "Policy",
    "Rule",
    "Severity",
    "State",
    "errors",
    "fault",
    "run",
    "state",
]

_MODULES = {
    "RULES": "engine",
    "CheckContext": "context",
    "CheckSetup": "setup",
    "Finding": "rule",
    "Hit": "rule",
    "Policy": "setup",
    "Rule": "rule",
    "Severity": "rule",
    "State": "engine",
    "errors": "engine",
    "fault": "engine",
    "run": "engine",
    "state": "engine",
}
"""The module that defines each name."""
