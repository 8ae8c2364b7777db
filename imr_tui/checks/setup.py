"""The inputs of checks that are the same for all cases of a folder: policy, date, reviewer."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING

from imr_tui.checks.policy import Policy

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date

    from imr_tui.catalogue.catalogue import Catalogue
    from imr_tui.checks.context import CheckContext
    from imr_tui.model.case import Case


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

    def context(self, case: Case) -> CheckContext:
        """Create the context for `case`; an imported case, long decided, gets no date."""
        # Imported here because the worklist and `list` use cached rows, and need no model.
        from imr_tui.checks.context import CheckContext

        today = None if case.particulars.imported else self.today
        return CheckContext(case, today, self.load_catalogue, self.reviewer, self.login)

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
