"""Reads the table `keys` of a folder's settings: which keys the actions of the app have."""

from __future__ import annotations

from typing import TYPE_CHECKING

from imr_tui.errors import BadInput
from imr_tui.keys.validation import faults, key_map
from imr_tui.store.safety.safe_open import read_bytes
from imr_tui.store.toml_files import toml
from imr_tui.store.toml_files.toml_scan import lines_of
from imr_tui.store.toml_files.validation_errors import SHOWN
from imr_tui.text.sanitize import clean_line

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from imr_tui.keys.key_map import KeyMap

_TABLE = "keys"


def read_key_map(path: Path, given: Mapping[str, str]) -> KeyMap:
    """The key map of `given`, the table `keys` of the file `path`.

    Raises BadInput with the line of each fault: an id that no action has, a key that terminals
    do not send, a key with two meanings in one place, or a key that must not be taken away.
    """
    if not (found := faults(given)):
        return key_map(given)
    lines = _lines(path)
    told = [
        f"{path}, line {lines.get(fault.action, 1)}: keys {fault.action} {fault.says}"
        for fault in found[:SHOWN]
    ]
    more = f" ({len(found) - SHOWN} more)" if len(found) > SHOWN else ""
    raise BadInput(clean_line(f"{'; '.join(told)}{more}. {toml.LEFT_ALONE}"))


def _lines(path: Path) -> dict[str, int]:
    """The line of each entry of the table, by its id."""
    lines = lines_of(toml.decode(read_bytes(path), path))
    return {
        ".".join(map(str, location[1:])): line
        for location, line in lines.items()
        if location[0] == _TABLE and len(location) > 1
    }
