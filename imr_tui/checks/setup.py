"""What the checks of a folder need besides the case: the policy, the day, the reviewer."""

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
    """Read once for all cases of a folder; the only maker of a CheckContext outside of tests."""

    policy: Policy = field(default_factory=Policy)
    """Which rules count, and how much."""
    today: date | None = None
    """The day on which the cases are checked."""
    reviewer: str = ""
    """The reviewer's own name, which no letter may hold; blank where it is not known."""
    login: str = ""
    """The name of the reviewer's account, where it tells who that is; or blank."""
    load_catalogue: Callable[[], Catalogue] | None = None
    """Loads the guidelines that the site knows, when a rule first asks; None: those shipped."""

    def context(self, case: Case) -> CheckContext:
        """`case` as the rules check it. An imported letter was decided long ago: no day counts."""
        # The worklist and `list` read their rows from the index, and need no model.
        from imr_tui.checks.context import CheckContext

        today = None if case.particulars.imported else self.today
        return CheckContext(case, today, self.load_catalogue, self.reviewer, self.login)

    @cached_property
    def key(self) -> str:
        """A digest that is the same only where a case has the same errors.

        The day is part of it where the site has raised a rule to an error: that rule may look at
        the day. Of the shipped errors only a decision date in the future depends on it.
        """
        policy = self.policy
        parts = [sorted(policy.select), sorted(policy.ignore), sorted(policy.site.items())]
        day = self.today if "error" in policy.site.values() else None
        return hashlib.sha256(repr((parts, self.reviewer, self.login, day)).encode()).hexdigest()
