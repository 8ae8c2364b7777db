"""Rules over a case: what a determination is held against before it goes out.

A rule is one function in the module of its family, registered by `@rule` with its explanation
and two examples; adding one means adding that function and its tests. `run` returns what all of
them find.

Each name is imported when it is first asked for: what needs the policy needs no rule.
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
        if name not in _HOMES:
            raise AttributeError(name)
        return getattr(importlib.import_module(f"{__name__}.{_HOMES[name]}"), name)


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

_HOMES = {
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
"""The module of each name."""
