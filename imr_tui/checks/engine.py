"""Registers the rules of all families, runs them on a case, and determines its state."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, Literal

from imr_tui.checks.rule import RULES, Finding, digest
from imr_tui.checks.rules import (  # noqa: F401  (importing a family registers its rules)
    body,
    completeness,
    dates,
    decision,
    request,
    sources,
    wording,
)
from imr_tui.checks.setup import CheckSetup, Policy, Setting
from imr_tui.domain import workflow

if TYPE_CHECKING:
    from imr_tui.checks.context import CheckContext
    from imr_tui.checks.rule import Rule, Severity
    from imr_tui.model.case import Case


_ORDER: dict[Severity, int] = {"error": 0, "warning": 1, "info": 2}
_DEFAULT_POLICY = Policy()
_DEFAULT_SETUP = CheckSetup()


def _no_step() -> None:
    """Default for `step`."""


def run(
    context: CheckContext, policy: Policy = _DEFAULT_POLICY, step: Callable[[], None] = _no_step
) -> tuple[Finding, ...]:
    """Return all findings: errors, warnings, infos, each sorted by rule.

    `step` is called before each rule; an exception that it raises stops the run.
    """
    found: list[Finding] = []
    for _, rule in sorted(RULES.items()):
        if policy.severity(rule) is not None:
            step()
            found += (
                Finding(rule, hit, policy.of_hit(rule, hit)) for hit in rule.function(context)
            )
    return _sort_and_answer(context.case, found)


def _sort_and_answer(case: Case, findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """Sort findings by severity, and attach the reviewer's acceptance to warnings."""
    found = tuple(findings)
    accepted = {
        key: given
        for key, given in case.acknowledged.items()
        if given.digest == digest(case, tuple(each for each in found if each.key == key))
    }
    answered = (
        Finding(each.rule, each.hit, each.severity, accepted.get(each.key))
        if each.severity == "warning"
        else each
        for each in found
    )
    return tuple(sorted(answered, key=lambda finding: _ORDER[finding.severity]))


def errors(context: CheckContext, policy: Policy = _DEFAULT_POLICY) -> tuple[Finding, ...]:
    """Return the findings that block the letter; runs only rules with severity error."""
    held = (rule for _, rule in sorted(RULES.items()) if policy.severity(rule) == "error")
    return tuple(
        Finding(rule, hit, "error")
        for rule in held
        for hit in rule.function(context)
        if policy.of_hit(rule, hit) == "error"
    )


State = Literal["draft", "ready", "imported"]


def state(case: Case, setup: CheckSetup = _DEFAULT_SETUP) -> State:
    """Determine the state of a case; `ready` if nothing is missing and no error remains."""
    if case.particulars.imported:
        return "imported"
    is_whole = workflow.is_complete(case, workflow.LAST)
    return "ready" if is_whole and not _is_blocked(case, setup) else "draft"


def _is_blocked(case: Case, setup: CheckSetup) -> bool:
    context = setup.context(case)
    return any(
        setup.policy.of_hit(rule, hit) == "error"
        for rule in _blocking(setup.policy)
        for hit in rule.function(context)
    )


_blocking_rules: list[tuple[Policy, tuple[Rule, ...]]] = []


def _blocking(policy: Policy) -> tuple[Rule, ...]:
    """The rules with severity error, found once for thousands of cases with the same policy."""
    if not _blocking_rules or _blocking_rules[0][0] is not policy:
        rules = tuple(rule for rule in RULES.values() if policy.severity(rule) == "error")
        _blocking_rules[:] = [(policy, rules)]
    return _blocking_rules[0][1]


def fault(identifier: str, setting: Setting) -> str:
    """Explain in a sentence why a site may not use a setting; blank if it may."""
    rule = RULES.get(identifier)
    if rule is None:
        return f"there is no rule {identifier}; `imr-tui rules` lists the rules."
    if rule.severity == "error" and setting != "error":
        return f"{identifier} must stay an error, because the law requires it."
    return ""
