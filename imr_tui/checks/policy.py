"""Selection and severities of rules, from command options and site settings."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from imr_tui.checks.rule import Hit, Rule, Severity

Setting = Literal["off", "info", "warning", "error"]
"""The severity that a site gives a rule, or `off`."""


@dataclass(frozen=True)
class Policy:
    """The rules to run, and their severities."""

    select: Collection[str] = ()
    """Rule ids or prefixes (`IMR1`) to run; empty for all."""
    ignore: Collection[str] = ()
    """Rule ids or prefixes to skip."""
    site: Mapping[str, Setting] = field(default_factory=dict)
    """Site settings by rule id; a rule that blocks letters cannot be lowered."""

    def severity(self, rule: Rule) -> Severity | None:
        """The severity of `rule` under this policy; None if it is not run."""
        selected = not self.select or rule.id.startswith(tuple(self.select))
        if not selected or rule.id.startswith(tuple(self.ignore)):
            return None
        setting = self.site.get(rule.id, rule.severity)
        if fault(rule.id, setting):
            return rule.severity
        return None if setting == "off" else setting

    def of_hit(self, rule: Rule, hit: Hit) -> Severity:
        """The severity of one hit: site setting, else the hit's own, else the rule's."""
        severity = self.severity(rule) or rule.severity
        return severity if rule.id in self.site else hit.severity or severity


def fault(identifier: str, setting: Setting) -> str:
    """Explain in a sentence why a site may not use a setting; blank if it may."""
    # Imported here because most sites have no such settings, and then need no rules.
    from imr_tui.checks.registry import RULES

    rule = RULES.get(identifier)
    if rule is None:
        return f"{identifier} is no rule; `imr-tui rules` lists them."
    if rule.severity == "error" and setting != "error":
        return f"{identifier} is an error by law and stays one."
    return ""
