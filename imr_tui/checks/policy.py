"""Which rules count, and how much: what a command selects, and what a site has set."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from imr_tui.checks.rule import Hit, Rule, Severity

Setting = Literal["off", "info", "warning", "error"]
"""What a site makes of a rule."""


@dataclass(frozen=True)
class Policy:
    """The rules that are run, with their severities."""

    select: Collection[str] = ()
    """Ids of rules or their beginnings (`IMR1`); none is all."""
    ignore: Collection[str] = ()
    """Ids or beginnings of rules that are left out."""
    site: Mapping[str, Setting] = field(default_factory=dict)
    """What the site has set, by id; what keeps a letter back cannot be set lower."""

    def severity(self, rule: Rule) -> Severity | None:
        """How much a hit of `rule` matters here; None if it is not run."""
        selected = not self.select or rule.id.startswith(tuple(self.select))
        if not selected or rule.id.startswith(tuple(self.ignore)):
            return None
        setting = self.site.get(rule.id, rule.severity)
        if fault(rule.id, setting):
            return rule.severity
        return None if setting == "off" else setting

    def of_hit(self, rule: Rule, hit: Hit) -> Severity:
        """How much one hit matters: as the site says of its rule, else as the hit itself does."""
        severity = self.severity(rule) or rule.severity
        return severity if rule.id in self.site else hit.severity or severity


def fault(identifier: str, setting: Setting) -> str:
    """Why a site cannot set a rule so, as a sentence; blank if it can."""
    # A site that sets nothing needs no rules.
    from imr_tui.checks.registry import RULES

    rule = RULES.get(identifier)
    if rule is None:
        return f"{identifier} is no rule; `imr-tui rules` lists them."
    if rule.severity == "error" and setting != "error":
        return f"{identifier} is an error by law and stays one."
    return ""
