"""The inputs of checks that are the same for all cases of a folder: policy, date, reviewer."""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Literal

from imr_tui import checks

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date

    from imr_tui.catalogue.catalogue import Catalogue
    from imr_tui.checks.context import CheckContext
    from imr_tui.checks.rule import Hit, Rule, Severity
    from imr_tui.model.case import Case
    from imr_tui.spelling.protocol import Suggestions


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
        if rule.severity == "error":
            return rule.severity
        return None if setting == "off" else setting

    def of_hit(self, rule: Rule, hit: Hit) -> Severity:
        """The severity of one hit: site setting, else the hit's own, else the rule's."""
        severity = self.severity(rule) or rule.severity
        return severity if rule.id in self.site else hit.severity or severity


@dataclass(frozen=True)
class CheckSetup:
    """Read once per folder; outside of tests, every CheckContext is created here."""

    policy: Policy = field(default_factory=Policy)
    """The selected rules and their severities."""
    today: date | None = None
    """The date of the check."""
    reviewer: str = ""
    """The reviewer's name, which no letter may contain; blank if unknown."""
    login: str = ""
    """The reviewer's login name, if it reveals the person; otherwise blank."""
    load_catalogue: Callable[[], Catalogue] | None = None
    """Loads the site's guidelines when a rule first needs them; None for the shipped ones."""
    is_written: Callable[[str], bool] | None = None
    """Tells whether the letter of a case number was written; None if no letter was."""
    misspelled: Mapping[str, Suggestions] = field(default_factory=dict)
    """The words that the dictionary does not have, with suggestions; those known so far."""

    def context(self, case: Case) -> CheckContext:
        """Create the context for `case`; an imported case, long decided, gets no date."""
        today = None if case.particulars.imported else self.today
        is_written = self.is_written is not None and self.is_written(case.number)
        return checks.CheckContext(
            case,
            today,
            self.load_catalogue,
            self.reviewer,
            self.login,
            is_written,
            self.misspelled,
        )

    @cached_property
    def key(self) -> str:
        """A digest that changes whenever a case might have different errors.

        It includes the date only if the site raised a rule to an error, because that rule may
        depend on the date. Among the shipped errors only a decision date in the future does.
        """
        policy = self.policy
        parts = [sorted(policy.select), sorted(policy.ignore), sorted(policy.site.items())]
        day = self.today if "error" in policy.site.values() else None
        return hashlib.sha256(repr((parts, self.reviewer, self.login, day)).encode()).hexdigest()
