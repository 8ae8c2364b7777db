"""The site's settings for a folder of cases, in `.imr/settings.toml`."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Literal, NamedTuple

from imr_tui import checks
from imr_tui.checks.setup import Policy
from imr_tui.errors import BadInput, ImrError
from imr_tui.keys.key_map import STANDARD, KeyMap
from imr_tui.letter.dialects.dialect import Letterhead
from imr_tui.store import config
from imr_tui.store.config.demo_mark import mark_of
from imr_tui.store.safety import atomic, safe_open

if TYPE_CHECKING:
    from collections.abc import Mapping

    from imr_tui.store.cases.folder import Folder

FILE = "settings.toml"


class Retention(NamedTuple):
    """For how long a folder keeps what is not needed any more, in days; 0: for ever."""

    history_days: int = 30
    """The versions of a case, after the last of them; the last three stay."""
    removed_days: int = 365
    """The versions of a case whose file is gone, and what was received of it, after that."""
    originals_days: int = 365
    """Files that the program replaced."""
    hold: frozenset[str] = frozenset()
    """Cases of which nothing is dropped, in lower case."""


class Extras(NamedTuple):
    """What a site may have its terminals do, though each costs bytes on a slow line."""

    animations: bool = False
    """Whether what scrolls and opens moves there step by step."""
    mouse: bool = False
    """Whether the terminal reports its mouse, and so selects no text by itself."""
    kitty_keys: bool = False
    """Whether keys come by kitty's protocol, which some multiplexers mix up."""


EmployeeNames = Literal["initials", "full", "none"]
"""How the worklist names the employee."""


class LoadedSettings(NamedTuple):
    """The settings of a folder, for those who need them."""

    letterhead: Letterhead = Letterhead()
    """What the organization prints."""
    policy: Policy = Policy()
    """What the site makes of the rules."""
    extras: Extras = Extras()
    """What terminals may do."""
    retention: Retention = Retention()
    """How long what is not needed any more is kept."""
    employee_names: EmployeeNames = "initials"
    """How the worklist names the employee."""
    keys: KeyMap = STANDARD
    """Which keys the actions of the app have."""


def load_settings(folder: Folder) -> LoadedSettings:
    """What `folder`'s settings say, read once; raises BadInput or CannotStore."""
    path, mark = folder.own(FILE), mark_of(folder.path)
    if not path.exists():
        return LoadedSettings(Letterhead(mark=mark)) if mark else LoadedSettings()
    settings = config.SettingsFile.read(path)
    for identifier, setting in settings.rules.items():
        if says := checks.fault(identifier, setting):
            raise BadInput(f"{path}: rules: {says}")
    templates = _templates(path, settings.templates)
    days = settings.history_days, settings.removed_days, settings.originals_days
    return LoadedSettings(
        Letterhead(
            settings.organization,
            settings.label,
            templates,
            settings.width,
            settings.address,
            settings.medical_director,
            mark,
        ),
        Policy(site=settings.rules),
        Extras(settings.animations, settings.mouse, settings.kitty_keys),
        Retention(*days, frozenset(each.casefold() for each in settings.hold)),
        settings.employee_names,
        _keys(path, settings.keys),
    )


def is_held(folder: Path, number: str) -> bool:
    """Whether nothing of a case may be dropped; so, too, where the settings cannot be read."""
    path = folder / safe_open.OWN / FILE
    try:
        held = config.SettingsFile.read(path).hold if path.exists() else ()
    except ImrError:
        return True
    return number.casefold() in (each.casefold() for each in held)


def _keys(path: Path, given: Mapping[str, str]) -> KeyMap:
    """The keys that the table `keys` of the file `path` gives; raises BadInput."""
    if not given:
        return STANDARD
    # Only a site that changes keys waits for this.
    from imr_tui.store.config.key_settings import read_key_map

    return read_key_map(path, given)


def _templates(path: Path, name: str) -> Path | None:
    if not name:
        return None
    folder = path.parent / name
    try:
        with safe_open.opened(folder):
            return folder
    except OSError as error:
        says = f"{path}: templates: the folder {folder} cannot be used"
        raise BadInput(f"{says}: {atomic.reason(error)}.") from error
