"""What the folder of a case says of its checks: settings, the reviewer's name, guidelines."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from imr_tui.checks import CheckContext, Policy
from imr_tui.errors import ImrError
from imr_tui.store.config.account import Identity, identity
from imr_tui.store.config.profile import load_profile
from imr_tui.store.config.settings import load_policy

if TYPE_CHECKING:
    from imr_tui.catalogue.catalogue import Catalogue
    from imr_tui.model.case import Case
    from imr_tui.store.cases.folder import Folder


@dataclass(frozen=True)
class Site:
    """What the checks of one folder need, read once for all its cases."""

    policy: Policy
    """What its settings make of the rules."""
    reviewer: Identity
    """Who works here; the account alone where the profile cannot be read."""
    catalogue: Catalogue | None = None
    """The guidelines with its own; None where it adds none or they cannot be read."""
    problems: tuple[str, ...] = ()
    """What could not be read, as sentences."""

    def draft(self, case: Case, today: date | None) -> CheckContext:
        """`case` as the rules look at it here."""
        return CheckContext(case, today, self.catalogue, *self.reviewer)


def load_site(folder: Folder) -> Site:
    """What `folder` says; only settings that cannot be read raise BadInput or CannotStore."""
    policy, reviewer, catalogue = load_policy(folder), identity(None), None
    problems: list[str] = []
    try:
        reviewer = reviewer_of(folder)
    except ImrError as error:
        problems.append(f"{error} The reviewer's name was not looked for.")
    try:
        catalogue = _catalogue(folder)
    except ImrError as error:
        problems.append(str(error))
    return Site(policy, reviewer, catalogue, tuple(problems))


def reviewer_of(folder: Folder) -> Identity:
    """Who works in `folder`, by its profile or the account; raises BadInput or CannotStore."""
    return identity(load_profile(folder))


def _catalogue(folder: Folder) -> Catalogue | None:
    if not folder.own("guidelines.toml").exists():
        return None
    from imr_tui.store.config.site_catalogue import load_catalogue

    return load_catalogue(folder)
