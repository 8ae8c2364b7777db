"""The settings of the machine and of a folder of cases: value, origin and meaning of each."""

from __future__ import annotations

import json
import os
import re
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Literal, NamedTuple

from imr_tui.errors import BadInput
from imr_tui.store import config
from imr_tui.store.config import machine_policy
from imr_tui.store.config.settings import FILE as FOLDER_FILE, load_settings
from imr_tui.store.shared.connection.address import address_of
from imr_tui.text.field_docs import field_docs

if TYPE_CHECKING:
    from imr_tui.store.cases.folder import Folder
    from imr_tui.store.config import HostFile, SettingsFile

Origin = Literal["default", "folder", "site", "option"]
"""Where a value comes from: the program, the folder's file, the machine's file, --restricted."""
Scope = Literal["site", "folder"]
"""The file that can set a value: that of the machine, or that of the folder."""
HIDDEN = "(not shown: this address is not valid and may hold a password)"
"""Stands for a value that may hold a password."""

_BARE = re.compile(r"[A-Za-z0-9_-]+")


class Setting(NamedTuple):
    """One setting as it is in force."""

    name: str
    """The key in its file."""
    value: object
    """The value: a text, a number, true or false, a list of texts, or texts by name."""
    origin: Origin
    """Where the value comes from."""
    meaning: str
    """What the setting is, in a sentence or two."""
    scope: Scope
    """Which file can set it."""

    @property
    def shown(self) -> str:
        """The value as its file holds it, on one line."""
        return toml_value(self.value)


def read_settings(
    folder: Folder, *, restricted: bool = False, host_path: Path = machine_policy.FILE
) -> tuple[Setting, ...]:
    """All settings as the files are now: those of the machine, then those of `folder`.

    `restricted` says that the program was started with --restricted. Raises BadInput or
    CannotStore for a file that the app would refuse, too.
    """
    # Both refuse what the models of the files cannot see, such as an unknown rule.
    machine_policy.load_host(host_path)
    load_settings(folder)
    host, own = config.HostFile(), config.SettingsFile()
    if os.path.lexists(host_path):
        host = config.HostFile.read(host_path)
    if (path := folder.own(FOLDER_FILE)).exists():
        own = config.SettingsFile.read(path)
    return settings_list(host, own, restricted=restricted)


def settings_list(
    host: HostFile, folder: SettingsFile, *, restricted: bool = False
) -> tuple[Setting, ...]:
    """All settings of a machine and a folder, from the content of their files."""
    of_machine = _settings(host, "site", field_docs(machine_policy.Host))
    of_folder = _settings(folder, "folder", field_docs(type(folder)))
    return tuple(_hidden(_restricted(each, restricted)) for each in (*of_machine, *of_folder))


def _settings(
    table: HostFile | SettingsFile, scope: Scope, docs: Mapping[str, str]
) -> Iterator[Setting]:
    for name in type(table).model_fields:
        origin: Origin = scope if name in table.model_fields_set else "default"
        yield Setting(name, getattr(table, name), origin, docs[name], scope)


def _restricted(setting: Setting, is_restricted: bool) -> Setting:
    if not is_restricted or setting.name != "restricted" or setting.value is True:
        return setting
    return setting._replace(value=True, origin="option")


def _hidden(setting: Setting) -> Setting:
    """The setting without an address that is not valid, because it may hold a password."""
    if setting.name != "shared" or not setting.value:
        return setting
    try:
        address_of(str(setting.value), "reviewer")
    except BadInput:
        return setting._replace(value=HIDDEN)
    return setting


def toml_value(value: object) -> str:
    """A value as a TOML file holds it, on one line."""
    if isinstance(value, Mapping):
        pairs = (f"{_key(key)} = {toml_value(each)}" for key, each in value.items())
        return f"{{ {', '.join(pairs)} }}" if value else "{}"
    if isinstance(value, Sequence) and not isinstance(value, str):
        return f"[{', '.join(map(toml_value, value))}]"
    # Texts, numbers and truth values are written alike in both languages.
    return json.dumps(value, ensure_ascii=False)


def _key(name: str) -> str:
    return name if _BARE.fullmatch(name) else toml_value(name)
