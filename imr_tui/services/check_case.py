"""Checks a case with the settings, reviewer and guidelines of its folder."""

from __future__ import annotations

from datetime import date
from types import MappingProxyType
from typing import TYPE_CHECKING, NamedTuple

from imr_tui import checks
from imr_tui.checks.setup import CheckSetup
from imr_tui.errors import ImrError
from imr_tui.store.config.profile import identity, load_profile
from imr_tui.store.config.settings import load_settings

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from imr_tui.catalogue.catalogue import Catalogue
    from imr_tui.checks import Finding, Policy
    from imr_tui.model.case import Case
    from imr_tui.spelling.protocol import Suggestions
    from imr_tui.store.cases.folder import Folder
    from imr_tui.store.config import Profile
    from imr_tui.store.config.settings import LoadedSettings


class LoadedSetup(NamedTuple):
    """The setup for a folder, and the problems found while loading it."""

    setup: CheckSetup
    """The setup, without the parts that failed to load."""
    problems: tuple[str, ...]
    """Sentences that explain why the profile or the guidelines are not used."""


def load_setup(
    folder: Folder,
    today: date,
    settings: LoadedSettings | None = None,
    *,
    needs_profile: bool = False,
) -> LoadedSetup:
    """Load the inputs of checks for `folder` on the day `today`.

    Invalid settings raise BadInput or CannotStore. So does an invalid profile if it is needed,
    because a letter must be searched for the reviewer's name.
    """
    policy = (settings or load_settings(folder)).policy
    profile: Profile | None = None
    problems: list[str] = []
    catalogue: Callable[[], Catalogue] | None = None
    try:
        profile = load_profile(folder)
    except ImrError as error:
        if needs_profile:
            raise
        problems.append(f"{error} The letter was not checked for the reviewer's name.")
    try:
        catalogue = _catalogue_loader(folder)
    except ImrError as error:
        problems.append(str(error))
    setup = setup_of(policy, profile, today, catalogue, folder.is_written)
    return LoadedSetup(setup, tuple(problems))


def setup_of(
    policy: Policy,
    profile: Profile | None,
    day: date,
    load_catalogue: Callable[[], Catalogue] | None,
    is_written: Callable[[str], bool] | None = None,
    misspelled: Mapping[str, Suggestions] = MappingProxyType({}),
) -> CheckSetup:
    """Create the setup for the reviewer in `profile`; without a profile, for the account."""
    return CheckSetup(policy, day, *identity(profile), load_catalogue, is_written, misspelled)


def check_case(
    case: Case, setup: CheckSetup, step: Callable[[], None] = lambda: None
) -> tuple[Finding, ...]:
    """Return all findings of a case; `step` is called before each rule, and may raise to stop."""
    return checks.run(setup.context(case), setup.policy, step)


def errors_of(case: Case, setup: CheckSetup) -> tuple[Finding, ...]:
    """Return the findings that block the letter."""
    return checks.errors(setup.context(case), setup.policy)


def _catalogue_loader(folder: Folder) -> Callable[[], Catalogue] | None:
    """Load the guidelines of `folder` now, so that errors in them are reported."""
    if not folder.own("guidelines.toml").exists():
        return None
    # Imported here because it needs pydantic, and most sites have no guidelines of their own.
    from imr_tui.store.config.site_catalogue import load_catalogue

    catalogue = load_catalogue(folder)
    return lambda: catalogue
