"""The site's settings for a folder of cases, in `.imr/settings.toml`."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, NamedTuple, get_args

from imr_tui.checks.policy import Policy, Setting, fault
from imr_tui.errors import BadInput, ImrError
from imr_tui.model.letterhead import Letterhead
from imr_tui.store.config.forms import Line, list_of, number, one_of, table_of, whole
from imr_tui.store.config.record import Record, validate
from imr_tui.store.safety import atomic, safe_open
from imr_tui.store.safety.safe_open import read_bytes
from imr_tui.store.toml_files import toml

if TYPE_CHECKING:
    from imr_tui.store.cases.folder import Folder

FILE = "settings.toml"
_Rules = Annotated[dict[str, Setting], table_of(one_of(*get_args(Setting)))]


class Retention(NamedTuple):
    """For how long a folder keeps what is not needed any more, in days; 0: for ever."""

    history_days: int = 30
    """The versions of a case, after the last of them; the last three stay."""
    removed_days: int = 365
    """The versions of a case whose file is gone, after that."""
    originals_days: int = 365
    """Files that the program replaced."""
    hold: frozenset[str] = frozenset()
    """Cases of which nothing is dropped, in lower case."""


class Extras(NamedTuple):
    """What a site may have its terminals do, though each costs bytes on a slow line."""

    animations: bool
    """Whether what scrolls and opens moves there step by step."""
    mouse: bool
    """Whether the terminal reports its mouse, and so selects no text by itself."""
    kitty_keys: bool
    """Whether keys come by kitty's protocol, which some multiplexers mix up."""


class LoadedSettings(NamedTuple):
    """The settings of a folder, for those who need them."""

    letterhead: Letterhead
    """What the organization prints."""
    policy: Policy
    """What the site makes of the rules."""
    extras: Extras
    """What terminals may do."""
    retention: Retention
    """How long what is not needed any more is kept."""


@dataclass(frozen=True)
class Settings(Record):
    """What a site may set; every key is optional."""

    organization: Line = Letterhead.organization
    """Who sends the letter."""
    label: Line = Letterhead.label
    """What the reviewer's guideline line is called: `MAXIMUS guideline:`."""
    templates: Line = ""
    """A folder with a letter template of the site's own, relative to `.imr`."""
    width: Annotated[int, whole(60, 200)] = Letterhead.width
    """The column at which the letter wraps."""
    history_days: Annotated[int, whole(0, 3650)] = 30
    """Days after the last change for which the earlier versions of a case are kept; 0: for ever."""
    removed_days: Annotated[int, whole(0, 36_500)] = 365
    """Days for which the versions of a case whose file is gone are kept; 0: for ever."""
    originals_days: Annotated[int, whole(0, 36_500)] = 365
    """Days for which a file is kept that was replaced by the program; 0: for ever."""
    hold: Annotated[tuple[str, ...], list_of(number)] = ()
    """Numbers of cases of which nothing is ever dropped."""
    animations: bool = False
    mouse: bool = False
    kitty_keys: bool = False
    rules: _Rules = field(default_factory=dict)
    """What the site makes of a rule, by its id: `off`, `info`, `warning` or `error`."""


def load_settings(folder: Folder) -> LoadedSettings:
    """What `folder`'s settings say, read once; raises BadInput or CannotStore."""
    path = folder.own(FILE)
    settings = _read(path)
    for identifier, setting in settings.rules.items():
        if says := fault(identifier, setting):
            raise BadInput(f"{path}: rules: {says}")
    templates = _templates(path, settings.templates)
    days = settings.history_days, settings.removed_days, settings.originals_days
    return LoadedSettings(
        Letterhead(settings.organization, settings.label, templates, settings.width),
        Policy(site=settings.rules),
        Extras(settings.animations, settings.mouse, settings.kitty_keys),
        Retention(*days, frozenset(each.casefold() for each in settings.hold)),
    )


def is_held(folder: Path, number: str) -> bool:
    """Whether nothing of a case may be dropped; so, too, where the settings cannot be read."""
    try:
        held = _read(folder / safe_open.OWN / FILE).hold
    except ImrError:
        return True
    return number.casefold() in (each.casefold() for each in held)


def _read(path: Path) -> Settings:
    if not path.exists():
        return Settings()
    tables, text = toml.parse(read_bytes(path), path)
    return validate(Settings, tables, text, path)


def _templates(path: Path, name: str) -> Path | None:
    if not name:
        return None
    folder = path.parent / name
    try:
        with safe_open.opened(folder):
            return folder
    except OSError as error:
        says = f"{path}: templates names {folder}, which is not a folder that can be used"
        raise BadInput(f"{says}: {atomic.reason(error)}.") from error
