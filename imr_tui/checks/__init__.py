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
    from imr_tui.checks.engine import State, errors, run, state
    from imr_tui.checks.finding import Finding
    from imr_tui.checks.policy import Policy
    from imr_tui.checks.registry import RULES
    from imr_tui.checks.rule import Hit, Rule, Severity
    from imr_tui.checks.setup import CheckSetup
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
    "run",
    "state",
]

_MODULES = {
    "RULES": "registry",
    "CheckContext": "context",
    "CheckSetup": "setup",
    "Finding": "finding",
    "Hit": "rule",
    "Policy": "policy",
    "Rule": "rule",
    "Severity": "rule",
    "State": "engine",
    "errors": "engine",
    "run": "engine",
    "state": "engine",
}
"""The module that defines each name."""
