"""The files of the site, the machine and each account, as pydantic models.

Import them from `imr_tui.store.config`, which loads this module with the first one used.
"""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from imr_tui.checks.setup import Setting
from imr_tui.letter.dialects.dialect import Letterhead
from imr_tui.model.limits import StageKind
from imr_tui.model.value import Number
from imr_tui.store.config.machine_policy import Host
from imr_tui.store.config.profile import opens
from imr_tui.store.config.settings import EmployeeNames, Extras, Retention
from imr_tui.store.toml_files.table import (
    AbsolutePath,
    CleanLine,
    HomePath,
    KeysByAction,
    Line,
    Lines,
    Moment,
    Numbers,
    Table,
)
from imr_tui.text.layout import NARROWEST

_EXTRAS, _RETENTION = Extras(), Retention()


class HostFile(Table):
    """The file of this machine's owner; `Host` says what each key is."""

    restricted: bool = Host.restricted
    group_access: bool = Host.group_access
    clipboard: Literal["internal", "osc52"] = Host.clipboard
    idle_minutes: Annotated[int, Field(ge=1, le=240)] = Host.idle_minutes
    leave_minutes: Annotated[int, Field(ge=1, le=1440)] = Host.leave_minutes
    rescue: AbsolutePath = Host.rescue
    signers: AbsolutePath = Host.signers
    revoked: AbsolutePath = Host.revoked
    sign_with: Literal["agent", "file", "detached"] = Host.sign_with
    sign_key: HomePath = Host.sign_key
    require_signature: bool = Host.require_signature
    log_to_syslog: bool = Host.log_to_syslog
    log_heads: AbsolutePath = Host.log_heads
    shared: Line = Host.shared
    shared_roles: dict[Line, Line] = Field(default_factory=dict)


class SettingsFile(Table):
    """What a site may set for a folder of cases; every key is optional.

    The string below a field is its description in `imr-tui settings`, the manual and the app.
    """

    organization: Line = Letterhead.organization
    """The sender of the letter."""
    label: Line = Letterhead.label
    """The label of the reviewer's guideline line: `MAXIMUS` prints `MAXIMUS guideline:`."""
    templates: Line = ""
    """A folder with the site's letter templates, below `.imr`; blank for the shipped ones."""
    width: Annotated[int, Field(ge=NARROWEST, le=200)] = Letterhead.width
    """The column at which the lines of a letter wrap."""
    address: Lines = ()
    """The lines of the organization's address, for covering letters."""
    medical_director: Line = ""
    """Who signs covering letters for the organization; never the reviewer of a case."""
    history_days: Annotated[int, Field(ge=0, le=3650)] = _RETENTION.history_days
    """Days for which earlier versions are kept after the last one; 0 keeps them for ever.
    The last three always stay."""
    removed_days: Annotated[int, Field(ge=0, le=36_500)] = _RETENTION.removed_days
    """Days for which data of a case without a file is kept; 0 keeps it for ever."""
    originals_days: Annotated[int, Field(ge=0, le=36_500)] = _RETENTION.originals_days
    """Days for which replaced files are kept in `.imr/originals`; 0 keeps them for ever."""
    hold: Numbers = ()
    """Numbers of the cases whose data is never deleted."""
    employee_names: EmployeeNames = "initials"
    """How the worklist shows the employee: by `initials`, by the `full` name, or `none`."""
    animations: bool = _EXTRAS.animations
    """Whether scrolling and opening are animated, which costs bytes on a slow line."""
    mouse: bool = _EXTRAS.mouse
    """Whether the mouse works; the terminal then selects text only with Shift held."""
    kitty_keys: bool = _EXTRAS.kitty_keys
    """Whether keys come by kitty's keyboard protocol, which some multiplexers garble."""
    rules: dict[str, Setting] = Field(default_factory=dict)
    """The severity of a rule, by its id: `off`, `info`, `warning` or `error`."""
    keys: KeysByAction = Field(default_factory=dict)
    """The keys of an action of the app, by its id, such as `"walk.next" = "f10, ctrl+n"`."""


class Profile(Table):
    """What the program asks each account once and keeps in the case folder."""

    licenses: Lines = ()
    """The reviewer's states of licensure."""
    specialties: Lines = ()
    """The reviewer's certifications and specialties."""
    name: Line = ""
    """The reviewer's name, only to block letters that contain it; may stay blank."""
    pin: Line = Field(default="", repr=False)
    """A digest of the PIN that unlocks the screen, never the PIN; blank if none is set."""

    def opens_with(self, pin: str) -> bool:
        """Whether `pin` unlocks the screen; takes its time."""
        return opens(pin, self.pin)


class ResumePoint(Table):
    """A case, a stage of it, a field there, a place in its text."""

    number: Number
    """The case."""
    kind: StageKind
    """The stage."""
    item: Annotated[int, Field(ge=-1)] = -1
    """The 0-based item that it is about, or -1."""
    field: Line = ""
    """The id of the field that had the focus, or blank."""
    line: Annotated[int, Field(ge=0)] = 0
    """The 0-based line of its text at which the cursor was."""
    column: Annotated[int, Field(ge=0)] = 0
    """The 0-based column in that line."""
    at: Moment
    """When, UTC."""

    def __str__(self) -> str:
        item = f" item {self.item + 1}," if self.item >= 0 else ""
        line = f", line {self.line + 1}" if self.line else ""
        return f"{self.number} at{item} {self.kind}{line} ({self.at.astimezone():%Y-%m-%d %H:%M})"


class RecentFile(Table):
    """The guidelines that the reviewer cited last."""

    cited: Lines = ()
    """Ids of the catalogue, the one cited last first."""


class WrongPinsFile(Table):
    """The count of wrong PINs; never a PIN itself."""

    count: Annotated[int, Field(ge=0)] = 0
    """How many there were in a row."""


class DraftsFile(Table):
    """What was typed in the dialogs of a case and is not in it yet."""

    typed: dict[str, CleanLine] = Field(default_factory=dict)
    """The text of each field, by the path of the field."""


class Origin(Table):
    """The field that a text came from, and the digest of the text given to the editor."""

    number: Number
    """The case number."""
    field: Line
    """The field in words, such as `rationale of item 2`."""
    digest: Line
    """SHA-256 of the text given to the editor."""
    at: Moment
    """When the text was given to the editor."""
    machine: Line = ""
    """The machine of the session, as in `Process`."""
    pid: int = 0
    """The process number of the session."""
    started: Line = ""
    """The start time of the process, as in `Process`."""
